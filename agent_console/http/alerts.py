"""The history of alerts: when each began and ended, and who took it on, if anybody."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from agent_console.http.endpoint import Api, Call, Endpoint, Strict
from agent_console.http.reports import DayName
from agent_console.reports.calendar import day_name, days_between
from hub.journey.context import Hub
from hub.journey.floor.alert_spells import HISTORY_MOST, AlertSpellRead, spells_between
from hub.journey.floor.alerts import TakenOn, taken_between
from hub.security.roles import Right


class DayQuery(Strict):
    """A day of the bank's time zone; today when nothing is said."""

    day: DayName | None = None


class TakenView(Strict):
    """A supervisor saw to it."""

    by: dict[str, str]
    at: float
    note: str


class SpellView(Strict):
    """An alert from its begin to its end; it still calls while `ended_at` is null."""

    alert_id: str
    kind: str
    queue_id: str | None
    agent_id: str | None
    contact_id: str | None
    began_at: float
    ended_at: float | None
    taken: list[TakenView]


class AlertsOfDay(Strict):
    """The newest first; `cut` when there were more than are listed."""

    day: str
    today: str
    alerts: list[SpellView]
    cut: bool


class AlertRoutes:
    """`/api/alerts`."""

    def __init__(self, hub: Hub, zone: ZoneInfo) -> None:
        self._hub, self._zone = hub, zone

    def add_to(self, api: Api) -> None:
        """Add the route."""
        api.add(
            Endpoint(
                method="GET", path="/api/alerts", handler=self.of_day, query=DayQuery,
                answer=AlertsOfDay, right=Right.SEE_WALLBOARD, tag="wallboard",
            )
        )  # fmt: skip

    async def of_day(self, call: Call) -> AlertsOfDay:
        """Read the alerts of a day, those included that began before it and lasted into it."""
        query: DayQuery = call.query
        now = self._hub.clock.now()
        today = day_name(now, self._zone)
        name = query.day or today
        (day,) = days_between(name, name, zone=self._zone, now=now)
        spells = await spells_between(self._hub, day.start_at, day.end_at)
        first = min((one.began_at for one in spells), default=day.start_at)
        taken = await taken_between(self._hub, first, day.end_at)
        return AlertsOfDay(
            day=day.name,
            today=today,
            alerts=[self._view(one, taken.get(one.alert_id, ())) for one in spells],
            cut=len(spells) == HISTORY_MOST,
        )

    def _view(self, spell: AlertSpellRead, taken: Sequence[TakenOn]) -> SpellView:
        during = [one for one in taken if _is_during(spell, one.at)]
        return SpellView(
            kind=spell.alert_id.partition(":")[0],
            taken=[
                TakenView(by=dict(self._hub.staff.name_of(one.by) or {}), at=one.at, note=one.note)
                for one in during
            ],
            **spell._asdict(),
        )


def _is_during(spell: AlertSpellRead, at: float) -> bool:
    return spell.began_at <= at and (spell.ended_at is None or at <= spell.ended_at)
