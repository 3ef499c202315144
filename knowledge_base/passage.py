"""The passage of an article that answers best, with the words that answer marked."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from hub.domain.articles import Piece
from hub.text.simplified import simplified

LENGTH: Final = 180
"""Characters, about two lines."""
ENDING_MOST: Final = 4
"""Letters that may follow a stem in one word: transfer-ring."""
_SENTENCE: Final = re.compile(r"[^.!?。！？\n]+[.!?。！？]*")
Span = tuple[int, int]


class Readable(NamedTuple):
    """A text beside the form in which it is compared; both are equally long."""

    text: str
    compared: str
    sentences: tuple[int, ...]
    """Where they begin."""


def readable(text: str) -> Readable:
    """Prepare a text once, so that each search is spared it."""
    compared = simplified(text).lower()
    begins = tuple(found.start() for found in _SENTENCE.finditer(text))
    return Readable(text, compared if len(compared) == len(text) else text, begins)


def passage(body: Readable, wanted: Iterable[str]) -> tuple[Piece, ...]:
    """Return the sentence with most of the wanted terms, and what follows it, in pieces."""
    met = _met(body.compared, wanted)
    begins = _richest(body, met)
    ends = min(len(body.text), begins + LENGTH)
    if ends < len(body.text) and " " in (room := body.text[ends - 20 : ends]):
        ends -= len(room) - room.rindex(" ")
    within = [span for span in met if begins <= span[0] and span[1] <= ends]
    return tuple(_pieces(body.text, (begins, ends), within))


def _richest(body: Readable, met: Sequence[Span]) -> int:
    """Return where the sentence begins that has most different words; the first of equals."""
    best, most, at = 0, 0, 0
    for begins, ends in zip(body.sentences, (*body.sentences[1:], len(body.text)), strict=True):
        said = set()
        while at < len(met) and met[at][0] < ends:
            said.add(body.compared[slice(*met[at])])
            at += 1
        if len(said) > most:
            best, most = begins, len(said)
    return best


def _pieces(text: str, span: Span, met: Sequence[Span]) -> Iterator[Piece]:
    at, last = span
    for begins, ends in met:
        if begins > at:
            yield Piece(_flat(text[at:begins]))
        yield Piece(text[begins:ends], is_hit=True)
        at = ends
    rest = _flat(text[at:last]) + ("…" if last < len(text) else "")
    if rest.strip():
        yield Piece(rest)


def _flat(text: str) -> str:
    return text.replace("\n", " ")


def _met(text: str, wanted: Iterable[str]) -> list[Span]:
    """Return where wanted terms stand, in order and apart; of those that overlap the longest.

    No pattern: compiling one for each query would cost more than all else here.
    """
    found = [span for term in wanted for span in _places_of(term, text)]
    found.sort(key=lambda span: (span[0], -span[1]))
    apart: list[Span] = []
    for begins, ends in found:
        if not apart or begins >= apart[-1][1]:
            apart.append((begins, ends))
    return apart


def _places_of(term: str, text: str) -> Iterator[Span]:
    """Chinese terms stand anywhere; Latin ones begin a word, since endings were cut off."""
    begins = text.find(term)
    while begins >= 0:
        ends = begins + len(term)
        if not term.isascii():
            yield begins, ends
        elif begins == 0 or not _goes_on(text[begins - 1]):
            last = ends
            while last < len(text) and _goes_on(text[last]):
                last += 1
            if last - ends <= ENDING_MOST:
                yield begins, last
        begins = text.find(term, ends)


def _goes_on(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()
