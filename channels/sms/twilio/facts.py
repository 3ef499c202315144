"""What a webhook's form says, as words of the channel. Pure."""

import re
from typing import Final
from urllib.parse import urlsplit

from channels._twilio.door import Form
from channels.sms.keywords import Keyword
from hub.domain.outbound import DeliveryState

FILES_MOST: Final = 10
_REF: Final = re.compile(r"(SM|MM)[0-9a-fA-F]{32}")
_NUMBER: Final = re.compile(r"\+?[0-9]{3,15}")
_MEDIA: Final = re.compile(
    r"/2010-04-01/Accounts/(?P<account>AC[0-9a-fA-F]{32})"
    r"/(?P<path>Messages/(SM|MM)[0-9a-fA-F]{32}/Media/ME[0-9a-fA-F]{32})"
)
_STATES: Final = {
    "sent": DeliveryState.SENT,
    "delivered": DeliveryState.DELIVERED,
    "read": DeliveryState.DELIVERED,
    "undelivered": DeliveryState.FAILED,
    "failed": DeliveryState.FAILED,
    "canceled": DeliveryState.FAILED,
}
_ASKED: Final = {"STOP": Keyword.STOP, "START": Keyword.START, "HELP": Keyword.HELP}


def ref_of(form: Form) -> str | None:
    """Return the MessageSid; None when there is none."""
    ref = form.get("MessageSid", "")
    return ref if _REF.fullmatch(ref) else None


def ends_of(form: Form) -> tuple[str, str] | None:
    """Return our number and the customer's; None when either is no number."""
    ours, theirs = form.get("To", ""), form.get("From", "")
    is_odd = not (_NUMBER.fullmatch(ours) and _NUMBER.fullmatch(theirs))
    return None if is_odd else (ours, theirs)


def state_of(form: Form) -> tuple[DeliveryState, str] | None:
    """Return state and error code of a report; None for what changes nothing."""
    state = _STATES.get(form.get("MessageStatus", ""))
    code = form.get("ErrorCode", "")
    if state is None:
        return None
    if state is not DeliveryState.FAILED:
        return state, ""
    return state, code if code.isascii() and code.isdecimal() and len(code) < 8 else "failed"


def asked_of(form: Form) -> Keyword | None:
    """Return what the provider took the text for and has answered itself."""
    return _ASKED.get(form.get("OptOutType", ""))


def media_of(form: Form, account_sid: str) -> list[tuple[str, str]]:
    """Return path and type of each file, of our own account only; the host is never believed."""
    said = form.get("NumMedia", "0")
    number = int(said) if said.isascii() and said.isdecimal() and len(said) < 3 else 0
    found = []
    for at in range(min(number, FILES_MOST)):
        try:
            path = urlsplit(form.get(f"MediaUrl{at}", "")).path
        except ValueError:
            path = ""
        match = _MEDIA.fullmatch(path)
        is_ours = match is not None and match["account"] == account_sid
        kind = form.get(f"MediaContentType{at}", "")
        found.append((match["path"] if match and is_ours else "", kind[:80]))
    return found
