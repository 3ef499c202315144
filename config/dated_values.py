"""`articles/values.toml`: fees, rates and limits that texts name, each from a day on."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from config.problems import CannotStart, ExitCode
from config.toml_file import Strict, read_toml
from hub.domain.dated_values import DatedValue
from hub.domain.errors import Invalid
from hub.journey.values.life import require_sound

VALUES_FILE: Final = "values.toml"


class _Value(Strict):
    name: str
    en: str
    zh: str
    valid_from: date


class _ValuesFile(Strict):
    values: tuple[_Value, ...]


def read_values(folder: Path) -> Sequence[DatedValue]:
    """Return the values of a folder's file; none without it. Raise `CannotStart`."""
    file = folder / VALUES_FILE
    if not file.exists():
        return ()
    values = [_value(one) for one in read_toml(file, _ValuesFile).values]
    for one in values:
        try:
            require_sound(one)
        except Invalid as error:
            raise CannotStart(ExitCode.SET_UP, f"{file}: {one.name}: {error.detail}") from None
    return values


def _value(one: _Value) -> DatedValue:
    """A day begins at midnight UTC, as those of articles do."""
    day = datetime(one.valid_from.year, one.valid_from.month, one.valid_from.day, tzinfo=UTC)
    return DatedValue(name=one.name, en=one.en, zh=one.zh, valid_from_at=day.timestamp())
