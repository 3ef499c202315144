"""What the plain message says beside the link: nothing of what lies behind it."""

from collections.abc import Mapping
from typing import Final

from hub.domain.conduct import word_in

_COMES: Final = {
    "en": "We have sent you a secure message. Open it here within {days} days: {link}\n"
    "You will need a code that we send {where}. We never ask for passwords.",
    "zh": "您有一条安全消息，请在 {days} 天内打开：{link}\n"
    "打开时需要验证码，我们会发送到{where}。我们绝不会索要密码。",
}
_ASKS: Final = {
    "en": "We need documents from you. Send them safely here within {days} days: {link}\n"
    "You will need a code that we send {where}. We never ask for passwords.",
    "zh": "我们需要您提供材料，请在 {days} 天内通过安全页面上传：{link}\n"
    "打开时需要验证码，我们会发送到{where}。我们绝不会索要密码。",
}
_WHERE: Final[Mapping[str, Mapping[str, str]]] = {
    "sms": {"en": "to your mobile number on file", "zh": "您预留的手机号"},
    "email": {"en": "to your e-mail address on file", "zh": "您预留的邮箱"},
}
_CODE: Final = {
    "en": "{code} opens your secure message. Good for {minutes} minutes. "
    "Our staff never ask for it.",
    "zh": "验证码 {code}，用于打开您的安全消息，{minutes} 分钟内有效。工作人员绝不会索要。",
}
_SUBJECT: Final = {"en": "Your code", "zh": "您的验证码"}


def notice(language: str, *, link: str, via: str, days: int, asks_files: bool) -> str:
    """The words that travel in plain, with the link."""
    where = word_in(_WHERE[via], language)
    shape = word_in(_ASKS if asks_files else _COMES, language)
    return shape.format(link=link, where=where, days=days)


def code_words(language: str, code: str, minutes: int) -> str:
    """The words that carry a code."""
    return word_in(_CODE, language).format(code=code, minutes=minutes)


def code_subject(language: str) -> str:
    """Above a code that goes by mail."""
    return word_in(_SUBJECT, language)
