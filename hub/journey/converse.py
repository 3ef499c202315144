"""Step 8: the talk itself: words of the customer (the hot path), of agents, notes, seen, typing."""

import json
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import bindparam, update

from hub.domain.errors import Forbidden, Refused
from hub.domain.events import MessagesSeen
from hub.domain.letter import Letter
from hub.domain.states import Audience, ContactState, ParticipantRole, Speaker
from hub.journey.contact_row import ContactRow, load_contact
from hub.journey.context import Hub
from hub.journey.delivery.heading import headed
from hub.journey.delivery.recipients import note_let_through
from hub.journey.guarding import Guard, note_overruling, require_sendable, tell_hidden
from hub.journey.identity.code_check import catch_code, try_caught
from hub.journey.mention import check_mentions, mention
from hub.journey.messages import (
    Draft,
    Posted,
    add_message,
    call_by_key,
    next_number_while_open,
    store_customer_text,
    store_message,
)
from hub.journey.outgoing.twice import require_unanswered
from hub.journey.outgoing.words import Passed, Words, let_through
from hub.journey.plain_texts import PlainText, store_plain_texts
from hub.journey.receive import check_text, file_body, wake_self_service, words_draft
from hub.journey.self_serve import let_hear
from hub.journey.split_text import without_split_card
from hub.security.one_time_code import may_hold_code
from hub.security.send_guard import Secret, guard
from hub.security.split_cards import may_complete
from hub.store.rows import find, table_of
from hub.store.tables import Contact, Conversation, Participant
from hub.store.unit import Alike, Append, Prepared, Unit

Done = Callable[[Posted | BaseException], None]
Said = TypeVar("Said")

_c = table_of(Conversation).c
_seen = {
    by: Prepared(
        update(table_of(Conversation))
        .where(_c.id == bindparam("of"), _c[column] < bindparam("seen"))
        .where(_c.last_seq >= bindparam("seen"))
        .values({column: bindparam("seen")})
        .returning(_c.open_contact_id)
    )
    for by, column in (("customer", "seen_by_customer_seq"), ("staff", "seen_by_staff_seq"))
}


def submit_customer_text(
    hub: Hub, *, conversation_id: str, contact_id: str, key: str, text: str, done: Done
) -> None:
    """Store a customer's text in an open Contact; `done` is called after COMMIT.

    The hot path: one unit, no task, no future. `done` gets `Refused("contact_closed")` when the
    Contact is over: then `receive` opens a new one. A key stored before answers as duplicate.
    """
    words, hidden = guard(text, codes=not may_hold_code(text))
    said = PlainText(hub, conversation_id, contact_id, key, words)
    if hidden or may_hold_code(words) or may_complete(words):
        hub.journal.submit(lambda: _text_with_digits(*said, hidden), done)
    else:
        hub.journal.submit(Alike(store_plain_texts, said), done)


def _text_with_digits(
    hub: Hub,
    conversation_id: str,
    contact_id: str,
    key: str,
    text: str,
    hidden: tuple[Secret, ...],
) -> Unit[Posted]:
    """Store a text whose digits may have to be hidden for what was said or sent before it."""
    rows = yield next_number_while_open(of=conversation_id, contact=contact_id)
    if not rows:
        raise Refused("contact_closed", "the contact is over; a new one will be opened")
    seq, state = rows[0]
    at = hub.clock.now()
    caught = yield from catch_code(contact_id, text)
    words, more = yield from _without_secrets(hub, conversation_id, seq, caught.text, at)
    posted = yield from store_customer_text(hub, conversation_id, contact_id, key, seq, words, at)
    yield from tell_hidden(hub, contact_id, dict.fromkeys((*hidden, *more)), at)
    yield from try_caught(hub, contact_id, caught)
    yield from wake_self_service(hub, contact_id, state, at)
    return posted


