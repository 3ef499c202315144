"""Files of a conversation: up by an announced ticket, down as an attachment."""

from typing import Annotated, Final, Literal
from urllib.parse import quote

from pydantic import StringConstraints
from starlette.responses import Response

from agent_console.commands.access import may_watch, require_conversation
from agent_console.http.endpoint import Api, Call, Endpoint, Strict, read_body
from agent_console.tickets import Tickets
from hub.adapters.documents.reader import DocumentReader
from hub.adapters.documents.words import WORDS_MOST
from hub.domain.errors import Invalid
from hub.domain.letter import ASLEEP
from hub.journey.audited import audited
from hub.journey.cases.filing import require_filed
from hub.journey.context import Hub, Viewer
from hub.journey.files import StoredFile, open_file, store_file
from hub.security.office_files import OFFICE, is_protected
from hub.security.roles import Right

_SHOWN: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"})
"""What a browser shows without running anything of ours; all else is an attachment."""

_OFFICE: Final = frozenset(one.media_type for one in OFFICE)

_HTML: Final = "text/html"
_LETTER_POLICY: Final = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)
"""A mail's original: an origin of its own, no script, no form, nothing fetched from anywhere."""
_REMOTE_POLICY: Final = _LETTER_POLICY.replace("img-src data:", "img-src data: https:")
"""The same with pictures from elsewhere, for who has asked for them."""
_SLEEPING: Final = f'src="{ASLEEP}https://'.encode()


class Ticket(Strict):
    """The `t` of a file's address; `view` asks to be shown it instead of given it."""

    t: str
    view: Literal["", "1"] = ""
    case: Annotated[str, StringConstraints(max_length=80)] = ""
    """The Case that the file was saved to, for who was not in its conversation."""
    remote: Literal["", "1"] = ""
    """Of a mail's original that is shown: with its pictures from elsewhere, which is audited."""


class Words(Strict):
    """What a file says, as plain text."""

    state: Literal["text", "protected", "unreadable", "none"]
    """`none`: a kind of file that has no words to show."""
    text: str = ""
    is_cut: bool = False


class Uploaded(Strict):
    """The stored file."""

    file_id: str


class FileRoutes:
    """`GET /files/{id}` and `POST /files`."""

    def __init__(self, hub: Hub, tickets: Tickets) -> None:
        self._hub = hub
        self._tickets = tickets
        self._documents = DocumentReader()

    def add_to(self, api: Api) -> None:
        """Add the routes."""
        api.add(
            Endpoint(
                method="GET", path="/files/{id}", handler=self.download, query=Ticket, tag="files"
            )
        )
        api.add(
            Endpoint(
                method="GET", path="/files/{id}/words", handler=self.words, query=Ticket,
                answer=Words, tag="files",
            )
        )  # fmt: skip
        api.add(
            Endpoint(
                method="POST", path="/files", handler=self.upload, query=Ticket, answer=Uploaded,
                right=Right.HANDLE_CONTACTS, tag="files",
            )
        )  # fmt: skip

    async def download(self, call: Call) -> Response:
        """Hand out a file to who is in its conversation, as an attachment or to be looked at.

        A PDF to be looked at has no `sandbox` policy: browsers refuse to open their own viewer
        under it. That viewer is a process apart, the type is checked at upload and never guessed,
        and nothing but our own pages may frame it.
        """
        viewer, stored = call.user.viewer, await self._allowed(call)
        shown = call.query.view == "1" and stored.media_type in _SHOWN | {_HTML}
        asked = shown and stored.media_type == _HTML and call.query.remote == "1"
        if asked:
            await self._note_remote(viewer, stored)
        how = "inline" if shown else "attachment"
        headers = {
            "Content-Disposition": f"{how}; filename*=UTF-8''{quote(stored.name, safe='')}",
            "Content-Security-Policy": _policy(stored.media_type, shown=shown, remote=asked),
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        }
        if asked:
            # No name is looked up for what is only linked to.
            headers["X-DNS-Prefetch-Control"] = "off"
        data = stored.data.replace(_SLEEPING, b'src="https://') if asked else stored.data
        return Response(data, headers=headers, media_type=stored.media_type)

    async def words(self, call: Call) -> Words:
        """Say what a file says without opening it; documents are read in a process apart."""
        stored = await self._allowed(call)
        if is_protected(stored.data):
            return Words(state="protected")
        if stored.media_type == "text/plain":
            text = stored.data.decode("utf-8", "replace")
        elif stored.media_type in _OFFICE:
            found = await self._documents.words(stored.data)
            if found is None:
                return Words(state="unreadable")
            text = found
        else:
            return Words(state="none")
        return Words(state="text", text=text[:WORDS_MOST], is_cut=len(text) >= WORDS_MOST)

    async def _allowed(self, call: Call) -> StoredFile:
        """Open a file for who is in its conversation, or in a Case that holds it."""
        viewer, file_id = call.user.viewer, call.request.path_params["id"]
        self._tickets.check(viewer, file_id, call.query.t)
        if call.query.case:
            await require_filed(self._hub, viewer, call.query.case, file_id)
            return await open_file(self._hub, file_id)
        stored = await open_file(self._hub, file_id)
        if not may_watch(viewer):
            await require_conversation(self._hub, viewer, stored.conversation_id)
        return stored

    async def _note_remote(self, viewer: Viewer, stored: StoredFile) -> None:
        """Their servers learn that somebody at the bank looks: who it was stands in the audit."""
        details = {"conversation": stored.conversation_id}
        await self._hub.journal.run(
            lambda: audited(
                self._hub, viewer.user_id, "remote_content_shown", stored.id, details=details
            )
        )

    async def upload(self, call: Call) -> Uploaded:
        """Take the bytes of one announced file."""
        viewer = call.user.viewer
        announced = self._tickets.upload(viewer, call.query.t)
        await require_conversation(self._hub, viewer, announced.conversation_id)
        data = await read_body(call.request, announced.size_bytes)
        if len(data) != announced.size_bytes:
            raise Invalid("file_cut", "the file has not the size that was announced")
        file_id = await store_file(
            self._hub, conversation_id=announced.conversation_id, uploaded_by=viewer.user_id,
            name=announced.name, data=data,
        )  # fmt: skip
        return Uploaded(file_id=file_id)


def _policy(media_type: str, *, shown: bool, remote: bool) -> str:
    if shown and media_type == _HTML:
        return _REMOTE_POLICY if remote else _LETTER_POLICY
    policy = "default-src 'none'; frame-ancestors 'self'"
    return policy if shown and media_type == "application/pdf" else f"sandbox; {policy}"
