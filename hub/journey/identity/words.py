"""What a code's message says, in the customer's language."""

from typing import Final

_CODE: Final = {
    "en": "{code} is your one-time code. Give it only in the conversation you have with us now. "
    "It is good for {minutes} minutes. We never call you to ask for it.",
    "zh": "您的一次性验证码是 {code}，请仅在当前与我们的对话中提供，{minutes} 分钟内有效。"
    "我们不会主动来电索取。",
}
_SUBJECT: Final = {"en": "Your one-time code", "zh": "您的一次性验证码"}


def code_text(language: str, code: str, minutes: int) -> str:
    """Return the words of the message."""
    return _CODE.get(language, _CODE["en"]).format(code=code, minutes=minutes)


def code_subject(language: str) -> str:
    """Return the subject of the mail."""
    return _SUBJECT.get(language, _SUBJECT["en"])
