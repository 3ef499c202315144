"""Lists of mail and messages, a page at a time, and how long each is."""

from typing import Annotated, Any, Literal

from pydantic import Field

from agent_console.http.endpoint import Api, Call, Endpoint, Strict
from hub.journey.context import Hub
from hub.journey.written import held, lists
from hub.journey.written.show import shown
from hub.security.roles import Right


class LettersQuery(Strict):
    """Which list; `after_at` and `after_id` are the `key` of the last row that is there."""

    view: Literal["mine", "team", "unassigned", "due", "waiting", "failed"] = "mine"
    after_at: Annotated[float, Field(ge=-1, le=1e12, allow_inf_nan=False)] | None = None
    after_id: Annotated[str, Field(max_length=120)] = ""


class Letters(Strict):
    """A page of a list (`LetterLine` of the page)."""

    lines: list[dict[str, Any]]
    more: bool


class HeldQuery(Strict):
    """After which line the page begins."""

    after_at: Annotated[float, Field(ge=-1, le=1e12, allow_inf_nan=False)] | None = None
    after_id: Annotated[str, Field(max_length=120)] = ""


class Held(Strict):
    """A page of held letters (`HeldLine` of the page)."""

    lines: list[dict[str, Any]]
    more: bool


class Counts(Strict):
    """How long each list is; `most` means that or more."""

    counts: dict[str, int]
    most: int


class LetterRoutes:
    """`/api/letters`, `/api/letters/held`, `/api/letters/counts`."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def add_to(self, api: Api) -> None:
        """Add the routes."""
        api.add(
            Endpoint(
                method="GET", path="/api/letters", handler=self.lines, query=LettersQuery,
                answer=Letters, right=Right.HANDLE_CONTACTS, tag="letters",
            )
        )  # fmt: skip
        api.add(
            Endpoint(
                method="GET", path="/api/letters/held", handler=self.held, query=HeldQuery,
                answer=Held, right=Right.HANDLE_CONTACTS, tag="letters",
            )
        )  # fmt: skip
        api.add(
            Endpoint(
                method="GET", path="/api/letters/counts", handler=self.counts, answer=Counts,
                right=Right.HANDLE_CONTACTS, tag="letters",
            )
        )  # fmt: skip

    async def held(self, call: Call) -> Held:
        """Read a page of letters that are held back as spam."""
        query = call.query
        after = None if query.after_at is None else lists.Key(query.after_at, query.after_id)
        found = await held.held_lines(self._hub, after)
        return Held(lines=found[: lists.PAGE], more=len(found) > lists.PAGE)

    async def lines(self, call: Call) -> Letters:
        """Read a page of a list."""
        query, viewer = call.query, call.user.viewer
        after = None if query.after_at is None else lists.Key(query.after_at, query.after_id)
        scope = lists.scope_of(self._hub, viewer)
        found = await lists.read_lines(self._hub, scope, query.view, after)
        lines = await shown(self._hub, viewer, found[: lists.PAGE])
        return Letters(lines=lines, more=len(found) > lists.PAGE)

    async def counts(self, call: Call) -> Counts:
        """Count the lists of the viewer."""
        scope = lists.scope_of(self._hub, call.user.viewer)
        counts = await lists.count_lines(self._hub, scope)
        counts["spam"] = await held.count_held(self._hub)
        return Counts(counts=counts, most=lists.COUNT_MOST)
