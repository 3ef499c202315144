"""Words that wait before they leave: stored with their timer, in no talk yet.

A Message gets its number when it leaves, so what is taken back was never said, and what is said
meanwhile does not wait behind it.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from hub.domain.errors import Invalid
from hub.domain.events import LetterKept
from hub.domain.states import Audience, Speaker
from hub.journey.audited import audited
from hub.journey.contact_row import ContactRow
from hub.journey.context import Hub
from hub.journey.guarding import Guard
from hub.journey.messages import Draft
from hub.journey.waiting import TimerKind, arm
from hub.store.rows import find, put
from hub.store.tables import Conversation, OutgoingLetter
from hub.store.unit import Append, Unit

LATEST_SECONDS: Final = 366 * 86_400.0
WAITING: Final = "waiting"
STOPPED: Final = "stopped"
LEFT: Final = "left"
TAKEN_BACK: Final = "taken_back"


@dataclass(frozen=True, slots=True)
class Kept:
    """Words that wait, and when they leave (UTC epoch seconds)."""

    letter_id: str
    leaves_at: float


def require_time(at: float, leaves_at: float) -> None:
    """Raise `Invalid("bad_time")` for a time that nobody can mean."""
    if not at < leaves_at <= at + LATEST_SECONDS:
        raise Invalid("bad_time", "choose a time ahead, within a year")


def keep(
    hub: Hub,
    contact: ContactRow,
    draft: Draft,
    *,
    leaves_at: float,
    is_scheduled: bool,
    sure: Collection[Guard] = (),
) -> Unit[Kept]:
    """Store the words of an agent; the same key again is the same words."""
    talk = contact.conversation_id
    known = yield find(OutgoingLetter, "id", "leaves_at", conversation_id=talk, key=draft.key)
    if known:
        return Kept(*known[0])
    letter_id, at, agent_id = hub.new_id("olt"), hub.clock.now(), draft.agent_id or ""
    last_seq = (yield find(Conversation, "last_seq", id=talk))[0][0]
    yield put(
        OutgoingLetter, id=letter_id, contact_id=contact.id, agent_id=agent_id,
        words_sealed=sealed_words(hub, letter_id, draft), is_scheduled=is_scheduled,
        sure=json.dumps(sorted(sure)), heard_seq=last_seq, written_at=at, leaves_at=leaves_at,
        key=draft.key, conversation_id=talk,
    )  # fmt: skip
    yield arm(TimerKind.OUTGOING_LETTER, letter_id, leaves_at)
    if is_scheduled:
        yield from audited(hub, agent_id, "letter_scheduled", letter_id,
                           details={"contact": contact.id, "leaves_at": leaves_at})  # fmt: skip
    ids = {"contact_id": contact.id, "conversation_id": contact.conversation_id}
    yield Append(LetterKept(at=at, letter_id=letter_id, leaves_at=leaves_at, by=agent_id, **ids))
    return Kept(letter_id, leaves_at)


def sealed_words(hub: Hub, letter_id: str, draft: Draft) -> bytes:
    """Seal what the Message will be."""
    words = {"kind": draft.kind, "audience": draft.audience.value, "body": dict(draft.body)}
    text = json.dumps(words, ensure_ascii=False)
    return hub.vault.seal(text, "outgoing_letter", "words", letter_id)


def opened_words(hub: Hub, letter_id: str, sealed: bytes) -> dict[str, Any]:
    """Open what `sealed_words` closed: `kind`, `audience` and `body`."""
    words: dict[str, Any] = hub.vault.open_json(sealed, "outgoing_letter", "words", letter_id)
    return words


def draft_of(hub: Hub, letter_id: str, *, key: str, agent_id: str, sealed: bytes) -> Draft:
    """Return the Message that waits."""
    words = opened_words(hub, letter_id, sealed)
    return Draft(
        key=key, speaker=Speaker.AGENT, agent_id=agent_id, kind=words["kind"],
        audience=Audience(words["audience"]), body=words["body"],
    )  # fmt: skip
