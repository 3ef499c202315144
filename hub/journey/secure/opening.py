"""The customer's side: what the link shows, the code that opens it, every opening in the audit."""

from collections.abc import Mapping
from typing import Any, Final, Literal, NamedTuple

from hub.customers.opt_outs import FIELD_OF
from hub.customers.profile import open_profile
from hub.domain.errors import Invalid, Refused
from hub.domain.notice import NoticeKind
from hub.journey import notify
from hub.journey.audited import audited
from hub.journey.context import Hub
from hub.journey.messages import add_message, event_draft
from hub.journey.secure import texts
from hub.journey.secure.row import CODES_ALLOWED, MISSES_ALLOWED, Row, hold, read, words_of
from hub.security.masks import mask_mail, mask_phone
from hub.security.one_time_code import code_key, is_code, new_code, normalise_code
from hub.store.rows import change, find
from hub.store.tables import Customer, SecureMessage
from hub.store.unit import Unit

BY_CUSTOMER: Final = "customer"
_KINDS: Final[dict[str, NoticeKind]] = {"sms": "sms", "email": "email"}
State = Literal["closed", "expired", "locked"]


class Look(NamedTuple):
    """What anybody with the link may know."""

    state: State
    language: str
    via: str
    to: str
    """Masked."""
    asks_files: bool
    expires_at: float


class CodeSent(NamedTuple):
    """When another code can be had, and until when this one is good."""

    resend_at: float
    expires_at: float


class Opened(NamedTuple):
    """The words, or how many tries are left."""

    words: Mapping[str, Any] | None
    tries_left: int
    row: Row


async def look(hub: Hub, secure_id: str) -> Look:
    """Tell what the page asks for before anything is shown."""
    row = await read(hub, secure_id)
    state: State = "closed"
    if hub.clock.now() >= row.expires_at:
        state = "expired"
    elif row.is_locked:
        state = "locked"
    rows = await hub.reader.rows(find(Customer, "profile_sealed", id=row.customer_id))
    address = open_profile(hub.vault, rows[0][0], row.customer_id).get(FIELD_OF[row.via], "")
    shown = mask_mail(address) if row.via == "email" else mask_phone(address)
    return Look(state, row.language, row.via, shown, row.asks_files, row.expires_at)


async def send_secure_code(hub: Hub, secure_id: str) -> CodeSent:
    """Send a fresh code to the record's own address; an earlier one ends.

    Raises `Refused`: secure_expired, secure_locked, no_address, resend_later, too_many_codes.
    """
    return await hub.journal.run(lambda: _send_code(hub, secure_id))


def _send_code(hub: Hub, secure_id: str) -> Unit[CodeSent]:
    row, at, rules = (yield from hold(hub, secure_id)), hub.clock.now(), hub.settings.proof
    if row.code_sent_at is not None and at < row.code_sent_at + rules.resend_seconds:
        raise Refused("resend_later", "a code was sent a moment ago")
    if row.codes_sent >= CODES_ALLOWED:
        raise Refused("too_many_codes", "so many codes were sent: ask for another message")
    rows = yield find(Customer, "profile_sealed", id=row.customer_id)
    address = open_profile(hub.vault, rows[0][0], row.customer_id).get(FIELD_OF[row.via], "")
    if not address:
        raise Refused("no_address", "the record has no such address any more")
    code = new_code()
    yield change(
        SecureMessage, row.id, code_key=code_key(hub.lookup, row.id, code), code_sent_at=at,
        codes_sent=row.codes_sent + 1,
    )  # fmt: skip
    yield from notify.notice(
        hub, to_kind=_KINDS[row.via], to=address, language=row.language,
        subject=texts.code_subject(row.language) if row.via == "email" else None,
        text=texts.code_words(row.language, code, round(rules.code_seconds / 60)),
        purpose="one_time_code", about=row.id, useful_until=at + rules.code_seconds,
    )  # fmt: skip
    yield from _audit(hub, row, "secure_code_sent")
    return CodeSent(at + rules.resend_seconds, at + rules.code_seconds)


async def open_by_code(hub: Hub, secure_id: str, code: str) -> Opened:
    """Open it for who has the code; a miss is stored, so it is an answer and no refusal.

    Raises `Refused`: no_code, code_expired, secure_expired, secure_locked.
    """
    digits = normalise_code(code)
    if digits is None:
        raise Invalid("bad_code", "six digits")
    return await hub.journal.run(lambda: _open(hub, secure_id, digits))


def _open(hub: Hub, secure_id: str, code: str) -> Unit[Opened]:
    row, at = (yield from hold(hub, secure_id)), hub.clock.now()
    if row.code_key is None or row.code_sent_at is None:
        raise Refused("no_code", "no code is open: ask for one")
    if at >= row.code_sent_at + hub.settings.proof.code_seconds:
        raise Refused("code_expired", "the code is too old: ask for another")
    if is_code(hub.lookup, row.id, code, row.code_key):
        return (yield from opened(hub, row, "code", at))
    left = MISSES_ALLOWED - row.misses - 1
    yield change(SecureMessage, row.id, misses=row.misses + 1)
    yield from _audit(hub, row, "secure_code_missed", tries_left=left)
    if not left:
        draft = event_draft(hub, "secure_locked", staff_only=True)
        yield from add_message(hub, row.conversation_id, row.contact_id, draft, at)
    return Opened(None, left, row)


def opened(hub: Hub, row: Row, by: str, at: float) -> Unit[Opened]:
    """A code is good once; the agent sees the first reading, the audit sees each."""
    yield change(
        SecureMessage, row.id, code_key=None, misses=0, first_read_at=row.first_read_at or at
    )
    yield from _audit(hub, row, "secure_opened", by=by)
    if row.first_read_at is None:
        draft = event_draft(hub, "secure_read", staff_only=True)
        yield from add_message(hub, row.conversation_id, row.contact_id, draft, at)
    return Opened(words_of(hub, row), MISSES_ALLOWED, row)


def _audit(hub: Hub, row: Row, action: str, **more: object) -> Unit[None]:
    details = {"contact": row.contact_id, **more}
    yield from audited(hub, BY_CUSTOMER, action, row.id, details=details)
