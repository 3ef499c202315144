"""Points of a mail and what they are for. Pure: the same mail and rules give the same answer."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from channels.email.parse.mail import ParsedMail
from channels.email.spam.rules import SpamRules

FINAL: Final = 100.0
"""Held whatever else speaks for it."""
LURES_COUNTED: Final = 3
MANY_LINKS: Final = 6
_LINK: Final = re.compile(r"https?://([^\s/?#\"'<>()]+)", re.IGNORECASE)
_NUMBERS: Final = re.compile(r"[0-9.]+(?::\d+)?")
_DANGEROUS: Final = (
    ".bat", ".cmd", ".com", ".exe", ".hta", ".htm", ".html", ".img", ".iso", ".jar", ".js", ".lnk",
    ".msi", ".ps1", ".scr", ".vbs", ".wsf",
)  # fmt: skip
_FORWARDED: Final = re.compile(r"^\s*(?:fwd?|wg|转发|轉寄)\s*[:：]", re.IGNORECASE)
_DOMAIN_AT: Final = "@"


class Reason(NamedTuple):
    """Why a mail got points; the page puts the code into words."""

    code: str
    points: float


class Known(NamedTuple):
    """What the bank knows of the sender."""

    is_blocked: bool = False
    is_trusted: bool = False
    has_thread: bool = False
    """Answers a mail of ours, by our own signed name of it."""


class Verdict(NamedTuple):
    """Whether a mail is held, and why."""

    is_held: bool
    score: float
    reasons: tuple[Reason, ...]


def judge_spam(mail: ParsedMail, rules: SpamRules, known: Known, own: frozenset[str]) -> Verdict:
    """Say whether a mail is held back; `own` are the bank's mailboxes."""
    if rules.hold_at is None:
        return Verdict(is_held=False, score=0.0, reasons=())
    reasons = tuple(_reasons(mail, rules, known, own))
    score = round(sum(one.points for one in reasons), 1)
    if known.is_trusted and not known.is_blocked:
        return Verdict(is_held=False, score=score, reasons=reasons)
    return Verdict(is_held=score >= rules.hold_at, score=score, reasons=reasons)


def is_scam_report(mail: ParsedMail, rules: SpamRules) -> bool:
    """Tell whether a customer passes a mail on and asks about it, or passes on a lure."""
    if not is_forward(mail):
        return False
    whole = mail.text.lower()
    asks = any(word in f"{mail.subject}\n{mail.text}".lower() for word in rules.doubts)
    return asks or (bool(_LINK.search(whole)) and any(word in whole for word in rules.lures))


def is_forward(mail: ParsedMail) -> bool:
    """Tell whether the subject says that another mail is passed on."""
    return bool(_FORWARDED.match(mail.subject))


def _reasons(
    mail: ParsedMail, rules: SpamRules, known: Known, own: frozenset[str]
) -> Iterator[Reason]:
    yield from _of_relay(mail, rules)
    sender = mail.sender.lower()
    domain = sender.rpartition(_DOMAIN_AT)[2]
    if known.is_blocked or {sender, f"@{domain}"} & set(rules.blocked_senders):
        yield Reason("blocked_sender", FINAL)
    if known.has_thread:
        yield Reason("answers_us", -6.0)
    yield from _of_sender(mail, rules, domain, own)
    if not is_forward(mail):  # who passes a lure on is not who wrote it
        yield from _of_words(mail, rules)
    if any(one.name.lower().endswith(_DANGEROUS) for one in mail.attachments):
        yield Reason("dangerous_file", 5.0)


def _of_relay(mail: ParsedMail, rules: SpamRules) -> Iterator[Reason]:
    for header, begins in rules.verdict_headers:
        if mail.headers.get(header, "").strip().lower().startswith(begins):
            yield Reason("relay_says_spam", FINAL)
            break
    trusted = [pair for one in mail.auth_results if one.is_trusted for pair in one.results]
    if ("dmarc", "fail") in trusted and rules.dmarc_fail != "ignore":
        yield Reason("dmarc_fail", FINAL if rules.dmarc_fail == "hold" else 4.0)
    elif ("spf", "fail") in trusted:
        yield Reason("spf_fail", 2.0)
    if ("dmarc", "pass") in trusted:
        yield Reason("dmarc_pass", -1.0)


def _of_sender(
    mail: ParsedMail, rules: SpamRules, domain: str, own: frozenset[str]
) -> Iterator[Reason]:
    own_domains = {address.rpartition(_DOMAIN_AT)[2] for address in own}
    name = mail.sender_name.lower()
    if domain not in own_domains and any(one in name for one in rules.own_names):
        yield Reason("poses_as_bank", 5.0)
    if mail.sender_certainty in ("ambiguous", "none"):
        yield Reason("sender_unclear", 2.0)
    if "name_is_address" in mail.flags:
        yield Reason("name_is_address", 2.0)
    if "auth_forged" in mail.flags:
        yield Reason("auth_forged", 3.0)
    others = {one.lower().rpartition(_DOMAIN_AT)[2] for one in mail.reply_to}
    if others and domain not in others and mail.automatic is None:
        yield Reason("reply_elsewhere", 2.0)


def _of_words(mail: ParsedMail, rules: SpamRules) -> Iterator[Reason]:
    words = f"{mail.subject}\n{mail.visible_reply or mail.text}".lower()
    found = sum(word in words for word in rules.lures)
    if found:
        yield Reason("lures", 1.5 * min(found, LURES_COUNTED))
    hosts = [host.lower() for host in _LINK.findall(words)]
    if any(_NUMBERS.fullmatch(host) for host in hosts):
        yield Reason("link_to_number", 3.0)
    if any(label.startswith("xn--") for host in hosts for label in host.split(".")):
        yield Reason("link_in_disguise", 2.0)
    if len(set(hosts)) >= MANY_LINKS:
        yield Reason("many_links", 1.5)
