"""Somebody else writes into a customer's thread: the letter waits for the word of its agent.

Until then nothing of the thread is shown or sent to that sender, and nothing of the letter is part
of the talk. Let in, this sender's later letters belong to the thread. What nobody decides becomes
a Contact of the sender's own, so that nothing is lost.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any, Final, Literal, NamedTuple

from sqlalchemy import bindparam, select

from hub.domain.errors import NotFound, Refused
from hub.domain.letter import Letter
from hub.domain.states import ContactState
from hub.domain.steps import InboundFact
from hub.journey.audited import audited
from hub.journey.contact_row import load_contact, load_owned
from hub.journey.context import Hub
from hub.journey.delivery.compose import address_of
from hub.journey.messages import Posted, add_message, event_draft
from hub.journey.receive import take_in
from hub.journey.waiting import TimerKind, arm, disarm, ring
from hub.journey.written.aside import come_out
from hub.journey.written.originals import hand_over_original
from hub.journey.written.targets import begin_target
from hub.security.send_guard import guard
from hub.store.rows import change, find, put, table_of
from hub.store.tables import Conversation, WaitingLetter
from hub.store.unit import Prepared, Unit

Word = Literal["approved", "refused", "apart"]
WAITING: Final = "waiting"
WAIT_SECONDS: Final = 4 * 3_600.0
"""Then the sender is answered in a talk of their own."""
SHOWN_MOST: Final = 2_000
BY_ANOTHER: Final = "by_another"
"""A letter's flag: the customer did not write it."""

_w = table_of(WaitingLetter).c
_LET_IN = Prepared(
    select(_w.id)
    .where(_w.conversation_id == bindparam("of"), _w.sender_key == bindparam("sender"))
    .where(_w.state == "approved")
    .limit(1)
)


class Goal(NamedTuple):
    """Where a letter of somebody else belongs."""

    state: Literal["let_in", "waits", "apart"]
    address: str = ""
    """Of the thread's customer; only when `let_in`."""


async def offer_to_thread(hub: Hub, fact: InboundFact, conversation_id: str) -> Goal:
    """Say where a letter goes that proves another's thread; one that waits is stored by then.

    `apart`: the thread is of another mailbox, or nobody works on it now. Answers after COMMIT.
    """
    return await hub.journal.run(lambda: _offer(hub, fact, conversation_id))


def _offer(hub: Hub, fact: InboundFact, conversation_id: str) -> Unit[Goal]:
    threads = yield find(
        Conversation, "channel", "account", "open_contact_id", lock=True, id=conversation_id
    )
    if not threads or threads[0][:2] != (fact.channel, fact.account):
        return Goal("apart")
    contact_id = threads[0][2]
    sender = hub.lookup.of("address", fact.address)
    if (yield _LET_IN(of=conversation_id, sender=sender)):
        return Goal("let_in", (yield from _address(hub, conversation_id)))
    if contact_id is None:
        return Goal("apart")
    if not (yield find(WaitingLetter, "id", conversation_id=conversation_id, key=fact.key)):
        yield from _keep(hub, fact, conversation_id, contact_id, sender)
    return Goal("waits")


def take_in_asked(
    hub: Hub, fact: InboundFact, asks_for: str
) -> Unit[tuple[Posted | None, InboundFact]]:
    """Take a letter in that may ask for a thread of somebody else (empty: it does not).

    Inside a unit. Returns None for one that waits, and the fact as it was taken.
    """
    goal = (yield from _offer(hub, fact, asks_for)) if asks_for else None
    if goal is None:
        return (yield from take_in(hub, fact)), fact
    if goal.state == "waits":
        return None, fact
    if goal.state == "apart":
        return (yield from _take_apart(hub, fact)), fact
    fact = replace(by_another(fact, goal.address), thread_id=asks_for)
    posted = yield from take_in(hub, fact)
    yield from hand_over_original(fact, asks_for)
    return posted, fact


def _take_apart(hub: Hub, fact: InboundFact) -> Unit[Posted]:
    """Give it a talk of its sender's own, with a line for staff."""
    posted = yield from take_in(hub, fact)
    line = event_draft(hub, "mail_other_sender", staff_only=True)
    ids = (posted.conversation_id, posted.contact_id)
    yield from add_message(hub, *ids, line, hub.clock.now())
    return posted


def _keep(
    hub: Hub, fact: InboundFact, conversation_id: str, contact_id: str, sender: str
) -> Unit[None]:
    at, letter_id = hub.clock.now(), hub.new_id("wtl")
    text = json.dumps(asdict(fact), ensure_ascii=False)
    yield put(
        WaitingLetter, id=letter_id, conversation_id=conversation_id, contact_id=contact_id,
        sender_key=sender, key=fact.key, came_at=at if fact.came_at is None else fact.came_at,
        letter_sealed=hub.vault.seal(text, "waiting_letter", "letter", letter_id),
    )  # fmt: skip
    yield arm(TimerKind.WAITING_LETTER, letter_id, at + WAIT_SECONDS)
    line = event_draft(hub, "letter_waits", _shown(fact, letter_id), staff_only=True)
    yield from add_message(hub, conversation_id, contact_id, line, at)
    contact = yield from load_contact(contact_id)
    if contact.waits_for is not None:
        yield from come_out(hub, contact, at)
    elif contact.state == ContactState.ASSIGNED:
        yield from begin_target(hub, contact_id, contact.queue_id, at)


