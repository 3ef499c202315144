"""Bringing pages up to date from the rows: what was touched is read again, put or dropped."""

from collections.abc import Iterable

import structlog

from agent_console.feed import encoding
from agent_console.feed.announcements import put_announcements, refresh_announcements
from agent_console.feed.drafts import drop_drafts, put_drafts
from agent_console.feed.needs import Needs
from agent_console.feed.stream import Stream
from agent_console.feed.touched import Touched
from agent_console.feed.work import put_tasks, refresh_tasks
from agent_console.reading.agents import load_agents
from agent_console.reading.contacts import (
    ContactFacts,
    contact_ids_of,
    contacts_of_customers,
    load_contacts,
    load_waiting,
)
from agent_console.reading.offers import OfferFacts, offers_of
from agent_console.rights import DESK, shows_contact
from agent_console.views.contact import contact_view, tail_of
from agent_console.views.me import me_view
from agent_console.views.message import encode_message, message_view
from agent_console.views.offer import offer_view
from agent_console.views.queue import day_figures
from hub.domain.errors import NotFound
from hub.journey.messages import messages_of
from hub.journey.record import screen_pop
from hub.security.errors import Tampered, WrongKey

log = structlog.get_logger(__name__)

MESSAGES_SHOWN = 50


async def refresh(needs: Needs, touched: Touched) -> None:
    """Tell every page what changed for it. Offers go first: a customer waits behind each."""
    await _ring(needs, touched.ringing)
    needs.streams.flush()
    await _contacts(needs, touched)
    _offers_gone(needs, touched.answered)
    await _delivered(needs, touched.delivered)
    await _records(needs, touched.records | await _showing(needs, touched.customers))
    await refresh_tasks(needs, touched.task_owners)
    await refresh_announcements(needs, touched.readers, all_pages=touched.announcements)
    await people(needs, touched.declared)
    needs.streams.flush()


async def read_on(needs: Needs, contacts: Iterable[str]) -> None:
    """Give pages the messages that another node wrote."""
    for contact_id in contacts:
        for stream in tuple(needs.streams.holding(contact_id)):
            shown = stream.shown[contact_id]
            if shown.view is None:
                continue
            for message in await messages_of(
                needs.hub, shown.conversation_id, after_seq=shown.tail.last_seq, limit=500
            ):
                stream.message(message, None)
            stream.flush()


async def fill(needs: Needs, stream: Stream) -> None:
    """Show a page that holds nothing all that its viewer has; as operations, not yet sent."""
    user = stream.viewer.user_id
    facts = await load_contacts(needs.hub, sorted(await contact_ids_of(needs.hub, user)))
    if stream.topic == DESK:
        await _put_offers(needs, stream, await offers_of(needs.hub, [user]))
    for contact in facts.values():
        await _show_safely(needs, stream, contact)
    await put_tasks(needs, stream)
    await put_announcements(needs, [stream])
    await people(needs, {user})


async def _contacts(needs: Needs, touched: Touched) -> None:
    """Only what some page holds, or was given to somebody with a page, is read at all."""
    streams = needs.streams
    wanted = {key for key in touched.contacts if streams.holding(key)}
    wanted |= {key for key, agent in touched.given if streams.of_user(agent)}
    for contact_id, contact in (await load_contacts(needs.hub, sorted(wanted))).items():
        users = {agent for agent, _role in contact.participants}
        users |= {assignment.agent_id for assignment in contact.assignments}
        pages = {stream for user in users for stream in streams.of_user(user)}
        for stream in pages | set(streams.holding(contact_id)):
            await _show_safely(needs, stream, contact)


async def _show_safely(needs: Needs, stream: Stream, contact: ContactFacts) -> None:
    """A Contact that cannot be opened is missing on the page; all others are there."""
    try:
        await show(needs, stream, contact)
    except (Tampered, WrongKey) as error:
        log.error("contact_not_shown", contact_id=contact.id, code=error.code)
        needs.streams.hide(stream, contact.id)
        stream.op(encoding.drop(stream.collection, contact.id))


async def show(needs: Needs, stream: Stream, contact: ContactFacts) -> None:
    """Put the Contact on the page, or take it away, as the viewer's part in it says."""
    if not shows_contact(stream.viewer, stream.topic, contact):
        if contact.id in stream.shown:
            _hide(needs, stream, contact)
        return
    shown = needs.streams.show(stream, contact.id, contact.conversation_id)
    present = contact.conversation_id in needs.present
    view = contact_view(needs.hub, contact, stream.viewer, present=present)
    if shown.view is None:
        await _put_record(needs, stream, contact.id)
        messages = await messages_of(needs.hub, contact.conversation_id, limit=MESSAGES_SHOWN)
        values = [message_view(one, stream.file_link) for one in messages]
        key = contact.conversation_id
        stream.op(encoding.put("messages", key, values))
        shown.tail = tail_of(messages)
        shown.use(view)
        early, shown.early = shown.early, []
        for message in early:
            stream.message(message, None)
    elif not shown.use(view):
        return
    stream.op(encoding.Op("put", stream.collection, contact.id, shown.encoded()))
    put_drafts(needs, stream, contact.id)


