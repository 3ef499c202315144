"""Find closed Contacts, read, amend, reopen, export and send one."""

from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, StringConstraints
from starlette.responses import PlainTextResponse, Response

from agent_console.http.customers import Done, Id, Reason
from agent_console.http.endpoint import Api, Call, Endpoint, Strict
from agent_console.tickets import Tickets
from agent_console.views.message import message_view
from hub.domain.reference import shown_reference
from hub.journey.context import Hub
from hub.journey.finding import amend, transcript
from hub.journey.finding.closed import search_contacts
from hub.journey.finding.reopen import reopen
from hub.journey.finding.selection import Filters
from hub.security.errors import TooMany
from hub.security.rate_limit import RateLimits
from hub.security.roles import Right

SEARCHES_PER_SECOND, SEARCHES_AT_ONCE = 1.0, 10
At = Annotated[float, Field(ge=0, le=1e11, allow_inf_nan=False)]


class ContactSearch(Strict):
    """What to look for; times are UTC epoch seconds."""

    since_at: At
    until_at: At
    agent_id: Id | None = None
    customer_id: Id | None = None
    reference: Annotated[str, StringConstraints(strict=True, max_length=40)] | None = None
    disposition: Id | None = None
    queue_id: Id | None = None
    channel: Id | None = None
    words: Annotated[str, StringConstraints(strict=True, max_length=200)] | None = None


class FoundContacts(Strict):
    """The newest that match (`ClosedContact` of the page)."""

    contacts: list[dict[str, Any]]
    more: bool
    read_back_to: float | None
    """Words were looked for back to this moment only; None: in all of the selection."""


class OpenContact(Strict):
    """Which Contact; a reason for one of somebody else."""

    contact_id: Id
    reason: Reason = ""


class OneContact(Strict):
    """A closed Contact with its messages and what was added since."""

    contact: dict[str, Any]
    messages: list[dict[str, Any]]


class NoteBody(Strict):
    """A note to add."""

    contact_id: Id
    text: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=4_000)]


class OutcomeBody(Strict):
    """Another outcome, and why."""

    contact_id: Id
    disposition: Id
    reason: Reason


class ReopenBody(Strict):
    """For me, or for a Queue."""

    contact_id: Id
    queue_id: Id | None = None


class Reopened(Strict):
    """The new Contact."""

    contact_id: str


class ExportBody(OpenContact):
    """In which language speakers are named."""

    language: Literal["en", "zh"] = "en"


class OfContact(Strict):
    """Which Contact."""

    contact_id: Id


class ClosedContactRoutes:
    """`/api/closed-contacts/...`."""

    def __init__(self, hub: Hub, tickets: Tickets, zone: ZoneInfo) -> None:
        self._hub, self._tickets, self._zone = hub, tickets, zone
        self._limits = RateLimits(hub.clock, SEARCHES_PER_SECOND, SEARCHES_AT_ONCE)

    def add_to(self, api: Api) -> None:
        """Add the routes."""
        see, handle = Right.SEE_CUSTOMERS, Right.HANDLE_CONTACTS
        for path, handler, body, answer, right in (
            ("search", self.search, ContactSearch, FoundContacts, see),
            ("open", self.open, OpenContact, OneContact, see),
            ("note", self.note, NoteBody, Done, handle),
            ("outcome", self.outcome, OutcomeBody, Done, handle),
            ("reopen", self.reopen, ReopenBody, Reopened, handle),
            ("export", self.export, ExportBody, None, see),
            ("send", self.send, OfContact, Done, handle),
        ):
            api.add(
                Endpoint(
                    method="POST", path=f"/api/closed-contacts/{path}", handler=handler,
                    body=body, answer=answer, right=right, code_again=path == "export",
                    tag="contacts",
                )
            )  # fmt: skip

    async def search(self, call: Call) -> FoundContacts:
        """Find closed Contacts."""
        if not self._limits.allow(call.user.viewer.user_id):
            raise TooMany("too_many_searches", 1 / SEARCHES_PER_SECOND)
        filters = Filters(**call.body.model_dump())
        return FoundContacts(**await search_contacts(self._hub, call.user.viewer, filters))

    async def open(self, call: Call) -> OneContact:
        """Read one; audited with its reason."""
        body: OpenContact = call.body
        viewer = call.user.viewer
        found, messages = await transcript.open_contact(
            self._hub, viewer, contact_id=body.contact_id, reason=body.reason
        )

        def link(file_id: str) -> str:
            return self._tickets.href(viewer, file_id)

        return OneContact(contact=found, messages=[message_view(one, link) for one in messages])

    async def note(self, call: Call) -> Done:
        """Add a note."""
        body: NoteBody = call.body
        viewer = call.user.viewer
        await amend.add_note(self._hub, viewer, contact_id=body.contact_id, text=body.text)
        return Done()

    async def outcome(self, call: Call) -> Done:
        """Correct the outcome; the former one stays in the history."""
        body: OutcomeBody = call.body
        await amend.correct_outcome(
            self._hub, call.user.viewer, contact_id=body.contact_id,
            disposition=body.disposition, reason=body.reason,
        )  # fmt: skip
        return Done()

    async def reopen(self, call: Call) -> Reopened:
        """Open a new Contact linked to this one."""
        body: ReopenBody = call.body
        contact_id = await reopen(
            self._hub, call.user.viewer, contact_id=body.contact_id, queue_id=body.queue_id
        )
        return Reopened(contact_id=contact_id)

    async def export(self, call: Call) -> Response:
        """Return the Contact as a text file, redacted by right."""
        body: ExportBody = call.body
        text = await transcript.export_contact(
            self._hub, call.user.viewer, contact_id=body.contact_id, language=body.language,
            reason=body.reason, zone=self._zone,
        )  # fmt: skip
        name = f"contact-{shown_reference(body.contact_id)}.txt"
        headers = {
            "Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store",
        }  # fmt: skip
        return PlainTextResponse(text, headers=headers)

    async def send(self, call: Call) -> Done:
        """Send the customer's side to the mailbox of the record."""
        viewer = call.user.viewer
        contact_id = call.body.contact_id
        await transcript.send_transcript(self._hub, viewer, contact_id=contact_id, zone=self._zone)
        return Done()
