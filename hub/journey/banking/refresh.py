"""Our copy of a customer's record in the core: read again, written where it differs."""

import json
from collections.abc import Sequence
from typing import Any

import structlog
from sqlalchemy import bindparam, or_, select, update

from hub.domain.banking import CoreCard, CorePayment, CoreRecord
from hub.domain.events import CustomerRecordChanged
from hub.journey.banking.unusual import judge_new
from hub.journey.context import Hub
from hub.ports import CoreAway, CoreBanking, NeedsAttention
from hub.store.rows import change, find, put, remove, table_of
from hub.store.tables import Account, Card, Contact, CoreSync, Customer, Payment
from hub.store.unit import Append, Prepared, Unit
from hub.store.upsert import upsert

log = structlog.get_logger(__name__)

DAY_SECONDS = 86_400.0
FIRST_TIME_SECONDS = 180 * DAY_SECONDS
OVERLAP_SECONDS = 3 * DAY_SECONDS
"""Payments are booked late now and then."""
STILL_SHOWN_SECONDS = 3_600.0
_p, _c, _u = table_of(Payment).c, table_of(Contact).c, table_of(Customer).c
_Held = tuple[str, CoreRecord]
"""A record of the core, and the Customer whose number it has."""
_with_merged = Prepared(
    select(_u.id, _u.number, _u.merged_into).where(
        or_(_u.id == bindparam("of"), _u.merged_into == bindparam("of"))
    )
)
_newest_payment = Prepared(
    select(_p.at).where(_p.customer_id == bindparam("of")).order_by(_p.at.desc()).limit(1)
)
_payments_since = Prepared(
    select(_p.id, _p.detail_sealed).where(
        _p.customer_id == bindparam("of"), _p.at >= bindparam("since")
    )
)
_shown_contacts = Prepared(
    select(_c.id)
    .where(_c.customer_id == bindparam("of"))
    .where((_c.state != "closed") | (_c.closed_at > bindparam("since")))
    .order_by(_c.arrived_at.desc())
    .limit(20)
)
_new_sync = upsert(table_of(CoreSync))
_fresh = Prepared(
    _new_sync.on_conflict_do_update(
        index_elements=["customer_id"],
        set_={
            "version": _new_sync.excluded.version,
            "fresh_at": _new_sync.excluded.fresh_at,
            "stale_since": None,
        },
    )
)
_set_stale = Prepared(
    update(table_of(CoreSync))
    .where(table_of(CoreSync).c.customer_id == bindparam("of"))
    .values(stale_since=bindparam("stale_since"))
)
_sync_columns = ("version", "wanted_version", "fresh_at", "stale_since")


async def refresh(hub: Hub, core: CoreBanking, customer_id: str, *, force: bool) -> bool:
    """Read the customer's record again unless it is fresh; False when the core did not answer."""
    holders = await _holders(hub, customer_id)
    if not holders:
        return True
    owner = holders[0][0]
    if not force and all([await _is_fresh(hub, one) for one, _ in holders]):
        return True
    since = await _since(hub, owner, merged=len(holders) > 1)
    records = list[_Held]()
    try:
        for one, number in holders:
            record = await core.record_of(number, payments_since=since)
            if record is not None:
                records.append((one, record))
    except (CoreAway, NeedsAttention) as error:
        log.warning("core_record_not_read", error=type(error).__name__)
        await mark_stale(hub, owner)
        return False
    if records:
        await hub.journal.run(lambda: _store(hub, owner, records, since))
    return True


async def _holders(hub: Hub, customer_id: str) -> list[tuple[str, str]]:
    """Return (id, number) of the record, then of those that became part of it."""
    rows = await hub.reader.rows(_with_merged(of=customer_id))
    owner = next((row[2] or row[0] for row in rows if row[0] == customer_id), None)
    if owner is not None and owner != customer_id:
        rows = await hub.reader.rows(_with_merged(of=owner))
    return sorted(((row[0], row[1]) for row in rows), key=lambda one: (one[0] != owner, one))


async def _since(hub: Hub, owner: str, *, merged: bool) -> float:
    """Since when payments are read: of a merged record they may lie far back."""
    newest = [] if merged else await hub.reader.rows(_newest_payment(of=owner))
    if newest:
        return float(newest[0][0]) - OVERLAP_SECONDS
    return hub.clock.now() - FIRST_TIME_SECONDS


async def mark_stale(hub: Hub, customer_id: str) -> None:
    """Note that our copy of a record cannot be renewed now; the first moment is kept."""
    await hub.journal.run(lambda: _mark_stale(hub, customer_id))


async def _is_fresh(hub: Hub, customer_id: str) -> bool:
    rows = await hub.reader.rows(find(CoreSync, *_sync_columns, customer_id=customer_id))
    if not rows:
        return False
    version, wanted, fresh_at, stale_since = rows[0]
    if stale_since is not None or fresh_at is None or version < wanted:
        return False
    return bool(hub.clock.now() - fresh_at < hub.banking.fresh_seconds)


