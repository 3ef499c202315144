"""Real Rasa leads the talk: installed, trained once, asked in both languages, killed in the middle.

Installing takes a minute or two where `.rasa` is not there, training one or two more.
"""

import asyncio
import json
import os
import signal
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import closing
from http.client import HTTPException
from pathlib import Path
from typing import Any

import pytest

from tests.support import child
from tests.support.chat_client import ChatClient, fresh_id, page_of
from tests.support.hub_server import ROOT, HubServer, copy_seed
from tests.support.waiting import until

# Not among the slow servers: its installing and training would take the budget of `.ci/run`.
pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]
PYTHON = ROOT / ".rasa" / "bin" / "python"
READY_SECONDS = 180.0
ANSWER_SECONDS = 60.0


class RealRasa:
    """`hub rasa serve` beside a hub; `kill` is `kill -9`."""

    def __init__(self, hub: HubServer) -> None:
        self._log = hub.folder / "rasa.log"
        self.port = child.free_port()
        hub.environment |= {
            "HUB_BOT__ENGINE": "rasa",
            "HUB_BOT__RASA__URL": f"http://127.0.0.1:{self.port}",
        }
        self._environment = {
            **os.environ,
            **hub.environment,
            "HUB_PORT": str(hub.port),
            "HUB_DATA_DIR": str(hub.data),
            "PYTHONPATH": str(ROOT),
        }
        self._process: subprocess.Popen[bytes] | None = None

    def train(self) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "config", "rasa", "train"], cwd=ROOT, env=self._environment,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr

    async def serve(self) -> None:
        command = [sys.executable, "-m", "config", "rasa", "serve"]
        named = [f"{name}={value}" for name, value in self._environment.items()]
        self._process = child.start(["/usr/bin/env", *named, *command], log=self._log)
        await until(self._answers, seconds=READY_SECONDS)

    def _answers(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, self._log.read_text()[-2000:]
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/version", timeout=2) as told:
                return bool(json.load(told)["version"] == "3.6.21")
        except (OSError, HTTPException):
            return False

    def kill(self) -> None:
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            child.stop(self._process)


@pytest.fixture(scope="module")
def rasa_environment() -> None:
    """Rasa's own environment, as `make rasa` builds it."""
    command = [sys.executable, "config/tools/install.py", "requirements/rasa.lock"]
    done = subprocess.run(
        [*command, "--venv", str(PYTHON.parents[1]), "--alone"], cwd=ROOT,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def bank(
    rasa_environment: None, tmp_path_factory: pytest.TempPathFactory, demo_seed: Path
) -> Iterator[tuple[HubServer, RealRasa]]:
    hub = HubServer(tmp_path_factory.mktemp("hub"))
    copy_seed(demo_seed, hub.data)
    rasa = RealRasa(hub)
    rasa.train()
    asyncio.run(rasa.serve())  # before the hub, which takes free ports of its own
    hub.start()
    yield hub, rasa
    rasa.stop()
    hub.stop()


async def answered(page: ChatClient, frame: Mapping[str, Any]) -> str:
    """Send a frame; returns what the bot says, to the choices that end each of its turns."""
    before = len(page.seen)
    async with asyncio.timeout(ANSWER_SECONDS):
        await page.ask("ack", **frame)
        return await _told(page, before)


async def _told(page: ChatClient, before: int) -> str:
    while True:
        said = [one for one in page.seen[before:] if one["type"] == "msg"]
        told = [one for one in said if one["speaker"] == "bot"]
        if any(one.get("choices") for one in told):
            return " ".join(str(one.get("text", "")) for one in told)
        await page.next("msg")


def words(text: str) -> dict[str, Any]:
    return {"type": "say", "id": fresh_id(), "text": text}


async def open_talk(page: ChatClient, hub: HubServer, language: str, *, signed_in: bool) -> None:
    who = {"token": await hub.token()} if signed_in else {}
    await page.ask("welcome", type="hello", widget="demo", lang=language, **who)


def has_menu(page: ChatClient, slot: str) -> bool:
    return bool(_offered(page, slot))


def first(page: ChatClient, slot: str, place: int = 0) -> dict[str, Any]:
    """A choice of a blank in the bot's last menu, picked."""
    one = _offered(page, slot)[place]
    return {"type": "choose", "id": fresh_id(), "value": one["value"], "text": one["label"]}


def _offered(page: ChatClient, slot: str) -> list[dict[str, Any]]:
    menus = [one for one in page.seen if one["type"] == "msg" and one.get("choices")]
    return [one for one in menus[-1]["choices"] if one["value"].startswith(slot)]


def blocks(hub: HubServer) -> int:
    """Orders to block a card that the hub has taken."""
    with closing(sqlite3.connect(f"file:{hub.data / 'hub.db'}?mode=ro", uri=True)) as store:
        found: int = store.execute(
            "SELECT count(*) FROM bank_order WHERE kind = 'block_card'"
        ).fetchone()[0]
        return found


def ended(hub: HubServer) -> list[tuple[str, int]]:
    """How the newest Contact that is closed ended, and whether its survey is there."""
    with closing(sqlite3.connect(f"file:{hub.data / 'hub.db'}?mode=ro", uri=True)) as store:
        return store.execute(
            "SELECT contact.ending, survey.contact_id IS NOT NULL FROM contact"
            " LEFT JOIN survey ON survey.contact_id = contact.id"
            " WHERE contact.ending IS NOT NULL ORDER BY contact.arrived_at DESC LIMIT 1"
        ).fetchall()


async def test_a_chinese_customer_blocks_a_card_and_nobody_is_needed(
    bank: tuple[HubServer, RealRasa],
) -> None:
    hub, _ = bank
    before = blocks(hub)
    async with page_of(hub) as page:
        await open_talk(page, hub, "zh", signed_in=True)
        await answered(page, words("我的银行卡丢了，请帮我挂失"))
        asked = await answered(page, first(page, "card_tail:"))
        assert "确认" in asked
        told = await answered(page, first(page, "confirmed:yes"))
        assert "编号" in told
        assert blocks(hub) == before + 1
        await page.ask("ack", **words("再见"))
        await until(lambda: ended(hub) == [("contained", 1)], seconds=ANSWER_SECONDS)


@pytest.mark.parametrize(
    ("language", "asked"), [("en", "What is my balance?"), ("zh", "我的余额是多少？")]
)
async def test_a_guest_who_asks_for_a_balance_meets_a_person(
    bank: tuple[HubServer, RealRasa], language: str, asked: str
) -> None:
    hub, _ = bank
    async with page_of(hub) as page:
        await open_talk(page, hub, language, signed_in=False)
        await page.ask("ack", **words(asked))
        assert (await page.until_phase("queue", "agent"))["phase"]
        said = " ".join(str(one.get("text", "")) for one in page.seen if one["type"] == "msg")
        assert "CNY" not in said, "no figure of an account is told to who is not known"
        await page.leave()


@pytest.mark.parametrize(
    ("language", "asked"),
    [("en", "what fees do you charge"), ("zh", "你们收哪些费用")],
)
async def test_prices_are_those_in_force(
    bank: tuple[HubServer, RealRasa], language: str, asked: str
) -> None:
    hub, _ = bank
    async with page_of(hub) as page:
        await open_talk(page, hub, language, signed_in=False)
        told = await answered(page, words(asked))
        assert "5,000 CNY" in told or "5000元" in told, told
        assert "[[" not in told


async def test_rasa_dies_in_the_middle_and_the_card_is_blocked_once(
    bank: tuple[HubServer, RealRasa],
) -> None:
    hub, rasa = bank
    before = blocks(hub)
    async with page_of(hub) as page:
        await open_talk(page, hub, "en", signed_in=True)
        await answered(page, words("please block my card, I lost it"))
        if has_menu(page, "card_tail:"):  # once the first one is blocked there is only one
            await answered(page, first(page, "card_tail:", place=-1))
        rasa.kill()
        told = await answered(page, first(page, "confirmed:yes"))
        assert "block of your card" in told
        assert blocks(hub) == before + 1
