"""The short words of a receipt for phone or mailbox: never an amount, never an address."""

from hub.domain.banking import OrderKind, OrderState
from hub.journey.banking.news_words import DONE, GIVEN_BACK, NOT_DONE, NOT_YOU, Both
from hub.journey.banking.orders import ORDER_COLUMNS, OrderRow, arguments_of, reference
from hub.journey.banking.receipts import appointment_texts, language_of
from hub.journey.context import Hub
from hub.journey.news_told import News
from hub.store.rows import find
from hub.store.tables import BankOrder
from hub.store.unit import Unit


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