def _mark_stale(hub: Hub, customer_id: str) -> Unit[None]:
    at = hub.clock.now()
    rows = yield find(CoreSync, "stale_since", lock=True, customer_id=customer_id)
    if rows and rows[0][0] is not None:
        return
    if rows:
        yield _set_stale(of=customer_id, stale_since=at)
    else:
        yield put(CoreSync, customer_id=customer_id, stale_since=at)
    yield from _tell(hub, customer_id, "stale")


def _store(hub: Hub, customer_id: str, records: Sequence[_Held], since: float) -> Unit[None]:
    was_fresh = True
    for one, record in records:
        rows = yield find(CoreSync, *_sync_columns, lock=True, customer_id=one)
        if rows and rows[0][0] > record.version:
            return  # a newer answer was faster
        was_fresh &= bool(rows) and rows[0][2] is not None and rows[0][3] is None
    changed = yield from _accounts(hub, customer_id, records)
    changed |= yield from _cards(customer_id, [c for _, one in records for c in one.cards])
    payments = [payment for _, one in records for payment in one.payments]
    new, altered = yield from _payments(hub, customer_id, payments, since)
    yield from judge_new(hub, customer_id, new)
    for one, record in records:
        yield _fresh(
            customer_id=one,
            version=record.version,
            wanted_version=0,
            fresh_at=hub.clock.now(),
            stale_since=None,
        )
    if changed or new or altered or not was_fresh:
        yield from _tell(hub, customer_id, "refreshed", [one.id for one in new])


def _tell(hub: Hub, customer_id: str, cause: str, new: Sequence[str] = ()) -> Unit[None]:
    at = hub.clock.now()
    rows = yield _shown_contacts(of=customer_id, since=at - STILL_SHOWN_SECONDS)
    shown = tuple(row[0] for row in rows)
    yield Append(
        CustomerRecordChanged(
            at=at, customer_id=customer_id, cause=cause, contact_ids=shown, payment_ids=tuple(new)
        )
    )


def _accounts(hub: Hub, customer_id: str, records: Sequence[_Held]) -> Unit[bool]:
    columns = ("id", "kind", "currency", "detail_sealed", "held_by")
    rows = yield find(Account, *columns, customer_id=customer_id)
    known, changed = {row[0]: row[1:] for row in rows}, False
    for holder, one in [(of, account) for of, record in records for account in record.accounts]:
        before = known.pop(one.id, None)
        old = _opened(hub, "account", one.id, before[2]) if before else {}
        detail = old | {
            "number": one.number, "balance": one.balance, "name": dict(one.name),
            "limit": one.limit,
        }  # fmt: skip
        if before is not None and (old, before[:2]) == (detail, (one.kind, one.currency)):
            continue
        changed = True
        sealed = hub.vault.seal(_json(detail), "account", "detail", one.id)
        values = {"kind": one.kind, "currency": one.currency, "detail_sealed": sealed}
        if before is None:
            held_by = None if holder == customer_id else holder
            yield put(Account, id=one.id, customer_id=customer_id, held_by=held_by, **values)
        else:
            yield change(Account, one.id, **values)
    answered = {of for of, _ in records}
    for gone in [key for key, row in known.items() if (row[3] or customer_id) in answered]:
        changed = True
        yield remove(Account, id=gone)
    return changed


def _cards(customer_id: str, cards: Sequence[CoreCard]) -> Unit[bool]:
    columns = ("id", "account_id", "kind", "last_four", "state", "expires")
    rows = yield find(Card, *columns, customer_id=customer_id)
    known, changed = {row[0]: tuple(row) for row in rows}, False
    for one in cards:
        values = (one.id, one.account_id, one.kind, one.last_four, one.state, one.expires)
        before = known.pop(one.id, None)
        if before == values:
            continue
        changed = True
        named = dict(zip(columns[1:], values[1:], strict=True))
        if before is None:
            yield put(Card, id=one.id, customer_id=customer_id, **named)
        else:
            yield change(Card, one.id, **named)
    for gone in known:
        changed = True
        yield remove(Card, id=gone)
    return changed


def _payments(
    hub: Hub, customer_id: str, payments: Sequence[CorePayment], since: float
) -> Unit[tuple[list[CorePayment], bool]]:
    rows = yield _payments_since(of=customer_id, since=since)
    known = {row[0]: row[1] for row in rows}
    new, altered = list[CorePayment](), False
    for one in payments:
        detail = {"merchant": one.merchant, "amount": one.amount, "currency": one.currency}
        if one.place:
            detail["place"] = one.place
        before = known.get(one.id)
        if before is not None and _opened(hub, "payment", one.id, before) == detail:
            continue
        sealed = hub.vault.seal(_json(detail), "payment", "detail", one.id)
        if before is not None:
            altered = True
            yield change(Payment, one.id, detail_sealed=sealed, at=one.at)
        else:
            new.append(one)
            yield put(
                Payment, id=one.id, customer_id=customer_id, account_id=one.account_id, at=one.at,
                detail_sealed=sealed,
            )  # fmt: skip
    return new, altered


def _opened(hub: Hub, table: str, row_id: str, sealed: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(hub.vault.open(sealed, table, "detail", row_id))
    return found


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
