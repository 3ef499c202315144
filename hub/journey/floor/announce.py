"""A supervisor tells customers in chat, agents or both; it is live at once and ends by itself."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from sqlalchemy import select

from hub.domain.errors import Invalid, NotFound
from hub.domain.events import AnnouncementConfirmed, AnnouncementEnded, AnnouncementGiven
from hub.domain.states import ContactState
from hub.domain.work import TASK_CHANNEL
from hub.journey.audited import audited
from hub.journey.context import Hub
from hub.journey.floor.announcements import AUDIENCES, Told, in_force, line_of, opened, told_now
from hub.journey.messages import add_message, call_by_key
from hub.journey.waiting import TimerKind, arm, disarm, ring
from hub.security.redaction import redact_cards
from hub.store.rows import change, find, put, table_of
from hub.store.tables import Announcement, AnnouncementRead, Contact
from hub.store.unit import Append, Prepared, Unit

WORDS_MAX_CHARACTERS: Final = 500
LONGEST_SECONDS: Final = 7 * 86_400.0
PART: Final = 100
"""So many chats are told in one transaction."""
_TOLD_STATES: Final = (
    ContactState.IN_SELF_SERVICE, ContactState.QUEUED, ContactState.RESERVED, ContactState.PARKED,
)  # fmt: skip

_c = table_of(Contact).c
_waiting = Prepared(
    select(_c.id, _c.conversation_id, _c.language)
    .where(_c.state != ContactState.CLOSED.value)  # names the partial index's condition
    .where(_c.state.in_([state.value for state in _TOLD_STATES]), _c.channel != TASK_CHANNEL)
    .order_by(_c.id)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAnnouncement:
    """What is to be said, to whom, until when."""

    audience: str
    en: str
    zh: str
    until_at: float
    team: str | None = None
    queue_id: str | None = None
    must_confirm: bool = False


async def announce(hub: Hub, supervisor_id: str, new: NewAnnouncement) -> str:
    """Say it; returns the Announcement's id. Raises `Invalid` for what cannot be said."""
    _require_sound(hub, new)
    return await hub.journal.run(lambda: _announce(hub, supervisor_id, new))


def _require_sound(hub: Hub, new: NewAnnouncement) -> None:
    now = hub.clock.now()
    if new.audience not in AUDIENCES:
        raise Invalid("bad_audience", "choose customers, agents or everyone")
    if not all(0 < len(words.strip()) <= WORDS_MAX_CHARACTERS for words in (new.en, new.zh)):
        raise Invalid("both_languages", f"write both texts, up to {WORDS_MAX_CHARACTERS} each")
    if not now < new.until_at <= now + LONGEST_SECONDS:
        raise Invalid("bad_time", "name an end within a week")
    if new.queue_id is not None and new.queue_id not in hub.setup.queues:
        raise Invalid("no_queue", f"there is no queue {new.queue_id}")
    if new.team is not None and new.team not in {one.team for one in hub.staff.all()}:
        raise Invalid("no_team", "there is no such team")


def _announce(hub: Hub, supervisor_id: str, new: NewAnnouncement) -> Unit[str]:
    announcement_id, at = hub.new_id("ann"), hub.clock.now()
    words = {"en": redact_cards(new.en.strip())[0], "zh": redact_cards(new.zh.strip())[0]}
    text = json.dumps(words, ensure_ascii=False)
    yield put(
        Announcement,
        id=announcement_id,
        audience=new.audience,
        team=new.team,
        queue_id=new.queue_id,
        must_confirm=new.must_confirm,
        words_sealed=hub.vault.seal(text, "announcement", "words", announcement_id),
        given_by=supervisor_id,
        given_at=at,
        until_at=new.until_at,
    )
    yield arm(TimerKind.ANNOUNCE, announcement_id, at)
    yield arm(TimerKind.ANNOUNCE_END, announcement_id, new.until_at)
    details = {
        "audience": new.audience, "team": new.team or "", "queue_id": new.queue_id or "",
        "until_at": new.until_at,
    }  # fmt: skip
    yield from audited(hub, supervisor_id, "announced", announcement_id, details=details)
    yield Append(
        AnnouncementGiven(
            at=at, announcement_id=announcement_id, audience=new.audience, until_at=new.until_at
        )
    )
    return announcement_id


