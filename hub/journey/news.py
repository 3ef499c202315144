"""News for a customer who may have left the chat: by SMS or e-mail when nobody has read it there.

What an order or a Case has to say is written into the Conversation. When the customer has not
seen it after a few minutes (the chat is closed, the page is gone, or on another screen), the same
news goes out once as a short Notice, without account data beyond the last four digits.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hub.customers.profile import open_profile
from hub.customers.warnings import DECEASED, in_force
from hub.domain.notice import NoticeKind
from hub.journey.banking.news import order_news
from hub.journey.cases.news import case_news
from hub.journey.context import Hub
from hub.journey.news_told import News, told_of
from hub.journey.notify import notice
from hub.journey.waiting import TimerKind, ring
from hub.store.rows import find
from hub.store.tables import Consent, Conversation, Customer, Message
from hub.store.unit import Unit

PURPOSE: Final = "service"
"""Also the consent that a customer may take back; nobody has to give it first."""
SUBJECT: Final[Mapping[str, str]] = {"en": "News from your bank", "zh": "银行业务通知"}
USEFUL_SECONDS: Final = 24 * 3600.0
_REACH: Final[tuple[tuple[NoticeKind, str], ...]] = (("sms", "phone"), ("email", "email"))


@dataclass(frozen=True, slots=True)
class _Reach:
    kind: NoticeKind
    to: str


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
    reach = yield from _reach_of(hub, news.customer_id)
    if reach is None:
        return
    yield from notice(
        hub,
        to_kind=reach.kind,
        to=reach.to,
        language=news.language,
        subject=SUBJECT[news.language] if reach.kind == "email" else None,
        text=news.text,
        purpose=PURPOSE,
        about=of,
        useful_until=hub.clock.now() + USEFUL_SECONDS,
    )


def _is_seen(news: News) -> Unit[bool]:
    if news.conversation_id is None:
        return False
    told = yield find(Message, "seq", conversation_id=news.conversation_id, key=news.key)
    seen = yield find(Conversation, "seen_by_customer_seq", id=news.conversation_id)
    return bool(told and seen and seen[0][0] >= told[0][0])


def _reach_of(hub: Hub, customer_id: str) -> Unit[_Reach | None]:
    rows = yield find(Customer, "profile_sealed", "warnings", id=customer_id)
    consent = yield find(Consent, "given", customer_id=customer_id, code=PURPOSE)
    if not rows or DECEASED in in_force(rows[0][1]) or (consent and not consent[0][0]):
        return None
    profile = open_profile(hub.vault, rows[0][0], customer_id)
    for kind, name in _REACH:
        if kind in hub.notify.kinds and profile.get(name):
            return _Reach(kind, profile[name])
    return None
