"""Where customers stand: the same facts give the same; each change is told once, with its why."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.problems import CannotStart
from config.segments import load_segments
from hub.customers.standing import Facts, Rule, Standing, StandingRules, ValueRule, When, stand

FOLDER = Path(__file__).parents[3] / "config"
KNOWN = {"everyday", "premier", "business", "student"}
OWN = load_segments(FOLDER, KNOWN)
WHY = {"en": "why", "zh": "原因"}
GIVEN = Standing(segment="everyday", lifecycle="active")


def facts(balances: int = 1_000, **more: object) -> Facts:
    said = {
        "account_kinds": frozenset({"current"}), "age_years": 40, "years": 5, "quiet_days": 1.0,
        **more,
    }  # fmt: skip
    return Facts(balances=Decimal(balances), **said)  # type: ignore[arg-type]


any_facts = st.builds(
    Facts,
    account_kinds=st.frozensets(st.sampled_from(("current", "savings", "business"))),
    balances=st.decimals(0, 10**7, places=2),
    age_years=st.none() | st.integers(0, 110),
    years=st.integers(0, 60),
    quiet_days=st.none() | st.floats(0, 4000),
)
WITH_MANAGERS = StandingRules(
    segments=OWN.segments, lifecycles=OWN.lifecycles, values=OWN.values, manager_why=WHY,
    managers={"premier": ("usr_a", "usr_b", "usr_c")},
)  # fmt: skip


@given(any_facts, st.sampled_from(sorted(KNOWN)), st.text(min_size=1))
def test_the_same_facts_change_nothing_the_second_time(
    found: Facts, segment: str, customer_id: str
) -> None:
    given_ = Standing(segment=segment, lifecycle="active")
    after, changes = stand(customer_id, found, given_, WITH_MANAGERS)
    assert stand(customer_id, found, given_, WITH_MANAGERS) == (after, changes)
    assert stand(customer_id, found, after, WITH_MANAGERS) == (after, ())


@given(any_facts, st.sampled_from(sorted(KNOWN)))
def test_a_change_is_told_for_what_differs_and_for_nothing_else(found: Facts, segment: str) -> None:
    before = Standing(segment=segment, lifecycle="active", manager_id="usr_b", value=0.1)
    after, changes = stand("cus_1", found, before, WITH_MANAGERS)
    differs = {
        name
        for name, was, is_ in (
            ("segment", before.segment, after.segment),
            ("lifecycle", before.lifecycle, after.lifecycle),
            ("manager", before.manager_id, after.manager_id),
            ("value", before.value, after.value),
        )
        if was != is_
    }
    assert {one.field for one in changes} == differs
    assert len(changes) == len(differs)
    assert all(one.why["en"] and one.why["zh"] for one in changes)


def test_who_is_in_stays_until_the_lower_bound() -> None:
    rich, _ = stand("c", facts(70_000), GIVEN, OWN)
    assert rich.segment == "premier"
    assert stand("c", facts(50_000), rich, OWN)[0].segment == "premier"
    assert stand("c", facts(50_000), GIVEN, OWN)[0].segment == "everyday"
    assert stand("c", facts(39_999), rich, OWN)[0].segment == "everyday"


def test_the_first_rule_that_fits_decides() -> None:
    firm = facts(10**6, account_kinds=frozenset({"business"}), age_years=20)
    after, [change, *_] = stand("c", firm, GIVEN, OWN)
    assert (after.segment, change.why["en"]) == ("business", "has a business account")


def test_lists_that_are_not_there_leave_what_was_given() -> None:
    now = Standing(segment="student", lifecycle="leaving", manager_id="usr_x", value=2.0)
    assert stand("c", facts(10**9), now, StandingRules()) == (now, ())


def test_values_are_added_and_a_manager_is_kept_while_in_the_list() -> None:
    rules = StandingRules(
        values=(
            ValueRule(add=0.3, why=WHY, when=When(balances_at_least=Decimal(500))),
            ValueRule(add=0.1, why=WHY, when=When(years_at_least=5)),
        ),
        managers={"everyday": ("usr_a", "usr_b")},
        manager_why=WHY,
    )
    after, _ = stand("c", facts(), GIVEN, rules)
    assert after.value == 0.4
    other = "usr_a" if after.manager_id == "usr_b" else "usr_b"
    kept = Standing(segment="everyday", lifecycle="active", manager_id=other, value=0.4)
    assert stand("c", facts(), kept, rules) == (kept, ())
    gone = Standing(segment="everyday", lifecycle="active", manager_id="usr_gone", value=0.4)
    assert stand("c", facts(), gone, rules)[0].manager_id == after.manager_id


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('code = "premier"', 'code = "platinum"', "segment platinum: not known"),
        ('code = "dormant"', 'code = "asleep"', "lifecycle stage asleep: not known"),
        ("balances_at_least = 60000", 'balances_at_least = "much"', "segments.1.balances_at_least"),
        ("age_below = 24", "age_under = 24", "age_under: Extra inputs are not permitted"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, old: str, new: str, told: str) -> None:
    text = (FOLDER / "segments.toml").read_text("utf-8")
    assert old in text
    (tmp_path / "segments.toml").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(CannotStart, match=told):
        load_segments(tmp_path, KNOWN)


def test_a_rule_without_conditions_fits_everybody() -> None:
    rules = StandingRules(segments=[Rule(code="student", why=WHY)])
    assert stand("c", facts(), GIVEN, rules)[0].segment == "student"
