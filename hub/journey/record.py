"""The screen pop: all an agent may know of the customer, read in one go and masked here."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, exists, or_, select

from hub.customers import parties
from hub.domain.errors import Forbidden, Invalid, NotFound
from hub.domain.states import ParticipantRole
from hub.journey.audited import audited
from hub.journey.banking.record_part import recent_orders
from hub.journey.calls.candidates import count_candidates
from hub.journey.context import Hub, Viewer
from hub.journey.record_eye import Eye
from hub.journey.record_people import RecordContact
from hub.journey.record_sight import note_sight
from hub.journey.record_subjects import subjects_of
from hub.journey.record_views import RecordRows, pop_of, profile_of
from hub.security.roles import Role
from hub.store.rows import find, table_of
from hub.store.tables import (
    Account,
    Card,
    Case,
    Consent,
    Contact,
    CoreSync,
    Customer,
    Participant,
    Party,
    PartyAccount,
    Payment,
    ProofLock,
    Task,
    Verification,
)
from hub.store.unit import Prepared, Unit

_p, _k, _c = table_of(Payment).c, table_of(Case).c, table_of(Contact).c
_pa = table_of(PartyAccount).c
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
_u, _v, _l, _y = (table_of(one).c for one in (Customer, Verification, ProofLock, Party))
_s = table_of(CoreSync).c
_contact = Prepared(
    select(
        _c.id, _c.conversation_id, _c.customer_id, _c.identity_level, _c.identity_proof,
        _c.identity_proved_at, _c.owner_agent_id, _c.identity_proved_by, _c.speaker_party_id,
        _v.via, _v.asked_at, _v.expires_at,
    )
    .join_from(
        table_of(Contact), table_of(Verification),
        and_(_v.contact_id == _c.id, _v.state == "open", _v.method == "code"),
        isouter=True,
    )
    .where(_c.id == bindparam("of"))
)  # fmt: skip
"""The fields of `RecordContact`; with it the code that is on its way, if any."""
_customer = Prepared(
    select(
        _u.id, _u.number, _u.segment, _u.lifecycle, _u.language, _u.since_year, _u.profile_sealed,
        _u.warnings, _l.misses, _l.first_missed_at, _l.locked_until,
        exists().where(or_(_y.customer_id == _u.id, _y.holder_customer_id == _u.id)),
        _s.fresh_at, _s.stale_since, _u.manager_id, _u.standing, _u.preference_sealed,
    )
    .join_from(table_of(Customer), table_of(ProofLock), _l.customer_id == _u.id, isouter=True)
    .join(table_of(CoreSync), _s.customer_id == _u.id, isouter=True)
    .where(_u.id == bindparam("of"))
)  # fmt: skip
"""With misses, whether other persons have to do with the record, and how old it is."""
_profiles = Prepared(
    select(_u.id, _u.profile_sealed).where(
        _u.id.in_(select(_y.holder_customer_id).where(_y.customer_id == bindparam("of")))
    )
)
_shared_payments = Prepared(
    select(_p.id, _p.at, _p.account_id, _p.detail_sealed, _p.unusual, _p.unusual_times)
    .where(
        _p.customer_id.in_(select(_y.customer_id).where(_y.holder_customer_id == bindparam("of")))
    )
    .where(
        _p.account_id.in_(
            select(_pa.account_id)
            .join_from(table_of(PartyAccount), table_of(Party), _y.id == _pa.party_id)
            .where(_y.holder_customer_id == bindparam("of"))
        )
    )
    .order_by(_p.at.desc())
    .limit(10)
)
_speakers_payments = Prepared(
    select(_p.id, _p.at, _p.account_id, _p.detail_sealed, _p.unusual, _p.unusual_times)
    .where(_p.customer_id == bindparam("of"))
    .where(_p.account_id.in_(select(_pa.account_id).where(_pa.party_id == bindparam("party"))))
    .order_by(_p.at.desc())
    .limit(10)
)


@dataclass(frozen=True, slots=True)
class Revealed:
    """One value in full, until `until`."""

    value: str
    until: float


class PopRows(NamedTuple):
    """What a ScreenPop is made of, whoever will look at it; a guest has no record."""

    contact: RecordContact
    record: RecordRows | None
    candidates: int = 0
    """Records with the number that calls; none of them is opened by it."""


class MaskedPop(NamedTuple):
    """A ScreenPop as some roles may see it, with the names of what was kept from them."""

    pop: dict[str, Any]
    denied: frozenset[str]


async def screen_pop(hub: Hub, contact_id: str, viewer: Viewer) -> dict[str, Any]:
    """Return the whole ScreenPop (shape: the feed contract) as this viewer may see it."""
    pop, denied = mask_pop(hub, await read_pop(hub, contact_id), viewer.roles)
    note_sight(hub, viewer, contact_id, pop, denied)
    return pop


async def read_pop(hub: Hub, contact_id: str) -> PopRows:
    """Read a Contact and its Customer's record; raise `NotFound`."""
    rows = await hub.reader.rows(_contact(of=contact_id))
    if not rows:
        raise NotFound("no_contact")
    contact = RecordContact(*rows[0])
    if contact.customer_id is None:
        return PopRows(contact, None, await count_candidates(hub, contact_id))
    read = await read_record(hub, contact.customer_id, speaker=contact.speaker)
    return PopRows(contact, read)


