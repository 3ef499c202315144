"""Day reports: figures, the Contacts of a day, and exports."""

from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, StringConstraints
from starlette.responses import FileResponse, Response

from agent_console.http.endpoint import Api, Call, Endpoint, Strict
from agent_console.reports import selection as of
from agent_console.reports.calendar import day_name, days_between
from agent_console.reports.export import Exports, Wanted
from agent_console.reports.names import Names, names_of
from agent_console.reports.selection import Selection
from agent_console.reports.sheets import SHEETS, Writing
from agent_console.reports.store import DayStore, Job
from hub.domain.errors import Invalid, Refused
from hub.domain.reference import shown_reference
from hub.journey.context import Hub
from hub.reports.day_lines import ContactLine, DayReport
from hub.security.roles import Right

PAGE = 100
DayName = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Id = Annotated[str, StringConstraints(min_length=1, max_length=80)]
State = Literal["working", "ready", "failed"]
_MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class _Chosen(Strict):
    queue_id: Id | None = None
    channel: Id | None = None
    team: Id | None = None


class ReportQuery(_Chosen):
    """Days of the bank's time zone, both included; today when nothing is said."""

    first: DayName | None = None
    last: DayName | None = None


class ContactsQuery(_Chosen):
    """One day; go on with `offset`."""

    day: DayName
    offset: Annotated[int, Field(ge=0, le=10_000_000)] = 0


class ReportAnswer(Strict):
    """The report (`DayReport` of the page), or how much of it is counted."""

    state: State
    done_ratio: float
    report: dict[str, Any] | None = None


class ContactsAnswer(Strict):
    """A page of the day's Contacts, the first to arrive first."""

    state: State
    done_ratio: float
    contacts: list[dict[str, Any]] = Field(default_factory=list)
    total: int = 0


class ExportBody(_Chosen):
    """What to export; a CSV needs its one sheet."""

    first: DayName
    last: DayName
    form: Literal["csv", "xlsx"]
    sheet: Literal["days", "half_hours", "agents", "contacts", "surveys"] | None = None
    language: Literal["en", "zh"] = "en"


class ExportBegun(Strict):
    """The export in the making."""

    id: str


class ExportState(Strict):
    """How far it is; `ready`: fetch the file."""

    state: State
    done_ratio: float
    rows: int


