"""Tell a customer honestly that nobody can answer soon, and what they may do instead."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hub.domain.calls import CHANNEL
from hub.domain.errors import Refused
from hub.domain.events import CallbackOffered
from hub.domain.routing import OfferCallback
from hub.domain.states import ContactState, Speaker
from hub.journey.contact_row import ContactRow, load_contact
from hub.journey.context import Hub
from hub.journey.floor import words
from hub.journey.messages import Draft, add_message
from hub.store.rows import change, find, put
from hub.store.tables import Alternative
from hub.store.unit import Append, Unit

PREFIX: Final = "floor:"
"""Values of these menus; no self-service may use it."""
QUEUE_FULL, OUTSIDE_HOURS = "queue_full", "outside_hours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """What stands between the customer and an agent."""

    cause: str
    queue_id: str
    position: int | None = None
    estimate_seconds: float | None = None


async def offer(hub: Hub, decision: OfferCallback) -> bool:
    """Carry out routing's decision; False when the Contact moved on or was told before."""
    try:
        return await hub.journal.run(lambda: _offer(hub, decision))
    except Refused:
        return False


def _offer(hub: Hub, decision: OfferCallback) -> Unit[bool]:
    contact = yield from load_contact(decision.contact_id)
    if contact.state != ContactState.QUEUED or contact.queue_id is None:
        raise Refused("contact_moved_on")
    why = Why(
        cause=decision.cause,
        queue_id=contact.queue_id,
        position=decision.position,
        estimate_seconds=decision.estimate_seconds,
    )
    return (yield from offer_ways(hub, contact, why, hub.clock.now()))


def offer_ways(hub: Hub, contact: ContactRow, why: Why, at: float) -> Unit[bool]:
    """Say how it stands with the choices; once per Contact, but each time a line is full."""
    if contact.channel in hub.writers:
        return False  # a letter waits by itself
    known = yield find(Alternative, "step", lock=True, id=contact.id)
    if known and why.cause != QUEUE_FULL:
        return False
    told = {"cause": why.cause, "queue_id": why.queue_id, "offered_at": at}
    if known:
        yield change(Alternative, contact.id, step="offered", **told)
    else:
        yield put(Alternative, id=contact.id, step="offered", **told)
    yield Append(
        CallbackOffered(
            at=at,
            contact_id=contact.id,
            conversation_id=contact.conversation_id,
            cause=why.cause,
            queue_id=why.queue_id,
            position=why.position,
            estimate_seconds=why.estimate_seconds,
        )
    )
    if contact.channel == CHANNEL:
        return True  # said on the line, with keys instead of choices (`hub/journey/calls`)
    text = words.of(words.CAUSES[why.cause], contact.language)
    if why.estimate_seconds:
        minutes = str(math.ceil(why.estimate_seconds / 60))
        about = words.of(words.WAIT_ABOUT, contact.language, minutes=minutes)
        text = f"{text} {about}" if contact.language != "zh" else text + about
    ways = ("callback", "message") if why.cause == QUEUE_FULL else ("wait", "callback", "message")
    yield from ask(hub, contact, text, choices(contact, ways), at)
    return True


def choices(contact: ContactRow, codes: Sequence[str], **values: str) -> list[Mapping[str, str]]:
    """Choices of a menu in the customer's language."""
    return [
        {"value": PREFIX + code, "label": words.of(words.CHOICES[code], contact.language, **values)}
        for code in codes
    ]


def ask(
    hub: Hub, contact: ContactRow, text: str, options: Sequence[Mapping[str, str]], at: float
) -> Unit[int]:
    """Say it as the assistant, with choices where there are any; returns the Message's number."""
    body = {"text": text, "choices": list(options)} if options else {"text": text}
    kind = "menu" if options else "text"
    draft = Draft(key=hub.new_id("bot"), speaker=Speaker.BOT, kind=kind, body=body)
    posted = yield from add_message(hub, contact.conversation_id, contact.id, draft, at)
    return posted.seq
