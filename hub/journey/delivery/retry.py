"""A person has a Message sent once more that failed, or of which nobody knows."""

from typing import Final

from sqlalchemy import bindparam, select

from hub.domain.errors import Forbidden, NotFound, Refused
from hub.domain.events import MessageRequeued
from hub.domain.outbound import DeliveryState
from hub.journey.context import Hub
from hub.journey.delivery.plan import ask_to_send, effect_of
from hub.store.outbox import drop_effect
from hub.store.rows import find, table_of
from hub.store.tables import Assignment, Contact, Effect, MessageDelivery, Participant
from hub.store.unit import Append, Prepared, Unit

_OVER: Final = frozenset({DeliveryState.FAILED, DeliveryState.UNKNOWN})

_d = table_of(MessageDelivery).c
_AGAIN = Prepared(
    table_of(MessageDelivery)
    .update()
    .where(_d.conversation_id == bindparam("of"), _d.seq == bindparam("number"))
    .values(
        state=DeliveryState.QUEUED.value,
        error_code="",
        ref=None,
        effect_id=bindparam("effect_id"),
        at=bindparam("at"),
    )
)
_a = table_of(Assignment).c
_HAD = Prepared(
    select(_a.id)
    .where(_a.contact_id == bindparam("of"), _a.agent_id == bindparam("agent"))
    .limit(1)
)


async def retry_delivery(hub: Hub, agent_id: str, *, contact_id: str, seq: int) -> None:
    """Send a Message of the Contact's Conversation again; by who has, or had, the Contact.

    Raises `Refused("not_failed")` while it may still arrive by itself.
    """
    await hub.journal.run(lambda: _retry(hub, agent_id, contact_id, seq))


def _retry(hub: Hub, agent_id: str, contact_id: str, seq: int) -> Unit[None]:
    conversation_id = yield from _conversation_of(agent_id, contact_id)
    columns = ("state", "effect_id", "channel", "contact_id")
    rows = yield find(
        MessageDelivery, *columns, lock=True, conversation_id=conversation_id, seq=seq
    )
    if not rows:
        raise NotFound("no_message", "it is not there, or was not sent on a written channel")
    state, effect_id, channel, of_contact = rows[0]
    acts = yield find(Effect, "state", lock=True, id=effect_id)
    if state not in _OVER or (acts and acts[0][0] in ("pending", "claimed")):
        raise Refused("not_failed", "it is on its way, or has arrived")
    at = hub.clock.now()
    yield drop_effect(effect_id)
    again = _next_act(effect_id)
    yield _AGAIN(of=conversation_id, number=seq, effect_id=again, at=at)
    # What may have been sent keeps its key, so that who knows it can tell; a refusal was final.
    key = effect_of(conversation_id, seq) if state == DeliveryState.UNKNOWN else again
    yield from ask_to_send(hub, channel, conversation_id, seq, again, at, key=key)
    ids = {"contact_id": of_contact, "conversation_id": conversation_id}
    yield Append(MessageRequeued(at=at, seq=seq, by=agent_id, **ids))


def _conversation_of(agent_id: str, contact_id: str) -> Unit[str]:
    rows = yield find(Contact, "conversation_id", id=contact_id)
    if not rows:
        raise NotFound("no_contact")
    joined = yield find(Participant, "role", contact_id=contact_id, agent_id=agent_id)
    if not joined and not (yield _HAD(of=contact_id, agent=agent_id)):
        raise Forbidden("not_in_contact", "it is not, and was not, your contact")
    conversation_id: str = rows[0][0]
    return conversation_id


def _next_act(effect_id: str) -> str:
    """Return the id after this one: `....r2` after the first act, then `r3`."""
    first, _, number = effect_id.partition(".r")
    return f"{first}.r{int(number or 1) + 1}"