def _shown(fact: InboundFact, letter_id: str) -> dict[str, str]:
    """What the agent decides by: plain words alone, cleared of what must not be stored."""
    letter = Letter.of(fact.channel_data) or Letter()
    return {
        "letter_id": letter_id,
        "sender": letter.sender or fact.address,
        "sender_name": letter.sender_name,
        "certainty": letter.certainty or "",
        "subject": letter.subject,
        "words": guard(fact.text or "")[0][:SHOWN_MOST],
    }


async def decide_letter(
    hub: Hub, agent_id: str, *, contact_id: str, letter_id: str, word: Word
) -> None:
    """Let a letter into the thread, refuse it, or give its sender a talk of their own; audited.

    By who owns the Contact. Raises `NotFound("no_letter")`, `Refused("decided_already")`.
    """
    decided = await hub.journal.run(lambda: _by_agent(hub, agent_id, contact_id, letter_id, word))
    await _unpack(hub, decided)


async def end_waiting(hub: Hub, letter_id: str) -> None:
    """Timer `waiting_letter`: nobody decided, or the talk is over; its sender has their own."""
    await _unpack(hub, await hub.journal.run(lambda: _by_clock(hub, letter_id)))


class _Decided(NamedTuple):
    fact: InboundFact
    posted: Posted | None


async def _unpack(hub: Hub, decided: _Decided | None) -> None:
    if decided is None or decided.posted is None:
        return
    unpack = getattr(hub.writers.get(decided.fact.channel), "unpack_released", None)
    if unpack is not None:
        await unpack(decided.fact, decided.posted)


def _by_agent(
    hub: Hub, agent_id: str, contact_id: str, letter_id: str, word: Word
) -> Unit[_Decided]:
    contact = yield from load_owned(contact_id, agent_id)
    row = yield from _waiting(letter_id)
    if row["conversation_id"] != contact.conversation_id:
        raise NotFound("no_letter")
    decided = yield from _decide(hub, letter_id, row, word, agent_id)
    at = hub.clock.now()
    said = {"letter_id": letter_id, "word": word}
    line = event_draft(hub, "letter_decided", said, staff_only=True)
    yield from add_message(hub, contact.conversation_id, contact_id, line, at)
    yield from audited(
        hub, agent_id, f"letter_{word}", letter_id, details={"contact_id": contact_id}
    )
    return decided


def _by_clock(hub: Hub, letter_id: str) -> Unit[_Decided | None]:
    taken = yield ring(hub, TimerKind.WAITING_LETTER, letter_id)
    if not taken:
        return None
    row = yield from _waiting(letter_id)
    return (yield from _decide(hub, letter_id, row, "apart", "system"))


def _waiting(letter_id: str) -> Unit[Mapping[str, Any]]:
    columns = ("state", "conversation_id", "letter_sealed", "came_at")
    rows = yield find(WaitingLetter, *columns, lock=True, id=letter_id)
    if not rows:
        raise NotFound("no_letter")
    row = dict(zip(columns, rows[0], strict=True))
    if row["state"] != WAITING:
        raise Refused("decided_already", "a colleague has decided, or its time was over")
    return row


def _decide(
    hub: Hub, letter_id: str, row: Mapping[str, Any], word: Word, by: str
) -> Unit[_Decided]:
    sealed, thread_id = row["letter_sealed"], row["conversation_id"]
    fact = InboundFact(**hub.vault.open_json(sealed, "waiting_letter", "letter", letter_id))
    yield disarm(TimerKind.WAITING_LETTER, letter_id)
    yield change(WaitingLetter, letter_id, state=word, decided_by=by, decided_at=hub.clock.now())
    posted = None
    if word == "approved":
        fact = by_another(fact, (yield from _address(hub, thread_id)))
        fact = replace(fact, thread_id=thread_id)
        posted = yield from take_in(hub, fact)
        yield from hand_over_original(fact, thread_id)
    elif word == "apart":
        fact = replace(fact, came_at=row["came_at"])
        posted = yield from _take_apart(hub, fact)
    return _Decided(fact, posted)


def by_another(fact: InboundFact, address: str) -> InboundFact:
    """Return the fact as one of the customer's thread that the customer did not write."""
    letter = Letter.of(fact.channel_data) or Letter()
    marked = replace(letter, flags=(*letter.flags, BY_ANOTHER))
    data = {**fact.channel_data, **marked.channel_data()}
    return replace(fact, address=address, by_another=True, channel_data=data)


def _address(hub: Hub, conversation_id: str) -> Unit[str]:
    _, _, address_id, sealed = (yield address_of(conversation_id))[0]
    return hub.vault.open(sealed, "address", "value", address_id)
