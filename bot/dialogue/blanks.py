"""Blanks in a sentence, brought to one form in both languages: amount, date, card tail ...

Nothing here is a guess of a model: what is read is what was written, or nothing.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

_TAIL: Final = re.compile(
    r"(?:尾号(?:是|为)?\s?|\b(?:ending(?: in| with)?|last four|\*+)\s?)(\d{4})\b"
)
_FOUR: Final = re.compile(r"(?<![\d.,年月/-])(\d{4})(?![\d.,年月日号点元块万千/%-])")
_AMOUNT: Final = re.compile(
    r"(?P<sign>[¥$€£])?\s?(?P<number>\d[\d,]*(?:\.\d{1,2})?)\s?(?P<times>万|千|k\b)?\s?"
    r"(?P<unit>[a-z]+|[一-鿿]{1,2})?"
)
_CHINESE: Final = re.compile(r"([一二两三四五六七八九十]+)(万|千|百)(?=[块元]|人民币|$)")
_DIGIT: Final = {one: at for at, one in enumerate("零一二三四五六七八九")} | {"两": 2}
_TIMES: Final = {"万": 10_000, "千": 1_000, "百": 100, "k": 1_000}
_SIGNS: Final = {"¥": "CNY", "$": "USD", "€": "EUR", "£": "GBP"}
_DAYS_AGO: Final = {
    "day before yesterday": 2, "前天": 2, "yesterday": 1, "昨天": 1, "昨晚": 1, "last night": 1,
    "today": 0, "今天": 0, "tomorrow": -1, "明天": -1, "后天": -2,
}  # fmt: skip
_WEEKDAYS: Final = (
    ("monday", "周一", "星期一"), ("tuesday", "周二", "星期二"), ("wednesday", "周三", "星期三"),
    ("thursday", "周四", "星期四"), ("friday", "周五", "星期五"), ("saturday", "周六", "星期六"),
    ("sunday", "周日", "星期日"),
)  # fmt: skip
_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_CLOCK: Final = re.compile(r"(?<![\d.,])([01]?\d|2[0-3])[:：]([0-5]\d)(?!\d)\s?([ap]m)?")
_HOUR: Final = re.compile(r"\b(\d{1,2}|[a-z]+)\s?(o'?clock|[ap]m)\b|\bat (\d{1,2})\b")
_HALF_PAST: Final = re.compile(r"\bhalf past (\d{1,2}|[a-z]+)\b")
_HAN_HOUR: Final = re.compile(
    r"(上午|下午|晚上|中午)?([0-9]{1,2}|[一二两三四五六七八九十]+)[点时](半|[0-5]\d分?)?"
)
_HOURS: Final = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip
_BANK_OPENS: Final = 8
"""An hour before it, told without morning or afternoon, is one of the afternoon."""
_FILLERS: Final = re.compile(
    r"\b(?:at|on|in|the|past|half|o'?clock|am|pm|next|this|of|st|nd|rd|th|morning|afternoon|evening"
    r"|ending|ends|card|last|four|please|about|for|my)\b"
    r"|上午|下午|晚上|中午|下周|这周|本周|尾号|[点时半分号日月年元块是的吧请在一二两三四五六七八九十百千万]"
)
"""What stands around a blank and says nothing of its own."""
_LETTER: Final = re.compile(r"[^\W\d_]")
_ISO: Final = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_HAN_DAY: Final = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号]?")
_DAY_MONTH: Final = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]{3})[a-z]*\b")
_MONTH_DAY: Final = re.compile(r"\b([a-z]{3})[a-z]* (\d{1,2})(?:st|nd|rd|th)?\b")


def blanks(
    text: str, synonyms: Mapping[str, Mapping[str, str]], today: date, *, looks_back: bool = True
) -> dict[str, str]:
    """Return entity -> value. A day without a year is the last such day, or the next one."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    found: dict[str, str] = {}
    for entity, words in synonyms.items():
        if entity != "currency" and (value := _longest(folded, words)):
            found[entity] = value
    if when := day(folded, today, looks_back=looks_back):
        found["date"] = when.isoformat()
    if hour := hour_of(folded):
        found["time"] = hour
    if tail := _TAIL.search(folded) or _FOUR.search(folded):
        found["card_tail"] = tail.group(1)
    for amount, currency in amounts(folded, synonyms.get("currency", {})):
        if found.get("card_tail") == amount and not currency:
            continue
        found["amount"] = f"{amount} {currency}".strip()
        if currency:
            found["currency"] = currency
        break
    return found


