"""Proof by one-time code inside self-service: sent to the record's own phone or mailbox.

What the customer types is checked by the hub before self-service hears it; an errand only tells
what came of it.
"""

from collections.abc import Mapping
from functools import partial
from typing import Final

from sqlalchemy import bindparam, select

from hub.customers.profile import open_profile
from hub.domain.errors import Refused
from hub.domain.states import ContactState, IdentityLevel
from hub.journey.contact_row import load_contact
from hub.journey.context import Hub
from hub.journey.errands import words
from hub.journey.errands.answer import NO, YES, Answer, done, refused
from hub.journey.identity.code import ADDRESS_OF, CodeSent, send_to_record
from hub.journey.identity.misses import hold_misses
from hub.ports import SelfServiceContact
from hub.store.rows import find, table_of
from hub.store.tables import Contact, Customer, Verification
from hub.store.unit import Prepared, Unit

BY = "self_service"
WAYS: Final = ("sms", "email")
OTHER: Final = "other"
_v, _c, _u = (table_of(one).c for one in (Verification, Contact, Customer))
_last_way = Prepared(
    select(_v.via)
    .where(_v.contact_id == bindparam("of"), _v.method == "code")
    .order_by(_v.asked_at.desc())
    .limit(1)
)
_profile = Prepared(
    select(_u.id, _u.profile_sealed)
    .join_from(table_of(Contact), table_of(Customer), _u.id == _c.customer_id)
    .where(_c.id == bindparam("of"))
)


async def send_code(hub: Hub, contact: SelfServiceContact, arguments: Mapping[str, str]) -> Answer:
    """Send a code by the first way that there is, or as `via` says: a way, or `other` than before.

    Answers `via`, and in `other` whether there is a second way for who does not get it.
    """
    wanted = arguments.get("via", "")
    ways = [wanted] if wanted in WAYS else list(WAYS)
    if wanted == OTHER:
        last = await hub.reader.rows(_last_way(of=contact.contact_id))
        ways = [one for one in WAYS if not last or one != last[0][0]]
    code = "no_carrier"
    for via in ways:
        try:
            await hub.journal.run(partial(_send, hub, contact.contact_id, via))
        except Refused as error:
            code = error.code
            if code not in ("no_carrier", "no_address"):
                break
        else:
            other = YES if await _has_other(hub, contact, via) else NO
            said = words.of(words.CODE_SENT[via], contact.language)
            return done(contact, via=via, other=other, question=said)
    if wanted == OTHER and code in ("no_carrier", "no_address"):
        code = "no_other_way"
    return refused(contact, "locked" if code == "proof_locked" else code)


async def _has_other(hub: Hub, contact: SelfServiceContact, via: str) -> bool:
    """Whether the record has an address for another way, and something carries it."""
    rows = await hub.reader.rows(_profile(of=contact.contact_id))
    profile = open_profile(hub.vault, rows[0][1], rows[0][0]) if rows else {}
    return any(
        profile.get(ADDRESS_OF[one]) for one in WAYS if one != via and one in hub.notify.kinds
    )


async def check_code(hub: Hub, contact: SelfServiceContact, _: Mapping[str, str]) -> Answer:
    """Say whether the code that was typed proved the customer; a code lives some minutes only."""
    try:
        level = await hub.journal.run(lambda: _level(hub, contact.contact_id))
    except Refused as error:
        return refused(contact, "locked" if error.code == "proof_locked" else error.code)
    if level >= IdentityLevel.PROVED:
        return done(contact, words.PROVED)
    rows = await hub.reader.rows(
        find(Verification, "expires_at", contact_id=contact.contact_id, state="open", method="code")
    )
    is_old = bool(rows) and rows[0][0] <= hub.clock.now()
    return refused(contact, "code_expired" if is_old else "wrong")


def _send(hub: Hub, contact_id: str, via: str) -> Unit[CodeSent]:
    contact = yield from load_contact(contact_id)
    if contact.state != ContactState.IN_SELF_SERVICE or contact.customer_id is None:
        raise Refused("no_customer", "nobody is known whose record has an address")
    return (yield from send_to_record(hub, contact, via, BY))


def _level(hub: Hub, contact_id: str) -> Unit[int]:
    contact = yield from load_contact(contact_id)
    if contact.identity_level < IdentityLevel.PROVED:
        yield from hold_misses(hub, contact.customer_id or "", hub.clock.now())
    return contact.identity_level
