"""Step 2: a fact becomes a stored Message, in a Contact that is open or opened now."""

from dataclasses import replace

from hub.domain.errors import Invalid
from hub.domain.events import ContactArrived, ContactEnteredSelfService
from hub.domain.proof import SECURE_PAGE
from hub.domain.reference import reference_of
from hub.domain.states import ContactState, Speaker
from hub.domain.steps import InboundFact
from hub.journey.abuse import require_open_address
from hub.journey.contact_row import load_contact
from hub.journey.context import Hub
from hub.journey.delivery.compose import VIA
from hub.journey.delivery.menus import choice_in
from hub.journey.delivery.take_score import take_score
from hub.journey.enqueue import come_back
from hub.journey.floor.announce import greet_with_announcements
from hub.journey.guarding import tell_hidden
from hub.journey.held_address import BY_CUSTOMER, hold_address
from hub.journey.identity.code_check import catch_code, try_caught
from hub.journey.identity.level import lower_level
from hub.journey.memory import remember
from hub.journey.messages import Draft, Posted, add_message, call_by_key
from hub.journey.self_serve import let_hear
from hub.journey.silence import watch_silence
from hub.journey.split_text import NEWEST_SEQ, without_split_card
from hub.journey.threads import Reach, Thread, hold_thread, segment_of
from hub.journey.waiting import TimerKind, arm
from hub.journey.written.aside import come_out
from hub.journey.written.originals import hand_over_original
from hub.journey.written.targets import begin_target
from hub.journey.written.twins import link_twins
from hub.security.redaction import redact_cards
from hub.security.send_guard import Secret, guard
from hub.security.split_cards import may_complete
from hub.store.rows import change, find, put
from hub.store.tables import Contact, Conversation, File
from hub.store.unit import Append, Unit
from hub.text.not_me import says_not_me

TEXT_MAX_CHARACTERS = 8_000


async def receive(hub: Hub, fact: InboundFact) -> Posted:
    """Store a fact once, whatever state its Conversation is in; answers after COMMIT.

    A fact without text, choice or file only opens the Contact: the customer came and waits to
    be greeted. Raises `Invalid` for a text that is too long or a file that is not theirs.
    """
    check_text(fact.text)
    return await hub.journal.run(lambda: take_in(hub, fact))


def take_in(hub: Hub, fact: InboundFact) -> Unit[Posted]:
    """The unit of `receive`."""
    thread = yield from hold_thread(
        hub,
        Reach(
            channel=fact.channel,
            account=fact.account,
            address=fact.address,
            language=fact.language or "en",
            customer_id=fact.customer_id,
            identity_level=fact.identity_level,
            proof=fact.proof,
            thread_id=fact.thread_id,
        ),
    )
    known = yield call_by_key(thread.conversation_id, fact.key)
    if known:
        seq, contact_id, at = known[0]
        return Posted(thread.conversation_id, contact_id, seq, at, duplicate=True)
    at = hub.clock.now()
    contact_id = thread.open_contact_id
    if contact_id is None:
        rating = "" if fact.by_another else fact.text or ""
        scored = yield from take_score(hub, thread, fact.channel, fact.key, rating, at)
        if scored is not None:
            return scored
        yield from require_open_address(thread.conversation_id, at)
        contact_id = yield from open_contact(hub, thread, fact, at)
        yield from _begin(hub, thread, contact_id, at)
    caught = yield from catch_code(contact_id, fact.text or "")
    words, hidden = guard(caught.text)
    fact = replace(fact, text=words) if fact.text is not None else fact
    draft = yield from customer_draft(hub, thread.conversation_id, fact)
    if draft is None:
        return Posted(thread.conversation_id, contact_id, thread.last_seq, at)
    draft = yield from _from_where(fact, thread, draft)
    if may_complete(draft.body["text"]):
        text = yield from without_split_card(
            hub, thread.conversation_id, NEWEST_SEQ, draft.body["text"], at
        )
        if text != words:
            hidden = (*hidden, Secret.CARD)
        draft = replace(draft, body={**draft.body, "text": text})
    posted = yield from add_message(hub, thread.conversation_id, contact_id, draft, at)
    if thread.open_contact_id is None and fact.channel in hub.writers and draft.kind == "text":
        yield from link_twins(
            hub, contact_id, thread.conversation_id, fact.channel, fact.address,
            str(draft.body["text"]), at,
        )  # fmt: skip
    yield from tell_hidden(hub, contact_id, dict.fromkeys(hidden), at)
    if not fact.by_another:
        yield from try_caught(hub, contact_id, caught)
    contact = yield from load_contact(contact_id)
    if contact.identity_proof == SECURE_PAGE != fact.proof:
        yield from lower_level(hub, contact, cause="channel_changed", by="system", at=at)
    if contact.channel in hub.writers and says_not_me(words) and not fact.by_another:
        yield from hold_address(hub, contact, BY_CUSTOMER, at)
        return posted
    if contact.waits_for is not None:
        yield from come_out(hub, contact, at)
        return posted
    if contact.state == ContactState.ASSIGNED and contact.channel in hub.writers:
        yield from begin_target(hub, contact_id, contact.queue_id, at)
    yield from let_hear(hub, contact_id, contact.state, draft.body, posted.seq, at)
    return posted


