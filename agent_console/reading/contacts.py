"""Contacts with all that a view of them needs, in four statements of one moment."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import structlog
from sqlalchemy import BindParameter, bindparam, func, or_, select

from agent_console.reading.calls import CallFacts, load_calls
from agent_console.reading.written import closed_composers
from hub.customers.warnings import in_force
from hub.domain.calls import CHANNEL as PHONE
from hub.journey.context import Hub
from hub.journey.joined.read import JoinRead, joins_of
from hub.journey.outgoing.read import OutgoingRead, outgoing_of
from hub.security.errors import Tampered, WrongKey
from hub.store.rows import table_of
from hub.store.tables import Assignment, Contact, Conversation, Customer, Message, Participant
from hub.store.unit import Prepared

log = structlog.get_logger(__name__)

_c, _v, _u = (table_of(one).c for one in (Contact, Conversation, Customer))
_a, _p = table_of(Assignment).c, table_of(Participant).c
_m = table_of(Message).c
_ids: BindParameter[list[str]] = bindparam("ids", expanding=True)
_last_of_bot = (
    select(func.max(_m.seq))
    .where(_m.conversation_id == _c.conversation_id, _m.seq >= _c.first_seq, _m.speaker == "bot")
    .scalar_subquery()
)

_CONTACTS = Prepared(
    select(
        _c.id, _c.conversation_id, _c.channel, _c.account, _c.state, _c.language, _c.customer_id,
        _c.segment,
        _c.identity_level, _c.identity_proof, _c.queue_id, _c.owner_agent_id, _c.first_seq,
        _c.arrived_at, _c.queued_at, _c.first_assigned_at, _c.assigned_at, _c.state_since,
        _c.closed_at, _c.ending, _c.end_reason, _c.hand_off_sealed, _c.transfer_note_sealed,
        _v.guest_number, _v.seen_by_customer_seq, _v.seen_by_staff_seq, _u.profile_sealed,
        _last_of_bot, _u.warnings, _c.queue_cause, _c.answer_due_at,
    )
    .join_from(table_of(Contact), table_of(Conversation), _v.id == _c.conversation_id)
    .outerjoin(table_of(Customer), _u.id == _c.customer_id)
    .where(_c.id.in_(_ids))
)  # fmt: skip
_ASSIGNMENTS = Prepared(
    select(
        _a.contact_id, _a.id, _a.agent_id, _a.queue_id, _a.started_at, _a.ended_at, _a.wrap_up,
        _a.wrap_up_until, _a.wrap_up_extended,
    ).where(_a.contact_id.in_(_ids), or_(_a.ended_at.is_(None), _a.wrap_up == "open"))
)  # fmt: skip
_PARTICIPANTS = Prepared(
    select(_p.contact_id, _p.agent_id, _p.role)
    .where(_p.contact_id.in_(_ids))
    .order_by(_p.since_at, _p.agent_id)
)
_OWNED = Prepared(
    select(_a.contact_id).where(
        _a.agent_id == bindparam("agent"),
        or_(_a.ended_at.is_(None), _a.wrap_up == "open"),
    )
)
_customers: BindParameter[list[str]] = bindparam("customers", expanding=True)
_OF_CUSTOMERS = Prepared(select(_c.id).where(_c.id.in_(_ids), _c.customer_id.in_(_customers)))
_JOINED = Prepared(select(_p.contact_id).where(_p.agent_id == bindparam("agent")))


@dataclass(frozen=True, slots=True)
class AssignmentFacts:
    """An Assignment that runs or is wrapped up."""

    contact_id: str
    id: str
    agent_id: str
    queue_id: str | None
    started_at: float
    ended_at: float | None
    wrap_up: str
    wrap_up_until: float | None
    wrap_up_extended: int


@dataclass(frozen=True, slots=True)
class Person:
    """Who the customer is, as far as a title needs it."""

    name: str
    name_zh: str
    warnings: frozenset[str] = frozenset()


class ContactFacts(NamedTuple):
    """One Contact as its row, its Conversation, its people and its Assignments say."""

    id: str
    conversation_id: str
    channel: str
    account: str
    state: str
    language: str
    customer_id: str | None
    segment: str | None
    identity_level: int
    identity_proof: str | None
    queue_id: str | None
    queue_cause: str | None
    answer_due_at: float | None
    """Of a letter: by when an answer is owed, in business hours."""
    owner_agent_id: str | None
    first_seq: int
    arrived_at: float
    queued_at: float | None
    first_assigned_at: float | None
    assigned_at: float | None
    state_since: float
    closed_at: float | None
    ending: str | None
    end_reason: str | None
    hand_off: dict[str, Any] | None
    transfer_note: str | None
    guest_number: int
    seen_by_customer_seq: int
    seen_by_staff_seq: int
    last_bot_seq: int | None
    person: Person | None
    assignments: tuple[AssignmentFacts, ...] = ()
    participants: tuple[tuple[str, str], ...] = ()
    """(agent, role) besides the owner."""
    call: CallFacts | None = None
    """Of a Contact on the phone."""
    closed: str | None = None
    """On a written channel: why nothing may be written there, as a code."""
    outgoing: tuple[OutgoingRead, ...] = ()
    """On a written channel: words of staff that wait before they leave."""
    joins: tuple[JoinRead, ...] = ()
    """On a written channel: Conversations that staff have merged, split or linked with it."""


async def contact_ids_of(hub: Hub, agent_id: str) -> set[str]:
    """Return the Contacts an agent owns, wraps up or is in."""
    owned, joined = await hub.reader.gather([_OWNED(agent=agent_id), _JOINED(agent=agent_id)])
    return {row[0] for row in owned} | {row[0] for row in joined}


async def contacts_of_customers(hub: Hub, ids: Sequence[str], customers: Iterable[str]) -> set[str]:
    """Return which of these Contacts belong to one of these Customers."""
    rows = await hub.reader.rows(_OF_CUSTOMERS(ids=list(ids), customers=list(customers)))
    return {row[0] for row in rows}


async def load_waiting(hub: Hub, ids: Sequence[str]) -> dict[str, ContactFacts]:
    """Read Contacts that nobody has in hand: without Assignments and participants."""
    rows = await hub.reader.rows(_CONTACTS(ids=list(ids)))
    return {row[0]: _facts(hub, row, (), ()) for row in rows}


async def load_contacts(hub: Hub, ids: Sequence[str]) -> dict[str, ContactFacts]:
    """Read Contacts by id; those that are not there are left out."""
    if not ids:
        return {}
    wanted = list(ids)
    contacts, assignments, participants = await hub.reader.gather(
        [_CONTACTS(ids=wanted), _ASSIGNMENTS(ids=wanted), _PARTICIPANTS(ids=wanted)]
    )
    calls = await load_calls(hub, [row[0] for row in contacts if row[2] == PHONE])
    written = [row for row in contacts if row[2] in hub.writers]
    closed = await closed_composers(hub, [row[0] for row in written])
    outgoing = await outgoing_of(hub, {row[1] for row in written})
    joins = await joins_of(hub, {row[1] for row in written})
    talks = [AssignmentFacts(*row) for row in assignments]
    people = [tuple(row) for row in participants]
    return {
        row[0]: _facts(
            hub,
            row,
            tuple(talk for talk in talks if talk.contact_id == row[0]),
            tuple((agent, role) for contact, agent, role in people if contact == row[0]),
        )._replace(
            call=calls.get(row[0]),
            closed=closed.get(row[0]),
            outgoing=outgoing.get(row[1], ()),
            joins=joins.get(row[1], ()),
        )
        for row in contacts
    }


def _facts(
    hub: Hub,
    row: tuple[Any, ...],
    assignments: tuple[AssignmentFacts, ...],
    participants: tuple[tuple[str, str], ...],
) -> ContactFacts:
    (
        key, conversation_id, channel, account, state, language, customer_id, segment, level, proof,
        queue_id, owner, first_seq, arrived_at, queued_at, first_assigned_at, assigned_at,
        state_since, closed_at, ending, end_reason, hand_off, note, guest, seen_customer,
        seen_staff, profile, last_of_bot, listed, queue_cause, answer_due_at,
    ) = row  # fmt: skip
    return ContactFacts(
        id=key,
        conversation_id=conversation_id,
        channel=channel,
        account=account,
        state=state,
        language=language,
        customer_id=customer_id,
        segment=segment,
        identity_level=level,
        identity_proof=proof,
        queue_id=queue_id,
        queue_cause=queue_cause,
        answer_due_at=answer_due_at,
        owner_agent_id=owner,
        first_seq=first_seq,
        arrived_at=arrived_at,
        queued_at=queued_at,
        first_assigned_at=first_assigned_at,
        assigned_at=assigned_at,
        state_since=state_since,
        closed_at=closed_at,
        ending=ending,
        end_reason=end_reason,
        hand_off=_opened(hub.vault.open_json, hand_off, "contact", "hand_off", key),
        transfer_note=_opened(hub.vault.open, note, "contact", "transfer_note", key),
        guest_number=guest,
        seen_by_customer_seq=seen_customer,
        seen_by_staff_seq=seen_staff,
        last_bot_seq=last_of_bot,
        person=_person(hub, customer_id, profile, listed),
        assignments=assignments,
        participants=participants,
    )


def _person(
    hub: Hub, customer_id: str | None, profile: bytes | None, listed: str | None
) -> Person | None:
    if customer_id is None or profile is None:
        return None
    known = _opened(hub.vault.open_json, profile, "customer", "profile", customer_id)
    if known is None:
        return None
    warned = frozenset(in_force(listed or "[]"))
    return Person(known["name"], known.get("name_zh") or known["name"], warned)


def _opened(
    open_: Callable[..., Any], sealed: bytes | None, table: str, column: str, row: str
) -> Any:
    """Open a sealed value; a damaged one is missing and told to the operator, not fatal."""
    if sealed is None:
        return None
    try:
        return open_(sealed, table, column, row)
    except (Tampered, WrongKey) as error:
        log.error("sealed_value_unreadable", table=table, column=column, row=row, code=error.code)
        return None
