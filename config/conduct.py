"""`conduct.toml`: the bank's words in a talk, times of blocks, more time for the wrap-up."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from config.toml_file import Strict, Texts, read_toml
from hub.domain.conduct import Conduct

CONDUCT_FILE = "conduct.toml"
HOURS_MOST = 24 * 366


def _words(text: Texts) -> Texts:
    if not (text.en.strip() and text.zh.strip()):
        raise ValueError("a text is empty")
    return text


def _with_until(text: Texts) -> Texts:
    try:
        formatted = [one.format(until="1") != one for one in (text.en, text.zh)]
    except (KeyError, IndexError, ValueError):
        formatted = [False]
    if not all(formatted):
        raise ValueError("each text names {until}, and no other value")
    return text


def _rising(hours: tuple[int, ...]) -> tuple[int, ...]:
    if sorted(set(hours)) != list(hours):
        raise ValueError("write each time once, the shortest first")
    return hours


Words = Annotated[Texts, AfterValidator(_words)]
Hours = Annotated[int, Field(ge=0, le=HOURS_MOST)]


class _Block(Strict):
    hours: Annotated[tuple[Hours, ...], Field(min_length=1, max_length=12), AfterValidator(_rising)]


class _Reason(Strict):
    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    label: Words


def _once(reasons: tuple[_Reason, ...]) -> tuple[_Reason, ...]:
    codes = [one.code for one in reasons]
    if len(set(codes)) != len(codes):
        raise ValueError("a code stands twice")
    return reasons


class _WrapUp(Strict):
    extensions_most: Annotated[int, Field(ge=0, le=20)]
    reasons: Annotated[tuple[_Reason, ...], Field(min_length=1), AfterValidator(_once)]


class _ConductFile(Strict):
    abuse_warning: Words
    blocked: Annotated[Texts, AfterValidator(_with_until)]
    silence_warning: Words
    block: _Block
    wrap_up: _WrapUp


def load_conduct(folder: Path) -> Conduct:
    """Read and check the file; raise `CannotStart` naming file, line and remedy."""
    found = read_toml(folder / CONDUCT_FILE, _ConductFile)
    return Conduct(
        abuse_warning=found.abuse_warning.model_dump(),
        blocked=found.blocked.model_dump(),
        silence_warning=found.silence_warning.model_dump(),
        block_hours=found.block.hours,
        extend_reasons={one.code: one.label.model_dump() for one in found.wrap_up.reasons},
        extensions_most=found.wrap_up.extensions_most,
    )
