"""The BankOrder as the steps read it inside a unit, and the one way to move it."""

import json
from dataclasses import dataclass, fields
from typing import Any

from hub.domain.banking import OrderKind, OrderState, require_order_move
from hub.domain.errors import NotFound, Refused
from hub.journey.context import Hub
from hub.store.rows import change_if, find
from hub.store.tables import BankOrder
from hub.store.unit import Unit

EFFECT_KIND = "bank_order"
SELF_SERVICE = "self_service"
"""Who asks when bot or IVR does."""


@dataclass(frozen=True, slots=True)
class OrderRow:
    """The columns of `BankOrder` that steps need, in the order they are selected."""

    id: str
    kind: str
    state: str
    contact_id: str
    conversation_id: str
    customer_id: str
    subject_id: str
    asked_by: str
    asked_at: float
    language: str
    arguments_sealed: bytes
    decided_by: str | None
    reason: str

    @property
    def names(self) -> dict[str, Any]:
        """What every event of the order says."""
        return {
            "contact_id": self.contact_id,
            "conversation_id": self.conversation_id,
            "order_id": self.id,
            "order_kind": self.kind,
            "customer_id": self.customer_id,
        }


ORDER_COLUMNS = tuple(f.name for f in fields(OrderRow))


def load_order(order_id: str) -> Unit[OrderRow]:
    """Read and hold the order for this unit; raise `NotFound`."""
    rows = yield find(BankOrder, *ORDER_COLUMNS, lock=True, id=order_id)
    if not rows:
        raise NotFound("no_order")
    return OrderRow(*rows[0])


async def read_order(hub: Hub, order_id: str) -> OrderRow:
    """Read an order outside of a unit; raise `NotFound`."""
    rows = await hub.reader.rows(find(BankOrder, *ORDER_COLUMNS, id=order_id))
    if not rows:
        raise NotFound("no_order")
    return OrderRow(*rows[0])


def move_order(order: OrderRow, to: OrderState, **values: Any) -> Unit[None]:
    """Move a held order along the table of legal moves, with other columns beside it."""
    require_order_move(order.state, to)
    changed = yield change_if(BankOrder, order.id, {"state": order.state}, state=to.value, **values)
    if changed != 1:
        raise Refused("order_moved_on", "somebody else was faster")


def arguments_of(hub: Hub, order_id: str, sealed: bytes) -> dict[str, str]:
    """Open what was asked for."""
    found: dict[str, str] = json.loads(hub.vault.open(sealed, "bank_order", "arguments", order_id))
    return found


def result_of(hub: Hub, order_id: str, sealed: bytes | None) -> dict[str, str]:
    """Open what came of it; empty while nothing has."""
    if sealed is None:
        return {}
    found: dict[str, str] = json.loads(hub.vault.open(sealed, "bank_order", "result", order_id))
    return found


def sealed_texts(hub: Hub, order_id: str, column: str, texts: dict[str, str]) -> bytes:
    """Seal arguments or result of an order."""
    return hub.vault.seal(
        json.dumps(texts, ensure_ascii=False, sort_keys=True), "bank_order", column, order_id
    )


def reference(order_id: str) -> str:
    """A short name of the order that can be read aloud; `0`, `1` and letters are not mixed up."""
    return order_id[-6:].upper()


def is_kept_here(kind: str) -> bool:
    """Tell whether the hub itself carries the order out."""
    return kind == OrderKind.APPOINTMENT
