"""Checking a code, whoever typed it: the agent who was told it, or the customer in the chat."""

from typing import Final, NamedTuple

from sqlalchemy import bindparam, select

from hub.domain.errors import Refused
from hub.domain.proof import ProofMethod
from hub.journey.contact_row import ContactRow, load_contact
from hub.journey.context import Hub
from hub.journey.identity.level import raise_level
from hub.journey.identity.misses import add_miss, forget_misses, hold_misses
from hub.security.one_time_code import is_code, may_hold_code, take_codes
from hub.store.rows import change_if, table_of
from hub.store.tables import Verification
from hub.store.unit import Prepared, Unit

BY_CUSTOMER: Final = "customer"

_v = table_of(Verification).c
_is_open = (_v.state == "open", _v.contact_id == bindparam("of"), _v.method == "code")
_has_open_code = Prepared(select(_v.id).where(*_is_open))
_open_code = Prepared(
    select(_v.id, _v.customer_id, _v.party_id, _v.code_key, _v.expires_at)
    .where(*_is_open)
    .with_for_update()
)


class Checked(NamedTuple):
    """What became of a try; a miss is stored, so it is an answer and no refusal."""

    proved: bool
    level: int
    tries_left: int


def decide(hub: Hub, contact: ContactRow, code: str, by: str, at: float) -> Unit[Checked]:
    """Hold the misses, compare, and write down what came of it."""
    misses = yield from hold_misses(hub, contact.customer_id or "", at)
    rows = yield _open_code(of=contact.id)
    # A code is good for this customer and this speaker only: both may have changed since.
    if not rows or rows[0][1:3] != (contact.customer_id, contact.speaker_party_id):
        raise Refused("no_code", "no code is open: send one")
    proof_id, _, _, stored, expires_at = rows[0]
    if at >= expires_at:
        raise Refused("code_expired", "the code is too old: send another")
    if not is_code(hub.lookup, proof_id, code, stored):
        method = ProofMethod.CODE.value
        left = yield from add_miss(hub, contact, misses, method=method, by=by, at=at)
        return Checked(proved=False, level=contact.identity_level, tries_left=left)
    used = yield change_if(
        Verification, proof_id, {"state": "open"}, state="proved", decided_at=at, decided_by=by
    )
    if not used:
        raise Refused("no_code", "the code was used")
    yield from forget_misses(contact.customer_id or "", at)
    level = yield from raise_level(hub, contact, method=ProofMethod.CODE.value, by=by, at=at)
    return Checked(proved=True, level=level, tries_left=hub.settings.proof.misses_allowed)


class Caught(NamedTuple):
    """A customer's words as they may be stored, and the code that was in them."""

    text: str
    code: str | None = None


def catch_code(contact_id: str, text: str) -> Unit[Caught]:
    """Take codes out of a customer's words before they are stored, while a code is open.

    Every number like one is hidden, and the first counts as the try: else a page could go on
    guessing by writing.
    """
    if not may_hold_code(text) or not (yield _has_open_code(of=contact_id)):
        return Caught(text)
    hidden, codes = take_codes(text)
    return Caught(hidden, codes[0] if codes else None)


def try_caught(hub: Hub, contact_id: str, caught: Caught) -> Unit[None]:
    """Check the code that was caught, once the words around it are stored."""
    if caught.code is None:
        return
    contact = yield from load_contact(contact_id)
    try:
        yield from decide(hub, contact, caught.code, BY_CUSTOMER, hub.clock.now())
    except Refused:
        return  # locked or too old: the agent sees it in the record
