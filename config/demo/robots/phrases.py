"""What robots say; every line invented, in both languages."""

from typing import Final, NamedTuple


class Matter(NamedTuple):
    """What a robot customer wants, and how the talk goes on."""

    queue: str
    opening: dict[str, str]
    follow_ups: dict[str, tuple[str, ...]]


MATTERS: Final = (
    Matter(
        "cards",
        {"en": "My card was charged twice for one purchase", "zh": "我的卡同一笔消费扣了两次款"},
        {
            "en": ("It was at Green Basket Market, last Friday.", "Yes, I still have the receipt."),
            "zh": ("是上周五在绿篮超市。", "小票还在，可以拍照发给您。"),
        },
    ),
    Matter(
        "cards",
        {"en": "I think I lost my debit card", "zh": "我的借记卡好像丢了"},
        {
            "en": ("I used it yesterday evening for the last time.", "Please send a new one."),
            "zh": ("最后一次是昨天晚上用的。", "麻烦帮我补办一张。"),
        },
    ),
    Matter(
        "payments",
        {"en": "My transfer from Monday has not arrived", "zh": "周一的转账还没有到账"},
        {
            "en": ("It was to my landlord.", "The reference is RENT-11."),
            "zh": ("是转给房东的。", "附言写的是十一月房租。"),
        },
    ),
    Matter(
        "loans",
        {"en": "Can I repay part of my home loan early?", "zh": "我的房贷可以提前还一部分吗"},
        {
            "en": ("About a fifth of what is left.", "Would there be a fee?"),
            "zh": ("大约是剩余本金的五分之一。", "请问有手续费吗？"),
        },
    ),
    Matter(
        "messages",
        {"en": "When does the Lake Road branch open?", "zh": "湖滨路网点几点开门"},
        {
            "en": ("On Saturday, I mean.", "Is there a place to park?"),
            "zh": ("我是说周六。", "那里方便停车吗？"),
        },
    ),
)
PERSON: Final = {"en": "I would like to talk to a person", "zh": "转人工"}
THANKS: Final = {
    "en": ("Thank you, that helps.", "All clear now."),
    "zh": ("好的，谢谢您。", "明白了，谢谢。"),
}

GREETINGS: Final = {
    "en": (
        "Hello, you are talking to {name}. Let me look at this.",
        "Hi, {name} here. One moment.",
    ),
    "zh": ("您好，我是{name}，我来为您查看。", "您好，{name}为您服务，请稍等。"),
}
ANSWERS: Final = {
    "en": (
        "I see it in your record now.",
        "I have passed this on and you will hear from us within two days.",
        "That is possible. I have noted it for you.",
    ),
    "zh": (
        "我已经在系统里看到了。",
        "已为您登记，两个工作日内会答复您。",
        "可以的，我已为您备注。",
    ),
}
GOODBYES: Final = {
    "en": "Thank you for contacting us. Have a good day.",
    "zh": "感谢您的咨询，祝您生活愉快。",
}
NOTES: Final = "Handled by a robot of the demo."
