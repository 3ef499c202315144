"""New payments are judged in the unit that stores them: an unusual one becomes a Task, once.

The evidence is stored as codes and figures, which pages put into words of their reader's language.
"""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, select

from hub.customers.unusual import DAY_SECONDS, Finding, Paid, findings
from hub.customers.warnings import STAFF_RECORD, in_force
from hub.domain.banking import CorePayment
from hub.domain.work import PAYMENT_CHECK
from hub.journey.context import Hub
from hub.journey.work.open import NewTask, add_task
from hub.journey.work.task_row import NO_WORDS, Words
from hub.store.rows import change, find, put, table_of
from hub.store.tables import Customer, Payment, PaymentCheck
from hub.store.unit import Prepared, Unit

LOOK_BACK_SECONDS = 180 * DAY_SECONDS
MOST_LOOKED_AT = 1_000
"""The newest before it: opening them all must not hold the journal up."""
Evidence = list[tuple[str, str]]
_p = table_of(Payment).c
_before = Prepared(
    select(_p.id, _p.account_id, _p.at, _p.detail_sealed)
    .where(_p.customer_id == bindparam("of"), _p.at >= bindparam("since"))
    .order_by(_p.at.desc())
    .limit(MOST_LOOKED_AT)
)


def judge_new(hub: Hub, customer_id: str, new: Sequence[CorePayment]) -> Unit[None]:
    """Mark what is unusual among payments that were just stored, and open a Task for each."""
    rules = hub.banking.unusual
    kind = hub.work.tasks.get(PAYMENT_CHECK)
    if rules is None or kind is None:
        return
    now = hub.clock.now()
    fresh = [one for one in new if _left(one.amount) and one.at >= now - rules.fresh_seconds]
    if not fresh:
        return
    since = min(one.at for one in fresh) - LOOK_BACK_SECONDS
    rows = yield _before(of=customer_id, since=since)
    before = [paid for row in rows if (paid := _paid(hub, row))]
    for one in fresh:
        this = _from_core(one)
        if found := findings(this, before, rules):
            yield from _flag(hub, customer_id, this, found)


def _flag(hub: Hub, customer_id: str, paid: Paid, found: Sequence[Finding]) -> Unit[None]:
    times = next((float(one.value) for one in found if one.rule == "amount"), None)
    rule = "amount" if times is not None else found[0].rule
    yield change(Payment, paid.id, unusual=rule, unusual_times=times)
    rows = yield find(Customer, "warnings", id=customer_id)
    # A colleague's payments are for those who may open the record, where they are marked.
    is_closed = bool(rows) and STAFF_RECORD in in_force(rows[0][0])
    task_id = yield from add_task(
        hub,
        NewTask(
            kind=PAYMENT_CHECK,
            by="system",
            due_at=hub.clock.now(),
            customer_id=customer_id,
            words=NO_WORDS if is_closed else Words("", evidence_of(paid, found)),
        ),
    )
    yield put(
        PaymentCheck,
        id=paid.id,
        task_id=task_id,
        customer_id=customer_id,
        opened_at=hub.clock.now(),
    )


def evidence_of(paid: Paid, found: Sequence[Finding]) -> Evidence:
    """Say what was paid and what is unusual about it: codes, and figures parted by `|`."""
    told = [
        ("payment_amount", f"{paid.amount}|{paid.currency}"),
        ("payment_merchant", paid.merchant),
        ("payment_at", f"{paid.at:.0f}"),
    ]
    if paid.place:
        told.append(("payment_place", paid.place))
    return told + [(f"unusual_{one.rule}", f"{one.value}|{one.usual}") for one in found]


def _left(amount: str) -> bool:
    return amount.startswith("-")


def _paid(hub: Hub, row: Sequence[Any]) -> Paid | None:
    payment_id, account_id, at, sealed = row
    detail = json.loads(hub.vault.open(sealed, "payment", "detail", payment_id))
    if not _left(detail["amount"]):
        return None
    return _read(payment_id, account_id, at, detail)


def _from_core(one: CorePayment) -> Paid:
    detail = {
        "merchant": one.merchant, "amount": one.amount, "currency": one.currency,
        "place": one.place,
    }  # fmt: skip
    return _read(one.id, one.account_id, one.at, detail)


def _read(payment_id: str, account_id: str, at: float, detail: Mapping[str, Any]) -> Paid:
    return Paid(
        id=payment_id,
        account_id=account_id,
        at=at,
        merchant=detail["merchant"],
        amount=-Decimal(detail["amount"]),
        currency=detail["currency"],
        place=detail.get("place"),
    )
