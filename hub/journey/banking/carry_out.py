"""The outbox's hand for orders: said to the core once, asked about as often as need be.

An order is marked as sent before it leaves. Whoever finds it marked (after a lost answer, a crash,
another node's death) asks the core for its state first, and only an order that never arrived is
given again, under the same key.
"""

from collections.abc import Callable, Mapping

import structlog

from hub.customers.merge_accounts import number_in_core
from hub.domain.banking import CoreAnswer, CoreOrder, OrderKind, OrderState
from hub.domain.events import (
    BankOrderApplied,
    BankOrderFailed,
    BankOrderRefused,
    BankOrderSent,
)
from hub.journey.audited import audited
from hub.journey.banking.orders import (
    OrderRow,
    arguments_of,
    load_order,
    move_order,
    read_order,
    sealed_texts,
)
from hub.journey.banking.receipts import receipt, refusal
from hub.journey.context import Hub
from hub.ports import CoreAway, CoreBanking, OutcomeUnknown, SendLater
from hub.store.outbox import DueEffect
from hub.store.outbox_runner import EffectHandler
from hub.store.rows import change_if
from hub.store.tables import Card
from hub.store.unit import Append, Unit

ATTEMPTS = 300
"""At ten minutes' pauses: two days of a core that is away."""
CORE = "core"
_SETTLED = frozenset({OrderState.APPLIED, OrderState.REFUSED})

log = structlog.get_logger(__name__)


def handler(hub: Hub, core: CoreBanking, *, lost: Callable[[], None]) -> EffectHandler:
    """Return what acts on effects of the kind `bank_order`; `lost` hears of a core that is away."""

    async def act(effect: DueEffect) -> None:
        order = await read_order(hub, effect.subject)
        if order.state in _SETTLED:
            return
        try:
            answer = await _answer(hub, core, order)
        except SendLater:
            lost()
            raise
        await hub.journal.run(lambda: _settle(hub, order.id, answer))

    def on_failed(effect: DueEffect, error_code: str) -> Unit[None]:
        yield from _give_up(hub, effect.subject, error_code)

    return EffectHandler(act, repeatable=True, attempts=ATTEMPTS, on_failed=on_failed)


async def _answer(hub: Hub, core: CoreBanking, order: OrderRow) -> CoreAnswer:
    """Return the core's answer; raise `SendLater` while there is none."""
    try:
        if order.state == OrderState.SENT:
            known = await core.state_of(order.id)
            if known is not None:
                return known
        else:
            await hub.journal.run(lambda: _mark(hub, order.id, OrderState.SENT))
        return await core.carry_out(await _told(hub, order))
    except CoreAway as away:
        if order.state != OrderState.SENT:
            await hub.journal.run(lambda: _mark(hub, order.id, OrderState.QUEUED))
        raise SendLater(str(away)) from None
    except OutcomeUnknown as unknown:
        log.warning("core_outcome_unknown", order_id=order.id)
        raise SendLater(str(unknown)) from None


async def _told(hub: Hub, order: OrderRow) -> CoreOrder:
    arguments = arguments_of(hub, order.id, order.arguments_sealed)
    of_holder = order.kind == OrderKind.CHANGE_ADDRESS
    whose = order.subject_id if of_holder else order.customer_id
    number = await number_in_core(hub.reader, whose, arguments.get("account_id"))
    return CoreOrder(key=order.id, kind=order.kind, number=number, arguments=arguments)


def _mark(hub: Hub, order_id: str, to: OrderState) -> Unit[None]:
    order = yield from load_order(order_id)
    if order.state == to:
        return
    yield from move_order(order, to)
    waits = to is OrderState.QUEUED
    yield Append(BankOrderSent(at=hub.clock.now(), waits=waits, **order.names))


def _settle(hub: Hub, order_id: str, answer: CoreAnswer) -> Unit[None]:
    order = yield from load_order(order_id)
    if order.state in _SETTLED:
        return
    at = hub.clock.now()
    if answer.applied:
        sealed = sealed_texts(hub, order_id, "result", dict(answer.result))
        yield from move_order(order, OrderState.APPLIED, result_sealed=sealed, ended_at=at)
        yield from _show_at_once(order, answer.result)
        yield Append(BankOrderApplied(at=at, **order.names))
        yield from receipt(hub, order, answer.result, at)
    else:
        yield from move_order(order, OrderState.REFUSED, reason=answer.reason, ended_at=at)
        yield Append(BankOrderRefused(at=at, by=CORE, reason=answer.reason, **order.names))
        yield from refusal(hub, order, at)
    action = "bank_order_applied" if answer.applied else "bank_order_refused"
    yield from audited(
        hub, CORE, action, order_id, reason=answer.reason, details={"kind": order.kind}
    )


def _show_at_once(order: OrderRow, result: Mapping[str, str]) -> Unit[None]:
    """Our copy follows without waiting for the core's own word, which says the same."""
    if state := result.get("card_state"):
        where = {"customer_id": order.customer_id}
        yield change_if(Card, order.subject_id, where, state=state)


def _give_up(hub: Hub, order_id: str, error_code: str) -> Unit[None]:
    order = yield from load_order(order_id)
    if order.state in _SETTLED or order.state == OrderState.FAILED:
        return
    at = hub.clock.now()
    yield from move_order(order, OrderState.FAILED, reason=error_code)
    yield Append(BankOrderFailed(at=at, error_code=error_code, **order.names))
    yield from audited(hub, CORE, "bank_order_failed", order_id, reason=error_code)
