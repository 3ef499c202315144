"""What nobody should write into a conversation, found before it is stored or sent.

Card numbers (`redaction`), resident identity numbers, passwords and PINs, one-time codes and the
code on the back of a card. A secret has no shape of its own, so it is known by the word in front
of it; what has none stays: order numbers, phone numbers, amounts and dates pass.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Final, NamedTuple

from hub.security.ordinary_numbers import is_chinese_id
from hub.security.redaction import redact_cards
from hub.text.digits import CHINESE_DIGITS, STYLED_DIGITS, normalise_digits

HIDDEN: Final = "••••••"


class Secret(StrEnum):
    """What was found."""

    CARD = "card"
    PERSON_ID = "person_id"
    PASSWORD = "password"
    CODE = "code"


NEVER_SENT: Final = frozenset({Secret.CARD, Secret.PASSWORD})
"""No reason lets staff send these."""


class Guarded(NamedTuple):
    """The text with what was found hidden, and what it was, each kind once."""

    text: str
    kinds: tuple[Secret, ...] = ()


class _Found(NamedTuple):
    start: int
    end: int
    kind: Secret


_S: Final = r"[\s\-·.]?"
_PERSON_ID: Final = re.compile(
    r"(?:(?<![0-9A-Za-z])|(?<=\b[Ii][Dd]))"
    rf"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91)[0-9]{{4}}{_S}"
    rf"(?:19|20)[0-9]{{2}}{_S}(?:0[1-9]|1[0-2]){_S}(?:0[1-9]|[12][0-9]|3[01]){_S}"
    rf"[0-9]{{3}}{_S}[0-9Xx](?![0-9A-Za-z])"
)

_TO: Final = (
    r"\s*(?:is\s+now\b|is\b|are\b|was\b|[:：=＝]|->"
    r"|以前是|原来是|一直是|就是|是|设置为|设为|改为|为|為|叫|改成|设成|設成)\s*"
)
_QUOTED: Final = r"[\"'“”‘’「」《》]?"
_VALUE: Final = (
    r"(?P<value>[!#-&(-+\--9;-~]{4,64}?)(?=[\s,，。;；、!！?？\"'“”‘’」》.]*(?:$|[^!-~]|\s))"
)
# Chinese is written without spaces, so that \b would not see where a Latin word ends.
_BEGINS: Final = r"(?<![A-Za-z0-9_])"
_ENDS: Final = r"(?![A-Za-z0-9_])"
_PASSWORD_WORD: Final = (
    rf"(?:{_BEGINS}(?:pass(?:word|code|phrase|wd)|pass(?=\s*[:：=＝])|pwd?|pin)"
    rf"(?:\s+(?:code|number))?{_ENDS}(?:码|碼)?|密码|密碼|口令)"
)
_OF: Final = (
    r"(?:\s+(?:of|for|to)(?:\s+(?:my|the|this|our|his|her))?\s+[a-z]{2,12}"
    r"(?:\s+(?:bank|banking|card|account))?)?"
)
_PASSWORD: Final = re.compile(rf"{_PASSWORD_WORD}{_OF}(?P<to>{_TO}){_QUOTED}{_VALUE}", re.I)
_PASSWORD_QUOTED: Final = re.compile(
    rf"{_PASSWORD_WORD}(?P<to>{_TO}|\s+|(?=[“「]))[\"'“「](?P<value>[^\"'”」•\n]{{4,64}})[\"'”」]",
    re.I,
)
_PASSWORD_BESIDE: Final = re.compile(
    rf"{_PASSWORD_WORD}(?P<to>\s+)(?P<value>(?=[!-~]{{0,40}}[0-9])(?=[!-~]{{0,40}}[A-Za-z])"
    r"[!#-&(-+\--9;-~]{6,64})",
    re.I,
)
_PASSWORD_BEFORE: Final = re.compile(
    r"(?<![!-~])(?P<value>[!-~]{4,64})(?P<to>\s+as\s+|\s*(?:作为|做|当)\s*)"
    rf"(?:(?:my|the|a|our)\s+|我的)?(?:[a-z]{{2,12}}\s+)?{_PASSWORD_WORD}",
    re.I,
)
_PASSWORDS: Final = (_PASSWORD, _PASSWORD_QUOTED, _PASSWORD_BESIDE, _PASSWORD_BEFORE)
_PIN_BESIDE: Final = re.compile(
    rf"{_PASSWORD_WORD}\s*(?P<value>[0-9]{{4,8}})(?![0-9]|[.,][0-9]|\s*[年月日次天位个個元号號])",
    re.I,
)
_CODE: Final = re.compile(
    rf"(?:{_BEGINS}(?:otp|(?:one[\s-]?time|verification|security|sms|text|authentication"
    rf"|authenticator|confirmation|log-?in|sign-?in|access)\s+(?:pass)?codes?){_ENDS}"
    r"|\b(?:my|the|your|a)\s+code(?=\s*(?:is\b|:|i\s|you\s))"
    r"|\bcode(?=\s+(?:i|you)\s)"
    r"|验证码|驗證碼|校验码|校驗碼|动态码|動態碼|动态密码|短信码)"
    rf"(?:\s+(?:i\s+(?:got|received|have)|you\s+(?:sent|gave)(?:\s+me)?))?(?:{_TO}|\s*)"
    r"(?P<value>[0-9](?:[\s\-]?[0-9]){3,7})(?![0-9]|[.,][0-9]|\s*[年月日次天位个個元号號])",
    re.I,
)
_CARD_CODE: Final = re.compile(
    rf"(?:{_BEGINS}(?:cvv2?|cvc2?|cid|security\s+code){_ENDS}|安全码|安全碼"
    r"|(?:digits|numbers?|code)\s+on\s+the\s+back|背面的?[三后3]{0,2}位?(?:数字|数|号码|码))"
    rf"(?:{_TO}|\s*)(?P<value>[0-9]{{3,4}})(?![0-9])",
    re.I,
)

_TRIGGERS: Final = (
    "pass", "pw", "pin", "code", "otp", "cvv", "cvc", "cid", "on the back", "码", "碼", "口令",
    "背面",
)  # fmt: skip
_D: Final = rf"[\d{CHINESE_DIGITS}{STYLED_DIGITS}]"
_LONG_NUMBER: Final = re.compile(rf"{_D}(?:{_S}{_D}){{16}}")
_LONG_ASCII: Final = re.compile(rf"[0-9](?:{_S}[0-9]){{16}}")


def worth_a_look(text: str) -> bool:
    """Tell cheaply whether there may be something beside cards: it runs for every message."""
    lowered = text.lower()
    for trigger in _TRIGGERS:
        if trigger in lowered:
            return True
    return (_LONG_ASCII if text.isascii() else _LONG_NUMBER).search(text) is not None


def guard(text: str, *, codes: bool = True) -> Guarded:
    """Return the text with secrets hidden; applying it again changes nothing.

    `codes=False` leaves one-time codes where they are, for who checks them first.
    """
    text, cards = redact_cards(text)
    kinds = (Secret.CARD,) if cards else ()
    if not worth_a_look(text):
        return Guarded(text, kinds)
    found = _apart(sorted(_all(normalise_digits(text), codes=codes)))
    for start, end, _ in reversed(found):
        text = text[:start] + HIDDEN + text[end:]
    return Guarded(text, tuple(dict.fromkeys((*kinds, *(one.kind for one in found)))))


def _all(plain: str, *, codes: bool) -> Iterator[_Found]:
    for match in _PERSON_ID.finditer(plain):
        if is_chinese_id("".join(c for c in match[0] if c.isalnum()).upper()):
            yield _Found(*match.span(), Secret.PERSON_ID)
    for shape in _PASSWORDS:
        for match in shape.finditer(plain):
            if _like_a_secret(match["value"], match["to"], plain[match.end() :]):
                yield _Found(*match.span("value"), Secret.PASSWORD)
    for match in _PIN_BESIDE.finditer(plain):
        yield _Found(*match.span("value"), Secret.PASSWORD)
    if codes:
        for shape in (_CODE, _CARD_CODE):
            for match in shape.finditer(plain):
                yield _Found(*match.span("value"), Secret.CODE)


def _like_a_secret(value: str, to: str, after: str) -> bool:
    """Tell a password from the words that follow one ("is wrong", "is 8 characters long")."""
    if any(c.isdigit() for c in value):
        return len(value) > 3
    letters = [c for c in value if c.isalpha()]
    if len(letters) < len(value):
        return any(not c.isalnum() and c not in "-/()" for c in value[:-1])
    if value[1:] != value[1:].lower() and value != value.upper():
        return True
    # A plain word is a password only when it is given like one, and nothing follows it.
    return to.strip() in {":", "：", "=", "＝"} and not after.strip(" .。!！\"'”」")


def _apart(found: list[_Found]) -> list[_Found]:
    kept: list[_Found] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept
