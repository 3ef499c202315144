"""The person who is to be proved: the Customer, or whom the agent marked as speaking."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select

from hub.customers import parties, warnings
from hub.customers.parties import PartyRole, Person
from hub.customers.questions import Known
from hub.domain.errors import Forbidden, Refused
from hub.domain.states import ContactState
from hub.journey.contact_row import ContactRow, load_contact
from hub.journey.context import Hub, Viewer
from hub.journey.converse import require_voice
from hub.journey.record_views import profile_of
from hub.store.rows import find, table_of
from hub.store.tables import Customer, Payment
from hub.store.unit import Prepared, Unit

_pay = table_of(Payment).c
_last_payment = Prepared(
    select(_pay.id, _pay.detail_sealed)
    .where(_pay.customer_id == bindparam("of"))
    .order_by(_pay.at.desc())
    .limit(1)
)


class Subject(NamedTuple):
    """What the record knows of the person who speaks."""

    customer_id: str | None
    """The person's own record; None when the bank keeps none."""
    profile: Mapping[str, str]


def load_talk(hub: Hub, viewer: Viewer, contact_id: str) -> Unit[ContactRow]:
    """Hold a running talk of a linked Customer in which the viewer may speak."""
    contact = yield from load_contact(contact_id)
    yield from require_voice(contact, viewer.user_id)
    if contact.state != ContactState.ASSIGNED:
        raise Refused("contact_over", "the contact is not in a talk any more")
    if contact.customer_id is None:
        raise Refused("no_customer", "find the customer first")
    rows = yield find(Customer, "warnings", id=contact.customer_id)
    if rows and warnings.is_restricted(warnings.in_force(rows[0][0]), viewer.roles):
        raise Forbidden("restricted", "a colleague's record: ask a supervisor")
    return contact


def load_subject(hub: Hub, contact: ContactRow) -> Unit[Subject]:
    """Read who is to be proved; raise `Refused` where nobody can be."""
    customer_id = contact.customer_id or ""
    rows = yield find(Customer, "profile_sealed", "warnings", id=customer_id)
    if not rows:
        raise Refused("no_customer", "find the customer first")
    sealed, listed = rows[0]
    found = parties.persons((yield parties.of_record(of=customer_id)))
    person = next((one for one in found if one.party_id == contact.speaker_party_id), None)
    dead = warnings.DECEASED in warnings.in_force(listed)
    if dead and (person is None or person.role == PartyRole.ATTORNEY):
        raise Refused("deceased", "nobody can be proved to be the customer, or to act for them")
    if person is None and contact.speaker_party_id is not None:
        raise Refused("no_party", "mark anew who is speaking")
    if person is not None:
        return (yield from _other(hub, person))
    if parties.speaks_for_a_firm(found, customer_id):
        raise Refused("speaker_unknown", "a firm cannot speak: mark who is speaking first")
    return Subject(customer_id, profile_of(hub, sealed, customer_id))


def _other(hub: Hub, person: Person) -> Unit[Subject]:
    if not person.holds_at(hub.clock.now()):
        raise Refused("power_ended", "this person may not act on the record any more")
    own = person.holder_customer_id
    if own is None:
        return Subject(None, parties.profile_of(hub.vault, person))
    rows = yield find(Customer, "profile_sealed", "warnings", id=own)
    if not rows or warnings.DECEASED in warnings.in_force(rows[0][1]):
        raise Refused("deceased", "nobody can be proved to be this person")
    return Subject(own, profile_of(hub, rows[0][0], own))


def load_known(hub: Hub, subject: Subject) -> Unit[Known]:
    """Read what questions can be asked about."""
    if subject.customer_id is None:
        return Known(subject.profile, None)
    rows: list[tuple[Any, ...]] = yield _last_payment(of=subject.customer_id)
    if not rows:
        return Known(subject.profile, None)
    payment_id, sealed = rows[0]
    return Known(subject.profile, _payment(hub, payment_id, sealed))


def _payment(hub: Hub, payment_id: str, sealed: bytes) -> Mapping[str, Any]:
    detail: dict[str, Any] = json.loads(hub.vault.open(sealed, "payment", "detail", payment_id))
    return detail
