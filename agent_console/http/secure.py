"""The page of a secure message: public, by signed link, closed until a code was given."""

from collections.abc import Sequence
from typing import Annotated, Any, Final, Literal
from urllib.parse import quote, unquote

from pydantic import Field, StringConstraints
from starlette.responses import Response

from agent_console.http.endpoint import Api, Call, Endpoint, Strict, read_body
from agent_console.http.sign_in import Done, Names
from agent_console.setup import WidgetFacts
from agent_console.tickets import Tickets
from hub.domain.errors import Invalid, Refused
from hub.journey.context import Hub
from hub.journey.secure import answer, opening
from hub.journey.secure.signed_in import open_signed_in
from hub.journey.widget_keys import WidgetKeys
from hub.security.errors import TooMany
from hub.security.rate_limit import RateLimits
from hub.security.signed_link import BadLink

TRIES_PER_SECOND: Final = 0.2
TRIES_AT_ONCE: Final = 30
"""Many customers share the address of one mobile network; each message has limits of its own."""
GRANT_HEADER: Final = "x-secure"
NAME_HEADER: Final = "x-file-name"
NAME_MOST_BYTES: Final = 1_000

Code = Annotated[str, StringConstraints(strict=True, min_length=6, max_length=40)]
Grant = Annotated[str, StringConstraints(strict=True, max_length=1024)]
Key = Annotated[str, StringConstraints(strict=True, min_length=8, max_length=64)]
Words = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=8_000)]


class SecureView(Strict):
    """What anybody with the link is told."""

    state: Literal["closed", "expired", "locked"]
    language: str
    via: Literal["sms", "email"]
    to: str
    asks_files: bool
    expires_at: float


class CodeView(Strict):
    """When another code can be had."""

    resend_at: float
    expires_at: float


class SignedIn(Strict):
    """The bank's own word for who is signed in on its page."""

    widget: Annotated[str, StringConstraints(strict=True, max_length=80)]
    token: Annotated[str, StringConstraints(strict=True, max_length=4096)]


class GivenProof(Strict):
    """The code that came, or the bank's word."""

    code: Code | None = None
    signed_in: SignedIn | None = None


class FileView(Strict):
    """A file behind the proof."""

    name: str
    size_bytes: int


class OpenedView(Strict):
    """The words; or none, and how many tries are left."""

    opened: bool
    tries_left: int
    grant: str = ""
    text: str = ""
    file: FileView | None = None
    sender: Names | None = None
    sent_at: float = 0.0
    asks_files: bool = False
    media_types: list[str] = Field(default_factory=list)
    file_max_bytes: int = 0


class SecureAnswer(Strict):
    """What the customer says back."""

    grant: Grant
    key: Key
    text: Words


class UploadKey(Strict):
    """The page's own name of an upload: the same one again is the same file."""

    key: Key


