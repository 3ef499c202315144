"""What the channel itself says, in the customer's language."""

from collections.abc import Mapping
from typing import Final

STOPPED: Final = {
    "en": "{bank}: you will get no more messages from this number. Reply START to get them again.",
    "zh": "【{bank}】您已退订，本号码不再向您发送短信。回复“恢复”可重新接收。",
}
STARTED: Final = {
    "en": "{bank}: you will get our messages again. Reply STOP to end them.",
    "zh": "【{bank}】您已恢复接收短信。回复“退订”可停止接收。",
}
HELP: Final = {
    "en": "{bank}, customer service. Write your question here and we will answer. "
    "Reply STOP to get no more messages.",
    "zh": "【{bank}】客户服务。请直接回复您的问题，我们会尽快答复。回复“退订”可停止接收短信。",
}

NO_FILE: Final = {
    "en": "[A picture or file was sent that cannot be shown here.]",
    "zh": "[客户发送了无法在此显示的图片或文件。]",
}
"""Stands in the talk in place of a file that was too large or of a kind that is not taken."""

TRIAL: Final = {
    "en": "{bank}: this text shows that the number sends. Nobody needs to answer it.",
    "zh": "【{bank}】号码测试短信，收到即表示发送正常，无需回复。",
}
"""By which an administrator sees that a number sends."""


def say(words: Mapping[str, str], language: str, bank: Mapping[str, str]) -> str:
    """Return the words in a language, with the bank's name in it."""
    own = language if language in words else "en"
    return words[own].format(bank=bank.get(own) or bank["en"])
