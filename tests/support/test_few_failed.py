"""Which failures the gate may look at once more."""

from pathlib import Path

import pytest

from tests.support.few_failed import HANDFUL, main

FAILED, PASSED, BROKEN = "<failure/>", "", "<error/>"


@pytest.mark.parametrize(
    ("outcomes", "status"),
    [
        ([FAILED, PASSED, BROKEN], 0),
        ([FAILED] * HANDFUL + [PASSED], 0),
        ([FAILED] * (HANDFUL + 1), 1),
        ([PASSED], 1),
        ([], 1),
    ],
)
def test_a_handful_is_worth_another_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], outcomes: list[str], status: int
) -> None:
    cases = [
        f'<testcase classname="tests.a" name="t{n}">{outcome}</testcase>'
        for n, outcome in enumerate(outcomes)
    ]
    report = tmp_path / "report.xml"
    report.write_text(f"<testsuites><testsuite>{''.join(cases)}</testsuite></testsuites>")
    assert main(str(report)) == status
    told = capsys.readouterr().out.splitlines()
    assert len(told) == sum(bool(outcome) for outcome in outcomes)


def test_no_report_is_no_handful(tmp_path: Path) -> None:
    assert main(str(tmp_path / "none.xml")) == 1