async def _delivered(needs: Needs, moved: Iterable[tuple[str, int]]) -> None:
    """Put Messages again that moved on their way, where their Conversation is shown."""
    for conversation_id, seq in sorted(moved):
        streams = needs.streams.of_conversation(conversation_id)
        if not streams:
            continue
        found = await messages_of(needs.hub, conversation_id, after_seq=seq - 1, limit=1)
        for message in found:
            for stream in streams:
                text = encode_message(message, stream.file_link)
                stream.op(encoding.Op("add", "messages", conversation_id, text))


def _hide(needs: Needs, stream: Stream, contact: ContactFacts) -> None:
    needs.streams.hide(stream, contact.id)
    stream.op(encoding.drop(stream.collection, contact.id))
    others = {shown.conversation_id for shown in stream.shown.values()}
    if contact.conversation_id not in others:
        stream.op(encoding.drop("messages", contact.conversation_id))
    _drop_record(stream, contact.id)
    drop_drafts(stream, contact.id)


async def _ring(needs: Needs, agents: Iterable[str]) -> None:
    streams = [s for agent in agents for s in needs.streams.of_user(agent) if s.topic == DESK]
    live = await offers_of(needs.hub, sorted({stream.viewer.user_id for stream in streams}))
    for stream in streams:
        mine = [one for one in live if one.agent_id == stream.viewer.user_id]
        await _put_offers(needs, stream, [one for one in mine if one.id not in stream.offers])


def _offers_gone(needs: Needs, answered: Iterable[tuple[str, str]]) -> None:
    """After the Contacts: the record of an accepted Offer stays, for the Contact holds it."""
    for agent, offer in answered:
        for stream in needs.streams.of_user(agent):
            if offer in stream.offers:
                stream.op(encoding.drop("offers", offer))
                _drop_record(stream, stream.offers.pop(offer), keep_shown=True)


async def _put_offers(needs: Needs, stream: Stream, offers: list[OfferFacts]) -> None:
    """The record goes into the same frame, before the Offer: it opens complete."""
    contacts = await load_waiting(needs.hub, [one.contact_id for one in offers]) if offers else {}
    for offer in offers:
        await _put_record(needs, stream, offer.contact_id)
        view = offer_view(needs.hub, offer, contacts[offer.contact_id], stream.viewer)
        stream.op(encoding.put("offers", offer.id, view))
        stream.offers[offer.id] = offer.contact_id


async def _showing(needs: Needs, customers: Iterable[str]) -> set[str]:
    """Return the Contacts on some page that show the record of one of these Customers."""
    held = {key for stream in needs.streams for key in stream.records} if customers else ()
    return await contacts_of_customers(needs.hub, sorted(held), customers) if held else set()


async def _records(needs: Needs, contacts: Iterable[str]) -> None:
    for contact_id in contacts:
        for stream in needs.streams:
            if contact_id in stream.records:
                stream.records.discard(contact_id)
                await _put_record(needs, stream, contact_id)


async def _put_record(needs: Needs, stream: Stream, contact_id: str) -> None:
    if contact_id in stream.records:
        return
    try:
        pop = await screen_pop(needs.hub, contact_id, stream.viewer)
    except NotFound:
        return
    stream.records.add(contact_id)
    stream.op(encoding.put("records", contact_id, pop))


def _drop_record(stream: Stream, contact_id: str, *, keep_shown: bool = False) -> None:
    """An accepted Offer leaves its record to the Contact, a Contact to a new Offer."""
    if contact_id in stream.offers.values() or (keep_shown and contact_id in stream.shown):
        return
    if contact_id in stream.records:
        stream.records.discard(contact_id)
        stream.op(encoding.drop("records", contact_id))


async def people(needs: Needs, agents: Iterable[str]) -> None:
    """Tell agents' pages of their Presence, load and day."""
    connected = sorted(agent for agent in agents if needs.streams.of_user(agent))
    for agent, facts in (await load_agents(needs.hub, connected)).items():
        for stream in needs.streams.of_user(agent):
            stream.put_once("me", "me", me_view(needs.hub, stream.viewer, facts))
            if stream.topic == DESK:
                stream.put_once("figures", "today", day_figures(needs.counters.agent(agent)))
