"""Step 9: the customer is asked how it was; one answer per Contact, politely refused later."""

import json
from collections.abc import Collection
from dataclasses import dataclass

from hub.domain.errors import Invalid, NotFound, Refused
from hub.domain.events import SurveyAnswered, SurveyOffered
from hub.journey.contact_row import ContactRow
from hub.journey.context import Hub
from hub.journey.survey_link import plan_link
from hub.journey.survey_wishes import grant
from hub.journey.work.open import NewTask, add_task
from hub.security.send_guard import guard
from hub.store.rows import change, find, put
from hub.store.tables import Contact, Survey
from hub.store.unit import Append, Unit
from hub.text.survey_wishes import Wish

COMMENT_MAX_CHARACTERS = 1_000
TAGS = frozenset({"solved", "fast", "friendly", "clear"})
_COLUMNS = (
    "id", "contact_id", "conversation_id", "channel", "queue_id", "agent_id", "customer_id",
    "language", "expires_at", "answered_at",
)  # fmt: skip
DAY_SECONDS = 86_400.0


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
    yield from plan_link(hub, survey_id, contact, at)


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
    hub: Hub,
    survey_id: str,
    *,
    score: int,
    tags: tuple[str, ...] = (),
    comment: str = "",
    wishes: Collection[Wish] = (),
) -> None:
    """Store the one answer; raises `Refused` with `survey_answered` or `survey_expired`."""
    if isinstance(score, bool) or not 1 <= score <= 5:
        raise Invalid("bad_score", "a score is a whole number from 1 to 5")
    if len(comment) > COMMENT_MAX_CHARACTERS:
        raise Invalid("comment_too_long", f"at most {COMMENT_MAX_CHARACTERS} characters")
    if not TAGS.issuperset(tags):
        raise Invalid("unknown_tag", f"tags are {', '.join(sorted(TAGS))}")
    await hub.journal.run(lambda: _answer_whole(hub, survey_id, score, tags, comment, wishes))


def _answer_whole(
    hub: Hub,
    survey_id: str,
    score: int,
    tags: tuple[str, ...],
    comment: str,
    wishes: Collection[Wish],
) -> Unit[None]:
    survey = yield from _answer(hub, survey_id, score, tags, comment)
    yield from grant(hub, survey.contact_id, wishes, hub.clock.now())


def score_given(hub: Hub, survey_id: str, score: int) -> Unit[None]:
    """Store a Score given by a key on the line, in the unit that heard it; once."""
    rows = yield find(Survey, "answered_at", lock=True, id=survey_id)
    if rows and rows[0][0] is None:
        yield from _answer(hub, survey_id, score, (), "")


def _answer(
    hub: Hub, survey_id: str, score: int, tags: tuple[str, ...], comment: str
) -> Unit[SurveyRead]:
    rows = yield find(Survey, *_COLUMNS, lock=True, id=survey_id)
    if not rows:
        raise NotFound("no_survey")
    survey, at = SurveyRead(*rows[0]), hub.clock.now()
    if survey.answered_at is not None:
        raise Refused("survey_answered", "thank you, this survey has its answer")
    if at > survey.expires_at:
        raise Refused("survey_expired", "this survey is closed")
    text = guard(comment).text
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
    return survey


def _follow_up(hub: Hub, survey: SurveyRead, at: float) -> Unit[None]:
    yield from add_task(
        hub,
        NewTask(
            kind="low_score",
            by="system",
            due_at=at + DAY_SECONDS,
            contact_id=survey.contact_id,
            customer_id=survey.customer_id,
            queue_id=survey.queue_id,
            agent_id=survey.agent_id,
        ),
    )
