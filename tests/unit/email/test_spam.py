"""Points for spam: each reason alone, what speaks against it, and whose scam it is."""

from dataclasses import replace

import pytest

from channels.email.parse.mail import Attachment, AuthResult, ParsedMail
from channels.email.spam.rules import SpamRules
from channels.email.spam.score import Known, is_scam_report, judge_spam

OWN = frozenset({"service@bank.example"})
RULES = SpamRules(
    hold_at=7.0,
    verdict_headers=(("x-spam-flag", "yes"),),
    blocked_senders=("@bad.example", "one@mail.example"),
    own_names=("northmere",),
    lures=("click here", "verify your account", "点击链接"),
    doubts=("is this real", "诈骗"),
)
PLAIN = ParsedMail(
    sender="lin.wei@mail.example", sender_name="Lin Wei", sender_certainty="claimed",
    subject="My card", text="Where is it?",
)  # fmt: skip

PROGRAM = Attachment(path="1", name="a.EXE", media_type="x/y", size_bytes=1)


def _auth(*results: tuple[str, str], is_trusted: bool = True) -> tuple[AuthResult, ...]:
    return (AuthResult(server="mx.bank.example", is_trusted=is_trusted, results=results),)


@pytest.mark.parametrize(
    ("mail", "codes"),
    [
        (PLAIN, []),
        (replace(PLAIN, headers={"x-spam-flag": "YES"}), ["relay_says_spam"]),
        (replace(PLAIN, sender="x@bad.example"), ["blocked_sender"]),
        (replace(PLAIN, sender="one@mail.example"), ["blocked_sender"]),
        (replace(PLAIN, auth_results=_auth(("dmarc", "fail"))), ["dmarc_fail"]),
        (replace(PLAIN, auth_results=_auth(("dmarc", "fail"), is_trusted=False)), []),
        (replace(PLAIN, sender_name="Northmere Bank"), ["poses_as_bank"]),
        (replace(PLAIN, reply_to=("x@other.example",)), ["reply_elsewhere"]),
        (replace(PLAIN, text="点击链接 http://1.2.3.4/a"), ["lures", "link_to_number"]),
        (
            replace(PLAIN, attachments=(PROGRAM,)), ["dangerous_file"],
        ),
    ],
)  # fmt: skip
def test_each_reason_has_its_code(mail: ParsedMail, codes: list[str]) -> None:
    verdict = judge_spam(mail, RULES, Known(), OWN)
    assert [one.code for one in verdict.reasons] == codes
    assert verdict.score == sum(one.points for one in verdict.reasons)


def test_points_add_up_and_trust_or_our_own_thread_speaks_against() -> None:
    lure = replace(
        PLAIN, sender_name="Northmere Security", reply_to=("x@other.example",),
        text="Click here: http://northmere.example.evil/ to verify your account",
    )  # fmt: skip
    assert judge_spam(lure, RULES, Known(), OWN).is_held
    assert not judge_spam(lure, RULES, Known(is_trusted=True), OWN).is_held
    assert not judge_spam(lure, RULES, Known(has_thread=True), OWN).is_held
    assert judge_spam(PLAIN, RULES, Known(is_blocked=True, is_trusted=True), OWN).is_held
    assert not judge_spam(lure, replace(RULES, hold_at=None), Known(is_blocked=True), OWN).is_held


def test_dmarc_follows_the_banks_policy() -> None:
    failed = replace(PLAIN, auth_results=_auth(("dmarc", "fail")))
    held = {
        policy: judge_spam(failed, replace(RULES, dmarc_fail=policy), Known(), OWN).is_held
        for policy in ("hold", "score", "ignore")
    }
    assert held == {"hold": True, "score": False, "ignore": False}


def test_a_customer_who_passes_a_lure_on_is_no_spammer_but_reports_a_scam() -> None:
    lure = "Click here http://1.2.3.4/ to verify your account"
    passed = replace(PLAIN, subject="Fwd: Your account", text=f"Is this real?\n\n{lure}")
    assert is_scam_report(passed, RULES)
    assert not judge_spam(passed, RULES, Known(), OWN).is_held
    assert is_scam_report(replace(PLAIN, subject="转发：账户", text="这是诈骗吗？"), RULES)
    assert not is_scam_report(replace(PLAIN, subject="Fwd: invoice", text="See below"), RULES)
    assert not is_scam_report(replace(PLAIN, text=lure), RULES)
