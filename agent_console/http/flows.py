"""The page of phone flows: drafts, problems, test calls, versions. For administrators."""

import asyncio
from functools import partial
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from agent_console.http.endpoint import Api, Call, Endpoint, Strict
from agent_console.http.sign_in import Done
from hub.domain.errors import NotFound
from hub.journey.context import Hub
from hub.journey.set_up import drafts, versions
from hub.ports import FlowEditor
from hub.security.roles import Right

MOST_BYTES = 320 * 1024
KEYS_MOST = 60
Reason = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=200)]
Short = Annotated[str, StringConstraints(strict=True, max_length=60)]
Count = Annotated[int, Field(strict=True, ge=0)]
Document = dict[str, Any]


class FlowRow(Strict):
    """A flow in the list."""

    name: str
    label: dict[str, str]
    version: int
    has_draft: bool


class FlowList(Strict):
    """All flows, and what their forms need."""

    flows: list[FlowRow]
    vocabulary: dict[str, Any]


class VersionRow(Strict):
    """One published version."""

    number: int
    at: float
    by: dict[str, str] | None
    """None: the operator's file."""
    why: str


class DraftRow(Strict):
    """The draft, as last saved."""

    revision: int
    based_on: int
    at: float
    by: dict[str, str] | None


class FlowView(Strict):
    """A flow to be edited: the draft, or what is in force."""

    name: str
    document: Document
    version: int
    draft: DraftRow | None
    versions: list[VersionRow]
    look: dict[str, Any]


class Looked(Strict):
    """What is wrong with a document, and its picture."""

    look: dict[str, Any]


class DocumentBody(Strict):
    """A document as it is in the page."""

    document: Document


class DraftBody(DocumentBody):
    """A document to be kept; `revision` is the one that was seen, 0 for none."""

    revision: Count
    based_on: Count


class Saved(Strict):
    """The draft's new revision."""

    revision: int
    look: dict[str, Any]


class Seen(Strict):
    """The revision that was seen."""

    revision: Count


class PublishBody(Seen):
    """Put the draft in force."""

    why: Reason


class BackBody(Strict):
    """Put an old version in force again."""

    version: Count
    why: Reason


class Published(Strict):
    """The number now in force."""

    version: int


class CompareBody(DocumentBody):
    """A document against a published version."""

    version: Count


class Compared(Strict):
    """What is different."""

    changes: list[dict[str, Any]]


class CallBody(DocumentBody):
    """A test call."""

    caller: Short = ""
    keys: Annotated[list[Short], Field(max_length=KEYS_MOST, default_factory=list)]
    language: Annotated[str, StringConstraints(pattern="^(en|zh)$")] = "en"
    closed: Annotated[bool, Field(strict=True)] = False
    answers: Annotated[dict[Short, Short], Field(max_length=30, default_factory=dict)]


class Transcript(Strict):
    """What was heard, line by line."""

    lines: list[dict[str, str]]