def is_bare(text: str, synonyms: Mapping[str, Mapping[str, str]]) -> bool:
    """Whether a sentence says nothing but blanks: `tomorrow at ten`, `4417`, `湖滨路`."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    named = [*_DAYS_AGO, *(name for names in _WEEKDAYS for name in names), *_HOURS]
    named += [word for words in synonyms.values() for word in words]
    for word in sorted(named, key=len, reverse=True):
        folded = folded.replace(word, " ")
    folded = re.sub(rf"\b(?:{'|'.join(_MONTHS)})[a-z]*\b", " ", folded)
    return not _LETTER.search(_FILLERS.sub(" ", folded))


def amounts(folded: str, currencies: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield (number, currency or empty) of what looks like money, the surest first."""
    spoken = _CHINESE.sub(lambda m: str(_small(m[1]) * _TIMES[m[2]]), folded)
    bare: list[tuple[str, str]] = []
    for match in _AMOUNT.finditer(spoken):
        number = Decimal(match["number"].replace(",", "")) * _TIMES.get(match["times"] or "", 1)
        unit = match["unit"] or ""
        currency = _SIGNS.get(match["sign"] or "", "") or _currency(unit, currencies)
        told = f"{number.normalize():f}"
        if currency:
            yield told, currency
        elif not unit or match["times"]:
            bare.append((told, ""))
    yield from bare


def hour_of(folded: str) -> str:
    """Return the time of day that a sentence names, such as `14:30`; empty for none."""
    if found := _CLOCK.search(folded):
        return _hour(int(found[1]), int(found[2]), found[3] or "")
    if found := _HALF_PAST.search(folded):
        return _hour(_spelt(found[1]), 30, "")
    if found := _HOUR.search(folded):
        return _hour(_spelt(found[1] or found[3]), 0, found[2] or "")
    if found := _HAN_HOUR.search(folded):
        half = 30 if found[3] == "半" else int((found[3] or "0").removesuffix("分"))
        number = int(found[2]) if found[2].isdigit() else _small(found[2])
        return _hour(number, half, {"下午": "pm", "晚上": "pm"}.get(found[1] or "", ""))
    return ""


def _hour(number: int, minute: int, half: str) -> str:
    is_later = half.startswith("p") or (not half and number < _BANK_OPENS)
    if number < 12 and is_later:
        number += 12
    return f"{number:02}:{minute:02}" if 0 < number < 24 else ""


def _spelt(word: str) -> int:
    """nine -> 9; 0 for a word that is no hour."""
    return int(word) if word.isdigit() else _HOURS.index(word) + 1 if word in _HOURS else 0


def day(folded: str, today: date, *, looks_back: bool) -> date | None:
    """Return the day that a sentence names."""
    for words, ago in _DAYS_AGO.items():
        if words in folded:
            return today - timedelta(days=ago)
    for number, names in enumerate(_WEEKDAYS):
        if any(name in folded for name in names):
            behind = (today.weekday() - number) % 7
            return today + timedelta(days=-behind if looks_back else (7 - behind) % 7)
    year, month, number = _written(folded)
    return _near(year, month, number, today, looks_back=looks_back) if month else None


def _written(folded: str) -> tuple[str | None, int, int]:
    """Year, month and day as written; month 0 for none."""
    if (found := _ISO.search(folded)) or (found := _HAN_DAY.search(folded)):
        return found[1], int(found[2]), int(found[3])
    for pattern, name, number in ((_DAY_MONTH, 2, 1), (_MONTH_DAY, 1, 2)):
        for match in pattern.finditer(folded):
            if match[name] in _MONTHS:
                return None, _MONTHS.index(match[name]) + 1, int(match[number])
    return None, 0, 0


def _near(
    year: str | None, month: int, number: int, today: date, *, looks_back: bool
) -> date | None:
    if year:
        return _date(int(year), month, number)
    found = _date(today.year, month, number)
    if found is None:
        return None
    if looks_back and found > today:
        return _date(today.year - 1, month, number)
    if not looks_back and found < today:
        return _date(today.year + 1, month, number)
    return found


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _small(words: str) -> int:
    """三 -> 3, 十五 -> 15, 二十 -> 20."""
    if "十" not in words:
        return int("".join(str(_DIGIT[one]) for one in words))
    tens, _, ones = words.partition("十")
    return (_DIGIT.get(tens, 1)) * 10 + _DIGIT.get(ones, 0)


def _currency(unit: str, currencies: Mapping[str, str]) -> str:
    return currencies.get(unit) or currencies.get(unit[:1], "") or _code(unit, currencies)


def _code(unit: str, currencies: Mapping[str, str]) -> str:
    return unit.upper() if unit.upper() in currencies.values() else ""


def _longest(folded: str, words: Mapping[str, str]) -> str | None:
    found = max((one for one in words if one in folded), key=len, default=None)
    return words[found] if found else None
