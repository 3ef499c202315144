"""Proof by one-time code inside self-service: sent to the record's own phone or mailbox.

What the customer types is checked by the hub before self-service hears it; an errand only tells
what came of it.
"""

from collections.abc import Mapping
from functools import partial

from hub.domain.errors import Refused
from hub.domain.states import ContactState, IdentityLevel
from hub.journey.contact_row import load_contact
from hub.journey.context import Hub
from hub.journey.errands import words
from hub.journey.errands.answer import Answer, done, refused
from hub.journey.identity.code import CodeSent, send_to_record
from hub.journey.identity.misses import hold_misses
from hub.ports import SelfServiceContact
from hub.store.unit import Unit

BY = "self_service"
WAYS = ("sms", "email")


async def send_code(hub: Hub, contact: SelfServiceContact, arguments: Mapping[str, str]) -> Answer:
    """Send a code by the first way that there is, or by the one asked for (`via`)."""
    wanted = arguments.get("via")
    code = "no_carrier"
    for via in (wanted,) if wanted in WAYS else WAYS:
        try:
            await hub.journal.run(partial(_send, hub, contact.contact_id, via))
        except Refused as error:
            code = error.code
            if code not in ("no_carrier", "no_address"):
                break
        else:
            return done(contact, via=via)
    return refused(contact, "locked" if code == "proof_locked" else code)


async def check_code(hub: Hub, contact: SelfServiceContact, _: Mapping[str, str]) -> Answer:
    """Say whether the code that was typed proved the customer."""
    try:
        level = await hub.journal.run(lambda: _level(hub, contact.contact_id))
    except Refused as error:
        return refused(contact, "locked" if error.code == "proof_locked" else error.code)
    if level >= IdentityLevel.PROVED:
        return done(contact, words.PROVED)
    return refused(contact, "wrong")


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
