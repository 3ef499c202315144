"""Saved replies, as their authors keep them."""

from collections.abc import Callable
from functools import partial
from typing import Annotated

from pydantic import Field, StringConstraints

from agent_console.http.account_forms import QueueView
from agent_console.http.article_shapes import Reason
from agent_console.http.endpoint import Api, Call, Endpoint, Strict
from agent_console.http.sign_in import Names
from agent_console.replies.judge import BLANKS, REPLIES_MOST, TEXT_MOST, TITLE_MOST
from agent_console.replies.shelf import ReplyShelf
from agent_console.setup import SavedReply
from hub.journey.context import Hub
from hub.security.roles import Right

Code = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=TITLE_MOST)]
Title = Annotated[str, StringConstraints(strict=True, max_length=TITLE_MOST)]
Text = Annotated[str, StringConstraints(strict=True, max_length=TEXT_MOST)]
Few = Annotated[list[Code], Field(max_length=50)]


class Titles(Strict):
    """A title per language."""

    en: Title
    zh: Title


class Texts(Strict):
    """The words per language."""

    en: Text
    zh: Text


class ReplyForm(Strict):
    """One reply; no queues means all."""

    code: Code
    title: Titles
    text: Texts
    queues: Few
    intents: Few


class VersionView(Strict):
    """When it was published, by whom (None: the operator's file) and why."""

    number: int
    at: float
    by: Names | None
    why: str


class ReplyList(Strict):
    """The replies in force, and what they may name."""

    version: int
    replies: list[ReplyForm]
    queues: list[QueueView]
    blanks: list[str]
    history: list[VersionView]


class NewReplies(Strict):
    """All replies as they shall be, over the version that was seen."""

    replies: Annotated[list[ReplyForm], Field(max_length=REPLIES_MOST)]
    seen: Annotated[int, Field(strict=True, ge=0)]
    why: Reason


class BackTo(Strict):
    """An old version."""

    version: Annotated[int, Field(strict=True, ge=1)]
    why: Reason


class ReplyRoutes:
    """`/api/replies`."""

    def __init__(self, hub: Hub, shelf: ReplyShelf, changed: Callable[[], object]) -> None:
        self._hub, self._shelf, self._changed = hub, shelf, changed

    def add_to(self, api: Api) -> None:
        """Add the routes."""
        edit = partial(Endpoint, right=Right.EDIT_ARTICLES, tag="replies", answer=ReplyList)
        for endpoint in (
            edit(method="GET", path="/api/replies", handler=self.list),
            edit(method="POST", path="/api/replies", handler=self.save, body=NewReplies),
            edit(method="POST", path="/api/replies/roll-back", handler=self.back, body=BackTo),
        ):
            api.add(endpoint)

    async def list(self, _call: Call) -> ReplyList:
        """List the replies in force."""
        await self._look()
        return ReplyList(
            version=self._shelf.version,
            replies=[_form(one) for one in self._shelf.replies],
            queues=[
                QueueView(id=key, name=dict(queue.names))
                for key, queue in self._hub.setup.queues.items()
            ],
            blanks=list(BLANKS),
            history=[
                VersionView(
                    number=one.number, at=one.published_at, why=one.why,
                    by=Names(**named) if (named := self._name(one.published_by)) else None,
                )
                for one in await self._shelf.history()
            ],
        )  # fmt: skip

    async def save(self, call: Call) -> ReplyList:
        """Put other replies in force, on every node and page at once."""
        body: NewReplies = call.body
        replies = [
            SavedReply(
                code=one.code, title=one.title.model_dump(), text=one.text.model_dump(),
                queues=tuple(one.queues), intents=tuple(one.intents),
            )
            for one in body.replies
        ]  # fmt: skip
        await self._shelf.save(call.user.viewer.user_id, replies, seen=body.seen, why=body.why)
        return await self.list(call)

    async def back(self, call: Call) -> ReplyList:
        """Put an old version in force again."""
        body: BackTo = call.body
        await self._shelf.roll_back(call.user.viewer.user_id, to=body.version, why=body.why)
        return await self.list(call)

    async def _look(self) -> None:
        if await self._shelf.look():
            self._changed()

    def _name(self, user_id: str) -> dict[str, str] | None:
        return self._hub.staff.name_of(user_id)


def _form(one: SavedReply) -> ReplyForm:
    return ReplyForm(
        code=one.code, title=Titles(**one.title), text=Texts(**one.text),
        queues=list(one.queues), intents=list(one.intents),
    )  # fmt: skip
