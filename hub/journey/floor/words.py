"""What the customer is told while nobody can answer, in both languages."""

from collections.abc import Mapping
from datetime import date
from typing import Final

Both = Mapping[str, str]

CAUSES: Final[Mapping[str, Both]] = {
    "nobody_skilled": {
        "en": "Nobody who can help with this is here at the moment. "
        "You can keep your place in line, leave a message, or have us call you.",
        "zh": "目前没有能处理此业务的客服在线。您可以继续排队、留言，或让我们给您回电。",
    },
    "long_wait": {
        "en": "It takes longer than usual. "
        "You can keep your place in line, leave a message, or have us call you.",
        "zh": "现在等待时间较长。您可以继续排队、留言，或让我们给您回电。",
    },
    "queue_full": {
        "en": "So many people are waiting that we cannot take more into the line now. "
        "You can leave a message, or have us call you.",
        "zh": "现在排队人数已满，暂时无法加入。您可以留言，或让我们给您回电。",
    },
    "outside_hours": {
        "en": "Nobody is here right now. We keep what you wrote and answer when we open. "
        "You can also leave a message, or have us call you.",
        "zh": "现在没有客服在线。我们会保留您的消息，并在上班后回复。"
        "您也可以留言，或让我们给您回电。",
    },
}
WAIT_ABOUT: Final[Both] = {
    "en": "The wait is about {minutes} min.",
    "zh": "预计等待约 {minutes} 分钟。",
}
CHOICES: Final[Mapping[str, Both]] = {
    "wait": {"en": "Keep waiting", "zh": "继续等待"},
    "callback": {"en": "Call me back", "zh": "请给我回电"},
    "message": {"en": "Leave a message", "zh": "留言"},
    "record": {"en": "Call {number}", "zh": "拨打 {number}"},
    "back": {"en": "Go back", "zh": "返回"},
    "send": {"en": "Send it", "zh": "提交留言"},
    "soonest": {"en": "As soon as possible", "zh": "尽快"},
}
SAID: Final[Mapping[str, Both]] = {
    "kept": {
        "en": "You keep your place. You can still choose another way:",
        "zh": "已为您保留位置。您仍可选择其他方式：",
    },
    "joining": {
        "en": "A colleague is just about to join you.",
        "zh": "客服正在接入，请稍候。",
    },
    "number": {
        "en": "Which number may we call? Please write it with the area or country code.",
        "zh": "请问我们拨打哪个号码？请填写完整号码（含区号）。",
    },
    "number_or_record": {
        "en": "May we call the number in your record, or another one? Then please write it.",
        "zh": "请问拨打您预留的号码，还是其他号码？其他号码请直接输入。",
    },
    "bad_number": {
        "en": "That does not look like a phone number. Please write all of its digits.",
        "zh": "这似乎不是电话号码，请输入完整的数字。",
    },
    "time": {"en": "When does it suit you?", "zh": "您方便什么时间接听？"},
    "message": {
        "en": "Please write your message, as many lines as you like. We answer in this chat.",
        "zh": "请输入留言，可分多条发送。我们会在此对话中回复您。",
    },
    "noted": {
        "en": "Noted. Write more, or send the message.",
        "zh": "已记下。您可以继续补充，或提交留言。",
    },
    "no_message": {
        "en": "There is nothing to send yet. Please write your message.",
        "zh": "还没有留言内容，请先输入。",
    },
    "callback_promised": {
        "en": "Thank you. We will call {number}: {when}.",
        "zh": "谢谢。我们将拨打 {number}，时间：{when}。",
    },
    "message_left": {
        "en": "Thank you. Your message is with us and will be answered.",
        "zh": "谢谢，我们已收到您的留言，会尽快回复。",
    },
}
_DAYS: Final[Mapping[str, tuple[str, str]]] = {"en": ("Today", "Tomorrow"), "zh": ("今天", "明天")}


def of(texts: Both, language: str, **values: str) -> str:
    """Return the text in the customer's language, English for any that we do not write."""
    return texts.get(language, texts["en"]).format(**values)


def slot_text(language: str, day: date, today: date, start_hour: int, end_hour: int) -> str:
    """Return `Tomorrow 9:00 to 12:00`."""
    known = "zh" if language == "zh" else "en"
    ahead = (day - today).days
    if ahead < len(_DAYS[known]):
        name = _DAYS[known][ahead]
    else:
        name = f"{day.month}月{day.day}日" if known == "zh" else f"{day.day}/{day.month}"
    to = "至" if known == "zh" else " to "
    return f"{name} {start_hour}:00{to}{end_hour}:00"
