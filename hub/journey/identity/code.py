"""Proof by one-time code: sent to an address of the record, typed by the agent or the customer."""

from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, select, update

from hub.domain.errors import Invalid, Refused
from hub.domain.events import ProofAsked
from hub.domain.notice import NoticeKind
from hub.domain.proof import ProofMethod
from hub.journey import notify
from hub.journey.audited import audited
from hub.journey.contact_row import ContactRow
from hub.journey.context import Hub, Viewer
from hub.journey.identity import words
from hub.journey.identity.code_check import Checked, decide
from hub.journey.identity.misses import hold_misses
from hub.journey.identity.subject import load_subject, load_talk
from hub.journey.messages import add_message, event_draft
from hub.security.one_time_code import code_key, new_code, normalise_code
from hub.store.rows import put, table_of
from hub.store.tables import Verification
from hub.store.unit import Append, Prepared, Unit

ADDRESS_OF: Final[dict[str, str]] = {"sms": "phone", "email": "email"}
"""Which field of the record a code goes to; nothing that was said in the talk ever is one."""
HOUR_SECONDS: Final = 3600.0
_KINDS: Final[dict[str, NoticeKind]] = {"sms": "sms", "email": "email"}

_v = table_of(Verification).c
_sent_lately = Prepared(
    select(_v.asked_at)
    .where(_v.customer_id == bindparam("of"), _v.asked_at > bindparam("after"), _v.method == "code")
    .order_by(_v.asked_at.desc())
)
end_open = Prepared(
    update(table_of(Verification))
    .where(_v.state == "open", _v.contact_id == bindparam("of"))
    .where(_v.method == bindparam("by_method"))
    .values(state="ended", decided_at=bindparam("at"))
)


class CodeSent(NamedTuple):
    """What the agent learns; never the code, never the address in full."""

    expires_at: float
    resend_at: float


async def send_code(hub: Hub, viewer: Viewer, *, contact_id: str, via: str) -> CodeSent:
    """Send a fresh code to the record's own phone (`sms`) or mailbox (`email`).

    An earlier code of the Contact ends. Raises `Refused`: proof_locked, no_carrier, no_address,
    resend_later, too_many_codes, no_customer, speaker_unknown, deceased.
    """
    if via not in ADDRESS_OF:
        raise Invalid("bad_via", "via: sms or email")
    return await hub.journal.run(lambda: _send_code(hub, viewer, contact_id, via))


def _send_code(hub: Hub, viewer: Viewer, contact_id: str, via: str) -> Unit[CodeSent]:
    contact = yield from load_talk(hub, viewer, contact_id)
    return (yield from send_to_record(hub, contact, via, viewer.user_id))


def send_to_record(hub: Hub, contact: ContactRow, via: str, by: str) -> Unit[CodeSent]:
    """The unit of `send_code`, also for self-service: to an address of the record only."""
    at, rules = hub.clock.now(), hub.settings.proof
    subject = yield from load_subject(hub, contact)
    yield from hold_misses(hub, contact.customer_id or "", at)
    if via not in hub.notify.kinds:
        raise Refused("no_carrier", "nothing can be sent that way now")
    address = subject.profile.get(ADDRESS_OF[via], "")
    if not address:
        raise Refused("no_address", "the record has no such address")
    yield from _throttle(hub, contact, at)
    yield end_open(of=contact.id, by_method=ProofMethod.CODE.value, at=at)
    proof_id, code, expires_at = hub.new_id("prf"), new_code(), at + rules.code_seconds
    yield put(
        Verification, id=proof_id, contact_id=contact.id, customer_id=contact.customer_id,
        party_id=contact.speaker_party_id, method=ProofMethod.CODE.value, via=via,
        code_key=code_key(hub.lookup, proof_id, code), asked_by=by, asked_at=at,
        expires_at=expires_at,
    )  # fmt: skip
    yield from notify.notice(
        hub, to_kind=_KINDS[via], to=address, language=contact.language,
        subject=words.code_subject(contact.language) if via == "email" else None,
        text=words.code_text(contact.language, code, round(rules.code_seconds / 60)),
        purpose="one_time_code", about=contact.id, useful_until=expires_at,
    )  # fmt: skip
    yield from _tell_asked(hub, contact, by, via, at)
    return CodeSent(expires_at, at + rules.resend_seconds)


def _throttle(hub: Hub, contact: ContactRow, at: float) -> Unit[None]:
    rules = hub.settings.proof
    rows: list[tuple[Any, ...]] = yield _sent_lately(
        of=contact.customer_id, after=at - HOUR_SECONDS
    )
    if rows and at < rows[0][0] + rules.resend_seconds:
        raise Refused("resend_later", "a code was sent a moment ago")
    if len(rows) >= rules.codes_per_hour:
        raise Refused("too_many_codes", "so many codes were sent that more must wait")


def _tell_asked(hub: Hub, contact: ContactRow, by: str, via: str, at: float) -> Unit[None]:
    method = ProofMethod.CODE.value
    yield from audited(hub, by, "proof_asked", contact.id, details={"method": method, "via": via})
    draft = event_draft(hub, "code_sent", {"via": via}, staff_only=True)
    yield from add_message(hub, contact.conversation_id, contact.id, draft, at)
    ids = {"contact_id": contact.id, "conversation_id": contact.conversation_id}
    yield Append(ProofAsked(at=at, method=method, by=by, **ids))


async def check_code(hub: Hub, viewer: Viewer, *, contact_id: str, code: str) -> Checked:
    """Check the code that the customer read out. A wrong one is an answer; see `Checked`.

    Raises `Refused`: no_code, code_expired, proof_locked; `Invalid` for what is no code at all.
    """
    digits = normalise_code(code)
    if digits is None:
        raise Invalid("bad_code", "six digits")
    return await hub.journal.run(lambda: _check_code(hub, viewer, contact_id, digits))


def _check_code(hub: Hub, viewer: Viewer, contact_id: str, code: str) -> Unit[Checked]:
    contact = yield from load_talk(hub, viewer, contact_id)
    return (yield from decide(hub, contact, code, viewer.user_id, hub.clock.now()))
