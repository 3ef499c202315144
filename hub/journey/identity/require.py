"""The one check before anything is done on a customer's record."""

import json

from sqlalchemy import bindparam, exists, select

from hub.customers import parties, warnings
from hub.customers.parties import PartyRole
from hub.domain.errors import Forbidden, Refused
from hub.domain.states import ContactState, IdentityLevel
from hub.journey.contact_row import ContactRow, load_contact
from hub.journey.context import Hub
from hub.security.roles import Role
from hub.store.rows import table_of
from hub.store.tables import Customer, Party
from hub.store.unit import Prepared, Unit

_u, _p = table_of(Customer).c, table_of(Party).c
_about_record = Prepared(
    select(
        _u.warnings,
        exists().where(_p.customer_id == _u.id, _p.role == PartyRole.DIRECTOR.value),
    ).where(_u.id == bindparam("of"))
)


def require_level(
    hub: Hub, contact_id: str, level: int, *, by: str | None = None
) -> Unit[ContactRow]:
    """Hold the Contact and return it if who speaks is proved to this level; else `Forbidden`.

    First in the unit of every deed on the record: the level is read under the same hold as the
    deed is written, so a level that falls meanwhile (another speaker) stops the deed. `by` is the
    user who acts, where it is one: a colleague's record is not for everybody.
    """
    contact = yield from load_contact(contact_id)
    if contact.state == ContactState.CLOSED:
        raise Refused("contact_over", "the contact is over; what was proved ended with it")
    if contact.customer_id is None:
        raise Refused("no_customer", "find the customer first")
    if contact.identity_level < level:
        raise Forbidden("identity_level", f"needs identity level {level}")
    rows = yield _about_record(of=contact.customer_id)
    listed, is_firm = rows[0] if rows else ("[]", False)
    if by is not None and warnings.is_restricted(json.loads(listed), _roles_of(hub, by)):
        raise Forbidden("restricted", "a colleague's record: ask a supervisor")
    if is_firm and contact.speaker_party_id is None and level >= IdentityLevel.PROVED:
        raise Forbidden("speaker_unknown", "a firm cannot speak: mark who is speaking first")
    return contact


def _roles_of(hub: Hub, user_id: str) -> frozenset[Role]:
    member = hub.staff.get(user_id)
    return frozenset(Role(role) for role in member.roles) if member else frozenset()


def require_account(hub: Hub, contact: ContactRow, account_id: str) -> Unit[None]:
    """Raise `Forbidden` unless the person who speaks may act on this account of the record."""
    now = hub.clock.now()
    customer_id = contact.customer_id or ""
    if not (yield from parties.may_act(customer_id, contact.speaker_party_id, account_id, now)):
        raise Forbidden("not_the_speakers", "the account is not open to who speaks now")