def _without_secrets(
    hub: Hub, conversation_id: str, seq: int, text: str, at: float
) -> Unit[tuple[str, tuple[Secret, ...]]]:
    """Hide what is left once a code that was asked for is taken out, and say what it was."""
    words, hidden = guard(text)
    if not may_complete(words):
        return words, hidden
    whole = yield from without_split_card(hub, conversation_id, seq, words, at)
    return whole, (hidden if whole == words else (*hidden, Secret.CARD))


def submit_customer_choice(
    hub: Hub, *, conversation_id: str, contact_id: str, key: str, text: str, choice: str, done: Done
) -> None:
    """Store what a customer chose from a menu, as `submit_customer_text` does for a text."""
    draft = words_draft(key, text, choice)
    hub.journal.submit(lambda: _customer_choice(hub, conversation_id, contact_id, draft), done)


def _customer_choice(hub: Hub, conversation_id: str, contact_id: str, draft: Draft) -> Unit[Posted]:
    rows = yield next_number_while_open(of=conversation_id, contact=contact_id)
    if not rows:
        raise Refused("contact_closed", "the contact is over; a new one will be opened")
    seq, state = rows[0]
    at = hub.clock.now()
    caught = yield from catch_code(contact_id, draft.body["text"])
    words, hidden = yield from _without_secrets(hub, conversation_id, seq, caught.text, at)
    if words != draft.body["text"]:
        draft = replace(draft, body={**draft.body, "text": words})
    posted = yield from store_message(hub, conversation_id, contact_id, draft, seq, at)
    yield from tell_hidden(hub, contact_id, hidden, at)
    yield from try_caught(hub, contact_id, caught)
    yield from let_hear(hub, contact_id, state, draft.body, seq, at)
    return posted


async def posted_before(hub: Hub, conversation_id: str, key: str) -> Posted | None:
    """Find what a key was stored as; None when it never was."""
    rows = await hub.reader.rows(call_by_key(conversation_id, key))
    if not rows:
        return None
    seq, contact_id, at = rows[0]
    return Posted(conversation_id, contact_id, seq, at, duplicate=True)


async def say(
    hub: Hub,
    agent_id: str,
    *,
    contact_id: str,
    key: str,
    text: str,
    file_id: str | None = None,
    letter: Letter | None = None,
    sure: Collection[Guard] = (),
) -> Posted:
    """Store an agent's words to the customer at once; only the owner or who has joined may speak.

    `letter` has subject and copies where the channel knows them. Raises `Refused` by the name of
    the guard that stops the words; `sure` names those that are overruled. What can be taken back
    for a while goes through `outgoing.write`.
    """
    check_text(text)
    words = Words(
        contact_id=contact_id, key=key, text=text, file_id=file_id, letter=letter, sure=sure
    )
    passed = await let_through(hub, words)
    return await post(hub, lambda: _say(hub, agent_id, words, passed), contact_id, key)


def _say(hub: Hub, agent_id: str, words: Words, passed: Passed) -> Unit[Posted]:
    contact, draft = yield from drafted(hub, agent_id, words, passed)
    return (
        yield from add_message(hub, contact.conversation_id, contact.id, draft, hub.clock.now())
    )


def drafted(
    hub: Hub, agent_id: str, words: Words, passed: Passed
) -> Unit[tuple[ContactRow, Draft]]:
    """Return the Message of an agent who may speak now; what was overruled is audited."""
    contact = yield from load_contact(words.contact_id)
    if contact.state != ContactState.ASSIGNED:
        raise Refused("contact_over", "the contact is not in a talk any more")
    yield from require_voice(contact, agent_id)
    yield from require_unanswered(hub, contact.channel, contact.conversation_id, agent_id, words)
    kind, body = "text", dict[str, Any](text=words.text)
    if words.file_id is not None:
        kind, body = "file", (yield from file_body(hub, contact.conversation_id, words.file_id))
    elif words.letter is not None:
        body["channel_data"] = yield from headed(hub, contact.conversation_id, words.letter)
    if words.language is not None:
        body["language"] = words.language
    yield from note_overruling(hub, agent_id, contact.id, passed.secrets)
    yield from note_let_through(hub, agent_id, contact.id, passed.others)
    return contact, Draft(
        key=words.key, speaker=Speaker.AGENT, agent_id=agent_id, kind=kind, body=body
    )


