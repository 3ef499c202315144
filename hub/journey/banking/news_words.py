"""What a phone or mailbox is told of an order: never an amount, never an address."""

from collections.abc import Mapping
from typing import Final

from hub.domain.banking import OrderKind

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