class SecureRoutes:
    """`/api/secure/{token}` and what is below it."""

    def __init__(self, hub: Hub, tickets: Tickets, widgets: Sequence[WidgetFacts]) -> None:
        self._hub = hub
        self._tickets = tickets
        self._keys = WidgetKeys(hub)
        self._algorithms = {one.id: one.algorithm for one in widgets}
        self._tries = RateLimits(hub.clock, TRIES_PER_SECOND, TRIES_AT_ONCE)

    def add_to(self, api: Api) -> None:
        """Add the routes."""
        top = "/api/secure/{token}"
        for method, path, handler, more in (
            ("GET", top, self.read, {"answer": SecureView}),
            ("POST", f"{top}/code", self.code, {"answer": CodeView}),
            ("POST", f"{top}/open", self.open, {"body": GivenProof, "answer": OpenedView}),
            ("POST", f"{top}/answer", self.answer, {"body": SecureAnswer, "answer": Done}),
            ("POST", f"{top}/file", self.upload, {"query": UploadKey, "answer": Done}),
            ("GET", f"{top}/file", self.download, {}),
        ):
            one: dict[str, Any] = {"method": method, "path": path, "handler": handler, **more}
            api.add(Endpoint(public=True, tag="secure", **one))

    async def read(self, call: Call) -> SecureView:
        """Tell what the page asks for."""
        seen = await opening.look(self._hub, self._id(call))
        via: Any = seen.via
        return SecureView(
            state=seen.state, language=seen.language, via=via, to=seen.to,
            asks_files=seen.asks_files, expires_at=seen.expires_at,
        )  # fmt: skip

    async def code(self, call: Call) -> CodeView:
        """Send a code to the address of the record."""
        self._count(call)
        sent = await opening.send_secure_code(self._hub, self._id(call))
        return CodeView(resend_at=sent.resend_at, expires_at=sent.expires_at)

    async def open(self, call: Call) -> OpenedView:
        """Show it to who has the code."""
        self._count(call)
        opened = await self._opened(self._id(call), call.body)
        if opened.words is None:
            return OpenedView(opened=False, tries_left=opened.tries_left)
        row, file = opened.row, opened.words.get("file")
        sender = self._hub.staff.name_of(row.sent_by)
        return OpenedView(
            opened=True, tries_left=opened.tries_left, grant=self._tickets.grant(row.id),
            text=opened.words["text"],
            file=FileView(name=file["name"], size_bytes=file["size_bytes"]) if file else None,
            sender=Names(**sender) if sender else None, sent_at=row.sent_at,
            asks_files=row.asks_files,
            media_types=sorted(self._hub.settings.file_media_types),
            file_max_bytes=self._hub.settings.file_max_bytes,
        )  # fmt: skip

    async def _opened(self, secure_id: str, given: GivenProof) -> opening.Opened:
        if given.signed_in is None:
            return await opening.open_by_code(self._hub, secure_id, given.code or "")
        said = given.signed_in
        algorithm = self._algorithms.get(said.widget, "")
        return await open_signed_in(
            self._hub, self._keys, secure_id, widget=said.widget, algorithm=algorithm,
            token=said.token,
        )  # fmt: skip

    async def answer(self, call: Call) -> Done:
        """Take the customer's words into the talk."""
        said: SecureAnswer = call.body
        secure_id = self._granted(call, said.grant)
        await answer.answer_secure(self._hub, secure_id, key=said.key, text=said.text)
        return Done()

    async def upload(self, call: Call) -> Done:
        """Take a document; its name travels in a header, for addresses are logged."""
        secure_id = self._granted(call, call.request.headers.get(GRANT_HEADER, ""))
        name = unquote(call.request.headers.get(NAME_HEADER, ""))
        if not 0 < len(name.encode("utf-8", "replace")) <= NAME_MOST_BYTES:
            raise Invalid("bad_name", "name the file")
        data = await read_body(call.request, self._hub.settings.file_max_bytes)
        await answer.upload_secure(
            self._hub, secure_id, key=call.query.key, name=name, data=data
        )  # fmt: skip
        return Done()

    async def download(self, call: Call) -> Response:
        """Hand out the document, as an attachment always."""
        secure_id = self._granted(call, call.request.headers.get(GRANT_HEADER, ""))
        stored = await answer.file_of_secure(self._hub, secure_id)
        headers = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(stored.name, safe='')}",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        }
        return Response(stored.data, headers=headers, media_type=stored.media_type)

    def _id(self, call: Call) -> str:
        try:
            return self._tickets.secure(call.request.path_params["token"])
        except BadLink as bad:
            if bad.code == "expired":
                raise Refused("secure_expired", "its time is over: ask for another") from None
            raise

    def _granted(self, call: Call, grant: str) -> str:
        secure_id = self._id(call)
        self._tickets.check_grant(secure_id, grant)
        return secure_id

    def _count(self, call: Call) -> None:
        client = call.request.client
        if not self._tries.allow(client.host if client else ""):
            raise TooMany("too_many_tries", 1 / TRIES_PER_SECOND)
