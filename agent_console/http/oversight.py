"""Looking into what happened: the audit, and why a Contact came to an Agent."""

import json
from dataclasses import asdict
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import bindparam, or_, select

from agent_console.commands.access import contact_of, may_watch
from agent_console.http.endpoint import Api, Call, Endpoint, Strict
from agent_console.http.sign_in import Names
from agent_console.views.contact import both
from hub.domain import events as e
from hub.domain.errors import NotFound
from hub.journey.audited import audited
from hub.journey.context import Hub
from hub.security.roles import Right
from hub.store.rows import table_of
from hub.store.tables import AuditEntry
from hub.store.unit import Prepared

_a = table_of(AuditEntry).c
_NARROWED = (_a.actor, _a.action, _a.subject)
_ENTRIES = Prepared(
    select(_a.node, _a.n, _a.at, _a.actor, _a.action, _a.subject, _a.reason, _a.details)
    .where(_a.node == bindparam("of_node"), _a.n < bindparam("before"))
    .where(*(or_(bindparam(one.key) == "", one == bindparam(one.key)) for one in _NARROWED))
    .order_by(_a.n.desc())
    .limit(bindparam("most"))
)
_NODES = Prepared(select(_a.node).distinct().order_by(_a.node))
_OUTCOMES = {
    e.ReservationAccepted: "accepted",
    e.ReservationDeclined: "declined",
    e.ReservationTimedOut: "timed_out",
    e.ReservationRescinded: "rescinded",
}


Word = Annotated[str, Field(max_length=120)]


class AuditQuery(Strict):
    """Which part of the audit; the newest entries of this node when nothing is said.

    `actor`, `action` and `subject` narrow it to what is exactly so.
    """

    node: Annotated[str, Field(max_length=80)] = ""
    before: Annotated[int, Field(ge=1, le=2**31 - 1)] = 2**31 - 1
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    actor: Word = ""
    action: Word = ""
    subject: Word = ""


class AuditEntryView(Strict):
    """Who did what to what, when and why."""

    node: str
    n: int
    at: float
    actor: str
    name: Names | None
    """Of who works here; None for the hub, a customer's page and who has left."""
    action: str
    subject: str
    reason: str
    details: dict[str, Any]


class AuditPage(Strict):
    """A page of the audit, the newest first; go on with `before`."""

    nodes: list[str]
    entries: list[AuditEntryView]
    before: int | None


class Choice(Strict):
    """One time the router chose an Agent for the Contact."""

    at: float
    queue_id: str
    agent_id: str
    agent: Names
    outcome: str
    because: dict[str, Any]


class Why(Strict):
    """Every choice of the router for one Contact, in order."""

    contact_id: str
    choices: list[Choice]


class OversightRoutes:
    """`/api/audit`, `/api/contacts/{id}/why`."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def add_to(self, api: Api) -> None:
        """Add the routes."""
        api.add(
            Endpoint(
                method="GET", path="/api/audit", handler=self.audit, query=AuditQuery,
                answer=AuditPage, right=Right.READ_AUDIT, tag="oversight",
            )
        )  # fmt: skip
        api.add(
            Endpoint(
                method="GET", path="/api/contacts/{id}/why", handler=self.why, answer=Why,
                right=Right.SEE_CUSTOMERS, tag="oversight",
            )
        )  # fmt: skip

    async def audit(self, call: Call) -> AuditPage:
        """Read the audit; that it was read is in the audit too."""
        query: AuditQuery = call.query
        node = query.node or self._hub.node
        wanted = _ENTRIES(
            of_node=node, before=query.before, most=query.limit, actor=query.actor,
            action=query.action, subject=query.subject,
        )  # fmt: skip
        rows = await self._hub.reader.rows(wanted)
        nodes = [row[0] for row in await self._hub.reader.rows(_NODES())]
        await self._hub.journal.run(
            audited(self._hub, call.user.viewer.user_id, "audit_read", node)
        )
        entries = [self._entry(row) for row in rows]
        full = len(entries) == query.limit
        return AuditPage(nodes=nodes, entries=entries, before=entries[-1].n if full else None)

    def _entry(self, row: tuple[Any, ...]) -> AuditEntryView:
        node, n, at, actor, action, subject, reason, details = row
        name = self._hub.staff.name_of(actor)
        return AuditEntryView(
            node=node, n=n, at=at, actor=actor, name=Names(**name) if name else None,
            action=action, subject=subject, reason=reason, details=json.loads(details),
        )  # fmt: skip

    async def why(self, call: Call) -> Why:
        """Explain the routing of a Contact from the log."""
        contact_id = call.request.path_params["id"]
        if not may_watch(call.user.viewer):
            await contact_of(self._hub, call.user.viewer, contact_id)
        log = [one.event for one in await self._hub.reader.events_of_contact(contact_id)]
        if not log:
            raise NotFound("no_contact", "it is not there, or not yours")
        outcomes = {
            event.reservation_id: _OUTCOMES[type(event)]
            for event in log
            if isinstance(event, e.ReservationEvent) and type(event) in _OUTCOMES
        }
        return Why(
            contact_id=contact_id,
            choices=[
                self._choice(event, outcomes.get(event.reservation_id, "pending"))
                for event in log
                if isinstance(event, e.ReservationMade)
            ],
        )

    def _choice(self, event: e.ReservationMade, outcome: str) -> Choice:
        return Choice(
            at=event.at,
            queue_id=event.queue_id,
            agent_id=event.agent_id,
            agent=Names(**both(self._hub.staff.name_of(event.agent_id))),
            outcome=outcome,
            because=asdict(event.because),
        )
