"""Count the browser tests in a JUnit report; exit status 1 when none ran or one was skipped.

A machine without a browser skips them, which is right for a developer and wrong for the gate.
"""

import sys
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

PROPERTY = "browser"


@dataclass(frozen=True)
class Count:
    """Browser tests of the product; those of the test support itself are left out."""

    ran: int
    skipped: int

    @property
    def is_enough(self) -> bool:
        """At least one ran and none was left out."""
        return self.ran > 0 and self.skipped == 0


def count(report: str) -> Count:
    """Count in the text of a JUnit report."""
    cases = [case for case in ElementTree.fromstring(report).iter("testcase") if _is_ours(case)]
    skipped = sum(case.find("skipped") is not None for case in cases)
    return Count(ran=len(cases) - skipped, skipped=skipped)


def _is_ours(case: ElementTree.Element) -> bool:
    names = {found.get("name") for found in case.iterfind("properties/property")}
    return PROPERTY in names and not case.get("classname", "").startswith("tests.support")


def main(path: str) -> int:
    """Print the count and judge it."""
    report = Path(path)
    if not report.exists():
        sys.stdout.write(f"browser tests: no report at {path}\n")
        return 1
    found = count(report.read_text())
    sys.stdout.write(f"browser tests: {found.ran} ran, {found.skipped} skipped\n")
    return 0 if found.is_enough else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
