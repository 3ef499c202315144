"""JSON from strangers: one meaning or a refusal, never a surprise.

The stock decoder takes NaN, keeps the last of two equal keys, recurses as deep as it is told and
lets half a surrogate pair into the database. Each of these has been an attack on somebody.
"""

import re
from json import JSONDecodeError, JSONDecoder
from typing import Any, Final, NoReturn

from hub.domain.errors import Invalid

Json = Any
"""str, int, float, bool, None, or a list or dict of these; the reader narrows it down."""

SAFE_INTEGER: Final = 2**53 - 1
"""Largest whole number that a browser and we read alike (ECMAScript MAX_SAFE_INTEGER)."""


class BadJson(Invalid):
    """The sender must fix its JSON.

    `code` says what is wrong: too_large, not_utf8, lone_surrogate, too_deep, not_json,
    duplicate_key, not_a_number or number_too_large. Neither it nor `detail` quotes the input.
    """


def loads_strict(data: str | bytes, *, max_bytes: int, max_depth: int = 16) -> Json:
    """Return the decoded value; raise `BadJson` and nothing else on any input.

    `max_bytes` counts UTF-8 bytes; `max_depth` counts nested arrays and objects.
    """
    if len(data) > max_bytes:
        raise BadJson("too_large", f"at most {max_bytes} bytes are taken")
    text = _text(data, max_bytes)
    if text.count("{") + text.count("[") > max_depth:
        _check_depth(text, max_depth)
    value = _parse(text)
    if "\\u" in text and _HALF_PAIR.search(text):
        _check_surrogates(value)
    return value


def _text(data: str | bytes, max_bytes: int) -> str:
    if isinstance(data, bytes):
        try:
            return data.decode()
        except UnicodeDecodeError:
            raise BadJson("not_utf8", "send UTF-8") from None
    if not data.isascii():
        try:
            size_bytes = len(data.encode())
        except UnicodeEncodeError:
            raise BadJson("lone_surrogate", "half of a surrogate pair stands alone") from None
        if size_bytes > max_bytes:
            raise BadJson("too_large", f"at most {max_bytes} bytes are taken")
    return data


def _parse(text: str) -> Json:
    try:
        value, end = _scan(text, _BLANK.match(text).end())  # type: ignore[union-attr]
    except StopIteration:
        raise BadJson("not_json", "a value is missing") from None
    except JSONDecodeError as error:
        raise BadJson("not_json", f"does not parse at character {error.pos}") from None
    if end != len(text) and _BLANK.match(text, end).end() != len(text):  # type: ignore[union-attr]
        raise BadJson("not_json", f"something follows the value at character {end}")
    return value


def _check_depth(text: str, max_depth: int) -> None:
    depth = 0
    for token in _BRACKET_OR_STRING.findall(text):
        if token in "[{":
            depth += 1
            if depth > max_depth:
                raise BadJson("too_deep", f"at most {max_depth} levels are taken")
        elif token in "]}":
            depth -= 1


def _check_surrogates(value: object) -> None:
    if isinstance(value, str):
        if _SURROGATE.search(value):
            raise BadJson("lone_surrogate", "half of a surrogate pair stands alone")
    elif isinstance(value, dict):
        for key, inner in value.items():
            _check_surrogates(key)
            _check_surrogates(inner)
    elif isinstance(value, list):
        for inner in value:
            _check_surrogates(inner)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise BadJson("duplicate_key", "an object names a key twice")
    return fields


def _whole(digits: str) -> int:
    if len(digits) > 17 or abs(number := int(digits)) > SAFE_INTEGER:
        raise BadJson("number_too_large", "whole numbers stay within 2^53")
    return number


def _real(digits: str) -> float:
    number = float(digits)
    if number in _INFINITE:
        raise BadJson("number_too_large", "the number is beyond a double")
    return number


def _refuse_constant(_name: str) -> NoReturn:
    raise BadJson("not_a_number", "NaN and Infinity are not JSON")


_decoder: Any = JSONDecoder(
    object_pairs_hook=_object, parse_int=_whole, parse_float=_real, parse_constant=_refuse_constant
)
_scan: Final = _decoder.scan_once
_INFINITE: Final = (float("inf"), float("-inf"))
_BLANK: Final = re.compile(r"[ \t\n\r]*")
_HALF_PAIR: Final = re.compile(r"\\u[dD][89abAB]|\\u[dD][c-fC-F]")
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
# Possessive and unable to fail at a quote: one pass however the string is broken off.
_BRACKET_OR_STRING: Final = re.compile(r'[\[\]{}]|"(?:[^"\\]|\\.?)*+"?', re.DOTALL)
