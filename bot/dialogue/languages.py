"""Which language a customer asks for: the one that is named, else the other one. Pure."""

import re
from typing import Final

_NAMED: Final = {
    "zh": re.compile(r"中文|汉语|普通话|国语|华语|\b(?:chinese|mandarin|putonghua)\b", re.I),
    "en": re.compile(r"英文|英语|\benglish\b", re.I),
}


def language_asked(words: str, spoken: str) -> str:
    """Return `en` or `zh`; who names both, or none, means the one that is not spoken now."""
    named = [language for language, pattern in _NAMED.items() if pattern.search(words)]
    if len(named) == 1:
        return named[0]
    return "en" if spoken == "zh" else "zh"
