"""`banking.toml`, `branches.toml`, `unusual.toml`: what may be done, where, what is looked at."""

from datetime import time
from decimal import Decimal
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field, StrictBool

from config.problems import CannotStart, ExitCode
from config.toml_file import Strict, Texts, read_toml
from config.unusual import load_unusual
from hub.domain.banking import BankingRules, OrderKind
from hub.domain.branches import Branch, Calendar, Topic
from hub.journey.banking.set_up import BankingSetUp

BANKING_FILE = "banking.toml"
BRANCHES_FILE = "branches.toml"
Level = Annotated[int, Field(ge=0, le=3)]
Amount = Annotated[Decimal, Field(ge=0, max_digits=15, decimal_places=2)]


class _Order(Strict):
    level: Level
    approval: StrictBool = False


class _Limit(_Order):
    approval_above: Amount = Decimal(50_000)
    most: Amount = Decimal(1_000_000)


class _Orders(Strict):
    block_card: _Order
    replace_card: _Order
    change_limit: _Limit
    change_address: _Order
    appointment: _Order


class _BankingFile(Strict):
    orders: _Orders


class _Topic(Strict):
    code: Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")]
    label: Texts


class _Branch(Strict):
    id: Annotated[str, Field(pattern=r"^[a-z_0-9]{1,40}$")]
    name: Texts
    address: Texts
    opens: time
    closes: time
    days: Annotated[frozenset[Annotated[int, Field(ge=1, le=7)]], Field(min_length=1)]
    slot_minutes: Annotated[int, Field(ge=5, le=240)]
    seats: Annotated[int, Field(ge=1, le=50)]


class _BranchesFile(Strict):
    topics: Annotated[tuple[_Topic, ...], Field(min_length=1)]
    branches: tuple[_Branch, ...]


def load_banking(folder: Path, *, time_zone: str) -> BankingSetUp:
    """Read and check the files; raise `CannotStart` naming file, line and remedy."""
    return BankingSetUp(
        rules=_rules(read_toml(folder / BANKING_FILE, _BankingFile).orders),
        calendar=_calendar(folder / BRANCHES_FILE, ZoneInfo(time_zone)),
        unusual=load_unusual(folder),
    )


def _rules(orders: _Orders) -> BankingRules:
    by_kind: dict[OrderKind, _Order] = {kind: getattr(orders, kind) for kind in OrderKind}
    return BankingRules(
        levels={kind: order.level for kind, order in by_kind.items()},
        approval=frozenset(kind for kind, order in by_kind.items() if order.approval),
        limit_approval_above=orders.change_limit.approval_above,
        limit_most=orders.change_limit.most,
    )


def _calendar(file: Path, zone: ZoneInfo) -> Calendar:
    found = read_toml(file, _BranchesFile)
    for one in found.branches:
        _check(file, one)
    _refuse_twins(file, [one.id for one in found.branches])
    _refuse_twins(file, [one.code for one in found.topics])
    return Calendar(
        zone=zone,
        branches={one.id: _branch(one) for one in found.branches},
        topics={
            one.code: Topic(code=one.code, name=one.label.model_dump()) for one in found.topics
        },
    )


def _check(file: Path, one: _Branch) -> None:
    if _minutes(one.closes) - _minutes(one.opens) < one.slot_minutes:
        raise CannotStart(
            ExitCode.SET_UP,
            f"{file}: branch {one.id} closes before its first appointment would end; "
            "set a later closes or fewer slot_minutes",
        )


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _refuse_twins(file: Path, names: list[str]) -> None:
    if twins := {name for name in names if names.count(name) > 1}:
        raise CannotStart(ExitCode.SET_UP, f"{file}: {sorted(twins)} is there twice; rename one")


def _branch(one: _Branch) -> Branch:
    return Branch(
        id=one.id,
        name=one.name.model_dump(),
        address=one.address.model_dump(),
        opens=one.opens,
        closes=one.closes,
        days=one.days,
        slot_minutes=one.slot_minutes,
        seats=one.seats,
    )
