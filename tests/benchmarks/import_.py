"""200,000 customers from a CSV into an empty hub by the command line: time, memory, and again.

    python -m tests.benchmarks.import_

BENCH_IMPORT_ROWS makes it smaller. The peak is the resident memory of the command's process.
"""

import csv
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from config.demo.people import person
from tests.benchmarks.process import HUB, pin_client
from tests.benchmarks.records import Record, at_least, at_most, table

ROWS = int(os.environ.get("BENCH_IMPORT_ROWS", "200000"))
TARGET_MIB = 400.0
FIRST = 5_000_000
MEASURED = f"""
import atexit, resource, sys
def tell():
    used = resource.getrusage(resource.RUSAGE_SELF)
    # VmHWM is of this program alone; ru_maxrss keeps what its parent had when it was forked.
    lines = open("/proc/self/status").read().splitlines()
    peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    print("peak", peak // 1024, "cpu", used.ru_utime + used.ru_stime, file=sys.stderr)
atexit.register(tell)
{HUB}
"""


def run() -> list[Record]:
    """Import twice; the second run must find nothing to do."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = _write(folder / "customers.csv")
        first = _import(source, folder / "data")
        second = _import(source, folder / "data")
    created, unchanged = first[0], second[1]
    assert (created, unchanged) == (ROWS, ROWS), (first, second)
    return [
        at_most("import.rows", ROWS, "rows"),
        at_least("import.rows_per_second", ROWS / first[2], "1/s"),
        at_most("import.cpu_seconds", first[4], "CPU-s"),
        at_most("import.peak_mib", first[3], "MiB", target=TARGET_MIB),
        at_most("import.again_seconds", second[2], "s"),
        at_most("import.again_peak_mib", second[3], "MiB", target=TARGET_MIB),
    ]


def _write(path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(
            ("number", "name", "name_zh", "phone", "email", "id_number", "birth_date", "address",
             "segment", "language")
        )  # fmt: skip
        for n in range(FIRST, FIRST + ROWS):
            who = person(n)
            out.writerow(
                (who.number, who.name, who.name_zh, who.phone, who.email, who.id_number,
                 who.birth_date, who.address, who.segment, who.language)
            )  # fmt: skip
    return path


def _import(source: Path, data: Path) -> tuple[int, int, float, float, float]:
    """Return created, unchanged, seconds, peak MiB and CPU-seconds."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, "import", "customers", str(source)],
        env={**os.environ, "HUB_DATA_DIR": str(data)},
        capture_output=True,
        text=True,
        check=True,
    )
    took = time.perf_counter() - began
    counts = {
        word: int(n.replace(",", ""))
        for n, word in re.findall(r"(\d[\d,]*) (created|unchanged)", done.stdout)
    }
    found = re.search(r"peak (\d+) cpu ([\d.]+)", done.stderr)
    assert found, done.stderr[-500:]
    return counts["created"], counts["unchanged"], took, float(found[1]), float(found[2])


if __name__ == "__main__":
    pin_client()
    print(table(run()))  # noqa: T201  (a table for whoever asked)
