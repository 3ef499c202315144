"""One of the staff says that an answer of the assistant was wrong; who teaches it looks at why."""

from typing import Final

from sqlalchemy import bindparam, select

from hub.domain.errors import Forbidden, Invalid, Refused
from hub.domain.events import AnswerReported
from hub.domain.states import Speaker
from hub.journey.contact_row import ContactRow, load_contact
from hub.journey.context import Hub
from hub.journey.messages import add_message, event_draft
from hub.journey.teaching.doubts import WRONG, keep_call, without_names
from hub.store.rows import find, table_of
from hub.store.tables import Assignment, BotDoubt, Message, Participant
from hub.store.unit import Append, Prepared, Unit

NOTE_MAX_CHARACTERS: Final = 200
_m = table_of(Message).c
_said_before = Prepared(
    select(_m.key, _m.body_sealed)
    .where(_m.conversation_id == bindparam("of"), _m.seq < bindparam("seq"))
    .where(_m.speaker == Speaker.CUSTOMER.value, _m.contact_id == bindparam("contact"))
    .order_by(_m.seq.desc())
    .limit(1)
)


async def report_answer(
    hub: Hub, user_id: str, *, contact_id: str, seq: int, note: str = ""
) -> None:
    """Mark an answer of the assistant as wrong; a second report of it changes nothing.

    Raises `Forbidden` for who is not and was not in the Contact, `Invalid("not_assistant")` for
    words of anybody else.
    """
    if len(note) > NOTE_MAX_CHARACTERS:
        raise Invalid("note_too_long", f"at most {NOTE_MAX_CHARACTERS} characters")
    await hub.journal.run(lambda: _report(hub, user_id, contact_id, seq, note.strip()))


def _report(hub: Hub, user_id: str, contact_id: str, seq: int, note: str) -> Unit[None]:
    contact = yield from load_contact(contact_id)
    yield from _require_served(contact, user_id)
    rows = yield find(
        Message, "speaker", "key", "body_sealed", "contact_id",
        conversation_id=contact.conversation_id, seq=seq,
    )  # fmt: skip
    if not rows or rows[0][0] != Speaker.BOT.value or rows[0][3] != contact_id:
        raise Invalid("not_assistant", "only the assistant's own words can be reported")
    key = hub.lookup.of("bot_doubt", f"{WRONG}/{contact_id}/{seq}")
    if (yield find(BotDoubt, "state", key=key)):
        raise Refused("reported_already", "somebody has reported this answer")
    answer = _words(hub, contact, *rows[0][1:3])
    before = yield _said_before(of=contact.conversation_id, seq=seq, contact=contact_id)
    said = _words(hub, contact, *before[0]) if before else ""
    at, texts = hub.clock.now(), {"said": said, "answer": answer, "note": note}
    for name, text in texts.items():
        texts[name] = yield from without_names(hub, contact.customer_id, text)
    yield keep_call(
        hub, key, texts, kind=WRONG, language=contact.language, channel=contact.channel,
        reported_by=user_id, at=at,
    )  # fmt: skip
    told = event_draft(hub, "answer_reported", {"seq": str(seq)}, staff_only=True)
    yield from add_message(hub, contact.conversation_id, contact_id, told, at)
    yield Append(
        AnswerReported(
            at=at, contact_id=contact_id, conversation_id=contact.conversation_id, seq=seq,
            by=user_id,
        )
    )  # fmt: skip


def _require_served(contact: ContactRow, user_id: str) -> Unit[None]:
    """Who has it, had it, or reads along."""
    had = yield find(Assignment, "id", contact_id=contact.id, agent_id=user_id)
    if not had and not (yield find(Participant, "role", contact_id=contact.id, agent_id=user_id)):
        raise Forbidden("not_in_contact", "you are not in this contact")


def _words(hub: Hub, contact: ContactRow, key: str, sealed: bytes) -> str:
    body = hub.vault.open_json(sealed, "message", "body", f"{contact.conversation_id}/{key}")
    return str(body.get("text", ""))
