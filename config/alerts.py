"""`alerts.toml`: when the wallboard calls a supervisor."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator

from agent_console.setup import AlertRules, Limits
from config.toml_file import Strict, read_toml, refuse_unknown

ALERTS_FILE = "alerts.toml"
OTHERS = ""
"""The key of whatever is not named."""
MINUTE_SECONDS = 60.0

Ratio = Annotated[float, Field(ge=0, le=1)]
Above = Annotated[float, Field(gt=0, le=86_400)]


class _AlertsFile(Strict):
    least_answers: Annotated[int, Field(ge=1)] = 5
    risk_ratio: Ratio = 0.05
    acknowledged_minutes: Above = 30.0
    bot_misses: Annotated[int, Field(ge=1)] = 2
    bot_repeats: Annotated[int, Field(ge=2)] = 3
    bot_minutes: Above = 10.0
    service_level_under: dict[str, Ratio]
    long_wait_targets: dict[str, Above]
    long_contact_minutes: dict[str, Above]
    late_reply_seconds: dict[str, Above]
    nobody_skilled_waiting: dict[str, Annotated[int, Field(ge=1)]]
    break_minutes: dict[str, Above]

    @field_validator(
        "service_level_under", "long_wait_targets", "long_contact_minutes", "late_reply_seconds",
        "nobody_skilled_waiting", "break_minutes",
    )  # fmt: skip
    @classmethod
    def _has_others(cls, limits: dict[str, float]) -> dict[str, float]:
        if OTHERS not in limits:
            raise ValueError('add a line "" = ... for all that are not named')
        return limits


def load_alerts(
    folder: Path, queues: set[str], break_reasons: set[str], *, target_ratio: float, low_score: int
) -> AlertRules:
    """Read and check the rules; raise `CannotStart` naming file, line and remedy."""
    file = folder / ALERTS_FILE
    found = read_toml(file, _AlertsFile)
    by_queue = (
        found.service_level_under, found.long_wait_targets, found.long_contact_minutes,
        found.late_reply_seconds, found.nobody_skilled_waiting,
    )  # fmt: skip
    refuse_unknown(file, "queue", {name for one in by_queue for name in one} - {OTHERS}, queues)
    named = set(found.break_minutes) - {OTHERS}
    refuse_unknown(file, "reason of a break", named, break_reasons)
    return AlertRules(
        service_level_target_ratio=target_ratio,
        least_answers=found.least_answers,
        risk_ratio=found.risk_ratio,
        acknowledged_seconds=found.acknowledged_minutes * MINUTE_SECONDS,
        service_level_under=found.service_level_under,
        long_wait_targets=found.long_wait_targets,
        long_contact_seconds=_seconds(found.long_contact_minutes),
        late_reply_seconds=found.late_reply_seconds,
        nobody_skilled_waiting=found.nobody_skilled_waiting,
        break_seconds=_seconds(found.break_minutes),
        low_score=low_score,
        bot_misses=found.bot_misses,
        bot_repeats=found.bot_repeats,
        bot_seconds=found.bot_minutes * MINUTE_SECONDS,
    )


def _seconds(minutes: Limits) -> Limits:
    return {name: value * MINUTE_SECONDS for name, value in minutes.items()}
