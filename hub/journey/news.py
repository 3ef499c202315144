"""News for a customer who may have left the chat: by SMS or e-mail when nobody has read it there.

What an order or a Case has to say is written into the Conversation. When the customer has not
seen it after a few minutes (the chat is closed, the page is gone, or on another screen; the text
or mail could not be delivered), the same news goes out once as a short Notice, without account
data beyond the last four digits.
"""

from hub.domain.outbound import DeliveryState
from hub.journey.banking.news import order_news
from hub.journey.cases.news import case_news
from hub.journey.context import Hub
from hub.journey.news_told import News, told_of
from hub.journey.outside import tell_outside
from hub.journey.waiting import TimerKind, ring
from hub.store.rows import find
from hub.store.tables import Conversation, Message, MessageDelivery
from hub.store.unit import Unit


async def send_unseen(hub: Hub, subject: str) -> None:
    """Timer `news`: whoever has read it in the chat is not told again."""
    await hub.journal.run(lambda: _send_unseen(hub, subject))


def _send_unseen(hub: Hub, subject: str) -> Unit[None]:
    if not (yield ring(hub, TimerKind.NEWS, subject)):
        return
    kind, of, key = told_of(subject)
    news = yield from (order_news if kind == "order" else case_news)(hub, of, key)
    if news is None or (yield from _is_seen(news)):
        return
    yield from tell_outside(
        hub, customer_id=news.customer_id, language=news.language, text=news.text, about=of
    )


def _is_seen(news: News) -> Unit[bool]:
    """Whether it was read on a page, or left by SMS or mail and nobody knows that it failed."""
    if news.conversation_id is None:
        return False
    told = yield find(Message, "seq", conversation_id=news.conversation_id, key=news.key)
    if told:
        sent = yield find(
            MessageDelivery, "state", conversation_id=news.conversation_id, seq=told[0][0]
        )
        if sent:
            return bool(sent[0][0] != DeliveryState.FAILED)
    seen = yield find(Conversation, "seen_by_customer_seq", id=news.conversation_id)
    return bool(told and seen and seen[0][0] >= told[0][0])
