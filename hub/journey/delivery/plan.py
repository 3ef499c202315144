"""Which Messages leave, and the act in the outbox that sends each: stored with the Message."""

import json
from typing import Final

from hub.domain.outbound import DeliveryState
from hub.domain.states import Audience, Speaker
from hub.journey.context import Hub
from hub.journey.delivery.text import ARTICLES
from hub.store.outbox import emit
from hub.store.rows import put
from hub.store.tables import MessageDelivery
from hub.store.unit import Unit

_KINDS: Final = frozenset({"text", "menu", "file", ARTICLES})
"""Lines that say what happened are for pages; nobody gets them as an SMS."""
FORWARD: Final = "forward"
"""A Message of staff to somebody else than the customer, who never sees it."""


def kind_of(channel: str) -> str:
    """The kind of effect that sends on a channel: each has its own hand and its own lanes."""
    return f"deliver.{channel}"


def leaves(hub: Hub, channel: str, *, speaker: Speaker, audience: Audience, kind: str) -> bool:
    """Whether a Message goes out through a provider: to the customer, or as a forward."""
    if channel not in hub.writers or speaker == Speaker.CUSTOMER:
        return False
    return kind == FORWARD or (audience == Audience.EVERYONE and kind in _KINDS)


def plan_delivery(
    hub: Hub,
    *,
    channel: str,
    conversation_id: str,
    contact_id: str,
    seq: int,
    at: float,
) -> Unit[None]:
    """Ask for a stored Message to be sent, after all that was said before it."""
    effect_id = effect_of(conversation_id, seq)
    yield put(
        MessageDelivery,
        conversation_id=conversation_id,
        seq=seq,
        contact_id=contact_id,
        channel=channel,
        effect_id=effect_id,
        state=DeliveryState.QUEUED.value,
        at=at,
    )
    yield from ask_to_send(hub, channel, conversation_id, seq, effect_id, at)


def ask_to_send(
    hub: Hub,
    channel: str,
    conversation_id: str,
    seq: int,
    effect_id: str,
    at: float,
    *,
    key: str = "",
) -> Unit[None]:
    """Put the act into the outbox. The words stay where they are: the Message is read then."""
    payload = json.dumps({"seq": seq, "key": key or effect_id})
    yield emit(
        effect_id=effect_id,
        kind=kind_of(channel),
        subject=conversation_id,
        payload_sealed=hub.vault.seal(payload, "effect", "payload", effect_id),
        created_at=at,
    )


def effect_of(conversation_id: str, seq: int) -> str:
    """The first act of a Message: in a lane acts are done in the order of their ids."""
    return f"{conversation_id}.{seq:08d}"
