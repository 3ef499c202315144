"""Words by which customers stop messages, start them again and ask who we are. Pure.

Only a message that is the word and nothing else counts: "stop the transfer" is for a person.
"""

import unicodedata
from enum import StrEnum
from typing import Final


class Keyword(StrEnum):
    """What a word asks for."""

    STOP = "stop"
    START = "start"
    HELP = "help"


_WORDS: Final = {
    Keyword.STOP: (
        "stop", "stopall", "stop all", "unsubscribe", "cancel", "end", "quit", "optout", "opt out",
        "opt-out", "revoke", "td", "t", "退订", "退定", "退訂", "停止", "取消订阅", "取消訂閱",
        "拒收", "回t退订", "不要再发", "不要再發",
    ),
    Keyword.START: (
        "start", "unstop", "subscribe", "optin", "opt in", "opt-in", "恢复", "恢復", "订阅", "訂閱",
        "重新订阅", "重新訂閱", "开始", "開始",
    ),
    Keyword.HELP: ("help", "info", "帮助", "幫助", "说明", "說明"),
}  # fmt: skip
_KEYWORD_OF: Final = {word: keyword for keyword, words in _WORDS.items() for word in words}
_AROUND: Final = " \t\r\n.,;:!?'\"()[]<>«»“”‘’。，；：！？、（）【】《》「」～~*"


def keyword_of(text: str) -> Keyword | None:
    """Return what the whole message asks for, whatever its case, width and punctuation."""
    if len(text) > 40:
        return None
    plain = unicodedata.normalize("NFKC", text).casefold().strip(_AROUND)
    return _KEYWORD_OF.get(" ".join(plain.split()))
