"""The hub in this process: fills a bank's folder by its own steps before a server starts."""

import json
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import NamedTuple

from channels.web_chat.settings import CHANNEL
from channels.web_chat.visitors import Visitor, offer_token, save_visitor
from config.settings import Settings
from config.wiring import build
from hub.domain.states import Speaker
from hub.domain.steps import HandOff, InboundFact
from hub.journey.contact_row import load_contact
from hub.journey.context import Hub
from hub.journey.enqueue import hand_over
from hub.journey.messages import Draft, add_message
from hub.journey.receive import receive
from hub.journey.threads import Reach, hold_thread
from hub.journey.waiting import TimerKind, disarm
from hub.store.unit import Unit
from tests.benchmarks.bank import WIDGET, Bank

AT_ONCE = 200
"""Contacts filled side by side, so that they share commits."""
QUEUES = ("cards", "messages")
"""Open day and night, and nothing overflows from them."""
DAY_SECONDS = 86_400.0


class Waiting(NamedTuple):
    """Who waits in line, with what its page needs to come back."""

    contact_id: str
    conversation_id: str
    resume: str
    seq: int
    """Number of the last Message its page has seen."""


@asynccontextmanager
async def hub_of(bank: Bank) -> AsyncIterator[Hub]:
    """Open the bank's folder as a hub that only writes: no sockets, timers or routing."""
    widgets = json.loads(bank.environment["HUB_WIDGETS"])
    made = await build(Settings(data_dir=bank.folder, port=bank.port, widgets=widgets))
    try:
        yield made.hub
    finally:
        await made.foundation.close()


async def wait_in_line(
    hub: Hub, number: int, missed: int = 0, *, token_age_seconds: float = 0.0
) -> Waiting:
    """A guest wrote, the bot handed off, and `missed` Messages came since its page was there."""
    address = hub.new_id("vis")
    visitor, resume = offer_token(
        Visitor(id=address, widget=WIDGET, address=address), hub.clock.now() - token_age_seconds
    )

    def come() -> Unit[str]:
        thread = yield from hold_thread(
            hub, Reach(channel=CHANNEL, account=WIDGET, address=address)
        )
        yield from save_visitor(hub, visitor, hub.clock.now() + DAY_SECONDS)
        return thread.conversation_id

    conversation_id = await hub.journal.run(come)
    text = "My card was swallowed by the machine. Can I talk to somebody?"
    posted = await receive(
        hub,
        InboundFact(
            channel=CHANNEL, account=WIDGET, address=address, key=hub.new_id("key"), text=text,
            language="en",
        ),
    )  # fmt: skip

    def go_on() -> Unit[int]:
        yield disarm(TimerKind.SELF_SERVE, posted.contact_id)
        contact = yield from load_contact(posted.contact_id)
        hand_off = HandOff(queue_id=QUEUES[number % len(QUEUES)], wants="A person")
        at = hub.clock.now()
        yield from hand_over(hub, contact, hand_off, at)
        body = {"text": "We are sorry to keep you waiting."}
        last = 0
        for _ in range(missed):
            draft = Draft(key=hub.new_id("key"), speaker=Speaker.BOT, body=body)
            last = (yield from add_message(hub, conversation_id, contact.id, draft, at)).seq
        return last - missed

    seq = await hub.journal.run(go_on)
    return Waiting(posted.contact_id, conversation_id, resume, seq)


def in_parts(numbers: range) -> Iterable[range]:
    """Cut a range into parts that are filled side by side."""
    return (numbers[at : at + AT_ONCE] for at in range(0, len(numbers), AT_ONCE))
