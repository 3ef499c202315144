"""`unusual.toml`: which payments a person must look at."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated

from pydantic import Field

from config.toml_file import Strict, read_toml
from hub.customers.unusual import UnusualRules

UNUSUAL_FILE = "unusual.toml"
HOUR_SECONDS = 3600.0
Amount = Annotated[Decimal, Field(gt=0, max_digits=15, decimal_places=2)]
Hours = Annotated[float, Field(gt=0, le=24 * 180)]


class _UnusualFile(Strict):
    least_history: Annotated[int, Field(ge=2, le=1000)]
    fresh_hours: Hours
    amount_times: Annotated[float, Field(gt=1, le=1000)]
    amount_least: Amount
    new_merchant_least: Amount
    fast_count: Annotated[int, Field(ge=2, le=1000)]
    fast_minutes: Annotated[float, Field(gt=0, le=24 * 60)]
    place_hours: Hours


def load_unusual(folder: Path) -> UnusualRules:
    """Read and check the rules; raise `CannotStart` naming file, line and remedy."""
    found = read_toml(folder / UNUSUAL_FILE, _UnusualFile)
    return UnusualRules(
        least_history=found.least_history,
        fresh_seconds=found.fresh_hours * HOUR_SECONDS,
        amount_times=found.amount_times,
        amount_least=found.amount_least,
        new_merchant_least=found.new_merchant_least,
        fast_count=found.fast_count,
        fast_seconds=found.fast_minutes * 60.0,
        place_seconds=found.place_hours * HOUR_SECONDS,
    )
