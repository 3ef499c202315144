"""One figure of a run: the product's value beside the raw limit measured in the same run."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A named figure. `held` is None where no target was set."""

    name: str
    value: float
    unit: str
    raw_limit: float | None = None
    ratio: float | None = None
    target: float | None = None
    held: bool | None = None


def at_least(
    name: str, value: float, unit: str, *, target: float | None = None, raw: float | None = None
) -> Record:
    """A figure that should be high."""
    held = None if target is None else value >= target
    return _record(name, value, unit, target, raw, held)


def at_most(
    name: str, value: float, unit: str, *, target: float | None = None, raw: float | None = None
) -> Record:
    """A figure that should be low."""
    held = None if target is None else value <= target
    return _record(name, value, unit, target, raw, held)


def _record(
    name: str, value: float, unit: str, target: float | None, raw: float | None, held: bool | None
) -> Record:
    ratio = round(value / raw, 4) if raw else None
    return Record(
        name=name, value=round(value, 3), unit=unit, target=target, held=held, ratio=ratio,
        raw_limit=None if raw is None else round(raw, 3),
    )  # fmt: skip


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that so many percent do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def table(records: Iterable[Record]) -> str:
    """The figures as a table for people (Markdown)."""
    lines = ["| figure | value | unit | raw limit | ratio | target | held |", "|" + " --- |" * 7]
    for r in records:
        held = {None: "", True: "yes", False: "**no**"}[r.held]
        cells = (r.name, _n(r.value), r.unit, _n(r.raw_limit), _n(r.ratio), _n(r.target), held)
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def write(records: Iterable[Record], path: Path) -> None:
    """The figures as JSON for scripts."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(r) for r in records], indent=1) + "\n")


def _n(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:g}"
