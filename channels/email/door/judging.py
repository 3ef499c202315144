"""Is a mail work for somebody? Pure."""

from typing import NamedTuple

from channels.email.parse.mail import ParsedMail

NO_WORK = frozenset({"bounce", "receipt", "auto_reply", "own"})
"""Nobody wrote these to be answered. Lists and mailings are work: a person may be behind them."""
SAID = frozenset({"verified", "claimed"})


class Judged(NamedTuple):
    """What becomes of a mail; `reason` is a code for the log."""

    is_work: bool
    reason: str
    may_be_greeted: bool
    """Whether an automatic answer may go out: nothing that a machine sent gets one."""


def judge(mail: ParsedMail, own_addresses: frozenset[str], *, names_itself_ours: bool) -> Judged:
    """Say what a mail is; `names_itself_ours` when its own Message-ID was given by us."""
    if mail.sender.lower() in own_addresses or names_itself_ours:
        return Judged(is_work=False, reason="own", may_be_greeted=False)
    if mail.automatic in NO_WORK:
        return Judged(is_work=False, reason=str(mail.automatic), may_be_greeted=False)
    is_person = mail.automatic is None and mail.return_path != "" and mail.sender_certainty in SAID
    return Judged(is_work=True, reason=mail.automatic or "person", may_be_greeted=is_person)
