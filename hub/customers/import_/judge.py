"""Is a row a customer? Each refusal is a code and a field; the value is never repeated."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hub.customers.import_.read import CELL_MOST
from hub.domain.errors import Invalid
from hub.security.lookup import normalise_id, normalise_mail, normalise_phone
from hub.text.fold import HAN

PERSONAL: Final = (
    "name", "name_zh", "phone", "email", "id_number", "birth_date", "address",
)  # fmt: skip
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would carry out."""
_NUMBER: Final = re.compile(r"[0-9A-Z]{4,24}")
_DATE: Final = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})")
_WORD: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_YEARS: Final = (1900, 2100)


@dataclass(frozen=True, slots=True)
class Judged:
    """A row that is a customer. Only what the file has a column for is in it."""

    number: str
    profile: Mapping[str, str]
    plain: Mapping[str, str | int]


def judge(cells: Sequence[str], columns: Mapping[str, int]) -> Judged:
    """Return the customer of a row; raise `Invalid` with a code and the field."""
    found = {}
    for field, place in columns.items():
        found[field] = _clean(cells[place] if place < len(cells) else "", field)
    number = normalise_id(found.pop("number"))
    if not _NUMBER.fullmatch(number):
        raise Invalid("bad_number", "number")
    profile: dict[str, str] = {}
    for field in PERSONAL:
        # An empty cell says nothing; it does not take away what is known.
        if found.get(field):
            profile[field] = _personal(field, found[field])
    _sort_names(profile)
    if not profile.get("name") and not profile.get("name_zh"):
        raise Invalid("no_name", "name")
    plain: dict[str, str | int] = {}
    for field in ("segment", "lifecycle", "language"):
        if found.get(field):
            plain[field] = _word(field, found[field])
    if found.get("since_year"):
        plain["since_year"] = _year(found["since_year"])
    return Judged(number, profile, plain)


def _sort_names(profile: dict[str, str]) -> None:
    """A column called 姓名 holds names in either script, one of them in the wrong field."""
    name, name_zh = profile.get("name", ""), profile.get("name_zh", "")
    if name_zh and not name and not HAN.search(name_zh):
        profile["name"] = profile.pop("name_zh")
    elif name and not name_zh and HAN.search(name):
        profile["name_zh"] = profile.pop("name")


def _clean(cell: str, field: str) -> str:
    text = cell.strip()
    if len(text) > CELL_MOST:
        raise Invalid("cell_too_long", field)
    if _CONTROL.search(text):
        raise Invalid("control_character", field)
    if text.startswith(_FORMULA) and not (field == "phone" and text.startswith("+")):
        raise Invalid("formula", field)
    return text


def _personal(field: str, text: str) -> str:
    if field == "phone":
        try:
            return normalise_phone(text)
        except Invalid:
            raise Invalid("bad_phone", field) from None
    if field == "email":
        mail = normalise_mail(text)
        if mail.count("@") != 1 or " " in mail or mail.startswith("@") or mail.endswith("@"):
            raise Invalid("bad_mail", field)
        return mail
    if field == "birth_date":
        date = _DATE.fullmatch(text)
        if date is None or not 1 <= int(date[2]) <= 12 or not 1 <= int(date[3]) <= 31:
            raise Invalid("bad_date", field)
        return "-".join(date.groups())
    return text


def _word(field: str, text: str) -> str:
    word = text.lower().replace(" ", "_").replace("-", "_")
    if field == "language":
        word = {"english": "en", "chinese": "zh", "zh_cn": "zh", "中文": "zh", "英文": "en"}.get(
            word, word[:2]
        )
    if not _WORD.fullmatch(word) or (field == "language" and word not in ("en", "zh")):
        raise Invalid(f"bad_{field}", field)
    return word


def _year(text: str) -> int:
    if not text[:4].isdecimal() or not _YEARS[0] <= int(text[:4]) <= _YEARS[1]:
        raise Invalid("bad_year", "since_year")
    return int(text[:4])
