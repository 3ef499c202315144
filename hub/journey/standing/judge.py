"""A customer is judged again, in the unit that changed the record or in the nightly round."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, func, select

from hub.customers.profile import open_profile
from hub.customers.standing import Change, Facts, Standing, StandingRules, stand
from hub.domain.events import CustomerRecordChanged
from hub.journey.context import Hub
from hub.store.rows import change, find, put, table_of
from hub.store.tables import Account, Contact, Customer, Payment, StandingChange, User
from hub.store.unit import Append, Prepared, Unit

DAY_SECONDS = 86_400.0
SHOWN_MOST = 20
_COLUMNS = (
    "segment", "lifecycle", "manager_id", "value", "standing", "since_year", "profile_sealed",
    "merged_into",
)  # fmt: skip
_p, _c, _w = table_of(Payment).c, table_of(Contact).c, table_of(User).c
_last_payment = Prepared(select(func.max(_p.at)).where(_p.customer_id == bindparam("of")))
_users = Prepared(
    select(_w.login, _w.id).where(
        _w.login.in_(bindparam("logins", expanding=True)), _w.enabled.is_(True)
    )
)
_shown = Prepared(
    select(_c.id).where(_c.customer_id == bindparam("of"), _c.state != "closed").limit(SHOWN_MOST)
)


def restand(hub: Hub, customer_id: str) -> Unit[bool]:
    """Judge one customer; True when something changed. Who has no account is left as given."""
    rules = hub.standing
    rows = yield find(Customer, *_COLUMNS, lock=True, id=customer_id)
    if rules is None or not rows or rows[0][7] is not None:
        return False
    segment, lifecycle, manager_id, value, told, since_year, sealed, _ = rows[0]
    accounts = yield find(
        Account, "id", "kind", "currency", "detail_sealed", customer_id=customer_id
    )
    if not accounts:
        return False
    [(paid_at,)] = yield _last_payment(of=customer_id)
    profile = open_profile(hub.vault, sealed, customer_id)
    facts = _facts(hub, rules, accounts, profile, since_year, paid_at)
    rules = yield from _with_managers(rules)
    now = Standing(segment=segment, lifecycle=lifecycle, manager_id=manager_id, value=value)
    after, changes = stand(customer_id, facts, now, rules)
    if changes:
        yield from _store(hub, customer_id, after, changes, json.loads(told))
    return bool(changes)


def _with_managers(rules: StandingRules) -> Unit[StandingRules]:
    """The file names managers as they sign in; who has left is none any more."""
    logins = sorted({login for named in rules.managers.values() for login in named})
    if not logins:
        return rules
    rows = yield _users(logins=logins)
    ids: dict[str, str] = dict(rows)
    able = {
        segment: [ids[login] for login in named if login in ids]
        for segment, named in rules.managers.items()
    }
    return replace(rules, managers=able)


def _facts(
    hub: Hub,
    rules: StandingRules,
    accounts: Sequence[Sequence[Any]],
    profile: Mapping[str, str],
    since_year: int,
    paid_at: float | None,
) -> Facts:
    at = hub.clock.now()
    today = datetime.fromtimestamp(at, UTC).date()
    balances = Decimal(0)
    for account_id, _, currency, sealed in accounts:
        detail = json.loads(hub.vault.open(sealed, "account", "detail", account_id))
        if currency == rules.currency:
            balances += max(Decimal(detail["balance"]), Decimal(0))
    return Facts(
        account_kinds=frozenset(row[1] for row in accounts),
        balances=balances,
        age_years=_age(profile.get("birth_date", ""), today),
        years=today.year - since_year,
        quiet_days=None if paid_at is None else (at - paid_at) / DAY_SECONDS,
    )


def _age(birth_date: str, today: date) -> int | None:
    try:
        born = date.fromisoformat(birth_date)
    except ValueError:
        return None
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _store(
    hub: Hub,
    customer_id: str,
    after: Standing,
    changes: Sequence[Change],
    told: dict[str, Any],
) -> Unit[None]:
    at = hub.clock.now()
    for one in changes:
        told[one.field] = {"since": at, "why": dict(one.why)}
        yield put(
            StandingChange,
            id=hub.new_id("std"),
            customer_id=customer_id,
            at=at,
            field=one.field,
            before=one.before,
            after=one.after,
            why=json.dumps(dict(one.why), ensure_ascii=False),
        )
    yield change(
        Customer,
        customer_id,
        segment=after.segment,
        lifecycle=after.lifecycle,
        manager_id=after.manager_id,
        value=after.value,
        standing=json.dumps(told, ensure_ascii=False),
    )
    rows = yield _shown(of=customer_id)
    shown = tuple(row[0] for row in rows)
    yield Append(
        CustomerRecordChanged(
            at=at, customer_id=customer_id, cause="standing", contact_ids=shown, payment_ids=()
        )
    )
