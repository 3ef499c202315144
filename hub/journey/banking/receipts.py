"""What a customer reads of an order, in the customer's language; written into the Conversation."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from hub.domain.banking import OrderKind, money
from hub.domain.states import Speaker
from hub.domain.work import TASK_CHANNEL
from hub.journey.banking.news_words import DONE, NOT_YOU, Both
from hub.journey.banking.orders import OrderRow, arguments_of, reference
from hub.journey.context import Hub
from hub.journey.messages import Draft, add_message
from hub.journey.news_told import plan_news
from hub.journey.outside import SAFETY, tell_outside
from hub.store.rows import find
from hub.store.tables import Contact
from hub.store.unit import Unit

GRAVE: Final = frozenset({OrderKind.REPLACE_CARD, OrderKind.CHANGE_LIMIT, OrderKind.CHANGE_ADDRESS})
"""Changes that a thief would make: the customer hears of them at the address that we know."""
APPLIED: Final[dict[str, Both]] = {
    OrderKind.BLOCK_CARD: {
        "en": "Your card ending in {last_four} is blocked. Nobody can pay with it any more.",
        "zh": "您尾号 {last_four} 的银行卡已锁定，任何人都无法再用它付款。",
    },
    OrderKind.REPLACE_CARD: {
        "en": "A new card in place of the one ending in {last_four} is on its way to your "
        "address. It ends in {new_last_four}; the old one no longer works.",
        "zh": "我们已为您补发新卡，替换尾号 {last_four} 的旧卡，将寄往您的登记地址。"
        "新卡尾号为 {new_last_four}，旧卡已停用。",
    },
    OrderKind.CHANGE_LIMIT: {
        "en": "The daily transfer limit of your account ending in {last_four} is now "
        "{currency} {amount}.",
        "zh": "您尾号 {last_four} 账户的每日转账限额现为 {currency} {amount}。",
    },
    OrderKind.CHANGE_ADDRESS: {
        "en": "We have your wish to change your address. We check it and write to your old "
        "and your new address.",
        "zh": "您的地址变更申请已受理。我们核实后会同时通知您的原地址和新地址。",
    },
    OrderKind.APPOINTMENT: {
        "en": "Your appointment: {when}, {branch}, {address}. Subject: {topic}.",
        "zh": "您的预约：{when}，{branch}，{address}。事项：{topic}。",
    },
}
REFUSED: Final[Both] = {
    "en": "We could not do what you asked for ({what}). Nothing was changed.",
    "zh": "很抱歉，您要求的业务（{what}）未能办理，没有做任何更改。",
}
WHAT: Final[dict[str, Both]] = {
    OrderKind.BLOCK_CARD: {
        "en": "block the card ending in {last_four}",
        "zh": "锁定尾号 {last_four} 的银行卡",
    },
    OrderKind.REPLACE_CARD: {
        "en": "replace the card ending in {last_four}",
        "zh": "补换尾号 {last_four} 的银行卡",
    },
    OrderKind.CHANGE_LIMIT: {
        "en": "change the transfer limit to {currency} {amount}",
        "zh": "将转账限额改为 {currency} {amount}",
    },
    OrderKind.CHANGE_ADDRESS: {"en": "change your address", "zh": "变更地址"},
    OrderKind.APPOINTMENT: {"en": "an appointment", "zh": "预约网点"},
}
REFERENCE: Final[Both] = {"en": "Reference {reference}", "zh": "业务编号 {reference}"}


def receipt(hub: Hub, order: OrderRow, result: Mapping[str, str], at: float) -> Unit[None]:
    """Tell the customer that it is done; the order's id is the message's key: once for ever."""
    yield from _write(hub, order, APPLIED[order.kind], result, at, is_grave=order.kind in GRAVE)


def refusal(hub: Hub, order: OrderRow, at: float) -> Unit[None]:
    """Tell the customer that it was not done. Why is for staff: it may be about fraud."""
    language = language_of(order)
    what = WHAT[order.kind][language].format(**_blanks(hub, order, {}))
    yield from _write(hub, order, REFUSED, {"what": what}, at)


def _write(
    hub: Hub,
    order: OrderRow,
    words: Both,
    more: Mapping[str, str],
    at: float,
    *,
    is_grave: bool = False,
) -> Unit[None]:
    language = language_of(order)
    blanks = _blanks(hub, order, more)
    text = words[language].format(**blanks)
    closing = REFERENCE[language].format(reference=reference(order.id))
    yield from tell_of_order(
        hub, order, order.contact_id, key=order.id, text=f"{text}\n{closing}", at=at,
        is_grave=is_grave,
    )  # fmt: skip


def tell_of_order(
    hub: Hub,
    order: OrderRow,
    contact_id: str,
    *,
    key: str,
    text: str,
    at: float,
    is_grave: bool = False,
) -> Unit[None]:
    """Write it into the Contact's Conversation; `key` makes it once for ever.

    Of a Task no customer reads the Conversation: the same words go to phone or mailbox at once. Of
    a grave change the record's own address is told whoever reads the talk: it may be a stranger.
    """
    [(channel, conversation_id)] = yield find(Contact, "channel", "conversation_id", id=contact_id)
    draft = Draft(key=key, speaker=Speaker.SYSTEM, body={"text": text})
    yield from add_message(hub, conversation_id, contact_id, draft, at)
    if channel == TASK_CHANNEL:
        yield from tell_outside(
            hub, customer_id=order.customer_id, language=language_of(order), text=text,
            about=order.id,
        )  # fmt: skip
    elif is_grave:
        yield from _warn(hub, order)
    else:
        yield from plan_news(hub, "order", order.id, key, at)


def _warn(hub: Hub, order: OrderRow) -> Unit[None]:
    language = language_of(order)
    done = DONE[order.kind][language].format(**_blanks(hub, order, {}))
    text = NOT_YOU[language].format(text=done, reference=reference(order.id))
    yield from tell_outside(
        hub, customer_id=order.customer_id, language=language, text=text, about=order.id,
        purpose=SAFETY,
    )  # fmt: skip


def _blanks(hub: Hub, order: OrderRow, more: Mapping[str, str]) -> dict[str, str]:
    found = arguments_of(hub, order.id, order.arguments_sealed) | dict(more)
    if order.kind == OrderKind.APPOINTMENT:
        found |= appointment_texts(hub, found, language_of(order))
    if "amount" in found:
        found["amount"] = f"{money(found['amount']):,.2f}"
    return {"new_last_four": "••••"} | found


def appointment_texts(hub: Hub, arguments: Mapping[str, str], language: str) -> dict[str, str]:
    """Place, time and topic of an appointment in a language; the bank's time zone."""
    calendar = hub.banking.calendar
    starts = datetime.fromtimestamp(float(arguments["starts_at"]), calendar.zone)
    branch = calendar.branches.get(arguments["branch_id"])
    topic = calendar.topics.get(arguments["topic"])
    return {
        "when": _when(starts, language),
        "branch": branch.name[language] if branch else arguments["branch_id"],
        "address": branch.address[language] if branch else "",
        "topic": topic.name[language] if topic else arguments["topic"],
    }


def _when(at: datetime, language: str) -> str:
    if language == "zh":
        return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"
    return f"{at.day} {at:%B %Y, %H:%M}"


def language_of(order: OrderRow) -> str:
    """The language of words about an order."""
    return "zh" if order.language.startswith("zh") else "en"
