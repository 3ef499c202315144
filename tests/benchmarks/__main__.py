"""All figures in one run: a table on stdout, progress on stderr, `var/bench.json` for scripts.

    python -m tests.benchmarks              # every area
    python -m tests.benchmarks chat idle    # some of them

A missed target is in the table and no failure; the exit code is 1 when an area could not run.
"""

import argparse
import gc
import importlib
import os
import sys
import time
import traceback
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from tests.benchmarks.process import pin_client
from tests.benchmarks.records import Record, at_most, table, write

AREAS = (
    "journal", "routing", "chat", "idle", "reattach", "restart", "screen_pop", "search", "import",
    "floor", "wallboard", "calls", "twilio", "kb", "email", "imap", "written", "messages", "bot",
)  # fmt: skip
ON_DEMAND = ("rasa",)
"""Areas that run only when they are named."""
RESULT = Path("var/bench.json")
_NAMES = frozenset(field.name for field in fields(Record))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the areas one after the other; returns the exit code."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("areas", nargs="*", metavar="AREA", help=", ".join(AREAS))
    parser.add_argument("--result", type=Path, default=RESULT, help="where the JSON goes")
    given = parser.parse_args(arguments)
    if unknown := sorted(set(given.areas) - {*AREAS, *ON_DEMAND}):
        parser.error(f"there is no {', '.join(unknown)}; choose from {', '.join(AREAS)}")
    pin_client()
    records: list[Record] = [at_most("machine.load_average", os.getloadavg()[0], "processes")]
    broken = [area for area in given.areas or AREAS if not _run(area, records)]
    write(records, given.result)
    print(table(records))  # noqa: T201  (a table for whoever asked)
    _tell(f"written to {given.result}")
    if missed := [record.name for record in records if record.held is False]:
        _tell(f"missed: {', '.join(missed)}")
    if broken:
        _tell(f"could not run: {', '.join(broken)}")
    return 1 if broken else 0


def _run(area: str, records: list[Record]) -> bool:
    """Add the figures of an area; False when it broke, which the others do not suffer from."""
    _tell(f"{area} ...")
    began = time.perf_counter()
    try:
        # `import` is a word of the language: its module has a line behind it.
        name = "import_" if area == "import" else area
        found = importlib.import_module(f"tests.benchmarks.{name}").run()
    except Exception:
        traceback.print_exc()
        return False
    finally:
        gc.collect()
    records += [_record(one) for one in found]
    _tell(f"{area}: {len(found)} figures in {time.perf_counter() - began:.0f} s")
    return True


def _record(found: Record | dict[str, Any]) -> Record:
    """Take a record of an area that has it as plain values too."""
    if isinstance(found, Record):
        return found
    return Record(**{name: value for name, value in found.items() if name in _NAMES})


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201  (progress for who waits)


if __name__ == "__main__":
    sys.exit(main())
