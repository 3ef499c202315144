"""How Contacts of a written channel go: silence, return, survey; the operator's choice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from hub.security.protected import Rules

SurveyWay = Literal["reply", "link", "none"]
DAY_SECONDS = 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenRules:
    """Of one channel."""

    close_seconds: float = 3 * DAY_SECONDS
    """A customer who is silent for so long needs nothing more: closed without a word."""
    come_back_seconds: float = 7 * DAY_SECONDS
    """Who writes again within this time goes back to the same agent."""
    undo_seconds: float = 0.0
    """So long an agent's words can be taken back before they leave; 0: they leave at once."""
    survey: SurveyWay = "link"
    """`reply`: the next message is the score; `link`: a page."""
    survey_seconds: float = 3 * DAY_SECONDS
    """So long a number that is sent back is a score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """Hours in which nobody is asked for anything; `begins == ends` means none."""

    begins: time = time(0)
    ends: time = time(0)
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenSetUp:
    """All written channels."""

    of_channel: Mapping[str, WrittenRules] = field(default_factory=dict)
    quiet: Quiet = field(default_factory=Quiet)
    protected: Rules = field(default_factory=dict)
    """What never leaves in plain."""

    def rules(self, channel: str) -> WrittenRules:
        """The rules of a channel; what nobody chose is as for letters."""
        return self.of_channel.get(channel) or WrittenRules()


_NIGHTS_MOST = 4
"""Two zones at the ends of one country: after so many looks a moment is taken that suits most."""


def after_quiet(at: float, quiet: Quiet, zones: Sequence[str] = ()) -> float:
    """Return `at`, or the first moment after it that is quiet in none of the zones (epoch seconds).

    `zones` are those the customer may be in; empty: the bank's own.
    """
    for _ in range(_NIGHTS_MOST):
        ends = [_after_quiet(at, replace(quiet, time_zone=one)) for one in zones]
        later = max(ends or [_after_quiet(at, quiet)])
        if later == at:
            break
        at = later
    return at


def _after_quiet(at: float, quiet: Quiet) -> float:
    if quiet.begins == quiet.ends:
        return at
    here = datetime.fromtimestamp(at, ZoneInfo(quiet.time_zone))
    clock = here.timetz().replace(tzinfo=None)
    over_midnight = quiet.begins > quiet.ends
    late, early = clock >= quiet.begins, clock < quiet.ends
    if not (late or early) if over_midnight else not (late and early):
        return at
    day = here.date() + timedelta(days=1 if over_midnight and late else 0)
    ends = datetime.combine(day, quiet.ends, ZoneInfo(quiet.time_zone))
    return ends.astimezone(UTC).timestamp()
