"""Each rule on made-up trees: it finds what is wrong and leaves what is right alone."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.architecture import papers
from tests.architecture.rules import RULES
from tests.architecture.tree import SourceTree

LONG_TS = "export function f(): void {\n" + "  step();\n" * 70 + "}\n"
ROOT_FILES = dict.fromkeys(papers.ROOT_FILES, "## [Unreleased]")
HASHED = "starlette==1.10.0 \\\n    --hash=sha256:00\n"


class Case(NamedTuple):
    """A tree of few files and how many places in it break the rule."""

    rule: str
    files: Mapping[str, str]
    findings: int


def bad(rule: str, files: Mapping[str, str], *, count: int = 1) -> Case:
    return Case(rule, files, count)


def good(rule: str, files: Mapping[str, str]) -> Case:
    return Case(rule, files, 0)


IMPORTS = [
    bad("star", {"bot/a.py": "from routing.engine import decide"}),
    bad("star", {"bot/a.py": "def f():\n    import ivr"}),
    bad("star", {"hub/a.py": "from channels import web_chat"}),
    bad("star", {"hub/a.py": "from config.settings import Settings"}),
    bad("star", {"routing/a.py": "from tests.support.clock import ManualClock"}),
    good("star", {"bot/a.py": "import hub.ports\nfrom . import b\nimport starlette"}),
    good("star", {"config/wiring.py": "from bot import a\nfrom routing import b"}),
    good("star", {"tests/unit/a.py": "from config.cli import main"}),
    bad(
        "channels_apart",
        {"channels/sms/a.py": "from channels.phone import b", "channels/phone/b.py": ""},
    ),
    good(
        "channels_apart",
        {"channels/sms/a.py": "from channels._twilio import c", "channels/_twilio/c.py": ""},
    ),
    good("channels_apart", {"channels/sms/a.py": "from ..sms import b", "channels/sms/b.py": ""}),
    bad("pure_domain", {"hub/domain/a.py": "import sqlmodel"}),
    bad("pure_domain", {"hub/domain/a.py": "from hub.text import digits"}),
    bad("pure_domain", {"hub/domain/a.py": "from .. import ports"}),
    good("pure_domain", {"hub/domain/a.py": "import enum\nfrom .b import c\nimport hub.domain.b"}),
    bad("no_circles", {"hub/a.py": "from hub import b", "hub/b.py": "import hub.a"}),
    bad(
        "no_circles",
        {
            "bot/a.py": "from .b import x",
            "bot/b.py": "from .c import x",
            "bot/c.py": "import bot.a",
        },
    ),
    good("no_circles", {"hub/a.py": "from hub import b", "hub/b.py": "def f():\n    import hub.a"}),
    good(
        "no_circles",
        {
            "hub/a.py": "from hub import b",
            "hub/b.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import hub.a",
        },
    ),
    good(
        "no_circles",
        {
            "hub/__init__.py": "from hub.a import x",
            "hub/a.py": "from hub.b import y",
            "hub/b.py": "",
        },
    ),
]

SIZES = [
    bad("file_lines", {"hub/a.py": "x = 1\n" * 401}),
    bad("file_lines", {"agent_console/web/src/a.tsx": "\n" * 401}),
    bad("file_lines", {"agent_console/web/src/a.css": "\n" * 401}),
    good("file_lines", {"hub/a.py": "x = 1\n" * 400, "agent_console/static/a.css": "\n" * 999}),
    good("file_lines", {"hub/store/migrations/versions/a.py": "x = 1\n" * 401}),
    bad("line_characters", {"hub/a.py": "x = 1  # " + "word " * 20}),
    bad("line_characters", {"agent_console/web/a.ts": "// " + "word " * 20}),
    good("line_characters", {"hub/a.py": "# " + "x" * 120, "hub/b.py": "x" * 100}),
    bad("function_lines", {"hub/a.py": "def f():\n" + "    x = 1\n" * 70}),
    bad("function_lines", {"hub/a.py": "class A:\n  async def f(self):\n" + "    x = 1\n" * 70}),
    good("function_lines", {"hub/a.py": "def f():\n" + "    x = 1\n" * 69}),
    bad("typescript_function_lines", {"agent_console/web/a.ts": LONG_TS}),
    bad(
        "typescript_function_lines",
        {"agent_console/web/a.tsx": LONG_TS.replace("function f(): void", "const F = (p: P) =>")},
    ),
    bad(
        "typescript_function_lines",
        {"agent_console/web/a.ts": "class A {\n  f(): void {\n" + "    g();\n" * 70 + "  }\n}\n"},
    ),
    good(
        "typescript_function_lines",
        {"agent_console/web/a.ts": LONG_TS.replace("  step();\n", "", 2)},
    ),
    good(
        "typescript_function_lines",
        {"agent_console/web/a.test.ts": "describe('a', () => {\n" + "  x();\n" * 90 + "});\n"},
    ),
]

SIGNATURES = [
    bad("annotated", {"hub/a.py": "def f(x) -> None: ..."}),
    bad("annotated", {"hub/a.py": "def f(x: int): ..."}),
    bad("annotated", {"tests/unit/a.py": "def test_x(): ..."}),
    bad("annotated", {"hub/a.py": "def f(*xs, **more) -> None: ..."}),
    good("annotated", {"hub/a.py": "class A:\n    def f(self, x: int, *y: int) -> None: ..."}),
    bad("flags_by_keyword", {"hub/a.py": "def f(x: int, loud: bool) -> None: ..."}),
    good("flags_by_keyword", {"hub/a.py": "def f(x: int, *, loud: bool) -> None: ..."}),
]

CALLS = [
    bad("events", {"routing/a.py": "from hub.store.unit import Append\nx = Append(1)"}),
    bad("events", {"bot/a.py": "from hub.store import unit\nx = unit.Append(1)"}),
    bad("events", {"hub/reports/a.py": "from hub.store.unit import Append as Add\nx = Add(1)"}),
    good("events", {"hub/journey/a.py": "from hub.store.unit import Append\nx = Append(1)"}),
    good("events", {"hub/security/audit.py": "from hub.store.unit import Append\nx = Append(1)"}),
    good("events", {"hub/store/unit.py": "class Append: ...\ndef f(x): isinstance(x, Append)"}),
    bad("sessions", {"hub/reports/a.py": "import sqlite3\nc = sqlite3.connect('x')"}),
    bad(
        "sessions", {"bot/a.py": "from sqlalchemy.ext.asyncio import create_async_engine as e\ne()"}
    ),
    bad("sessions", {"config/a.py": "import asyncpg as pg\nasync def f(): await pg.create_pool()"}),
    bad("sessions", {"hub/customers/a.py": "from sqlmodel import Session\nwith Session(e): ..."}),
    good("sessions", {"hub/store/engine.py": "import sqlite3\nc = sqlite3.connect('x')"}),
    good("sessions", {"channels/a.py": "import websockets\nc = websockets.connect('x')"}),
    bad("clocks_and_chance", {"hub/a.py": "import time\nx = time.time()"}),
    bad(
        "clocks_and_chance",
        {"hub/a.py": "from time import monotonic\nf = field(default=monotonic)"},
    ),
    bad("clocks_and_chance", {"hub/a.py": "from datetime import datetime\nx = datetime.now()"}),
    bad("clocks_and_chance", {"hub/a.py": "import datetime\nx = datetime.datetime.now()"}),
    bad("clocks_and_chance", {"hub/a.py": "from uuid import uuid4\nx = uuid4()"}),
    bad("clocks_and_chance", {"hub/a.py": "import random\nx = random.choice([1])"}),
    bad("clocks_and_chance", {"hub/a.py": "from random import Random\nx = Random()"}),
    bad("clocks_and_chance", {"hub/a.py": "import asyncio\nasync def f(): await asyncio.sleep(1)"}),
    good(
        "clocks_and_chance", {"hub/a.py": "import asyncio\nasync def f(): await asyncio.sleep(0)"}
    ),
    good(
        "clocks_and_chance", {"hub/a.py": "import random\ndef f(r: random.Random): r.choice([1])"}
    ),
    good("clocks_and_chance", {"hub/a.py": "import time\nx = time.strftime('%H')"}),
    good("clocks_and_chance", {"hub/adapters/clock.py": "import time\nx = time.time()"}),
    good("clocks_and_chance", {"tests/unit/a.py": "import time\nx = time.time()"}),
]

PAPERS = [
    bad("readmes", {"hub/store/a.py": ""}),
    bad("readmes", {"agent_console/web/src/a.ts": ""}),
    good("readmes", {"hub/store/a.py": "", "hub/store/README.md": "", "hub/store/tables/b.py": ""}),
    bad("root_files", {"README.md": "", "LICENSE": "", "NOTICE": "", "Makefile": ""}, count=2),
    bad("root_files", {**ROOT_FILES, "CHANGELOG.md": "## 1.0"}),
    good("root_files", ROOT_FILES),
    bad("locks", {"agent_console/web/package-lock.json": '{"resolved": "x"}'}),
    bad("locks", {"requirements/dev.lock": f"--index-url https://example.test\n{HASHED}"}),
    bad("locks", {"requirements/dev.lock": "starlette>=1.10\n"}),
    good("locks", {"requirements/dev.lock": HASHED, "agent_console/web/package-lock.json": "{}"}),
    bad("catalogues", {"bot/menu.en.json": '{"a": "A"}'}),
    bad("catalogues", {"bot/zh.json": '{"a": "A"}'}),
    bad(
        "catalogues",
        {"bot/en.json": '{"a": {"b": "B"}}', "bot/zh.json": '{"a": {"c": "C"}}'},
        count=2,
    ),
    bad("catalogues", {"bot/en.json": '{"a": "A"}', "bot/zh.json": '{"a": " "}'}),
    bad("catalogues", {"bot/en.json": '{"a": "{n} left"}', "bot/zh.json": '{"a": "{m}"}'}),
    good("catalogues", {"bot/en.json": '{"a": ["{n} left"]}', "bot/zh.json": '{"a": ["{n}"]}'}),
]

CASES = [*IMPORTS, *SIZES, *SIGNATURES, *CALLS, *PAPERS]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_rule_tells_right_from_wrong(case: Case, tmp_path: Path) -> None:
    for name, text in case.files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    found = list(RULES[case.rule](SourceTree(tmp_path)))
    assert len(found) == case.findings, found


@pytest.mark.parametrize("name", RULES)
def test_every_rule_is_shown_to_fail_and_to_pass(name: str) -> None:
    counts = [case.findings for case in CASES if case.rule == name]
    assert max(counts) > 0
    assert min(counts) == 0