def mask_pop(hub: Hub, rows: PopRows, roles: frozenset[Role]) -> MaskedPop:
    """Mask for viewers of these roles: nothing else of a viewer decides what they see.

    Who is then shown the ScreenPop is told to `note_sight`.
    """
    viewer = Viewer(user_id="", roles=roles)
    eye = Eye(viewer, rows.contact.level)
    pop = pop_of(hub, rows.contact, rows.record, viewer, eye=eye)
    pop["candidates"] = rows.candidates
    return MaskedPop(pop, frozenset(eye.denied))


async def read_record(hub: Hub, customer_id: str, *, speaker: str | None = None) -> RecordRows:
    """Read all that a ScreenPop shows of a Customer, all of one moment."""
    payments = (
        _recent_payments(of=customer_id)
        if speaker is None
        else _speakers_payments(of=customer_id, party=speaker)
    )
    read = await hub.reader.gather(
        [
            _customer(of=customer_id),
            find(Account, "id", "kind", "currency", "detail_sealed", customer_id=customer_id),
            find(Card, "id", "kind", "last_four", "state", "account_id", customer_id=customer_id),
            payments,
            _open_cases(of=customer_id),
            find(Task, "id", "kind", "due_at", "title", customer_id=customer_id, state="open"),
            _history(of=customer_id),
            find(Consent, "code", "given", "at", customer_id=customer_id),
            recent_orders(of=customer_id),
        ]
    )
    customer, accounts, cards, paid, cases, tasks, history, consents, orders = read
    found = RecordRows(customer, accounts, cards, paid, cases, tasks, history, consents, orders)
    written = [row[0] for row in history if row[1] in hub.writers]
    if written:
        found = found._replace(subjects=await subjects_of(hub, written))
    has_persons = bool(found.customer) and found.customer[0][11]
    return await _with_persons(hub, customer_id, found) if has_persons else found


async def _with_persons(hub: Hub, customer_id: str, found: RecordRows) -> RecordRows:
    """Read on where others may act on the record, or its holder on another."""
    persons, profiles, accounts, payments = await hub.reader.gather(
        [
            parties.of_record(of=customer_id),
            _profiles(of=customer_id),
            parties.shared_accounts(of=customer_id),
            _shared_payments(of=customer_id),
        ]
    )
    return found._replace(
        persons=parties.persons(persons),
        profiles={row[0]: row[1] for row in profiles},
        shared_accounts=accounts,
        shared_payments=payments,
    )


async def reveal(hub: Hub, viewer: Viewer, *, contact_id: str, field: str, reason: str) -> Revealed:
    """Show one masked value for a short time; the reason and the reveal are in the audit.

    `field` is the path that the ScreenPop gave: a field of the customer, or `account.ID.number`.
    """
    if not 3 <= len(reason.strip()) <= 200:
        raise Invalid("reason_needed", "say why, in 3 to 200 characters")
    try:
        value = await _value_of(hub, viewer, contact_id, field)
    except Forbidden as denied:
        code = denied.code
        await hub.journal.run(lambda: _note_refusal(hub, viewer, contact_id, field, code))
        raise
    # Made anew when it races with the note that the record was seen for a node's first entry.
    await hub.journal.run(lambda: _note_reveal(hub, viewer, contact_id, field, reason.strip()))
    return Revealed(value, hub.clock.now() + hub.settings.reveal_seconds)


def _note_reveal(hub: Hub, viewer: Viewer, contact_id: str, field: str, reason: str) -> Unit[None]:
    yield from audited(
        hub, viewer.user_id, "field_revealed", contact_id, reason=reason, details={"field": field}
    )


def _note_refusal(hub: Hub, viewer: Viewer, contact_id: str, field: str, code: str) -> Unit[None]:
    name = field if field.replace(".", "").replace("_", "").isalnum() else "?"
    details = {"field": name[:120], "code": code}
    yield from audited(hub, viewer.user_id, "reveal_denied", contact_id, details=details)


async def _value_of(hub: Hub, viewer: Viewer, contact_id: str, field: str) -> str:
    rows = await hub.reader.rows(_contact(of=contact_id))
    if not rows or rows[0][2] is None:
        raise NotFound("no_record")
    contact = RecordContact(*rows[0])
    customer_id = contact.customer_id or ""
    await _require_part(hub, viewer, contact_id, contact.owner_agent_id)
    read = await read_record(hub, customer_id, speaker=contact.speaker)
    if not read.customer:
        raise NotFound("no_record")
    # The page asks for what the pop offered: the same rules decide again, on rows of this moment.
    if field not in _offered(pop_of(hub, contact, read, viewer)):
        raise Forbidden("no_reveal", "this field cannot be revealed to you now")
    if not field.startswith("account."):
        profile = profile_of(hub, read.customer[0][6], customer_id)
        return str(profile.get(field, ""))
    _, account_id, column = field.split(".")
    sealed = next(row[3] for row in [*read.accounts, *read.shared_accounts] if row[0] == account_id)
    detail = hub.vault.open_json(sealed, "account", "detail", account_id)
    return str(detail.get(column, ""))


def _offered(pop: dict[str, Any]) -> set[str]:
    """Paths of the fields that the pop would let this viewer reveal."""
    fields = [*(pop["customer"] or {}).values(), *(one["number"] for one in pop["accounts"])]
    return {one["reveal"] for one in fields if isinstance(one, dict) and one.get("reveal")}


async def _require_part(hub: Hub, viewer: Viewer, contact_id: str, owner: str | None) -> None:
    if owner == viewer.user_id:
        return
    rows = await hub.reader.rows(
        find(Participant, "role", contact_id=contact_id, agent_id=viewer.user_id)
    )
    if not rows or rows[0][0] == ParticipantRole.WATCHING:
        raise Forbidden("not_in_contact", "only who serves the customer may reveal a field")
