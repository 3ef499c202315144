"""The rows of an export: what stands in which column, in the reader's language; pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from agent_console.reports import selection as of
from agent_console.reports.selection import Figures, Selection
from hub.domain.reference import shown_reference
from hub.reports.day_lines import DayReport, added
from hub.reports.definitions import WaitTally

Cell = str | int | float | None
Row = list[Cell]
Named = Callable[[str, str], str]
"""From a kind (`queue`, `agent`, `team`, `channel`, `ending`, `outcome`) and an id to its name."""

SHEETS: Final = ("days", "half_hours", "agents", "contacts", "surveys")
_WAITS: Final = (
    "offered", "answered", "answered_in_target", "abandoned", "left", "service_level_ratio",
    "abandoned_ratio", "average_wait_seconds",
)  # fmt: skip
_WORK: Final = (
    "handled", "average_handle_seconds", "accepted", "declined", "timed_out", "answers",
    "average_score",
)  # fmt: skip
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "days": (
        "day", *_WAITS, "handled", "average_handle_seconds", "contained", "handed_off",
    ),
    "half_hours": ("day", "half_hour", "queue", *_WAITS),
    "agents": ("day", "half_hour", "agent", "team", *_WORK),
    "contacts": (
        "reference", "arrived_at", "channel", "queue", "agent", "agents", "wait_seconds",
        "handle_seconds", "closed_at", "ending", "outcome", "score",
    ),
    "surveys": ("day", "agent", "team", "offered", "answers", "average_score"),
}  # fmt: skip
_TITLES: Final[Mapping[str, tuple[str, str]]] = {
    "days": ("Days", "按日"),
    "half_hours": ("Queues by half hour", "队列（半小时）"),
    "contacts": ("Contacts", "联系记录"),
    "surveys": ("Surveys", "满意度"),
    "day": ("Day", "日期"),
    "half_hour": ("From", "起始时间"),
    "queue": ("Queue", "队列"),
    "agent": ("Agent", "客服"),
    "team": ("Team", "团队"),
    "offered": ("Offered", "进入"),
    "answered": ("Answered", "接听"),
    "answered_in_target": ("Answered within target", "目标内接听"),
    "abandoned": ("Abandoned", "放弃"),
    "left": ("Went elsewhere", "转往他处"),
    "service_level_ratio": ("Service level", "服务水平"),
    "abandoned_ratio": ("Abandoned ratio", "放弃率"),
    "average_wait_seconds": ("Average wait, seconds", "平均等待（秒）"),
    "handled": ("Handled", "处理"),
    "average_handle_seconds": ("Average handle time, seconds", "平均处理（秒）"),
    "contained": ("Solved by self-service", "自助解决"),
    "handed_off": ("Handed to a queue", "转人工"),
    "accepted": ("Offers accepted", "接受"),
    "declined": ("Offers declined", "拒绝"),
    "timed_out": ("Offers missed", "超时"),
    "answers": ("Ratings", "评分数"),
    "average_score": ("Average rating", "平均评分"),
    "reference": ("Reference", "编号"),
    "arrived_at": ("Arrived", "到达"),
    "channel": ("Channel", "渠道"),
    "agents": ("Agents", "客服人数"),
    "wait_seconds": ("Waited, seconds", "等待（秒）"),
    "handle_seconds": ("Handled, seconds", "处理（秒）"),
    "closed_at": ("Closed", "关闭"),
    "ending": ("Ending", "结束方式"),
    "outcome": ("Outcome", "处理结果"),
    "score": ("Rating", "评分"),
}


def title(code: str, language: str) -> str:
    """A sheet or a column in words."""
    return _TITLES[code][language == "zh"]


def sheet_title(sheet: str, language: str) -> str:
    """The name of a sheet; `agents` is also a column, hence of its own."""
    if sheet == "agents":
        return "客服（半小时）" if language == "zh" else "Agents by half hour"
    return title(sheet, language)


@dataclass(frozen=True, slots=True)
class Writing:
    """How rows are written: the zone of their times and the names of things."""

    zone: ZoneInfo
    named: Named

    def day(self, at: float) -> str:
        """A day such as 2026-11-24."""
        return datetime.fromtimestamp(at, self.zone).date().isoformat()

    def clock(self, at: float) -> str:
        """A time of day such as 09:30; with its offset, since an hour may come twice."""
        return datetime.fromtimestamp(at, self.zone).strftime("%H:%M %z")

    def moment(self, at: float | None) -> str | None:
        """A moment such as 2026-11-24 09:30:05."""
        if at is None:
            return None
        return datetime.fromtimestamp(at, self.zone).strftime("%Y-%m-%d %H:%M:%S")


def rows_of(sheet: str, report: DayReport, chosen: Selection, writing: Writing) -> Iterator[Row]:
    """Yield the rows of one day."""
    yield from _ROWS[sheet](report, chosen, writing)


def _days(report: DayReport, chosen: Selection, writing: Writing) -> Iterator[Row]:
    figures = of.total_of([report], chosen)
    yield [writing.day(report.start_at), *_cells(figures, COLUMNS["days"][1:])]


def _half_hours(report: DayReport, chosen: Selection, writing: Writing) -> Iterator[Row]:
    groups: dict[tuple[float, str], list[WaitTally]] = {}
    for place, tally in report.waits.items():
        if chosen.has_wait(place):
            groups.setdefault((place.at, place.queue_id), []).append(tally)
    for (at, queue_id), parts in sorted(groups.items()):
        figures = of.wait_figures(added(parts, WaitTally()))
        yield [
            writing.day(report.start_at), writing.clock(at), writing.named("queue", queue_id),
            *_cells(figures, _WAITS),
        ]  # fmt: skip


def _agents(report: DayReport, chosen: Selection, writing: Writing) -> Iterator[Row]:
    for at, agent_id, tally in of.agent_half_hours(report, chosen):
        yield [
            writing.day(report.start_at), writing.clock(at), writing.named("agent", agent_id),
            writing.named("team", agent_id), *_cells(of.agent_figures(tally), _WORK),
        ]  # fmt: skip


def _contacts(report: DayReport, chosen: Selection, writing: Writing) -> Iterator[Row]:
    for line in report.contacts.values():
        if not chosen.has_contact(line):
            continue
        outcome = f"{line.queue_id or ''}/{line.disposition}" if line.disposition else ""
        yield [
            shown_reference(line.contact_id), writing.moment(line.arrived_at),
            writing.named("channel", line.channel), writing.named("queue", line.queue_id or ""),
            writing.named("agent", line.agent_id or ""), line.agents,
            _round(line.wait_seconds), _round(line.handle_seconds),
            writing.moment(line.closed_at), writing.named("ending", line.ending or ""),
            writing.named("outcome", outcome), line.score,
        ]  # fmt: skip


def _surveys(report: DayReport, chosen: Selection, writing: Writing) -> Iterator[Row]:
    for figures in of.surveys_by([report], chosen, "agent_id"):
        yield [
            writing.day(report.start_at), writing.named("agent", figures["agent_id"]),
            writing.named("team", figures["agent_id"]), figures["offered"], figures["answers"],
            _round(figures["average"], 2),
        ]  # fmt: skip


def _cells(figures: Figures, names: Iterable[str]) -> Sequence[Cell]:
    return [_round(figures[name], 4 if name.endswith("ratio") else 2) for name in names]


def _round(value: float | None, digits: int = 1) -> float | None:
    return None if value is None else round(value, digits)


_ROWS: Final[Mapping[str, Callable[[DayReport, Selection, Writing], Iterator[Row]]]] = {
    "days": _days,
    "half_hours": _half_hours,
    "agents": _agents,
    "contacts": _contacts,
    "surveys": _surveys,
}
