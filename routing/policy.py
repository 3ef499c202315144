"""Reads `queues.toml`, `skills.toml`, `hours.toml` and `routing.toml` into a checked `SetUp`."""

import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from hub.domain.routing import (
    AgentProfile,
    Overflow,
    QueuePolicy,
    Relaxation,
    Requirement,
    RoutingPolicy,
)
from routing import set_up
from routing.checker import Files, check
from routing.hours import Hours, Interval
from routing.locate import line_of, lines_of
from routing.set_up import Problem, QueueSetUp, SetUp, SetUpError

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FILES = ("queues.toml", "skills.toml", "hours.toml", "routing.toml")

Seconds = Annotated[float, Field(gt=0, le=7 * 86_400)]
Level = Annotated[int, Field(ge=1, le=5)]
Text = Annotated[str, Field(min_length=1)]
Row = TypeVar("Row", bound="Strict")


class Strict(BaseModel):
    """Unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TextsRow(Strict):
    """A text in both languages."""

    en: Text
    zh: Text

    def value(self) -> set_up.Texts:
        """Return it as a plain value."""
        return set_up.Texts(en=self.en, zh=self.zh)


class NeedRow(Strict):
    """A skill with a level."""

    skill: Text
    level: Level = 1

    def value(self) -> Requirement:
        """Return it as a plain value."""
        return Requirement(self.skill, self.level)


class RelaxationRow(Strict):
    """What widens after a wait."""

    after_seconds: Seconds
    drop: tuple[str, ...] = ()
    lower: tuple[NeedRow, ...] = ()

    def value(self) -> Relaxation:
        """Return it as a plain value."""
        lower = tuple(need.value() for need in self.lower)
        return Relaxation(after_seconds=self.after_seconds, drop=self.drop, lower=lower)


class OverflowRow(Strict):
    """Who else may serve, and when."""

    queue: Text
    waiting_over: Annotated[int, Field(ge=0)] | None = None
    wait_seconds_over: Seconds | None = None
    when_closed: bool = False

    def value(self) -> Overflow:
        """Return it as a plain value."""
        return Overflow(
            queue_id=self.queue,
            waiting_over=self.waiting_over,
            wait_seconds_over=self.wait_seconds_over,
            when_closed=self.when_closed,
        )


class DispositionRow(Strict):
    """An outcome."""

    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    name: TextsRow


class QueueRow(Strict):
    """One queue of `queues.toml`."""

    name: TextsRow
    hours: Text
    target_seconds: Seconds
    service_level_ratio: Annotated[float, Field(gt=0, le=1)] = 0.8
    priority: int = 0
    limit_waiting: Annotated[int, Field(ge=1)] | None = None
    wrap_up_seconds: Annotated[float, Field(ge=0, le=3600)] = 60.0
    preferred_seconds: Annotated[float, Field(ge=0, le=3600)] = 20.0
    requirements: tuple[NeedRow, ...] = ()
    offer_seconds: dict[str, Seconds] = {}
    offer_callback_after_seconds: dict[str, Seconds] = {}
    relaxations: tuple[RelaxationRow, ...] = ()
    overflows: tuple[OverflowRow, ...] = ()
    dispositions: Annotated[tuple[DispositionRow, ...], Field(min_length=1)]

    def policy(self, queue_id: str) -> QueuePolicy:
        """Return the routing part."""
        return QueuePolicy(
            queue_id=queue_id,
            target_seconds=self.target_seconds,
            priority=self.priority,
            requirements=tuple(need.value() for need in self.requirements),
            relaxations=tuple(step.value() for step in self.relaxations),
            overflows=tuple(rule.value() for rule in self.overflows),
            limit_waiting=self.limit_waiting,
            offer_seconds=tuple(self.offer_seconds.items()),
            preferred_seconds=self.preferred_seconds,
            offer_callback_after_seconds=tuple(self.offer_callback_after_seconds.items()),
        )


class SkillRow(Strict):
    """One skill of `skills.toml`."""

    name: TextsRow


_TIME = r"([01]\d|2[0-4]):[0-5]\d"
Day = tuple[Annotated[str, Field(pattern=f"^{_TIME}-{_TIME}$")], ...]


class HoursRow(Strict):
    """One set of hours of `hours.toml`; every weekday is named, so that no gap is by accident."""

    time_zone: str
    country: str | None = None
    make_up_as: str = "monday"
    monday: Day
    tuesday: Day
    wednesday: Day
    thursday: Day
    friday: Day
    saturday: Day
    sunday: Day
    days: dict[date, Day] = {}

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (KeyError, ValueError) as error:
            raise ValueError(f"there is no time zone {zone!r}") from error
        return zone

    @field_validator("make_up_as")
    @classmethod
    def _known_day(cls, day: str) -> str:
        if day not in WEEKDAYS:
            raise ValueError(f"{day!r} is no weekday")
        return day

    @field_validator(*WEEKDAYS)
    @classmethod
    def _real_times(cls, day: Day) -> Day:
        if any(end <= start or end > 24 * 60 for start, end in _intervals(day)):
            raise ValueError("an interval must end after it begins, by 24:00 at the latest")
        return day

    @field_validator("days")
    @classmethod
    def _real_days(cls, days: dict[date, Day]) -> dict[date, Day]:
        return {day: cls._real_times(intervals) for day, intervals in days.items()}

    def value(self) -> Hours:
        """Return it as a plain value."""
        return Hours(
            time_zone=self.time_zone,
            week=tuple(_intervals(getattr(self, day)) for day in WEEKDAYS),
            country=self.country,
            make_up_as=WEEKDAYS.index(self.make_up_as),
            days={day: _intervals(intervals) for day, intervals in self.days.items()},
        )


class QueuesFile(Strict):
    """`queues.toml`."""

    queues: dict[str, QueueRow]


class SkillsFile(Strict):
    """`skills.toml`."""

    skills: dict[str, SkillRow]


class HoursFile(Strict):
    """`hours.toml`."""

    hours: dict[str, HoursRow]


class RoutingFile(Strict):
    """`routing.toml`."""

    version: Annotated[int, Field(ge=1)]
    offer_seconds: Seconds = 20.0
    channel_units: dict[str, Annotated[int, Field(ge=1)]]
    segment_value: dict[str, float] = {}


def load(folder: Path, staff: Iterable[AgentProfile] | None = None) -> SetUp:
    """Read and check the set-up files; with `staff` also that every queue can be served.

    Raises `SetUpError` with every mistake found: file, line, what is wrong, what to do.
    """
    problems: list[Problem] = []
    files = Files({name: lines_of(_text_of(folder / name)) for name in FILES})
    queues = _read(folder / "queues.toml", QueuesFile, files, problems)
    skills = _read(folder / "skills.toml", SkillsFile, files, problems)
    hours = _read(folder / "hours.toml", HoursFile, files, problems)
    routing = _read(folder / "routing.toml", RoutingFile, files, problems)
    if queues is None or skills is None or hours is None or routing is None:
        raise SetUpError(problems)
    policy = RoutingPolicy(
        version=routing.version,
        queues=tuple(row.policy(queue_id) for queue_id, row in queues.queues.items()),
        channel_units=tuple(routing.channel_units.items()),
        segment_value=tuple(routing.segment_value.items()),
        offer_seconds=routing.offer_seconds,
    )
    all_hours = {hours_id: row.value() for hours_id, row in hours.hours.items()}
    hours_of = {queue_id: row.hours for queue_id, row in queues.queues.items()}
    problems = check(policy, set(skills.skills), all_hours, hours_of, staff, files)
    if problems:
        raise SetUpError(problems)
    return SetUp(
        policy=policy,
        queues={key: _queue(key, row, all_hours) for key, row in queues.queues.items()},
        skills={skill: row.name.value() for skill, row in skills.skills.items()},
        hours=all_hours,
    )


def _queue(queue_id: str, row: QueueRow, hours: dict[str, Hours]) -> QueueSetUp:
    return QueueSetUp(
        queue_id=queue_id,
        name=row.name.value(),
        hours_id=row.hours,
        hours=hours[row.hours],
        wrap_up_seconds=row.wrap_up_seconds,
        service_level_ratio=row.service_level_ratio,
        dispositions=tuple(
            set_up.Disposition(code=each.code, name=each.name.value()) for each in row.dispositions
        ),
    )


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise SetUpError(
            [
                Problem(
                    file=path.name,
                    line=1,
                    text=f"the file cannot be read ({error.strerror})",
                    remedy=f"Put {path.name} into {path.parent.name}/, or name another folder.",
                )
            ]
        ) from error


def _read(path: Path, model: type[Row], files: Files, problems: list[Problem]) -> Row | None:
    try:
        return model.model_validate(tomllib.loads(_text_of(path)))
    except tomllib.TOMLDecodeError as error:
        where = str(error).partition("(at line ")[2].partition(",")[0]
        problems.append(
            Problem(
                file=path.name,
                line=int(where) if where.isdigit() else len(_text_of(path).splitlines()),
                text=f"this is not TOML: {error}",
                remedy="Check quotes, brackets and the line before.",
            )
        )
    except ValidationError as error:
        for each in error.errors():
            where_at = tuple(each["loc"])
            problems.append(
                Problem(
                    file=path.name,
                    line=line_of(files.lines[path.name], where_at),
                    text=f"{'.'.join(map(str, where_at))}: {each['msg']}",
                    remedy=_remedy(each["type"], str(where_at[-1])),
                )
            )
    return None


def _remedy(kind: str, key: str) -> str:
    if kind == "extra_forbidden":
        return f"Remove {key!r} or correct its spelling; routing/README.md lists the keys."
    if kind == "missing" and key == "zh":
        return "Add the Chinese text."
    if kind == "missing":
        return f"Add {key!r}."
    return "Correct the value."


def _intervals(day: Day) -> tuple[Interval, ...]:
    return tuple(
        (int(text[0:2]) * 60 + int(text[3:5]), int(text[6:8]) * 60 + int(text[9:11]))
        for text in day
    )
