"""`segments.toml`: where customers stand, and who looks after them."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated

from pydantic import Field

from config.toml_file import Strict, Texts, read_toml, refuse_unknown
from hub.customers.standing import Rule, StandingRules, ValueRule, When

SEGMENTS_FILE = "segments.toml"
LIFECYCLES = frozenset({"prospect", "new", "active", "dormant", "leaving", "closed"})
Code = Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")]
Amount = Annotated[Decimal, Field(ge=0, max_digits=15, decimal_places=2)]
Years = Annotated[int, Field(ge=0, le=150)]


class _When(Strict):
    why: Texts
    account_kinds: frozenset[str] | None = None
    balances_at_least: Amount | None = None
    balances_stay: Amount | None = None
    age_below: Years | None = None
    years_below: Years | None = None
    years_at_least: Years | None = None
    quiet_days_at_least: Annotated[float, Field(gt=0, le=3650)] | None = None
    segments: frozenset[str] | None = None

    def when(self) -> When:
        """The conditions as a value."""
        return When(**{name: getattr(self, name) for name in When.__dataclass_fields__})


class _Rule(_When):
    code: Code


class _Value(_When):
    add: Annotated[float, Field(ge=-10, le=10)]


class _Managers(Strict):
    why: Texts
    of: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class _SegmentsFile(Strict):
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    segments: tuple[_Rule, ...] = ()
    lifecycles: tuple[_Rule, ...] = ()
    values: tuple[_Value, ...] = ()
    managers: _Managers | None = None


def load_segments(folder: Path, known: set[str]) -> StandingRules:
    """Read and check the rules; `known` segments have a name in `console.toml`.

    Raises `CannotStart` naming file, line and remedy.
    """
    file = folder / SEGMENTS_FILE
    found = read_toml(file, _SegmentsFile)
    named = {rule.code for rule in found.segments}
    for rule in (*found.segments, *found.lifecycles, *found.values):
        named |= rule.segments or frozenset()
    managers = found.managers.of if found.managers else {}
    refuse_unknown(file, "segment", named | set(managers), known)
    refuse_unknown(
        file, "lifecycle stage", {rule.code for rule in found.lifecycles}, set(LIFECYCLES)
    )
    return StandingRules(
        currency=found.currency,
        segments=[_rule(one) for one in found.segments],
        lifecycles=[_rule(one) for one in found.lifecycles],
        values=[
            ValueRule(add=one.add, why=one.why.model_dump(), when=one.when())
            for one in found.values
        ],
        managers=managers,
        manager_why=found.managers.why.model_dump() if found.managers else {"en": "", "zh": ""},
    )


def _rule(one: _Rule) -> Rule:
    return Rule(code=one.code, why=one.why.model_dump(), when=one.when())