class ReportRoutes:
    """`/api/reports...`."""

    def __init__(self, hub: Hub, zone: ZoneInfo) -> None:
        self._hub, self._zone = hub, zone
        self._store, self._exports = DayStore(hub), Exports(hub)

    def add_to(self, api: Api) -> None:
        """Add the routes."""
        see, export = Right.SEE_REPORTS, Right.EXPORT_REPORTS
        path = "/api/reports/exports"
        for endpoint in (
            Endpoint(
                method="GET", path="/api/reports", handler=self.report, query=ReportQuery,
                answer=ReportAnswer, right=see, tag="reports",
            ),
            Endpoint(
                method="GET", path="/api/reports/contacts", handler=self.contacts,
                query=ContactsQuery, answer=ContactsAnswer, right=see, tag="reports",
            ),
            Endpoint(
                method="POST", path=path, handler=self.begin_export, body=ExportBody,
                answer=ExportBegun, right=export, code_again=True, tag="reports",
            ),
            Endpoint(
                method="GET", path=f"{path}/{{id}}", handler=self.export, answer=ExportState,
                right=export, tag="reports",
            ),
            Endpoint(
                method="GET", path=f"{path}/{{id}}/file", handler=self.file, right=export,
                tag="reports",
            ),
        ):  # fmt: skip
            api.add(endpoint)

    async def report(self, call: Call) -> ReportAnswer:
        """Read the figures of some days; ask again while they are being counted."""
        query: ReportQuery = call.query
        now = self._hub.clock.now()
        today = day_name(now, self._zone)
        first, last = query.first or today, query.last or query.first or today
        days = days_between(first, last, zone=self._zone, now=now)
        reports = self._store.reports(days)
        if reports is None:
            job = self._store.want(days)
            if job.failed:
                self._store.forget(days)
            return ReportAnswer(state=_state(job), done_ratio=job.done_ratio)
        told = self._told(reports, self._selection(query))
        told |= {"first": days[0].name, "last": days[-1].name, "today": today}
        return ReportAnswer(state="ready", done_ratio=1.0, report=told)

    async def contacts(self, call: Call) -> ContactsAnswer:
        """Read the Contacts of a day."""
        query: ContactsQuery = call.query
        [day] = days_between(query.day, query.day, zone=self._zone, now=self._hub.clock.now())
        lines = self._store.lines(day)
        if lines is None:
            job = self._store.want([day])
            if job.failed:
                self._store.forget([day])
            return ContactsAnswer(state=_state(job), done_ratio=job.done_ratio)
        chosen, names = self._selection(query), names_of(self._hub)
        found = [line for line in lines if chosen.has_contact(line)]
        shown = found[query.offset : query.offset + PAGE]
        return ContactsAnswer(
            state="ready", done_ratio=1.0, total=len(found),
            contacts=[_contact(line, names) for line in shown],
        )  # fmt: skip

    async def begin_export(self, call: Call) -> ExportBegun:
        """Begin an export; it is in the audit."""
        body: ExportBody = call.body
        if body.form == "csv" and body.sheet is None:
            raise Invalid("bad_sheet", f"a CSV holds one sheet: {', '.join(SHEETS)}")
        wanted = Wanted(
            days=days_between(body.first, body.last, zone=self._zone, now=self._hub.clock.now()),
            chosen=self._selection(body),
            form=body.form,
            sheets=(body.sheet,) if body.sheet else SHEETS,
            language=body.language,
        )
        writing = Writing(self._zone, names_of(self._hub).spoken(body.language))
        begun = await self._exports.begin(call.user.viewer.user_id, wanted, writing)
        return ExportBegun(id=begun)

    async def export(self, call: Call) -> ExportState:
        """Say how far it is."""
        one = self._exports.get(call.user.viewer.user_id, call.request.path_params["id"])
        return ExportState(state=one.state, done_ratio=one.done_ratio, rows=one.rows)

    async def file(self, call: Call) -> Response:
        """Hand out the file."""
        one = self._exports.get(call.user.viewer.user_id, call.request.path_params["id"])
        if one.state != "ready":
            raise Refused("export_not_ready", "it is not written yet")
        return FileResponse(
            one.path, media_type=_MEDIA[one.wanted.form], filename=one.wanted.name,
            headers={"Cache-Control": "no-store"},
        )  # fmt: skip

    def _selection(self, chosen: _Chosen) -> Selection:
        agents = None
        if chosen.team is not None:
            staff = self._hub.staff.all()
            agents = frozenset(one.user_id for one in staff if one.team == chosen.team)
        return Selection(queue_id=chosen.queue_id, channel=chosen.channel, agent_ids=agents)

    def _told(self, reports: list[DayReport], chosen: Selection) -> dict[str, Any]:
        return {
            "total": of.total_of(reports, chosen),
            "days": of.by_day(reports, chosen),
            "half_hours": of.by_half_hour(reports, chosen) if len(reports) == 1 else [],
            "queues": of.by_queue(reports, chosen),
            "agents": of.by_agent(reports, chosen),
            "surveys": {
                "total": of.surveys_total(reports, chosen),
                "agents": of.surveys_by(reports, chosen, "agent_id"),
                "queues": of.surveys_by(reports, chosen, "queue_id"),
            },
            "names": names_of(self._hub).as_json(),
            "time_zone": str(self._zone),
            "computed_at": self._hub.clock.now(),
        }


def _state(job: Job) -> State:
    return "failed" if job.failed else "working"


def _contact(line: ContactLine, names: Names) -> dict[str, Any]:
    return {
        "id": line.contact_id,
        "reference": shown_reference(line.contact_id),
        "arrived_at": line.arrived_at,
        "channel": line.channel,
        "queue_id": line.queue_id,
        "agent_id": line.agent_id,
        "agents": line.agents,
        "wait_seconds": line.wait_seconds,
        "handle_seconds": line.handle_seconds,
        "closed_at": line.closed_at,
        "ending": line.ending,
        "outcome": names.outcome(line.queue_id, line.disposition),
        "score": line.score,
    }
