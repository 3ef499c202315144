"""The forms under which a Customer can be found: the words that are hashed into the index.

Index and query cut text by the same functions, so a stored name is found by each of its forms.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from hub.security.lookup import normalise_id, normalise_mail
from hub.security.masks import country_code
from hub.text.digits import normalise_digits
from hub.text.fold import HAN, fold, words
from hub.text.pinyin import spellings

Form = tuple[str, str]
"""A kind and a word. Kinds: `word` whole, `start` of a word, `han`, `digits`, `number`, `mail`."""

NAME_MOST: Final = 200
WORDS_MOST: Final = 12
"""Words of one name; a longer one is found by its first."""
START_MOST: Final = 12
"""Letters of a beginning; a longer word is looked up by its first twelve."""
JOINED_MOST: Final = 24
DIGITS_LEAST: Final = 5
"""Shorter runs of digits would match too many phones to be of use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Findable:
    """What a Customer can be found by."""

    numbers: tuple[str, ...]
    """The customer number, and those of records merged into this one."""
    name: str = ""
    name_zh: str = ""
    phone: str = ""
    email: str = ""


def findable(numbers: tuple[str, ...], profile: Mapping[str, str]) -> Findable:
    """Take from a profile what it can be found by."""
    return Findable(
        numbers=numbers,
        name=profile.get("name") or "",
        name_zh=profile.get("name_zh") or "",
        phone=profile.get("phone") or "",
        email=profile.get("email") or "",
    )


def forms_of(one: Findable) -> set[Form]:
    """Return every form of a Customer, some twenty for a common name."""
    found: set[Form] = set()
    for name in {one.name, one.name_zh} - {""}:
        found.update(name_forms(name))
    found.update(("number", normalise_id(number)) for number in one.numbers)
    found.update(("digits", digits) for digits in phone_forms(one.phone))
    if one.email:
        found.update(("mail", mail) for mail in mail_forms(one.email))
    return found


def name_forms(name: str) -> Iterator[Form]:
    """Words and their beginnings; Han characters and pairs, their pinyin and its initials."""
    cut = name_words(name)
    latin = [word for word in cut if not HAN.match(word)]
    for word in cut:
        yield "word", word
        if HAN.match(word):
            yield from _han_forms(word)
        else:
            yield from _starts(word)
    if len(latin) > 1:
        yield from _joined(tuple(latin))


def name_words(text: str) -> list[str]:
    """Cut a name or a query; a name without any letter, such as an emoji, is one word as it is."""
    folded = fold(text[:NAME_MOST])
    return words(folded)[:WORDS_MOST] or [folded.strip()] * bool(folded.strip())


def han_pairs(run: str) -> list[str]:
    """Return the pairs of neighbours of a Han run; of a single character itself."""
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


def _han_forms(run: str) -> Iterator[Form]:
    for part in {*run, *han_pairs(run)}:
        yield "han", part
    for spoken in spellings(run[:WORDS_MOST]):
        for syllable in spoken:
            yield "word", syllable
            yield from _starts(syllable)
        if len(spoken) > 1:
            yield from _joined(spoken)


def _joined(parts: tuple[str, ...]) -> Iterator[Form]:
    """`linwei` and its beginnings from `linw` on, and the initials `lw`."""
    joined = "".join(parts)[:JOINED_MOST]
    initials = "".join(part[0] for part in parts)
    yield "word", joined
    yield "word", initials
    yield "start", initials[:START_MOST]
    for length in range(len(parts[0]) + 1, min(len(joined), START_MOST) + 1):
        yield "start", joined[:length]


def _starts(word: str) -> Iterator[Form]:
    for length in range(min(2, len(word)), min(len(word), START_MOST) + 1):
        yield "start", word[:length]


def phone_forms(phone: str) -> set[str]:
    """Return the digits of a phone number with and without its country code."""
    digits = "".join(c for c in normalise_digits(phone) if c.isdigit())
    if not phone.strip().startswith("+"):
        return {digits.lstrip("0")} - {""}
    return {digits, digits.removeprefix(country_code(digits))} - {""}


def mail_forms(mail: str) -> set[str]:
    """Return a mail address and the part before its @."""
    whole = normalise_mail(mail)
    return {whole, whole.rpartition("@")[0]} - {""}
