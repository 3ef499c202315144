"""What must not go out in plain mail or SMS: found in the words, by rules that the operator words.

found = protected_in("Your balance is £1,204.50.", rules)    # (Protected.BALANCE,)
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from hub.security.iban import iban_spans
from hub.security.send_guard import Secret, guard
from hub.text.digits import normalise_digits


class Protected(StrEnum):
    """Kinds of content that only a page behind a proof may show."""

    BALANCE = "balance"
    ACCOUNT_NUMBER = "account_number"
    AMOUNT_OF_ACCOUNT = "amount_of_account"
    CODE = "code"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind as the operator has it: the words that tell of it, and why it is held back."""

    words: tuple[str, ...] = ()
    """In every language; a word of Latin letters is found as a whole word only."""
    why: Mapping[str, str] = field(default_factory=dict)
    """Per language, for the agent whose words were stopped."""


Rules = Mapping[Protected, Rule]
"""A kind that is missing is not looked for."""

_AMOUNT: Final = re.compile(
    r"(?:[$€£¥]|\b(?:USD|EUR|GBP|CNY|RMB|HKD)\b|人民币)\s*\d"
    r"|\d(?:[\d,.\s]*\d)?\s*(?:[$€£¥元块圆]|万元?|美元|欧元|英镑|港币"
    r"|\b(?:USD|EUR|GBP|CNY|RMB|HKD|pounds?|dollars?|euros?|yuan)\b)"
    r"|(?<![\d.,])\d{1,3}(?:,\d{3})*\.\d{2}(?![\d.,])",
    re.I,
)
_TAIL: Final = re.compile(
    r"(?:尾号|末四位|\bend(?:ing|s)\b(?:\s+(?:in|with))?|[•*xX]{2,})\s*[:：为是]?\s*\d{4}(?!\d)"
)
_BETWEEN: Final = r"[^\d\n,，。；;]{0,12}?"
_LONG: Final = r"(?<!\d)\d(?:[ -]?\d){7,18}(?!\d)"
_SENTENCE: Final = re.compile(r"[!?。！？;；\n]+|\.(?=\s|$)")


def protected_in(text: str, rules: Rules) -> tuple[Protected, ...]:
    """Return the kinds that a text holds, each once, in the order of their names above."""
    plain = normalise_digits(text)
    found = set(_of_sentences(plain, rules))
    if Protected.ACCOUNT_NUMBER in rules and _has_number(plain, rules[Protected.ACCOUNT_NUMBER]):
        found.add(Protected.ACCOUNT_NUMBER)
    if Protected.CODE in rules and Secret.CODE in guard(text).kinds:
        found.add(Protected.CODE)
    return tuple(kind for kind in Protected if kind in found)


def is_protected_document(name: str, rules: Rules) -> bool:
    """Whether a file's name says that it is one of those that are kept behind a proof."""
    rule = rules.get(Protected.DOCUMENT)
    return rule is not None and _names(name.replace("_", " ").replace("-", " "), rule)


def _of_sentences(plain: str, rules: Rules) -> Iterator[Protected]:
    """An amount alone is everyday talk: it is held back beside a balance's word or an account."""
    balance, amount = rules.get(Protected.BALANCE), rules.get(Protected.AMOUNT_OF_ACCOUNT)
    for sentence in _SENTENCE.split(plain):
        if not _AMOUNT.search(sentence):
            continue
        if balance is not None and _names(sentence, balance):
            yield Protected.BALANCE
        if amount is not None and (_TAIL.search(sentence) or _has_number(sentence, amount)):
            yield Protected.AMOUNT_OF_ACCOUNT


def account_numbers_in(text: str, rule: Rule) -> Iterator[str]:
    """Yield IBANs, and long numbers right after a word that calls them an account; as written."""
    plain = normalise_digits(text)
    yield from (plain[start:end] for start, end in iban_spans(plain))
    for one in rule.words:
        for match in re.finditer(f"{_word(one)}{_BETWEEN}({_LONG})", plain, re.I):
            yield match[1]


def _has_number(plain: str, rule: Rule) -> bool:
    return next(account_numbers_in(plain, rule), None) is not None


def _names(text: str, rule: Rule) -> bool:
    return any(re.search(_word(one), text, re.I) for one in rule.words)


def _word(word: str) -> str:
    return rf"\b{re.escape(word)}s?\b" if word.isascii() else re.escape(word)
