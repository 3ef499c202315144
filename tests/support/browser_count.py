"""Count tests of a kind in a JUnit report; exit status 1 when none ran or one was skipped.

A machine without a browser, Dovecot or Exim skips them, which is right for a developer and
wrong for the gate.
"""

import sys
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

PROPERTY = "browser"
DOVECOT = "dovecot"
EXIM = "exim"


@dataclass(frozen=True)
class Count:
    """Tests of the product; those of the test support itself are left out."""

    ran: int
    skipped: int

    @property
    def is_enough(self) -> bool:
        """At least one ran and none was left out."""
        return self.ran > 0 and self.skipped == 0


def count(report: str, kind: str = PROPERTY) -> Count:
    """Count the tests of a kind in the text of a JUnit report."""
    found = ElementTree.fromstring(report).iter("testcase")
    cases = [case for case in found if _is_ours(case, kind)]
    skipped = sum(case.find("skipped") is not None for case in cases)
    return Count(ran=len(cases) - skipped, skipped=skipped)


def _is_ours(case: ElementTree.Element, kind: str) -> bool:
    names = {found.get("name") for found in case.iterfind("properties/property")}
    return kind in names and not case.get("classname", "").startswith("tests.support")


def main(path: str, kind: str = PROPERTY) -> int:
    """Print the count and judge it."""
    report = Path(path)
    if not report.exists():
        sys.stdout.write(f"{kind} tests: no report at {path}\n")
        return 1
    found = count(report.read_text(), kind)
    sys.stdout.write(f"{kind} tests: {found.ran} ran, {found.skipped} skipped\n")
    return 0 if found.is_enough else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