async def note(
    hub: Hub,
    agent_id: str,
    *,
    contact_id: str,
    key: str,
    text: str,
    mentions: tuple[str, ...] = (),
) -> Posted:
    """Store an internal note; the customer never gets it. The send guard stops it like words.

    `mentions` are colleagues the note names: each gets a notice and may read the talk.
    """
    check_text(text)
    require_sendable(text)
    named = check_mentions(hub, agent_id, mentions)
    return await post(
        hub, lambda: _note(hub, agent_id, contact_id, key, text, named), contact_id, key
    )


def _note(
    hub: Hub, agent_id: str, contact_id: str, key: str, text: str, named: tuple[str, ...]
) -> Unit[Posted]:
    contact = yield from load_contact(contact_id)
    yield from require_part(contact, agent_id)
    posted = yield from add_note(hub, contact, agent_id, key, text)
    yield from mention(hub, contact, agent_id, named, posted.seq)
    return posted


def add_note(hub: Hub, contact: ContactRow, agent_id: str, key: str, text: str) -> Unit[Posted]:
    """Store a note of an agent or supervisor beside the talk."""
    draft = Draft(
        key=key,
        speaker=Speaker.AGENT,
        agent_id=agent_id,
        audience=Audience.STAFF,
        body={"text": guard(text).text},
    )
    return (
        yield from add_message(hub, contact.conversation_id, contact.id, draft, hub.clock.now())
    )


async def post(
    hub: Hub, unit: Callable[[], Unit[Said]], contact_id: str, key: str
) -> Said | Posted:
    """Run a unit that says something under a key; the same key again is what it was then."""
    try:
        return await hub.journal.run(unit)
    except Refused as refused:
        if refused.code != "conflict":
            raise
        rows = await hub.reader.rows(find(Contact, "conversation_id", id=contact_id))
        before = await posted_before(hub, rows[0][0], key) if rows else None
        if before is None or before.contact_id != contact_id:
            raise Refused("key_used", "this message id was used for another message") from None
        return before


def require_voice(contact: ContactRow, agent_id: str) -> Unit[None]:
    """Raise `Forbidden` unless this person may speak to the customer."""
    if contact.owner_agent_id == agent_id:
        return
    rows = yield find(Participant, "role", contact_id=contact.id, agent_id=agent_id)
    if not rows or rows[0][0] == ParticipantRole.WATCHING:
        raise Forbidden("not_in_contact", "only the owner or who has joined may speak")


def require_part(contact: ContactRow, agent_id: str) -> Unit[None]:
    """Raise `Forbidden` unless this person is in the Contact in any role."""
    if contact.owner_agent_id == agent_id:
        return
    rows = yield find(Participant, "role", contact_id=contact.id, agent_id=agent_id)
    if not rows:
        raise Forbidden("not_in_contact", "you are not in this contact")


async def mark_seen(hub: Hub, *, conversation_id: str, seq: int, by: str) -> None:
    """Remember how far one side (`customer` or `staff`) has seen; never goes back."""
    await hub.journal.run(_mark_seen(hub, conversation_id, seq, by))


def _mark_seen(hub: Hub, conversation_id: str, seq: int, by: str) -> Unit[None]:
    rows = yield _seen[by](of=conversation_id, seen=seq)
    if rows and rows[0][0]:
        ids = {"contact_id": rows[0][0], "conversation_id": conversation_id}
        yield Append(MessagesSeen(at=hub.clock.now(), seq=seq, by=by, **ids))


async def type_in(
    hub: Hub, *, conversation_id: str, by: str, on: bool, agent_id: str | None = None
) -> None:
    """Tell the other side, and colleagues in the talk, that somebody types; nothing is stored."""
    word = {"conversation_id": conversation_id, "by": by, "on": on, "agent_id": agent_id}
    await hub.signal.publish("typing", json.dumps(word))