class FlowRoutes:
    """`/api/flows/...`."""

    def __init__(self, hub: Hub, flows: FlowEditor) -> None:
        self._hub, self._flows = hub, flows

    def add_to(self, api: Api) -> None:
        """Add the routes."""
        one = partial(Endpoint, right=Right.MANAGE_SETUP, tag="set-up", most_bytes=MOST_BYTES)
        get, post = partial(one, method="GET"), partial(one, method="POST")
        flow = "/api/flows/{name}"
        for endpoint in (
            get(path="/api/flows", handler=self.list, answer=FlowList),
            get(path=flow, handler=self.open, answer=FlowView),
            get(path=f"{flow}/versions/{{number}}", handler=self.version, answer=DocumentBody),
            post(path=f"{flow}/look", handler=self.look, body=DocumentBody, answer=Looked),
            post(path=f"{flow}/draft", handler=self.save, body=DraftBody, answer=Saved),
            post(path=f"{flow}/discard", handler=self.discard, body=Seen, answer=Done),
            post(path=f"{flow}/compare", handler=self.compare, body=CompareBody, answer=Compared),
            post(path=f"{flow}/call", handler=self.call, body=CallBody, answer=Transcript),
            post(path=f"{flow}/publish", handler=self.publish, body=PublishBody,
                 answer=Published, code_again=True),
            post(path=f"{flow}/roll-back", handler=self.roll_back, body=BackBody,
                 answer=Published, code_again=True),
        ):  # fmt: skip
            api.add(endpoint)

    async def list(self, _call: Call) -> FlowList:
        """List the flows."""
        rows, live = [], await versions.newest(self._hub, self._flows.kind)
        for name in self._flows.names:
            draft = await drafts.draft_of(self._hub, self._flows.kind, name)
            document = await self._in_force(name, live.get(name, 0))
            rows.append(
                FlowRow(
                    name=name,
                    label=dict(document.get("name", {})),
                    version=live.get(name, 0),
                    has_draft=draft is not None,
                )
            )
        return FlowList(flows=rows, vocabulary=dict(self._flows.vocabulary()))

    async def open(self, call: Call) -> FlowView:
        """Open the draft of a flow, or what is in force."""
        name = self._name(call)
        kept = await versions.history(self._hub, self._flows.kind, name)
        number = kept[0].number if kept else 0
        draft = await drafts.draft_of(self._hub, self._flows.kind, name)
        document = draft.document if draft else await self._in_force(name, number)
        return FlowView(
            name=name,
            document=document,
            version=number,
            draft=self._draft(draft),
            versions=[
                VersionRow(number=one.number, at=one.published_at, why=one.why,
                           by=self._hub.staff.name_of(one.published_by))
                for one in kept
            ],
            look=await self._look(name, document),
        )  # fmt: skip

    async def version(self, call: Call) -> DocumentBody:
        """Read what a version says."""
        text = str(call.request.path_params["number"])
        if not text.isdecimal() or len(text) > 9:
            raise NotFound("no_version")
        return DocumentBody(document=await self._in_force(self._name(call), int(text)))

    async def look(self, call: Call) -> Looked:
        """Judge and draw a document without keeping it."""
        return Looked(look=await self._look(self._name(call), call.body.document))

    async def save(self, call: Call) -> Saved:
        """Keep the draft."""
        name, body = self._name(call), call.body
        revision = await drafts.save_draft(
            self._hub, call.user.viewer.user_id, self._flows.kind, name, body.document,
            seen=body.revision, based_on=body.based_on,
        )  # fmt: skip
        return Saved(revision=revision, look=await self._look(name, body.document))

    async def discard(self, call: Call) -> Done:
        """Throw the draft away."""
        name = self._name(call)
        await drafts.discard_draft(self._hub, self._flows.kind, name, seen=call.body.revision)
        return Done()

    async def publish(self, call: Call) -> Published:
        """Put the draft in force; callers on the line go on in the version they began with."""
        name, body = self._name(call), call.body
        number = await versions.publish(
            self._hub, call.user.viewer.user_id, self._flows.kind, name,
            revision=body.revision, why=body.why,
            require_sound=partial(self._flows.require_sound, name),
        )  # fmt: skip
        return Published(version=number)

    async def roll_back(self, call: Call) -> Published:
        """Put an old version in force again."""
        name, body = self._name(call), call.body
        number = await versions.roll_back(
            self._hub, call.user.viewer.user_id, self._flows.kind, name,
            to=body.version, why=body.why,
            require_sound=partial(self._flows.require_sound, name),
        )  # fmt: skip
        return Published(version=number)

    async def compare(self, call: Call) -> Compared:
        """Say what is different from a published version."""
        name, body = self._name(call), call.body
        before = await self._in_force(name, body.version)
        changes = await asyncio.to_thread(self._flows.compare, before, body.document)
        return Compared(changes=[dict(one) for one in changes])

    async def call(self, call: Call) -> Transcript:
        """Walk through a document as text; what the hub would answer is invented."""
        name, script = self._name(call), call.body.model_dump()
        document = script.pop("document")
        lines = await asyncio.to_thread(self._flows.call, name, document, script)
        return Transcript(lines=[dict(one) for one in lines])

    def _name(self, call: Call) -> str:
        name = str(call.request.path_params["name"])
        if name not in self._flows.names:
            raise NotFound("no_flow")
        return name

    async def _in_force(self, name: str, number: int) -> Document:
        if number == 0:
            return {}
        found: Document = await versions.document_of(self._hub, self._flows.kind, name, number)
        return found

    async def _look(self, name: str, document: Document) -> dict[str, Any]:
        return dict(await asyncio.to_thread(self._flows.look, name, document))

    def _draft(self, draft: drafts.Draft | None) -> DraftRow | None:
        if draft is None:
            return None
        by = self._hub.staff.name_of(draft.saved_by)
        return DraftRow(
            revision=draft.revision, based_on=draft.based_on, at=draft.saved_at, by=by
        )  # fmt: skip
