"""The short words of a receipt for phone or mailbox: never an amount, never an address."""

from collections.abc import Mapping
from typing import Final

from hub.domain.banking import OrderKind, OrderState
from hub.journey.banking.orders import ORDER_COLUMNS, OrderRow, arguments_of, reference
from hub.journey.banking.receipts import appointment_texts, language_of
from hub.journey.context import Hub
from hub.journey.news_told import News
from hub.store.rows import find
from hub.store.tables import BankOrder
from hub.store.unit import Unit

Both = Mapping[str, str]

DONE: Final[dict[str, Both]] = {
    OrderKind.BLOCK_CARD: {
        "en": "Your card ending in {last_four} is blocked.",
        "zh": "您尾号 {last_four} 的银行卡已锁定。",
    },
    OrderKind.REPLACE_CARD: {
        "en": "A new card in place of the one ending in {last_four} is on its way.",
        "zh": "替换尾号 {last_four} 的新卡正在寄出。",
    },
    OrderKind.CHANGE_LIMIT: {
        "en": "The transfer limit of your account ending in {last_four} was changed.",
        "zh": "您尾号 {last_four} 账户的转账限额已变更。",
    },
    OrderKind.CHANGE_ADDRESS: {
        "en": "We have your wish to change your address.",
        "zh": "您的地址变更申请已受理。",
    },
    OrderKind.APPOINTMENT: {
        "en": "Your appointment: {when}, {branch}.",
        "zh": "您的预约：{when}，{branch}。",
    },
}
NOT_DONE: Final[Both] = {
    "en": "We could not do what you asked for. Nothing was changed.",
    "zh": "您要求的业务未能办理，没有做任何更改。",
}
GIVEN_BACK: Final[Both] = {
    "en": "Your appointment is cancelled: {when}, {branch}.",
    "zh": "您的预约已取消：{when}，{branch}。",
}
NOT_YOU: Final[Both] = {
    "en": "{text} Reference {reference}. Not you? Call us.",
    "zh": "{text}业务编号 {reference}。如非本人操作，请致电我们。",
}


def _words(order: OrderRow) -> Both:
    if order.state == OrderState.CANCELLED:
        return GIVEN_BACK
    return DONE[order.kind] if order.state == OrderState.APPLIED else NOT_DONE


def order_news(hub: Hub, order_id: str, key: str) -> Unit[News | None]:
    """Return what there is to tell of an order; None while nothing has come of it."""
    rows = yield find(BankOrder, *ORDER_COLUMNS, id=order_id)
    if not rows:
        return None
    order = OrderRow(*rows[0])
    if order.state not in (OrderState.APPLIED, OrderState.REFUSED, OrderState.CANCELLED):
        return None
    language = language_of(order)
    words = _words(order)
    blanks = arguments_of(hub, order.id, order.arguments_sealed)
    if order.kind == OrderKind.APPOINTMENT:
        blanks |= appointment_texts(hub, blanks, language)
    text = words[language].format(**({"last_four": "••••"} | blanks))
    said = NOT_YOU[language].format(text=text, reference=reference(order.id))
    return News(order.customer_id, language, said, order.conversation_id, key)
