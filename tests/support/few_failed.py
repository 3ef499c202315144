"""Name what failed in a JUnit report; exit status 0 when it is a handful, worth a run alone.

Many failures, or a report that is missing or without tests, are no matter of a busy machine.
"""

import sys
from pathlib import Path
from xml.etree import ElementTree

HANDFUL = 10


def failed(report: str) -> tuple[list[str], int]:
    """Return the names of the tests that failed, and how many tests there were."""
    cases = list(ElementTree.fromstring(report).iter("testcase"))
    names = [
        f"{case.get('classname')}::{case.get('name')}"
        for case in cases
        if case.find("failure") is not None or case.find("error") is not None
    ]
    return names, len(cases)


def main(path: str) -> int:
    """Print the names and judge their number."""
    report = Path(path)
    names, count = failed(report.read_text()) if report.exists() else ([], 0)
    for name in names:
        sys.stdout.write(f"failed beside others: {name}\n")
    return 0 if count and 0 < len(names) <= HANDFUL else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
