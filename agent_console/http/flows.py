"""The page of phone flows: drafts, problems, test calls, files, and versions by two people.

Administrators write; they and supervisors read, and publish what somebody else handed in.
"""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Any

from starlette.responses import Response

from agent_console.http.endpoint import Api, Call, Endpoint
from agent_console.http.flow_shapes import (
    Asked,
    BackBody,
    CallBody,
    CompareBody,
    Compared,
    Document,
    DocumentBody,
    DraftBody,
    DraftRow,
    FileBody,
    FlowList,
    FlowRow,
    FlowView,
    Looked,
    NewFlow,
    Published,
    ReasonBody,
    RenameBody,
    Returned,
    Saved,
    Seen,
    Transcript,
    VersionRow,
)
from agent_console.http.sign_in import Done
from hub.domain.errors import NotFound
from hub.journey.context import Hub
from hub.journey.set_up import approval, drafts, versions
from hub.ports import FlowEditor
from hub.security.roles import Right

MOST_BYTES = 320 * 1024


class FlowRoutes:
    """`/api/flows/...`."""

    def __init__(self, hub: Hub, flows: FlowEditor, *, publish_alone: bool = False) -> None:
        """`publish_alone`: who wrote a flow may put it in force."""
        self._hub, self._flows, self._alone = hub, flows, publish_alone

    def add_to(self, api: Api) -> None:
        """Add the routes."""
        one = partial(Endpoint, tag="set-up", most_bytes=MOST_BYTES)
        get = partial(one, method="GET", right=Right.APPROVE_SETUP)
        ask = partial(one, method="POST", right=Right.APPROVE_SETUP)
        write = partial(one, method="POST", right=Right.MANAGE_SETUP)
        flow = "/api/flows/{name}"
        version = f"{flow}/versions/{{number}}"
        for endpoint in (
            get(path="/api/flows", handler=self.list, answer=FlowList),
            get(path=flow, handler=self.open, answer=FlowView),
            get(path=f"{flow}/file", handler=self.file),
            get(path=version, handler=self.version, answer=DocumentBody),
            get(path=f"{version}/file", handler=self.version_file),
            ask(path=f"{flow}/look", handler=self.look, body=DocumentBody, answer=Looked),
            ask(path=f"{flow}/compare", handler=self.compare, body=CompareBody, answer=Compared),
            ask(path=f"{flow}/call", handler=self.call, body=CallBody, answer=Transcript),
            write(path="/api/flows", handler=self.begin, body=NewFlow, answer=Done),
            write(path="/api/flows/read", handler=self.read, body=FileBody, answer=DocumentBody),
            write(path=f"{flow}/rename", handler=self.rename, body=RenameBody, answer=Done),
            write(path=f"{flow}/draft", handler=self.save, body=DraftBody, answer=Saved),
            write(path=f"{flow}/discard", handler=self.discard, body=Seen, answer=Done),
            write(path=f"{flow}/hand-in", handler=self.hand_in, body=ReasonBody, answer=Done),
            ask(path=f"{flow}/send-back", handler=self.send_back, body=ReasonBody, answer=Done),
            ask(path=f"{flow}/publish", handler=self.publish, body=ReasonBody,
                answer=Published, code_again=True),
            write(path=f"{flow}/roll-back", handler=self.roll_back, body=BackBody,
                  answer=Published, code_again=True),
        ):  # fmt: skip
            api.add(endpoint)

    async def list(self, _call: Call) -> FlowList:
        """List the flows."""
        live = await versions.newest(self._hub, self._flows.kind)
        begun = await drafts.drafts_of(self._hub, self._flows.kind)
        rows = []
        for name in sorted({*self._flows.names, *live, *begun}):
            draft, number = begun.get(name), live.get(name, 0)
            document = draft.document if draft and not number else await self._of(name, number)
            rows.append(
                FlowRow(
                    name=name,
                    label=_label(document),
                    version=number,
                    has_draft=draft is not None,
                    is_handed_in=draft is not None and draft.asked_by is not None,
                )
            )
        return FlowList(flows=rows, vocabulary=dict(self._flows.vocabulary()))

    async def open(self, call: Call) -> FlowView:
        """Open the draft of a flow, or what is in force."""
        name, draft, kept = await self._open(call)
        document = draft.document if draft else await self._of(name, _newest(kept))
        return FlowView(
            name=name,
            document=document,
            version=_newest(kept),
            draft=self._draft(draft, call.user.viewer.user_id) if draft else None,
            versions=[
                VersionRow(number=one.number, at=one.published_at, why=one.why,
                           by=self._hub.staff.name_of(one.published_by))
                for one in kept
            ],
            look=await self._look(name, document),
            second_person=not self._alone,
        )  # fmt: skip

    async def version(self, call: Call) -> DocumentBody:
        """Read what a version says."""
        return DocumentBody(document=await self._version(call))

    async def file(self, call: Call) -> Response:
        """Give what is open as a file of the set-up folder."""
        name, draft, kept = await self._open(call)
        document = draft.document if draft else await self._of(name, _newest(kept))
        return await self._as_file(name, document)

    async def version_file(self, call: Call) -> Response:
        """Give a version as a file."""
        name = f"{call.request.path_params['name']}-{call.request.path_params['number']}"
        return await self._as_file(name, await self._version(call))

    async def begin(self, call: Call) -> Done:
        """Begin a flow that nobody had before."""
        by, body = call.user.viewer.user_id, call.body
        await drafts.begin_draft(self._hub, by, self._flows.kind, body.name, body.document)
        return Done()

    async def read(self, call: Call) -> DocumentBody:
        """Read a file that somebody brings; nothing is kept."""
        document = await asyncio.to_thread(self._flows.read, call.body.text)
        return DocumentBody(document=dict(document))

    async def rename(self, call: Call) -> Done:
        """Give what was never published another name."""
        name, body = await self._name(call), call.body
        await drafts.rename_draft(self._hub, self._flows.kind, name, body.to, seen=body.revision)
        return Done()

    async def look(self, call: Call) -> Looked:
        """Judge and draw a document without keeping it."""
        return Looked(look=await self._look(await self._name(call), call.body.document))

    async def save(self, call: Call) -> Saved:
        """Keep the draft."""
        name, body = await self._name(call), call.body
        revision = await drafts.save_draft(
            self._hub, call.user.viewer.user_id, self._flows.kind, name, body.document,
            seen=body.revision, based_on=body.based_on,
        )  # fmt: skip
        return Saved(revision=revision, look=await self._look(name, body.document))

    async def discard(self, call: Call) -> Done:
        """Throw the draft away; a flow that was never published is gone with it."""
        name = await self._name(call)
        await drafts.discard_draft(self._hub, self._flows.kind, name, seen=call.body.revision)
        return Done()

    async def hand_in(self, call: Call) -> Done:
        """Ask somebody else to publish the draft."""
        name, body = await self._name(call), call.body
        await approval.hand_in(
            self._hub, call.user.viewer.user_id, self._flows.kind, name,
            revision=body.revision, why=body.why,
            require_sound=partial(self._flows.require_sound, name),
        )  # fmt: skip
        return Done()

    async def send_back(self, call: Call) -> Done:
        """Give the draft back to its author."""
        name, body = await self._name(call), call.body
        await approval.send_back(
            self._hub, call.user.viewer.user_id, self._flows.kind, name,
            revision=body.revision, why=body.why,
        )  # fmt: skip
        return Done()

    async def publish(self, call: Call) -> Published:
        """Put the draft in force; callers on the line go on in the version they began with."""
        name, body = await self._name(call), call.body
        number = await versions.publish(
            self._hub, call.user.viewer.user_id, self._flows.kind, name,
            revision=body.revision, why=body.why, alone=self._alone,
            require_sound=partial(self._flows.require_sound, name),
        )  # fmt: skip
        return Published(version=number)

    async def roll_back(self, call: Call) -> Published:
        """Put an old version in force again."""
        name, body = await self._name(call), call.body
        number = await versions.roll_back(
            self._hub, call.user.viewer.user_id, self._flows.kind, name,
            to=body.version, why=body.why,
            require_sound=partial(self._flows.require_sound, name),
        )  # fmt: skip
        return Published(version=number)

    async def compare(self, call: Call) -> Compared:
        """Say what is different from a published version."""
        name, body = await self._name(call), call.body
        before = await self._of(name, body.version)
        changes = await asyncio.to_thread(self._flows.compare, before, body.document)
        return Compared(changes=[dict(one) for one in changes])

    async def call(self, call: Call) -> Transcript:
        """Walk through a document as text; what the hub would answer is invented."""
        name, script = await self._name(call), call.body.model_dump()
        document = script.pop("document")
        lines = await asyncio.to_thread(self._flows.call, name, document, script)
        return Transcript(lines=[dict(one) for one in lines])

    async def _name(self, call: Call) -> str:
        name, _, _ = await self._open(call)
        return name

    async def _open(
        self, call: Call
    ) -> tuple[str, drafts.Draft | None, Sequence[versions.Version]]:
        """Return a flow that exists on any node: its name, draft and versions."""
        name = str(call.request.path_params["name"])
        kept = await versions.history(self._hub, self._flows.kind, name)
        draft = await drafts.draft_of(self._hub, self._flows.kind, name)
        if not kept and draft is None and name not in self._flows.names:
            raise NotFound("no_flow")
        return name, draft, kept

    async def _version(self, call: Call) -> Document:
        text = str(call.request.path_params["number"])
        if not text.isdecimal() or len(text) > 9:
            raise NotFound("no_version")
        return await self._of(await self._name(call), int(text))

    async def _of(self, name: str, number: int) -> Document:
        if number == 0:
            return {}
        found: Document = await versions.document_of(self._hub, self._flows.kind, name, number)
        return found

    async def _look(self, name: str, document: Document) -> dict[str, Any]:
        return dict(await asyncio.to_thread(self._flows.look, name, document))

    async def _as_file(self, name: str, document: Document) -> Response:
        text = await asyncio.to_thread(self._flows.write, document)
        headers = {
            "Cache-Control": "no-store",
            "Content-Disposition": f'attachment; filename="{name}.yaml"',
        }
        return Response(text, headers=headers, media_type="application/yaml")

    def _draft(self, draft: drafts.Draft, reader: str) -> DraftRow:
        name_of = self._hub.staff.name_of
        asked, returned = None, None
        if draft.asked_by is not None:
            asked = Asked(at=draft.asked_at or 0, by=name_of(draft.asked_by), why=draft.asked_why)
        if draft.returned_by is not None:
            returned = Returned(by=name_of(draft.returned_by), why=draft.returned_why)
        return DraftRow(
            revision=draft.revision, based_on=draft.based_on, at=draft.saved_at,
            by=name_of(draft.saved_by), asked=asked, returned=returned,
            is_own=reader == draft.asked_by or reader in draft.writers,
        )  # fmt: skip


def _newest(kept: Sequence[versions.Version]) -> int:
    return kept[0].number if kept else 0


def _label(document: Document) -> dict[str, str]:
    name = document.get("name")
    return {key: str(text) for key, text in name.items()} if isinstance(name, dict) else {}