def _from_where(fact: InboundFact, thread: Thread, draft: Draft) -> Unit[Draft]:
    """Note where words came from that staff have merged into this Conversation, or split off."""
    if fact.thread_id == thread.conversation_id:
        yield from hand_over_original(fact, thread.conversation_id)
    return replace(draft, body={**draft.body, VIA: thread.via}) if thread.via else draft


def customer_draft(hub: Hub, conversation_id: str, fact: InboundFact) -> Unit[Draft | None]:
    """Turn a fact into the Message it becomes, card numbers redacted before storage."""
    if fact.file_id is not None:
        body = yield from file_body(hub, conversation_id, fact.file_id)
        draft = Draft(key=fact.key, speaker=Speaker.CUSTOMER, kind="file", body=body)
    else:
        text = fact.text or ""
        if not text and fact.choice is None:
            return None
        choice = fact.choice
        if choice is None and fact.channel in hub.writers:
            choice = yield from choice_in(hub, conversation_id, text)
        draft = words_draft(fact.key, text, choice)
    if fact.channel_data:
        draft = replace(draft, body={**draft.body, "channel_data": dict(fact.channel_data)})
    return draft


def words_draft(key: str, text: str, choice: str | None) -> Draft:
    """A customer's words, perhaps said by choosing from a menu."""
    body = {"text": redact_cards(text)[0]}
    if choice is not None:
        body["choice"] = choice[:80]
    return Draft(key=key, speaker=Speaker.CUSTOMER, body=body)


def file_body(hub: Hub, conversation_id: str, file_id: str) -> Unit[dict[str, object]]:
    """The content of a file Message; only a file of this Conversation may be named."""
    columns = ("conversation_id", "name_sealed", "media_type", "size_bytes")
    rows = yield find(File, *columns, id=file_id)
    if not rows or rows[0][0] != conversation_id:
        raise Invalid("no_file", "the file is not there, or belongs to another conversation")
    name = hub.vault.open(rows[0][1], "file", "name", file_id)
    described = {"id": file_id, "name": name, "media_type": rows[0][2], "size_bytes": rows[0][3]}
    return {"text": "", "file": described}


def wake_self_service(hub: Hub, contact_id: str, state: str, at: float) -> Unit[None]:
    """Let who asked hear: by timer, so that a crash between word and answer repeats the turn."""
    if state == ContactState.IN_SELF_SERVICE:
        yield arm(TimerKind.SELF_SERVE, contact_id, at)
    elif state == ContactState.PARKED:
        yield arm(TimerKind.WAYS, contact_id, at)


def check_text(text: str | None) -> None:
    """Raise `Invalid` for a text that is too long to be a message."""
    if text is not None and len(text) > TEXT_MAX_CHARACTERS:
        raise Invalid("text_too_long", f"at most {TEXT_MAX_CHARACTERS} characters")


def open_contact(hub: Hub, thread: Thread, fact: InboundFact, at: float) -> Unit[str]:
    """Open a Contact with self-service; who greets it is the caller's to decide."""
    contact_id = hub.new_id("con")
    customer_id = thread.customer_id if fact.customer_id else None
    segment = yield from segment_of(customer_id)
    level = fact.identity_level if customer_id else 0
    yield put(
        Contact,
        id=contact_id,
        reference=reference_of(contact_id),
        conversation_id=thread.conversation_id,
        channel=fact.channel,
        account=fact.account,
        state=ContactState.IN_SELF_SERVICE.value,
        language=thread.language,
        customer_id=customer_id,
        segment=segment,
        identity_level=level,
        identity_proof=fact.proof if level else None,
        identity_proved_at=at if level else None,
        first_seq=thread.last_seq + 1,
        arrived_at=fact.came_at or at,
        queued_at=fact.came_at,
        state_since=at,
        reopened_from=thread.last_contact_id,
        bot_state_sealed=remember(hub, contact_id, {"heard_seq": thread.last_seq}),
    )
    yield change(Conversation, thread.conversation_id, open_contact_id=contact_id)
    yield Append(
        ContactArrived(
            at=at,
            contact_id=contact_id,
            conversation_id=thread.conversation_id,
            channel=fact.channel,
            account=fact.account,
            language=thread.language,
            customer_id=customer_id,
            segment=segment,
            identity_level=level,
            reopened_from=thread.last_contact_id,
        )
    )
    return contact_id


def _begin(hub: Hub, thread: Thread, contact_id: str, at: float) -> Unit[None]:
    """Greet by self-service, or go straight back to the agent of a talk that just ended."""
    contact = yield from load_contact(contact_id)
    yield from watch_silence(hub, contact, at)
    ids = {"contact_id": contact_id, "conversation_id": thread.conversation_id}
    yield Append(ContactEnteredSelfService(at=at, **ids))
    yield from greet_with_announcements(
        hub, contact_id, thread.conversation_id, contact.language, at
    )
    if not (yield from come_back(hub, thread, contact, at)):
        yield from wake_self_service(hub, contact_id, contact.state, at)
