"""What a caller means by keys and words, and the few words that every flow says by itself."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from hub.domain.steps import Choice
from ivr.flow.fields import Texts

PERSON, BACK, REPEAT = "0", "*", "#"
HEARD_MOST: Final = 500
_ASCII_WORD: Final = re.compile(r"[a-z0-9]")
PERSON_WORDS: Final = (
    "person", "agent", "operator", "human", "someone", "representative", "colleague",
    "人工", "转人工", "客服", "真人", "接线员",
)  # fmt: skip
BACK_WORDS: Final = ("back", "go back", "返回", "上一步")
REPEAT_WORDS: Final = ("repeat", "again", "say again", "重复", "再说一遍", "没听清")
_MANNERS: Final = (
    (PERSON, {"en": "Speak to a person", "zh": "人工服务"}, PERSON_WORDS),
    (BACK, {"en": "Go back", "zh": "返回"}, BACK_WORDS),
    (REPEAT, {"en": "Say it again", "zh": "重听"}, REPEAT_WORDS),
)
LANGUAGE_NAMES: Final[Texts] = {"en": "English", "zh": "中文"}
NOT_A_CHOICE: Final[Texts] = {
    "en": "That is not one of the choices.",
    "zh": "您的选择无效。",
}
WRONG_DIGITS: Final[Texts] = {
    "en": "Those digits do not fit.",
    "zh": "您输入的位数不正确。",
}
SPOKEN: Final = {
    "1": ("one", "一"), "2": ("two", "二"), "3": ("three", "三"), "4": ("four", "四"),
    "5": ("five", "五"), "6": ("six", "六"), "7": ("seven", "七"), "8": ("eight", "八"),
    "9": ("nine", "九"),
}  # fmt: skip


def manners(language: str, *, can_go_back: bool) -> tuple[Choice, ...]:
    """Return the choices that every menu has besides its own."""
    return tuple(
        Choice(value=key, label=label[language], key=key, words=words)
        for key, label, words in _MANNERS
        if key != BACK or can_go_back
    )


def keys_of(text: str) -> str:
    """Return keys as they are on the phone: full-width digits become plain ones."""
    return unicodedata.normalize("NFKC", text[:HEARD_MOST]).strip()


def meant(sentence: str, choices: Iterable[Choice]) -> str:
    """Return the key of the choice whose word is the longest in a sentence; empty: none."""
    heard = _normal(sentence)
    best, length = "", 0
    for choice in choices:
        for word in (*choice.words, choice.label, *SPOKEN.get(choice.key, ())):
            plain = _normal(word)
            if len(plain) > length and _has(heard, plain):
                best, length = choice.key, len(plain)
    return best


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text[:HEARD_MOST]).casefold().strip()


def _has(sentence: str, word: str) -> bool:
    """English matches whole words, Chinese anywhere."""
    start = sentence.find(word)
    while start >= 0:
        if not (_cuts(sentence, start) or _cuts(sentence, start + len(word))):
            return True
        start = sentence.find(word, start + 1)
    return False


def _cuts(sentence: str, at: int) -> bool:
    if not 0 < at < len(sentence):
        return False
    return bool(_ASCII_WORD.match(sentence[at - 1]) and _ASCII_WORD.match(sentence[at]))
