"""Where a customer stands: segment, lifecycle stage, relationship manager, value; by rules; pure.

The first rule of a list that fits decides; the value is the sum of all that fit. What is said of
why is kept as it was said then, so that the history stays true when the file changes.
"""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Final

Both = Mapping[str, str]
FIELDS: Final = ("segment", "lifecycle", "manager", "value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a customer: profile, balances, behaviour."""

    account_kinds: frozenset[str]
    balances: Decimal
    """Sum of what lies on accounts in the bank's currency; debts are left out."""
    age_years: int | None
    years: int
    """Calendar years as a customer."""
    quiet_days: float | None
    """Since the last payment; None when none is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """What must be so; None does not matter."""

    account_kinds: frozenset[str] | None = None
    """Has one of these."""
    balances_at_least: Decimal | None = None
    balances_stay: Decimal | None = None
    """So much is enough for who is in it already: nobody goes to and fro with each salary."""
    age_below: int | None = None
    years_below: int | None = None
    years_at_least: int | None = None
    quiet_days_at_least: float | None = None
    segments: frozenset[str] | None = None

    def fits(self, facts: Facts, segment: str, *, is_in: bool) -> bool:
        """Tell whether it is so."""
        least = self.balances_at_least
        if is_in and self.balances_stay is not None:
            least = self.balances_stay
        age, quiet = facts.age_years, facts.quiet_days
        return all((
            self.account_kinds is None or bool(self.account_kinds & facts.account_kinds),
            least is None or facts.balances >= least,
            self.age_below is None or (age is not None and age < self.age_below),
            self.years_below is None or facts.years < self.years_below,
            self.years_at_least is None or facts.years >= self.years_at_least,
            self.quiet_days_at_least is None
            or (quiet is not None and quiet >= self.quiet_days_at_least),
            self.segments is None or segment in self.segments,
        ))  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Gives a code (segment, lifecycle stage) to whom it fits."""

    code: str
    why: Both
    when: When = field(default_factory=When)


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueRule:
    """Adds to the value of whom it fits, in units of one target of waiting."""

    add: float
    why: Both
    when: When = field(default_factory=When)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingRules:
    """The operator's file (`segments.toml`). An empty list leaves its field as it was given."""

    currency: str = "CNY"
    segments: Sequence[Rule] = ()
    lifecycles: Sequence[Rule] = ()
    values: Sequence[ValueRule] = ()
    managers: Mapping[str, Sequence[str]] = field(default_factory=lambda: MappingProxyType({}))
    """Segment -> who looks after its customers, users' ids."""
    manager_why: Both = field(default_factory=lambda: MappingProxyType({"en": "", "zh": ""}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a customer stands."""

    segment: str
    lifecycle: str
    manager_id: str | None = None
    value: float = 0.0


@dataclass(frozen=True, slots=True)
class Change:
    """One field has another value, and why."""

    field: str
    before: str
    after: str
    why: Both


def stand(
    customer_id: str, facts: Facts, now: Standing, rules: StandingRules
) -> tuple[Standing, tuple[Change, ...]]:
    """Return where the customer stands and what changed; the same facts give the same."""
    changes: list[Change] = []
    segment = _first(rules.segments, facts, now.segment, now.segment, "segment", changes)
    lifecycle = _first(rules.lifecycles, facts, segment, now.lifecycle, "lifecycle", changes)
    manager = _manager(customer_id, segment, now.manager_id, rules, changes)
    value = _value(facts, segment, now.value, rules, changes)
    after = Standing(segment=segment, lifecycle=lifecycle, manager_id=manager, value=value)
    return after, tuple(changes)


def _first(
    rules: Sequence[Rule], facts: Facts, segment: str, now: str, name: str, changes: list[Change]
) -> str:
    for rule in rules:
        if rule.when.fits(facts, segment, is_in=rule.code == now):
            if rule.code != now:
                changes.append(Change(name, now, rule.code, rule.why))
            return rule.code
    return now


def _manager(
    customer_id: str, segment: str, now: str | None, rules: StandingRules, changes: list[Change]
) -> str | None:
    """A customer keeps who is still in the list; a new one is chosen by the identifier."""
    if not rules.managers:
        return now
    able = rules.managers.get(segment, ())
    found = now if now in able else None
    if found is None and able:
        found = able[zlib.crc32(customer_id.encode()) % len(able)]
    if found != now:
        changes.append(Change("manager", now or "", found or "", rules.manager_why))
    return found


def _value(
    facts: Facts, segment: str, now: float, rules: StandingRules, changes: list[Change]
) -> float:
    if not rules.values:
        return now
    # A sum does not say which rules it came from: none of them is held on to below its measure.
    fitting = [rule for rule in rules.values if rule.when.fits(facts, segment, is_in=False)]
    value = round(sum(rule.add for rule in fitting), 3)
    if value != now:
        why = {
            language: ", ".join(rule.why[language] for rule in fitting) or "–"
            for language in ("en", "zh")
        }
        changes.append(Change("value", f"{now:g}", f"{value:g}", why))
    return value
