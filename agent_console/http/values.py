"""Fees, rates and limits at the authors' desk, and what readers are told while something fails."""

from functools import partial
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field, StringConstraints

from agent_console.http.article_shapes import Reason
from agent_console.http.endpoint import Api, Call, Endpoint, Strict
from agent_console.http.sign_in import Done, Names
from hub.domain.dated_values import DatedValue, named_in
from hub.journey.articles.disturb import (
    NewDisturbance,
    disturbed_now,
    end_disturbance,
    tell_disturbance,
)
from hub.journey.articles.read import all_in_force
from hub.journey.context import Hub
from hub.journey.values import life
from hub.journey.values.read import ValueRead, listed_values
from hub.security.roles import Right

Short = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=80)]
Told = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=300)]
Slug = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=80)]
Moment = Annotated[float, Field(ge=0, le=4_102_444_800)]


class ValueRow(Strict):
    """A value from a moment on."""

    id: str
    name: str
    en: str
    zh: str
    valid_from_at: float
    state: str
    holds: bool
    """Whether it is told at this moment."""
    proposed_by: Names | None
    """None: the operator's file."""
    published_by: Names | None
    why: str
    mine: bool
    """Whether the viewer proposed it, and so may not publish it."""


class ValueList(Strict):
    """All values, and which articles name them."""

    values: list[ValueRow]
    named_by: dict[str, list[str]]
    time_zone: str


class NewValue(Strict):
    """A value to be published by somebody else."""

    name: Short
    en: Short
    zh: Short
    valid_from_at: Moment
    why: Reason


class Proposed(Strict):
    """Its id."""

    value_id: str


class WhyWithdrawn(Strict):
    """A reason."""

    why: Reason


class DisturbanceRow(Strict):
    """What readers are told now."""

    id: str
    en: str
    zh: str
    about: list[str]
    until_at: float


class DisturbanceList(Strict):
    """All of it."""

    disturbances: list[DisturbanceRow]
    time_zone: str


class DisturbanceBody(Strict):
    """What is to be told; `about` names articles, none means the whole help centre."""

    en: Told
    zh: Told
    about: Annotated[list[Slug], Field(max_length=50)]
    until_at: Moment


class DisturbanceMade(Strict):
    """Its id."""

    disturbance_id: str


class ValueRoutes:
    """`/api/values/...` and `/api/disturbances/...`."""

    def __init__(self, hub: Hub, zone: ZoneInfo) -> None:
        self._hub, self._zone = hub, zone

    def add_to(self, api: Api) -> None:
        """Add the routes."""
        edit = partial(Endpoint, right=Right.EDIT_ARTICLES, tag="articles")
        get, post = partial(edit, method="GET"), partial(edit, method="POST")
        for endpoint in (
            get(path="/api/values", handler=self.values, answer=ValueList),
            post(path="/api/values", handler=self.propose, body=NewValue, answer=Proposed),
            post(path="/api/values/{value_id}/publish", handler=self.publish, answer=Done),
            post(path="/api/values/{value_id}/withdraw", handler=self.withdraw,
                 body=WhyWithdrawn, answer=Done),
            get(path="/api/disturbances", handler=self.disturbed, answer=DisturbanceList),
            post(path="/api/disturbances", handler=self.tell, body=DisturbanceBody,
                 answer=DisturbanceMade),
            post(path="/api/disturbances/{disturbance_id}/end", handler=self.end, answer=Done),
        ):  # fmt: skip
            api.add(endpoint)

    async def values(self, call: Call) -> ValueList:
        """List what holds, what comes and what waits for a second person."""
        read = await listed_values(self._hub)
        now, holding = self._hub.clock.now(), {}
        for one in read:
            if one.state == life.PUBLISHED and one.valid_from_at <= now:
                holding[one.name] = one.id
        me = call.user.viewer.user_id
        rows = [self._row(one, holds=holding.get(one.name) == one.id, me=me) for one in read]
        return ValueList(values=rows, named_by=await self._named_by(), time_zone=str(self._zone))

    async def propose(self, call: Call) -> Proposed:
        """Keep a value until somebody else publishes it."""
        body: NewValue = call.body
        value = DatedValue(
            name=body.name, en=body.en, zh=body.zh, valid_from_at=body.valid_from_at
        )  # fmt: skip
        return Proposed(
            value_id=await life.propose(self._hub, call.user.viewer, value, why=body.why)
        )

    async def publish(self, call: Call) -> Done:
        """Let it hold from its moment on; never by who proposed it."""
        await life.publish(self._hub, call.user.viewer, _part(call, "value_id"))
        return Done()

    async def withdraw(self, call: Call) -> Done:
        """Take back what does not hold yet."""
        value_id = _part(call, "value_id")
        await life.withdraw(self._hub, call.user.viewer, value_id, why=call.body.why)
        return Done()

    async def disturbed(self, _call: Call) -> DisturbanceList:
        """List what readers are told now."""
        rows = [
            DisturbanceRow(
                id=one.id, en=one.en, zh=one.zh, about=sorted(one.about), until_at=one.until_at
            )
            for one in await disturbed_now(self._hub)
        ]
        return DisturbanceList(disturbances=rows, time_zone=str(self._zone))

    async def tell(self, call: Call) -> DisturbanceMade:
        """Tell readers that something does not work."""
        body: DisturbanceBody = call.body
        new = NewDisturbance(en=body.en, zh=body.zh, about=body.about, until_at=body.until_at)
        return DisturbanceMade(
            disturbance_id=await tell_disturbance(self._hub, call.user.viewer, new)
        )

    async def end(self, call: Call) -> Done:
        """It works again."""
        await end_disturbance(self._hub, call.user.viewer, _part(call, "disturbance_id"))
        return Done()

    async def _named_by(self) -> dict[str, list[str]]:
        found: dict[str, set[str]] = {}
        for article in await all_in_force(self._hub.reader):
            for one in named_in(article.text.body):
                found.setdefault(one.name, set()).add(article.slug)
        return {name: sorted(slugs) for name, slugs in found.items()}

    def _row(self, one: ValueRead, *, holds: bool, me: str) -> ValueRow:
        by, published_by = (
            Names(**found) if (found := self._hub.staff.name_of(user)) else None
            for user in (one.proposed_by, one.published_by)
        )
        return ValueRow(
            id=one.id, name=one.name, en=one.en, zh=one.zh, valid_from_at=one.valid_from_at,
            state=one.state, holds=holds, proposed_by=by, published_by=published_by, why=one.why,
            mine=one.proposed_by == me,
        )  # fmt: skip


def _part(call: Call, name: str) -> str:
    return str(call.request.path_params[name])
