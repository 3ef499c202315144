"""Misses are counted per Customer, over Contacts, methods and reconnects; the third locks."""

from typing import NamedTuple

from sqlalchemy import bindparam, select, update

from hub.domain.errors import Refused
from hub.domain.events import ProofFailed, ProofLocked
from hub.journey.audited import audited
from hub.journey.contact_row import ContactRow
from hub.journey.context import Hub
from hub.journey.messages import add_message, event_draft
from hub.store.rows import table_of
from hub.store.tables import Contact, ProofLock, Verification
from hub.store.unit import Append, Prepared, Unit
from hub.store.upsert import upsert

_l, _v, _c = (table_of(one).c for one in (ProofLock, Verification, Contact))
_begin = Prepared(
    upsert(table_of(ProofLock)).on_conflict_do_nothing(index_elements=["customer_id"])
)
_hold = Prepared(
    select(_l.misses, _l.first_missed_at, _l.locked_until)
    .where(_l.customer_id == bindparam("of"))
    .with_for_update()
)
_write = Prepared(
    update(table_of(ProofLock))
    .where(_l.customer_id == bindparam("of"))
    .values({name: bindparam(name) for name in ("misses", "first_missed_at", "locked_until")})
)
_end_all = Prepared(
    update(table_of(Verification))
    .where(_v.state == "open", _v.customer_id == bindparam("of"))
    .values(state="ended", decided_at=bindparam("at"))
)
_open_contacts = Prepared(
    select(_c.id, _c.conversation_id)
    .where(_c.customer_id == bindparam("of"), _c.state != "closed")
    .limit(50)
)


class Misses(NamedTuple):
    """How often this Customer was missed lately."""

    missed: int
    first_at: float
    locked_until: float | None


def hold_misses(hub: Hub, customer_id: str, at: float) -> Unit[Misses]:
    """Read and hold the count, so that two guesses at once are two; raise `Refused` when locked."""
    yield _begin(customer_id=customer_id, misses=0, first_missed_at=at, locked_until=None)
    count, first_at, locked_until = (yield _hold(of=customer_id))[0]
    if locked_until is not None and at < locked_until:
        raise Refused("proof_locked", "too many misses: a supervisor can release it")
    over = at - first_at >= hub.settings.proof.lock_seconds
    if locked_until is not None or over:
        return Misses(0, at, None)
    return Misses(count, first_at, None)


def add_miss(
    hub: Hub, contact: ContactRow, misses: Misses, *, method: str, by: str, at: float
) -> Unit[int]:
    """Count one miss, locking at the last that is allowed; return how many tries are left."""
    rules, customer_id = hub.settings.proof, contact.customer_id or ""
    count = misses.missed + 1
    left = max(0, rules.misses_allowed - count)
    locked_until = None if left else at + rules.lock_seconds
    first_at = misses.first_at if misses.missed else at
    yield _write(of=customer_id, misses=count, first_missed_at=first_at, locked_until=locked_until)
    ids = {"contact_id": contact.id, "conversation_id": contact.conversation_id}
    yield Append(ProofFailed(at=at, method=method, tries_left=left, by=by, **ids))
    details = {"method": method, "tries_left": left}
    yield from audited(hub, by, "proof_missed", contact.id, details=details)
    if locked_until is not None:
        yield from _lock(hub, contact, locked_until, by, at)
    return left


def _lock(hub: Hub, contact: ContactRow, until: float, by: str, at: float) -> Unit[None]:
    customer_id = contact.customer_id or ""
    yield _end_all(of=customer_id, at=at)
    yield from audited(hub, by, "proof_locked", contact.id, details={"customer": customer_id})
    draft = event_draft(hub, "proof_locked", staff_only=True)
    yield from add_message(hub, contact.conversation_id, contact.id, draft, at)
    for contact_id, conversation_id in (yield from open_contacts_of(customer_id)):
        ids = {"contact_id": contact_id, "conversation_id": conversation_id}
        yield Append(ProofLocked(at=at, customer_id=customer_id, until=until, **ids))


def forget_misses(customer_id: str, at: float) -> Unit[None]:
    """Begin to count anew: a right answer, or a supervisor's release."""
    yield _write(of=customer_id, misses=0, first_missed_at=at, locked_until=None)


def open_contacts_of(customer_id: str) -> Unit[list[tuple[str, str]]]:
    """Return (id, Conversation) of every open Contact of the Customer."""
    rows: list[tuple[str, str]] = yield _open_contacts(of=customer_id)
    return rows
