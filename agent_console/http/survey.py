"""The survey page's own API: public, by signed link, one answer."""

from typing import Annotated, Any, Final, Literal

from pydantic import Field, StrictInt, StringConstraints

from agent_console.http.endpoint import Api, Call, Endpoint, Strict
from agent_console.http.sign_in import Done, Names
from agent_console.tickets import Tickets
from hub.domain.errors import Refused
from hub.journey.context import Hub
from hub.journey.survey import COMMENT_MAX_CHARACTERS, TAGS, answer_survey, find_survey
from hub.journey.survey_wishes import wishes_open_to
from hub.security.errors import TooMany
from hub.security.rate_limit import RateLimits
from hub.security.signed_link import BadLink
from hub.text.survey_wishes import Wish

Tag = Annotated[str, StringConstraints(strict=True, max_length=20)]

ANSWERS_PER_SECOND: Final = 0.1
ANSWERS_AT_ONCE: Final = 30
"""Many customers share the address of one mobile network; nobody answers thirty surveys."""

State = Literal["open", "answered", "expired"]


class SurveyView(Strict):
    """What the page asks about."""

    state: State
    language: str
    channel: str
    queue: Names | None
    agent: Names | None
    tags: list[str]
    wishes: list[Wish]
    """What can be granted to this customer beside the score."""


class SurveyAnswer(Strict):
    """The customer's answer."""

    score: Annotated[StrictInt, Field(ge=1, le=5)]
    tags: Annotated[tuple[Tag, ...], Field(max_length=len(TAGS))] = ()
    comment: Annotated[str, StringConstraints(strict=True, max_length=COMMENT_MAX_CHARACTERS)] = ""
    wishes: Annotated[tuple[Wish, ...], Field(max_length=len(Wish))] = ()


class SurveyRoutes:
    """`GET` and `POST /api/survey/{token}`."""

    def __init__(self, hub: Hub, tickets: Tickets) -> None:
        self._hub = hub
        self._tickets = tickets
        self._answers = RateLimits(hub.clock, ANSWERS_PER_SECOND, ANSWERS_AT_ONCE)

    def add_to(self, api: Api) -> None:
        """Add the routes."""
        one: dict[str, Any] = {"path": "/api/survey/{token}", "public": True, "tag": "survey"}
        api.add(Endpoint(method="GET", handler=self.read, answer=SurveyView, **one))
        api.add(Endpoint(method="POST", handler=self.answer, body=SurveyAnswer, answer=Done, **one))

    async def read(self, call: Call) -> SurveyView:
        """Tell what is asked, and whether it can still be answered."""
        survey = await find_survey(self._hub, self._survey_id(call))
        expired = self._hub.clock.now() > survey.expires_at
        queue = self._hub.setup.queues.get(survey.queue_id or "")
        agent = self._hub.staff.name_of(survey.agent_id)
        still: State = "expired" if expired else "open"
        return SurveyView(
            state="answered" if survey.answered_at is not None else still,
            language=survey.language,
            channel=survey.channel,
            queue=Names(**queue.names) if queue else None,
            agent=Names(**agent) if agent else None,
            tags=sorted(TAGS),
            wishes=list(wishes_open_to(survey.customer_id, survey.channel)),
        )

    async def answer(self, call: Call) -> Done:
        """Take the one answer; a second or a late one is refused politely."""
        client = call.request.client
        if not self._answers.allow(client.host if client else ""):
            raise TooMany("too_many_answers", 1 / ANSWERS_PER_SECOND)
        said: SurveyAnswer = call.body
        await answer_survey(
            self._hub, self._survey_id(call), score=said.score, tags=said.tags,
            comment=said.comment, wishes=said.wishes,
        )  # fmt: skip
        return Done()

    def _survey_id(self, call: Call) -> str:
        try:
            return self._tickets.survey(call.request.path_params["token"])
        except BadLink as bad:
            if bad.code == "expired":
                raise Refused("survey_expired", "this survey is closed") from None
            raise
