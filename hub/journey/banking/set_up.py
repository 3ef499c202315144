"""What the operator chose for banking, as one value of the `Hub`."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from hub.customers.unusual import UnusualRules
from hub.domain.banking import BankingRules
from hub.domain.branches import Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class BankingSetUp:
    """Rules for orders, the branches' calendar, how fresh a record must be."""

    rules: BankingRules = field(default_factory=BankingRules)
    calendar: Calendar = field(
        default_factory=lambda: Calendar(zone=ZoneInfo("UTC"), branches={}, topics={})
    )
    unusual: UnusualRules | None = None
    """Which new payments a person must look at; None: none are judged."""
    fresh_seconds: float = 30.0
    """A record younger than this is not read again when its customer comes."""
    probe_seconds: float = 5.0
    """How often a core that is away is asked whether it is back."""
