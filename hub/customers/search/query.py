"""What somebody typed into the search box, cut into terms that all must match."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

from hub.customers.search.forms import (
    DIGITS_LEAST,
    START_MOST,
    Form,
    han_pairs,
    name_words,
    phone_forms,
)
from hub.domain.reference import read_reference
from hub.security.lookup import normalise_id, normalise_mail
from hub.text.digits import normalise_digits
from hub.text.fold import HAN, fold, words

Kind = Literal["name", "name_han", "number", "mail"]
"""How a record was looked for: what the audit keeps instead of the words."""

QUERY_MOST: Final = 200
TERMS_MOST: Final = 8
_MARKS: Final = re.compile(r"[\s().\-‐-―/]+")
_NUMBER_LIKE: Final = re.compile(r"\+?[0-9]+")
_CODE: Final = re.compile(r"[A-Z0-9][A-Z0-9\-]{2,39}")


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that must match: any of its forms."""

    kind: Kind
    forms: tuple[Form, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What to look for; empty when nothing searchable was typed."""

    passes: tuple[tuple[Term, ...], ...] = ()
    """Looked for one after the other until enough is found: whole words, beginnings; and, for a
    text of digits or a mail address that leads nowhere, the same as a name."""
    reference: str | None = None
    """A Contact's reference, if the whole text can be one."""
    code: str | None = None
    """A case's number, if the whole text can be one."""

    @property
    def kinds(self) -> list[str]:
        """What was looked for, without the words."""
        return sorted({term.kind for terms in self.passes[:2] for term in terms})

    def __bool__(self) -> bool:
        return bool(self.passes or self.reference or self.code)


def query_of(text: str) -> Query:
    """Read what was typed; the same text always means the same."""
    text = unicodedata.normalize("NFKC", text[:QUERY_MOST]).strip()
    code = text.upper()
    parts = _parts(text)
    kept = [_terms(parts, whole=whole) for whole in (True, False)]
    kept.append(_word_terms(text, whole=False))
    passes: list[tuple[Term, ...]] = []
    for terms in kept:
        cut = tuple(terms[:TERMS_MOST])
        if cut and cut not in passes:
            passes.append(cut)
    return Query(
        passes=tuple(passes),
        reference=read_reference(text),
        code=code if _CODE.fullmatch(code) and any(c.isdigit() for c in code) else None,
    )


def _parts(text: str) -> list[str]:
    """Cut at spaces; neighbouring groups of digits are one number: 138 0000 2716."""
    if _digits_term(text) is not None:
        return [text]
    found: list[str] = []
    digits: list[str] = []
    for part in [*text.split(), ""]:
        if _NUMBER_LIKE.fullmatch(_MARKS.sub("", normalise_digits(part))):
            digits.append(part)
            continue
        joined, held, digits = " ".join(digits), digits, []
        found += [joined] if held and _digits_term(joined) is not None else held
        found += [part] * bool(part)
    return found


def _terms(parts: list[str], *, whole: bool) -> list[Term]:
    found: list[Term] = []
    for part in parts:
        digits = _digits_term(part)
        if digits is not None:
            found.append(digits)
        elif "@" in part.strip("@"):
            found.append(Term("mail", (("mail", normalise_mail(part)),)))
        else:
            found += _word_terms(part, whole=whole) if words(fold(part)) else []
    return found


def _digits_term(text: str) -> Term | None:
    digits = _MARKS.sub("", normalise_digits(text))
    if not _NUMBER_LIKE.fullmatch(digits) or len(digits) < DIGITS_LEAST:
        return None
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if digits.startswith("+"):
        return Term("number", (("digits", digits[1:]),))
    phones = [("digits", one) for one in sorted(phone_forms(digits))]
    return Term("number", (("number", normalise_id(text)), *phones))


def _word_terms(part: str, *, whole: bool) -> list[Term]:
    found: list[Term] = []
    for word in name_words(part):
        if HAN.match(word):
            pairs = [word] if whole else han_pairs(word)
            found += [Term("name_han", (("word" if whole else "han", pair),)) for pair in pairs]
            continue
        name = ("word", word) if whole else ("start", word[:START_MOST])
        also = [("number", word.upper())] if any(c.isdigit() for c in word) else []
        found.append(Term("name", (name, *also)))
    return found
