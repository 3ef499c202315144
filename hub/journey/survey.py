"""Step 9: the customer is asked how it was; one answer per Contact, politely refused later."""

import json
from dataclasses import dataclass

from hub.domain.errors import Invalid, NotFound, Refused
from hub.domain.events import SurveyAnswered, SurveyOffered, TaskDone, TaskOpened
from hub.journey.contact_row import ContactRow
from hub.journey.context import Hub
from hub.security.redaction import redact_cards
from hub.store.rows import change, change_if, find, put
from hub.store.tables import Contact, Survey, Task
from hub.store.unit import Append, Unit

COMMENT_MAX_CHARACTERS = 1_000
TAGS = frozenset({"solved", "fast", "friendly", "clear"})
_COLUMNS = (
    "id", "contact_id", "conversation_id", "channel", "queue_id", "agent_id", "customer_id",
    "language", "expires_at", "answered_at",
)  # fmt: skip
DAY_SECONDS = 86_400.0
FOLLOW_UP_TITLE = {"en": "Call back after a low rating", "zh": "低分回访"}


@dataclass(frozen=True, slots=True)
class SurveyRead:
    """A survey as its page needs it."""

    id: str
    contact_id: str
    conversation_id: str
    channel: str
    queue_id: str | None
    agent_id: str | None
    customer_id: str | None
    language: str
    expires_at: float
    answered_at: float | None


def offer_survey(hub: Hub, contact: ContactRow, at: float) -> Unit[None]:
    """Ask once per Contact when the customer's side ends."""
    survey_id = hub.new_id("srv")
    yield put(
        Survey,
        id=survey_id,
        contact_id=contact.id,
        conversation_id=contact.conversation_id,
        channel=contact.channel,
        queue_id=contact.queue_id,
        agent_id=contact.owner_agent_id,
        customer_id=contact.customer_id,
        language=contact.language,
        offered_at=at,
        expires_at=at + hub.settings.survey_days * DAY_SECONDS,
    )
    yield Append(
        SurveyOffered(
            at=at,
            contact_id=contact.id,
            conversation_id=contact.conversation_id,
            survey_id=survey_id,
            queue_id=contact.queue_id,
            agent_id=contact.owner_agent_id,
        )
    )


async def find_survey(hub: Hub, survey_id: str) -> SurveyRead:
    """Read a survey; raise `NotFound`."""
    rows = await hub.reader.rows(find(Survey, *_COLUMNS, id=survey_id))
    if not rows:
        raise NotFound("no_survey")
    return SurveyRead(*rows[0])


async def survey_of_contact(hub: Hub, contact_id: str) -> SurveyRead | None:
    """The survey of a Contact, if it was offered."""
    rows = await hub.reader.rows(find(Survey, *_COLUMNS, contact_id=contact_id))
    return SurveyRead(*rows[0]) if rows else None


async def answer_survey(
    hub: Hub, survey_id: str, *, score: int, tags: tuple[str, ...] = (), comment: str = ""
) -> None:
    """Store the one answer; raises `Refused` with `survey_answered` or `survey_expired`."""
    if isinstance(score, bool) or not 1 <= score <= 5:
        raise Invalid("bad_score", "a score is a whole number from 1 to 5")
    if len(comment) > COMMENT_MAX_CHARACTERS:
        raise Invalid("comment_too_long", f"at most {COMMENT_MAX_CHARACTERS} characters")
    if not TAGS.issuperset(tags):
        raise Invalid("unknown_tag", f"tags are {', '.join(sorted(TAGS))}")
    await hub.journal.run(lambda: _answer(hub, survey_id, score, tags, comment))


def _answer(
    hub: Hub, survey_id: str, score: int, tags: tuple[str, ...], comment: str
) -> Unit[None]:
    rows = yield find(Survey, *_COLUMNS, lock=True, id=survey_id)
    if not rows:
        raise NotFound("no_survey")
    survey, at = SurveyRead(*rows[0]), hub.clock.now()
    if survey.answered_at is not None:
        raise Refused("survey_answered", "thank you, this survey has its answer")
    if at > survey.expires_at:
        raise Refused("survey_expired", "this survey is closed")
    text = redact_cards(comment)[0]
    sealed = hub.vault.seal(text, "survey", "comment", survey_id) if text else None
    yield change(
        Survey, survey_id, answered_at=at, score=score, tags=json.dumps(tags), comment_sealed=sealed
    )
    yield change(Contact, survey.contact_id, score=score)
    yield Append(
        SurveyAnswered(
            at=at,
            contact_id=survey.contact_id,
            conversation_id=survey.conversation_id,
            survey_id=survey_id,
            score=score,
            channel=survey.channel,
            queue_id=survey.queue_id,
            agent_id=survey.agent_id,
        )
    )
    if score <= hub.settings.low_score:
        yield from _follow_up(hub, survey, at)


def _follow_up(hub: Hub, survey: SurveyRead, at: float) -> Unit[None]:
    task_id, due_at = hub.new_id("tsk"), at + DAY_SECONDS
    yield put(
        Task,
        id=task_id,
        kind="low_score",
        contact_id=survey.contact_id,
        customer_id=survey.customer_id,
        queue_id=survey.queue_id,
        agent_id=survey.agent_id,
        title=json.dumps(FOLLOW_UP_TITLE, ensure_ascii=False),
        due_at=due_at,
        created_at=at,
    )
    yield Append(
        TaskOpened(
            at=at,
            task_id=task_id,
            task_kind="low_score",
            contact_id=survey.contact_id,
            customer_id=survey.customer_id,
            due_at=due_at,
        )
    )


async def finish_task(hub: Hub, task_id: str, *, by: str) -> None:
    """Mark a task as done, once."""
    await hub.journal.run(lambda: _finish_task(hub, task_id, by))


def _finish_task(hub: Hub, task_id: str, by: str) -> Unit[None]:
    at = hub.clock.now()
    changed = yield change_if(
        Task, task_id, {"state": "open"}, state="done", done_at=at, done_by=by
    )
    if not changed:
        raise Refused("task_done", "the task is done already, or does not exist")
    yield Append(TaskDone(at=at, task_id=task_id, by=by))
