"""Lists of Tasks, and a Case with its story."""

from typing import Any, Literal

from agent_console.http.endpoint import Api, Call, Endpoint, Strict
from agent_console.tickets import Tickets
from hub.journey.cases.access import require_case
from hub.journey.cases.filing import FILED
from hub.journey.cases.read import case_of
from hub.journey.context import Hub
from hub.journey.work.lists import tasks_of
from hub.security.roles import Right, may


class TasksQuery(Strict):
    """Whose tasks; `done` are those I did."""

    scope: Literal["mine", "team", "done"] = "mine"


class Tasks(Strict):
    """Up to a hundred; the most urgent first, of done ones the latest (`TaskView` of the page)."""

    tasks: list[dict[str, Any]]


class OneCase(Strict):
    """A Case (`CaseView` of the page)."""

    case: dict[str, Any]


class WorkRoutes:
    """`/api/tasks`, `/api/cases/{id}`."""

    def __init__(self, hub: Hub, tickets: Tickets) -> None:
        self._hub, self._tickets = hub, tickets

    def add_to(self, api: Api) -> None:
        """Add the routes."""
        api.add(
            Endpoint(
                method="GET", path="/api/tasks", handler=self.tasks, query=TasksQuery,
                answer=Tasks, right=Right.HANDLE_CONTACTS, tag="work",
            )
        )  # fmt: skip
        api.add(
            Endpoint(
                method="GET", path="/api/cases/{id}", handler=self.case, answer=OneCase,
                right=Right.SEE_CUSTOMERS, tag="work",
            )
        )  # fmt: skip

    async def tasks(self, call: Call) -> Tasks:
        """List tasks of the viewer, the viewer's team, or what the viewer has done."""
        viewer, query = call.user.viewer, call.query
        steers = may(viewer.roles, Right.HANDLE_FOLLOW_UPS)
        return Tasks(tasks=await tasks_of(self._hub, viewer.user_id, query.scope, steers=steers))

    async def case(self, call: Call) -> OneCase:
        """Read a case with its story."""
        case_id = call.request.path_params["id"]
        await require_case(self._hub, call.user.viewer, case_id)
        case = await case_of(self._hub, case_id)
        for entry in case["entries"]:
            if entry["what"] == FILED:
                href = self._tickets.href(call.user.viewer, entry["data"]["file_id"])
                entry["href"] = f"{href}&case={case_id}"
        return OneCase(case=case)