async def tell_customers(hub: Hub, announcement_id: str) -> None:
    """Timer `announce`: write it into every chat that waits; a crash repeats without doubling.

    In parts, since a long transaction freezes every reader of the log.
    """
    told = next((one for one in await told_now(hub) if one.id == announcement_id), None)
    if told is not None and told.is_for_customers:
        rows = await hub.reader.heavy(_waiting())
        for first in range(0, len(rows), PART):
            part = rows[first : first + PART]
            await hub.journal.run(partial(_tell_part, hub, told, part))
    await hub.journal.run(partial(_told_all, hub, announcement_id))


def _tell_part(hub: Hub, told: Told, part: Sequence[tuple[str, str, str]]) -> Unit[None]:
    at = hub.clock.now()
    for contact_id, conversation_id, language in part:
        rows = yield find(Contact, "state", lock=True, id=contact_id)
        if rows and rows[0][0] in _TOLD_STATES:
            yield from _tell(hub, told, contact_id, conversation_id, language, at)


def _tell(
    hub: Hub, told: Told, contact_id: str, conversation_id: str, language: str, at: float
) -> Unit[None]:
    line = line_of(told, language)
    if not (yield call_by_key(conversation_id, line.key)):
        yield from add_message(hub, conversation_id, contact_id, line, at)


def _told_all(hub: Hub, announcement_id: str) -> Unit[None]:
    yield ring(hub, TimerKind.ANNOUNCE, announcement_id)


def greet_with_announcements(
    hub: Hub, contact_id: str, conversation_id: str, language: str, at: float
) -> Unit[None]:
    """A customer who comes reads first what is said to all."""
    rows = yield in_force(now=at)
    for told in (opened(hub, row) for row in rows):
        if told.is_for_customers:
            yield from _tell(hub, told, contact_id, conversation_id, language, at)


async def end_announcement(hub: Hub, supervisor_id: str, *, announcement_id: str) -> None:
    """Take it back before its time."""
    await hub.journal.run(lambda: _end(hub, announcement_id, supervisor_id))


async def run_out(hub: Hub, announcement_id: str) -> None:
    """Timer `announce_end`: its time is over."""
    await hub.journal.run(lambda: _run_out(hub, announcement_id))


def _run_out(hub: Hub, announcement_id: str) -> Unit[None]:
    if (yield ring(hub, TimerKind.ANNOUNCE_END, announcement_id)):
        yield from _end(hub, announcement_id, "system")


def _end(hub: Hub, announcement_id: str, by: str) -> Unit[None]:
    rows = yield find(Announcement, "ended_at", lock=True, id=announcement_id)
    if not rows:
        raise NotFound("no_announcement")
    if rows[0][0] is not None:
        return
    at = hub.clock.now()
    yield change(Announcement, announcement_id, ended_at=at, ended_by=by)
    yield disarm(TimerKind.ANNOUNCE, announcement_id)
    yield disarm(TimerKind.ANNOUNCE_END, announcement_id)
    yield from audited(hub, by, "announcement_ended", announcement_id)
    yield Append(AnnouncementEnded(at=at, announcement_id=announcement_id))


async def confirm(hub: Hub, user_id: str, *, announcement_id: str) -> None:
    """A colleague has read it; a second time changes nothing."""
    await hub.journal.run(lambda: _confirm(hub, user_id, announcement_id))


def _confirm(hub: Hub, user_id: str, announcement_id: str) -> Unit[None]:
    if not (yield find(Announcement, "id", id=announcement_id)):
        raise NotFound("no_announcement")
    at = hub.clock.now()
    key: dict[str, Any] = {"announcement_id": announcement_id, "user_id": user_id}
    if not (yield find(AnnouncementRead, "read_at", **key)):
        yield put(AnnouncementRead, read_at=at, **key)
        yield Append(
            AnnouncementConfirmed(at=at, announcement_id=announcement_id, agent_id=user_id)
        )
