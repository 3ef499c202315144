"""Which of our two languages a text is written in, from its script alone."""

import re
from typing import Final, Literal

Language = Literal["en", "zh"]

_HAN: Final = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]")
_LATIN_WORD: Final = re.compile(r"[A-Za-z][A-Za-z'’]*")
_OTHER_SCRIPT: Final = re.compile(r"[\u0370-\u1fff\u3040-\u30ff\uac00-\ud7af]")
_LINK: Final = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+")


def detect(text: str) -> Language | None:
    """Return `en`, `zh`, or None when the text gives no ground for either.

    A Han character weighs as much as a Latin word, since each carries about one notion: so
    "我的 iPhone app 打不开" is Chinese and "My name is 林薇" is English. Links and mail addresses
    do not count. Other Latin-script languages are taken for English; kana, hangul, Cyrillic,
    Arabic and their neighbours give None where they prevail.
    """
    if "://" in text or "@" in text or "www." in text:
        text = _LINK.sub(" ", text)
    latin = len(_LATIN_WORD.findall(text))
    if text.isascii():
        return "en" if latin else None
    han = len(_HAN.findall(text))
    others = len(_OTHER_SCRIPT.findall(text))
    # Kana and hangul betray Japanese and Korean even where Han characters are many.
    if others * 3 > han + latin:
        return None
    if han == latin == 0:
        return None
    return "zh" if han >= latin else "en"
