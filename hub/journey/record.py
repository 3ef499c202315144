"""The screen pop: all an agent may know of the customer, read in one go and masked here."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from hub.domain.errors import Forbidden, Invalid, NotFound
from hub.domain.states import ParticipantRole
from hub.journey.audited import audited
from hub.journey.context import Hub, Viewer
from hub.journey.record_views import RecordRows, pop_of
from hub.security.field_rights import may_reveal
from hub.store.rows import find, table_of
from hub.store.tables import (
    Account,
    Card,
    Case,
    Consent,
    Contact,
    Customer,
    Participant,
    Payment,
    Task,
)
from hub.store.unit import Prepared, Unit

_p, _k, _c = table_of(Payment).c, table_of(Case).c, table_of(Contact).c
_recent_payments = Prepared(
    select(_p.id, _p.at, _p.account_id, _p.detail_sealed, _p.unusual, _p.unusual_times)
    .where(_p.customer_id == bindparam("of"))
    .order_by(_p.at.desc())
    .limit(10)
)
_open_cases = Prepared(
    select(_k.id, _k.number, _k.title, _k.stage, _k.due_at, _k.owner_id)
    .where(_k.customer_id == bindparam("of"), _k.closed_at.is_(None))
    .order_by(_k.due_at)
    .limit(20)
)
_history = Prepared(
    select(_c.id, _c.channel, _c.arrived_at, _c.queue_id, _c.disposition, _c.score, _c.ending)
    .where(_c.customer_id == bindparam("of"), _c.state == "closed")
    .order_by(_c.arrived_at.desc())
    .limit(10)
)
CUSTOMER_COLUMNS = (
    "id", "number", "segment", "lifecycle", "language", "since_year", "profile_sealed", "warnings",
)  # fmt: skip
_CONTACT_COLUMNS = (
    "id", "conversation_id", "customer_id", "identity_level", "identity_proof",
    "identity_proved_at", "owner_agent_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Revealed:
    """One value in full, until `until`."""

    value: str
    until: float


async def screen_pop(hub: Hub, contact_id: str, viewer: Viewer) -> dict[str, Any]:
    """Return the whole ScreenPop (shape: the feed contract) as this viewer may see it."""
    rows = await hub.reader.rows(find(Contact, *_CONTACT_COLUMNS, id=contact_id))
    if not rows:
        raise NotFound("no_contact")
    contact = rows[0]
    customer_id = contact[2]
    if customer_id is None:
        return pop_of(hub, contact, None, viewer)
    return pop_of(hub, contact, await read_record(hub, customer_id), viewer)


async def read_record(hub: Hub, customer_id: str) -> RecordRows:
    """Read all that a ScreenPop shows of a Customer, all of one moment."""
    read = await hub.reader.gather(
        [
            find(Customer, *CUSTOMER_COLUMNS, id=customer_id),
            find(Account, "id", "kind", "currency", "detail_sealed", customer_id=customer_id),
            find(Card, "id", "kind", "last_four", "state", customer_id=customer_id),
            _recent_payments(of=customer_id),
            _open_cases(of=customer_id),
            find(Task, "id", "kind", "due_at", "title", customer_id=customer_id, state="open"),
            _history(of=customer_id),
            find(Consent, "code", "given", "at", customer_id=customer_id),
        ]
    )
    return RecordRows(*read)


async def reveal(hub: Hub, viewer: Viewer, *, contact_id: str, field: str, reason: str) -> Revealed:
    """Show one masked value for a short time; the reason and the reveal are in the audit.

    `field` is the path that the ScreenPop gave: a field of the customer, or `account.ID.number`.
    """
    if not 3 <= len(reason.strip()) <= 200:
        raise Invalid("reason_needed", "say why, in 3 to 200 characters")
    value = await _value_of(hub, viewer, contact_id, field)
    unit = _note_reveal(hub, viewer, contact_id, field, reason.strip())
    await hub.journal.run(unit)
    return Revealed(value, hub.clock.now() + hub.settings.reveal_seconds)


def _note_reveal(hub: Hub, viewer: Viewer, contact_id: str, field: str, reason: str) -> Unit[None]:
    yield from audited(
        hub, viewer.user_id, "field_revealed", contact_id, reason=reason, details={"field": field}
    )


async def _value_of(hub: Hub, viewer: Viewer, contact_id: str, field: str) -> str:
    rows = await hub.reader.rows(find(Contact, *_CONTACT_COLUMNS, id=contact_id))
    if not rows or rows[0][2] is None:
        raise NotFound("no_record")
    _, _, customer_id, level, _, _, owner = rows[0]
    await _require_part(hub, viewer, contact_id, owner)
    part, _, rest = field.partition(".")
    account_id, _, column = rest.partition(".")
    name = f"{part}.{column}" if rest else field
    if not may_reveal(name, viewer.roles, level):
        raise Forbidden("no_reveal", "this field cannot be revealed at this identity level")
    if not rest:
        rows = await hub.reader.rows(find(Customer, "profile_sealed", id=customer_id))
        profile = json.loads(hub.vault.open(rows[0][0], "customer", "profile", customer_id))
        return str(profile.get(field, ""))
    rows = await hub.reader.rows(
        find(Account, "detail_sealed", id=account_id, customer_id=customer_id)
    )
    if not rows:
        raise NotFound("no_record")
    detail = json.loads(hub.vault.open(rows[0][0], "account", "detail", account_id))
    return str(detail.get(column, ""))


async def _require_part(hub: Hub, viewer: Viewer, contact_id: str, owner: str | None) -> None:
    if owner == viewer.user_id:
        return
    rows = await hub.reader.rows(
        find(Participant, "role", contact_id=contact_id, agent_id=viewer.user_id)
    )
    if not rows or rows[0][0] == ParticipantRole.WATCHING:
        raise Forbidden("not_in_contact", "only who serves the customer may reveal a field")
