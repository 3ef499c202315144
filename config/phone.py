"""`phone.toml`: numbers, waiting, recordings, limits of outgoing calls."""

import re
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field

from config.problems import CannotStart, ExitCode
from config.set_up import HubSetUp
from config.toml_file import Strict, Texts, read_toml, refuse_unknown
from hub.journey.calls.numbers import NumberPlan
from hub.journey.calls.set_up import (
    DialOut,
    PhoneNumber,
    PhoneSetUp,
    RecordingSetUp,
    WaitingSetUp,
)

PHONE_FILE: Final = "phone.toml"
Seconds = Annotated[float, Field(gt=0, le=3600)]
Key = Annotated[str, Field(pattern=r"^[0-9]?$")]
Prefix = Annotated[str, Field(pattern=r"^\+[1-9][0-9]{0,9}$")]
_CALLED: Final = re.compile(r"\+?[0-9]{3,15}")


class _Number(Strict):
    name: Texts
    language: Literal["en", "zh"] = "en"
    flow: str = "main"
    engine: str = ""
    queue: str


class _Waiting(Strict):
    announce_seconds: Seconds = 45.0
    music_seconds: Annotated[float, Field(ge=5, le=120)] = 20.0
    callback_key: Key = "1"
    voicemail_key: Key = "2"


class _Recording(Strict):
    on: bool = True
    keep_days: Annotated[float, Field(gt=0, le=3660)] = 180.0
    voicemail_seconds: Annotated[float, Field(ge=10, le=600)] = 120.0


class _DialOut(Strict):
    prefixes: tuple[Prefix, ...]
    refused: tuple[Prefix, ...] = ()
    country: Annotated[str, Field(pattern=r"^[1-9][0-9]{0,2}$")] = "86"
    area: Annotated[str, Field(pattern=r"^[0-9]{0,5}$")] = ""
    agent_hour_most: Annotated[int, Field(ge=0, le=1000)] = 30
    day_most: Annotated[int, Field(ge=0, le=1_000_000)] = 2000
    alert_ratio: Annotated[float, Field(gt=0, le=1)] = 0.8
    ring_seconds: Annotated[float, Field(ge=10, le=120)] = 30.0


class _Times(Strict):
    answer_seconds: Annotated[float, Field(ge=3, le=60)] = 10.0
    outside_seconds: Annotated[float, Field(ge=10, le=120)] = 30.0
    reconnect_seconds: Annotated[float, Field(ge=5, le=120)] = 20.0
    hold_reminder_seconds: Seconds = 60.0
    same_agent_seconds: Annotated[float, Field(ge=0, le=86_400)] = 600.0


class _Survey(Strict):
    by_keys: bool = True


class _Listed(Strict):
    number: Annotated[str, Field(pattern=r"^\+[1-9][0-9]{6,14}$")]
    name: Texts
    part: Literal["interpreter", "attorney", "branch", "other"] = "other"


class _PhoneFile(Strict):
    numbers: Annotated[dict[str, _Number], Field(min_length=1)]
    waiting: _Waiting = _Waiting()
    recording: _Recording = _Recording()
    dial_out: _DialOut
    times: _Times = _Times()
    survey: _Survey = _Survey()
    menus: Annotated[dict[str, Texts], Field(default_factory=dict)]
    directory: tuple[_Listed, ...] = ()


def load_phone(folder: Path, set_up: HubSetUp) -> PhoneSetUp:
    """Read and check the file; raise `CannotStart` naming file, line and remedy."""
    file = folder / PHONE_FILE
    found = read_toml(file, _PhoneFile)
    refuse_unknown(file, "queue", {one.queue for one in found.numbers.values()}, set(set_up.queues))
    for called in found.numbers:
        if not _CALLED.fullmatch(called):
            raise CannotStart(ExitCode.SET_UP, f"{file}: numbers.{called}: digits, with + or not")
    keys = [key for key in (found.waiting.callback_key, found.waiting.voicemail_key) if key]
    if len(set(keys)) != len(keys):
        raise CannotStart(ExitCode.SET_UP, f"{file}: waiting: two ways have the same key {keys}")
    dial = found.dial_out
    return PhoneSetUp(
        numbers={called: _number(called, one) for called, one in found.numbers.items()},
        waiting=WaitingSetUp(**found.waiting.model_dump()),
        recording=RecordingSetUp(
            is_on=found.recording.on,
            keep_days=found.recording.keep_days,
            voicemail_seconds=found.recording.voicemail_seconds,
        ),
        dial_out=DialOut(
            prefixes=dial.prefixes,
            refused=dial.refused,
            plan=NumberPlan(country=dial.country, area=dial.area),
            agent_hour_most=dial.agent_hour_most,
            day_most=dial.day_most,
            alert_ratio=dial.alert_ratio,
            ring_seconds=dial.ring_seconds,
        ),
        **found.times.model_dump(),
        survey_by_keys=found.survey.by_keys,
        directory={one.number: one.name.model_dump() for one in found.directory},
        parts={one.number: one.part for one in found.directory},
        menus={code: name.model_dump() for code, name in found.menus.items()},
    )


def _number(called: str, row: _Number) -> PhoneNumber:
    return PhoneNumber(
        number=called, name=row.name.model_dump(), language=row.language, flow=row.flow,
        engine=row.engine, queue_id=row.queue,
    )  # fmt: skip
