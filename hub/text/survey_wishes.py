"""What people answer to a survey beside a score: never again, or call me. Pure.

Only the whole message counts: "never again will I bank here" is a comment, and a person reads it.
"""

import unicodedata
from enum import StrEnum
from typing import Final


class Wish(StrEnum):
    """What is asked for."""

    NEVER = "never_again"
    CALL = "call_me"


_WORDS: Final = {
    Wish.NEVER: (
        "never again", "no more surveys", "no surveys", "no survey", "stop surveys", "stop asking",
        "do not ask again", "dont ask again", "dont ask me again", "do not ask me again",
        "不要再问", "别再问了", "不要调查", "不要再调查", "不要再发调查", "拒绝调查",
    ),
    Wish.CALL: (
        "call me", "please call me", "call me back", "please call me back", "please call",
        "ring me", "ring me back", "phone me", "请回电", "回电", "请打电话给我", "打电话给我",
        "给我打电话", "请给我打电话", "给我回电话", "请给我回电话", "请联系我",
    ),
}  # fmt: skip
_WISH_OF: Final = {word: wish for wish, words in _WORDS.items() for word in words}
_MARKS: Final = str.maketrans("", "", "'’‘.,;:!?\"()。，；：！？、～~")
_MOST: Final = 60


def wish_in(text: str) -> Wish | None:
    """Return what the whole message wishes for, whatever its case, width and punctuation.

    >>> str(wish_in("Call me!")), wish_in("call me crazy")
    ('call_me', None)
    """
    if len(text) > _MOST:
        return None
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_MARKS)
    return _WISH_OF.get(" ".join(plain.split()))
