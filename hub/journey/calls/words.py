"""What a caller hears from the hub itself, in both languages. Each text has the name of its
recording; the menu's own words come from its flow.
"""

from collections.abc import Mapping
from typing import Final

from hub.domain.calls import Prompt

Both = Mapping[str, str]

SAID: Final[Mapping[str, Both]] = {
    "handing_over": {
        "en": "I am putting you through to a colleague.",
        "zh": "正在为您转接人工服务。",
    },
    "next": {
        "en": "You are next in line.",
        "zh": "您是下一位。",
    },
    "position": {
        "en": "You are number {position} in line.",
        "zh": "您前面还有 {before} 位客户在等候。",
    },
    "wait_about": {
        "en": "The wait is about {minutes} minutes.",
        "zh": "预计等候约 {minutes} 分钟。",
    },
    "wait_short": {
        "en": "The wait is less than a minute.",
        "zh": "预计等候不到一分钟。",
    },
    "keep_waiting": {
        "en": "Please stay on the line.",
        "zh": "请您稍候，不要挂机。",
    },
    "key_callback": {
        "en": "To be called back without losing your place, press {key}.",
        "zh": "如需回电并保留排队位置，请按 {key}。",
    },
    "key_voicemail": {
        "en": "To leave a message, press {key}.",
        "zh": "如需留言，请按 {key}。",
    },
    "long_wait": {
        "en": "It takes longer than usual.",
        "zh": "现在等候时间较长。",
    },
    "nobody_skilled": {
        "en": "Nobody who can help with this is here at the moment.",
        "zh": "目前没有能处理此业务的客服人员在线。",
    },
    "queue_full": {
        "en": "So many people are waiting that we cannot take more calls into the line now.",
        "zh": "现在等候人数已满，暂时无法接入。",
    },
    "outside_hours": {
        "en": "You are calling outside our business hours.",
        "zh": "您好，现在是非工作时间。",
    },
    "or_hang_up": {
        "en": "Or call us again later.",
        "zh": "您也可以稍后再来电。",
    },
    "callback_this": {
        "en": "We call you back on the number you are calling from, ending in {tail}. "
        "To confirm, press 1. For another number, enter it and press hash. To go back, press star.",
        "zh": "我们将拨打您当前来电的号码，尾号 {tail}。确认请按 1。"
        "如需使用其他号码，请输入号码后按井号键。返回请按星号键。",
    },
    "callback_which": {
        "en": "Which number may we call? Please enter it and press hash. To go back, press star.",
        "zh": "请输入回电号码，按井号键结束。返回请按星号键。",
    },
    "callback_bad": {
        "en": "That is not a number we can call.",
        "zh": "无法拨打该号码。",
    },
    "callback_promised": {
        "en": "Thank you. We will call you back. Goodbye.",
        "zh": "谢谢，我们将给您回电。再见。",
    },
    "voicemail": {
        "en": "Please leave your message after the tone. Press hash when you are done.",
        "zh": "请在提示音后留言，结束请按井号键。",
    },
    "voicemail_left": {
        "en": "Thank you. Your message is with us. Goodbye.",
        "zh": "谢谢，我们已收到您的留言。再见。",
    },
    "voicemail_empty": {
        "en": "We did not hear a message.",
        "zh": "没有听到您的留言。",
    },
    "take_call": {
        "en": "A call from the bank's service line. To take it, press 1.",
        "zh": "您有一通客服来电，接听请按 1。",
    },
    "one_moment": {
        "en": "One moment please, the line to my colleague was interrupted.",
        "zh": "请稍候，与客服人员的连接中断，正在恢复。",
    },
    "recorded": {
        "en": "This call is recorded.",
        "zh": "本次通话将被录音。",
    },
    "survey": {
        "en": "How did we do? Please press a key from 1, not at all satisfied, "
        "to 5, very satisfied.",
        "zh": "请评价本次服务，1 为很不满意，5 为非常满意，请按 1 到 5。",
    },
    "thanks": {
        "en": "Thank you. Goodbye.",
        "zh": "感谢您的评价，再见。",
    },
    "goodbye": {
        "en": "Thank you for calling. Goodbye.",
        "zh": "感谢您的来电，再见。",
    },
    "blocked": {
        "en": "This number cannot reach us at the moment. If it is urgent, please visit a branch.",
        "zh": "该号码暂时无法接入，如有急事请前往网点办理。",
    },
    "trouble": {
        "en": "Sorry, something did not work.",
        "zh": "很抱歉，系统出现问题。",
    },
}
DIGITS_HIDDEN: Final[Both] = {"en": "[digits hidden]", "zh": "[数字已隐藏]"}
NOTHING_PRESSED: Final[Both] = {"en": "[nothing pressed]", "zh": "[未按键]"}


def prompt(code: str, language: str, **values: object) -> Prompt:
    """Return a text to say; with values in it there is no recording of the whole."""
    known = "zh" if language.startswith("zh") else "en"
    text = SAID[code][known].format(**values)
    return Prompt(text=text, language=known, name=None if values else f"call.{code}")


def both(texts: Both, language: str) -> str:
    """Return the text in the caller's language."""
    return texts["zh" if language.startswith("zh") else "en"]
