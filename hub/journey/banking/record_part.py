"""What the ScreenPop shows of the bank's system: how old it is, orders, and what may be asked."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import bindparam, select

from hub.domain.banking import OrderKind
from hub.journey.banking.orders import (
    SELF_SERVICE,
    arguments_of,
    is_kept_here,
    reference,
    result_of,
)
from hub.journey.banking.receipts import appointment_texts
from hub.journey.context import Hub
from hub.journey.record_eye import Eye
from hub.journey.record_people import Speaking
from hub.security.roles import Right
from hub.store.rows import table_of
from hub.store.tables import BankOrder
from hub.store.unit import Prepared

ORDERS_SHOWN: Final = 8
_o = table_of(BankOrder).c
recent_orders = Prepared(
    select(
        _o.id, _o.kind, _o.state, _o.subject_id, _o.asked_by, _o.asked_at, _o.decided_by,
        _o.reason, _o.ended_at, _o.arguments_sealed, _o.result_sealed,
    )
    .where(_o.customer_id == bindparam("of"))
    .order_by(_o.asked_at.desc())
    .limit(ORDERS_SHOWN)
)  # fmt: skip
_OF_HOLDER: Final = frozenset({OrderKind.CHANGE_ADDRESS, OrderKind.APPOINTMENT})
_SHOWN_OF_ARGUMENTS: Final = ("amount", "amount_before", "currency", "reason")


def banking_part(
    hub: Hub, sync: Sequence[Any], orders: Sequence[Sequence[Any]], speaking: Speaking, eye: Eye
) -> dict[str, Any]:
    """`core`, `orders` and `actions` of the feed contract; `sync` is (fresh_at, stale_since)."""
    fresh_at, stale_since = sync
    core = None if hub.core is None else {"as_of": fresh_at, "stale_since": stale_since}
    shown = [one for row in orders if (one := _order(hub, row, speaking, eye))]
    return {"core": core, "orders": shown, "actions": _actions(hub, speaking, eye)}


def _actions(hub: Hub, speaking: Speaking, eye: Eye) -> list[dict[str, Any]]:
    """Every kind with why it is closed now, if it is; what it would need of a second person."""
    rules = hub.banking.rules
    found = []
    for kind in OrderKind:
        if hub.core is None and not is_kept_here(kind):
            continue
        if kind is OrderKind.APPOINTMENT and not hub.banking.calendar.branches:
            continue
        why = eye.may_do(Right.GIVE_BANK_ORDERS, rules.levels[kind])
        if why is None and kind in _OF_HOLDER and speaking.person is not None:
            why = "not_the_speakers"
        above = str(rules.limit_approval_above) if kind is OrderKind.CHANGE_LIMIT else None
        found.append(
            {
                "kind": kind.value,
                "why": why,
                "approval": kind in rules.approval,
                "approval_above": above,
            }
        )
    return found


def _order(hub: Hub, row: Sequence[Any], speaking: Speaking, eye: Eye) -> dict[str, Any] | None:
    order_id, kind, state, subject_id, by, at, decided_by, reason, ended_at, told, result = row
    arguments = arguments_of(hub, order_id, told) | result_of(hub, order_id, result)
    if _closed(kind, arguments, speaking) or not eye.sees("order"):
        return None
    last_four = arguments.get("last_four")
    return {
        "id": order_id,
        "reference": reference(order_id),
        "kind": kind,
        "state": state,
        "subject_id": subject_id,
        "about": f"•••• {last_four}" if last_four else None,
        "told": {name: arguments[name] for name in _SHOWN_OF_ARGUMENTS if name in arguments},
        "new_last_four": arguments.get("new_last_four"),
        "address": eye.field("address", arguments.get("address")),
        "visit": _visit(hub, arguments) if kind == OrderKind.APPOINTMENT else None,
        "asked_at": at,
        "asked_by": None if by == SELF_SERVICE else hub.staff.name_of(by),
        "decided_by": hub.staff.name_of(decided_by),
        "reason": reason,
        "ended_at": ended_at,
    }


def _closed(kind: str, arguments: Mapping[str, str], speaking: Speaking) -> bool:
    if kind in _OF_HOLDER:
        return speaking.closes_personal is not None
    return speaking.closes(arguments.get("account_id", "")) is not None


def _visit(hub: Hub, arguments: Mapping[str, str]) -> dict[str, Any]:
    both = {language: appointment_texts(hub, arguments, language) for language in ("en", "zh")}
    return {
        "starts_at": float(arguments["starts_at"]),
        "branch": {language: texts["branch"] for language, texts in both.items()},
        "address": {language: texts["address"] for language, texts in both.items()},
        "topic": {language: texts["topic"] for language, texts in both.items()},
    }
