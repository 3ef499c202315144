"""One way to read a file of the operator: every mistake is told with file, line and key."""

import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from config.problems import CannotStart, ExitCode
from config.settings_file import line_of


class Strict(BaseModel):
    """Base of all rows: an unknown key is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Texts(Strict):
    """A text in both languages."""

    en: str
    zh: str


M = TypeVar("M", bound=Strict)


def read_toml(file: Path, model: type[M]) -> M:
    """Return the file as the model; raise `CannotStart` with every mistake in it."""
    try:
        text = file.read_text("utf-8")
        return model.model_validate(tomllib.loads(text))
    except OSError as error:
        raise CannotStart(ExitCode.SET_UP, f"{file}: {error.strerror}") from None
    except tomllib.TOMLDecodeError as error:
        raise CannotStart(ExitCode.SET_UP, f"{file}: not valid TOML: {error}") from None
    except ValidationError as error:
        lines = [_told(file, text, fault) for fault in error.errors(include_url=False)]
        raise CannotStart(ExitCode.SET_UP, "\n".join(lines)) from None


def refuse_unknown(file: Path, what: str, named: set[str], known: set[str]) -> None:
    """Raise `CannotStart` when the file names something that another file does not have."""
    if unknown := sorted(named - known):
        raise CannotStart(
            ExitCode.SET_UP,
            f"{file}: {what} {', '.join(unknown)}: not known; known are {', '.join(sorted(known))}",
        )


def _told(file: Path, text: str, fault: Any) -> str:
    keys = tuple(str(part) for part in fault["loc"])
    names = tuple(key for key in keys if not key.isdigit())
    return f"{file}:{line_of(text, names)}: {'.'.join(keys)}: {fault['msg']}"
