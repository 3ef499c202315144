"""A number that calls is kept with the Customer: who proved who they are, and agrees.

The bank's own numbers stay the core's: these lie beside them, find the record when the number
calls again, and leave it only by a person.
"""

from typing import Final

from hub.domain.calls_events import CallerNumberRemoved, CallerNumberSaved
from hub.domain.errors import Invalid, Refused
from hub.domain.states import IdentityLevel
from hub.journey.audited import audited
from hub.journey.calls.control import steered
from hub.journey.calls.legs import number_of_leg
from hub.journey.contact_row import ContactRow
from hub.journey.context import Hub
from hub.journey.identity.require import require_level
from hub.security.masks import mask_phone
from hub.store.rows import find, put, remove
from hub.store.tables import Customer, CustomerNumber
from hub.store.unit import Append, Unit

CONSENT_VERSION: Final = "1"
"""Of the words that the agent reads out before the customer agrees."""


async def save_number(hub: Hub, agent_id: str, *, contact_id: str, consent: bool) -> None:
    """Keep the number of the call with its Customer, who is proved and agrees.

    Raises `Forbidden("identity_level")`, `Refused` with `no_consent`, `no_number` (withheld, or a
    page of the bank), `number_known` (it is in the record already).
    """
    if not consent:
        raise Refused("no_consent", "a number is kept only if the customer agrees")
    await hub.journal.run(lambda: _save(hub, agent_id, contact_id))


def _save(hub: Hub, agent_id: str, contact_id: str) -> Unit[None]:
    contact = yield from require_level(hub, contact_id, IdentityLevel.PROVED, by=agent_id)
    customer_id, at = str(contact.customer_id), hub.clock.now()
    number, key = yield from _number(hub, agent_id, contact_id)
    of_bank = yield find(Customer, "id", id=customer_id, phone_key=key)
    if of_bank or (yield find(CustomerNumber, "id", customer_id=customer_id, number_key=key)):
        raise Refused("number_known", "it is in the record already")
    number_id = hub.new_id("num")
    yield put(
        CustomerNumber, id=number_id, customer_id=customer_id, number_key=key,
        number_sealed=hub.vault.seal(number, "customer_number", "number", number_id),
        contact_id=contact_id, saved_by=agent_id, saved_at=at,
        proof=contact.identity_proof or "", consent_version=CONSENT_VERSION,
    )  # fmt: skip
    details = {
        "number": mask_phone(number), "contact_id": contact_id, "proof": contact.identity_proof,
        "consent": CONSENT_VERSION,
    }  # fmt: skip
    yield from audited(hub, agent_id, "number_saved", customer_id, details=details)
    yield Append(CallerNumberSaved(at=at, agent_id=agent_id, **_ids(contact)))


async def remove_number(hub: Hub, agent_id: str, *, contact_id: str, reason: str) -> None:
    """Take a kept number off the Customer's record; the bank's own number is the core's to change.

    Raises `Forbidden("identity_level")`, `Refused("no_number")`, `Invalid` without a reason.
    """
    if not reason.strip():
        raise Invalid("reason_needed", "say why")
    await hub.journal.run(lambda: _remove(hub, agent_id, contact_id, reason))


def _remove(hub: Hub, agent_id: str, contact_id: str, reason: str) -> Unit[None]:
    contact = yield from require_level(hub, contact_id, IdentityLevel.PROVED, by=agent_id)
    customer_id = str(contact.customer_id)
    number, key = yield from _number(hub, agent_id, contact_id)
    if not (yield remove(CustomerNumber, customer_id=customer_id, number_key=key)):
        raise Refused("no_number", "this number is not kept with the record")
    details = {"number": mask_phone(number), "contact_id": contact_id}
    yield from audited(hub, agent_id, "number_removed", customer_id, reason=reason, details=details)
    at = hub.clock.now()
    yield Append(CallerNumberRemoved(at=at, agent_id=agent_id, **_ids(contact)))


def _number(hub: Hub, agent_id: str, contact_id: str) -> Unit[tuple[str, str]]:
    """The number of the owner's call, and what finds it; a withheld one is none."""
    _, _, customer = yield from steered(contact_id, agent_id)
    number = yield from number_of_leg(hub, customer.id)
    try:
        return number, hub.lookup.of("phone", number)
    except Invalid:
        raise Refused("no_number", "the number was withheld, or it is no telephone") from None


def _ids(contact: ContactRow) -> dict[str, str]:
    return {
        "contact_id": contact.id,
        "conversation_id": contact.conversation_id,
        "customer_id": str(contact.customer_id),
    }
