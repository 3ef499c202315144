"""Words by which somebody says that they are not whom the bank means. Pure.

Only a message that says this and nothing else counts: "it was not me who paid" is for a person.
"""

import unicodedata
from typing import Final

_SAID: Final = frozenset({
    "not me", "its not me", "it is not me", "this is not me", "this isnt me", "that is not me",
    "wrong number", "wrong person", "wrong address", "wrong email", "not my account",
    "you have the wrong number", "you have the wrong person", "i am not your customer",
    "im not your customer", "not your customer", "this is not my bank", "sorry wrong number",
    "这不是我", "不是我", "我不是", "你打错了", "发错了", "你发错了", "您发错了", "号码错了",
    "发错人了", "你发错人了", "您发错人了", "打错了", "我不是本人", "不是本人", "非本人",
    "這不是我", "發錯了", "你發錯了", "您發錯了", "號碼錯了", "發錯人了", "打錯了",
})  # fmt: skip
_MOST: Final = 60
_MARKS: Final = str.maketrans("", "", "'’‘`´.,;:!?\"()。，；：！？、…~～")


def says_not_me(text: str) -> bool:
    """Tell whether the whole message says so, whatever its case, width and punctuation.

    >>> says_not_me("This isn't me!"), says_not_me("It was not me who paid")
    (True, False)
    """
    if len(text) > _MOST:
        return False
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_MARKS)
    return " ".join(plain.split()) in _SAID
