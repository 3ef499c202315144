"""A letter of the talk is passed on to somebody else, inside the bank or outside, with a note.

It is a Message of staff: the customer never sees it, and it is no answer to them. Who answers to it
waits for the agent's word, as anybody who writes into a thread of somebody else.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from hub.domain.errors import Invalid, NotFound, Refused
from hub.domain.letter import Letter
from hub.domain.states import Audience, ContactState, Speaker
from hub.journey.audited import audited
from hub.journey.contact_row import ContactRow, load_contact
from hub.journey.context import Hub
from hub.journey.converse import post, require_voice
from hub.journey.delivery.compose import GOAL, answer_to
from hub.journey.delivery.heading import outside
from hub.journey.delivery.leaving import protected_here, protected_names, refuse_protected
from hub.journey.delivery.plan import FORWARD
from hub.journey.delivery.recipients import name_of_file, note_let_through, require_own
from hub.journey.guarding import Guard, note_overruling, require_sendable
from hub.journey.messages import Draft, MessageRead, Posted, messages_of
from hub.journey.outgoing.keep import Kept
from hub.journey.outgoing.words import Passed
from hub.journey.outgoing.write import send_or_keep
from hub.journey.receive import check_text, file_body
from hub.store.unit import Unit

GOALS_MOST: Final = 10
_HEAD: Final[Mapping[str, str]] = {
    "en": "From: {sender}\nDate: {date}\nSubject: {subject}\n\n{text}",
    "zh": "发件人：{sender}\n日期：{date}\n主题：{subject}\n\n{text}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewForward:
    """Which letter of a Contact goes on, to whom, and with what beside it."""

    contact_id: str
    key: str
    seq: int
    """The letter's number."""
    letter: Letter
    """Subject, `to` and copies."""
    note: str = ""
    file_ids: tuple[str, ...] = ()
    """Files of the Conversation that go along."""
    language: str = "en"


async def forward(
    hub: Hub, agent_id: str, new: NewForward, *, sure: Collection[Guard] = ()
) -> Posted | Kept:
    """Pass a letter on; by whoever may speak in the Contact.

    Raises `Refused` with `not_written`, `not_a_letter`, `to_customer`, or the name of a guard:
    `new_copy` for who is outside the bank, and there `protected_in_text`, which nobody overrules;
    `other_customer`, `secret_in_text`.
    """
    check_text(new.note)
    goals = (*new.letter.to, *new.letter.cc, *new.letter.bcc)
    if not new.letter.to or len(goals) > GOALS_MOST:
        raise Invalid("no_goal", f"1 to {GOALS_MOST} addresses, one of them in To")
    contact = await hub.journal.run(lambda: _held(hub, agent_id, new.contact_id))
    quoted = await _quoted(hub, contact.conversation_id, new)
    names = "\n".join([await name_of_file(hub, one) for one in new.file_ids])
    strangers = outside(hub, contact.channel, goals)
    words = "\n".join((new.letter.subject, new.note))
    if strangers:
        everything = "\n".join((words, quoted))
        refuse_protected([*protected_here(hub, everything), *protected_names(hub, names)])
    if strangers and Guard.NEW_COPY not in sure:
        raise Refused(Guard.NEW_COPY, "\n".join(strangers))
    named = "\n".join((words, names, *goals, *((quoted,) if strangers else ())))
    others = await require_own(hub, contact.customer_id, named, sure=sure)
    passed = Passed(require_sendable(words, sure=sure), others)
    body = {"text": new.note, "language": new.language, GOAL: new.letter.to[0]}
    return await post(
        hub,
        lambda: _forward(hub, agent_id, new, body, quoted, len(strangers), passed, sure),
        new.contact_id,
        new.key,
    )


def _forward(
    hub: Hub,
    agent_id: str,
    new: NewForward,
    body: dict[str, Any],
    quoted: str,
    strangers: int,
    passed: Passed,
    sure: Collection[Guard],
) -> Unit[Posted | Kept]:
    contact = yield from _held(hub, agent_id, new.contact_id)
    customer = (yield from answer_to(hub, contact.conversation_id))[2].casefold()
    head = new.letter
    if customer in {one.casefold() for one in (*head.to, *head.cc, *head.bcc)}:
        raise Refused("to_customer", "the customer is answered, not passed on to")
    files = []
    for file_id in new.file_ids:
        described = yield from file_body(hub, contact.conversation_id, file_id)
        files.append(described["file"])
    letter = Letter(
        subject=head.subject, to=head.to, cc=head.cc, bcc=head.bcc, quoted=quoted, is_forward=True
    )
    draft = Draft(
        key=new.key, speaker=Speaker.AGENT, agent_id=agent_id, kind=FORWARD,
        audience=Audience.STAFF,
        body={**body, "files": files, "channel_data": letter.channel_data()},
    )  # fmt: skip
    yield from audited(
        hub, agent_id, "letter_forwarded", contact.id,
        details={"goals": len((*head.to, *head.cc, *head.bcc)), "outside": strangers,
                 "files": len(files)},
    )  # fmt: skip
    yield from note_overruling(hub, agent_id, contact.id, passed.secrets)
    yield from note_let_through(hub, agent_id, contact.id, passed.others)
    return (yield from send_or_keep(hub, contact, draft, sure=sure))


def _held(hub: Hub, agent_id: str, contact_id: str) -> Unit[ContactRow]:
    """Hold the Contact for who may speak in it: nobody else learns what its guards would say."""
    contact = yield from load_contact(contact_id)
    yield from require_voice(contact, agent_id)
    if contact.state != ContactState.ASSIGNED:
        raise Refused("contact_over", "the contact is not in a talk any more")
    if contact.channel not in hub.writers:
        raise Refused("not_written", "only mail can be passed on")
    return contact


async def _quoted(hub: Hub, conversation_id: str, new: NewForward) -> str:
    """The letter with its head, as it was stored: without card numbers."""
    found: Sequence[MessageRead] = await messages_of(
        hub, conversation_id, after_seq=new.seq - 1, limit=1
    )
    if not found or found[0].seq != new.seq:
        raise NotFound("no_message")
    one = found[0]
    if one.audience != Audience.EVERYONE or one.kind not in ("text", "file"):
        raise Refused("not_a_letter", "only what was said to or by the customer goes on")
    letter = Letter.of(one.body.get("channel_data", {})) or Letter()
    sender = letter.sender or (one.agent_name or {}).get(new.language, "")
    if letter.sender_name:
        sender = f"{letter.sender_name} <{letter.sender}>"
    zone = ZoneInfo(hub.settings.written.quiet.time_zone)
    told = _HEAD.get(new.language, _HEAD["en"])
    return told.format(
        sender=sender, date=f"{datetime.fromtimestamp(one.at, zone):%Y-%m-%d %H:%M}",
        subject=letter.subject, text=one.body.get("text", ""),
    )  # fmt: skip
