"""Articles beside what the assistant says: when it did not understand, and with an answer of words.

Only what everybody may read, whoever asks: what is shown in a chat is sent on and photographed.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, TypeVar

from hub.domain.articles import Audience, Hit
from hub.domain.steps import (
    ArticleCard,
    Ask,
    Finish,
    HandOff,
    Heard,
    Menu,
    Say,
    ShowArticles,
    Step,
    TakeMessage,
    TakenFor,
)
from hub.ports import ArticleSearch, SelfServiceContact
from hub.text.language import detect

MISSED: Final = "missed"
ERRAND: Final = ":"
"""In the value of a choice that an errand waits for."""
CARDS_MOST: Final = 2
PASSAGE_MOST: Final = 140
FOUND: Final = {
    "en": "These articles may answer it:",
    "zh": "这些文章也许能回答您的问题：",
}
MORE: Final = {"en": "More about this:", "zh": "相关文章："}
_S = TypeVar("_S", bound=Step)


class ArticleCards:
    """Puts cards, what does not work now, and prices as they are today, into a turn's answer."""

    def __init__(self, articles: ArticleSearch) -> None:
        self._articles = articles

    def priced(self, steps: Sequence[Step], language: str) -> list[Step]:
        """Return the steps with the fees, rates and limits that they name."""
        return [self._priced(step, language) for step in steps]

    async def beside(
        self,
        contact: SelfServiceContact,
        heard: Heard,
        steps: Sequence[Step],
        *,
        is_weighed: bool = False,
    ) -> list[Step]:
        """Return the steps of a turn in a chat, with the articles that belong to them.

        `is_weighed`: who answered notes each matter that words were taken for. Without such a note
        they were a way out, manners or `back`, and asked for nothing that could be read.
        """
        language = detect(heard.text or "") or heard.language
        told = self.priced(steps, language)
        if heard.start:
            told = [*self._disturbed(None, language), *told]
        words = (heard.text or "").strip()
        if heard.choice is not None or not words or not _is_answer(told):
            return told
        if is_weighed and not any(isinstance(step, TakenFor) for step in told):
            return told
        found = await self._articles.find(
            words, reader=Audience.PUBLIC, language=language, limit=CARDS_MOST
        )
        sure = [hit for hit in found.hits if hit.is_sure]
        # The menu alone says nothing but its choices when it did not understand.
        is_missed = not any(isinstance(step, Say) for step in told) or any(
            isinstance(step, TakenFor) and step.outcome == MISSED for step in told
        )
        cards = tuple(_card(hit) for hit in (sure if is_missed else sure[:1]))
        if not cards:
            return told
        warned = self._disturbed(cards[0].slug, language)
        shown = ShowArticles(text=(FOUND if is_missed else MORE)[language], articles=cards)
        return [*told[:-1], *warned, shown, told[-1]]

    def _disturbed(self, slug: str | None, language: str) -> list[Step]:
        told = self._articles.disturbed(slug)
        return [Say(text=one.zh if language == "zh" else one.en) for one in told]

    def _priced(self, step: _S, language: str) -> _S:
        if isinstance(step, Say | Menu | Ask | TakeMessage | Finish) and step.text:
            text = self._articles.priced(step.text, step.language or language)
            return step if text == step.text else replace(step, text=text)
        return step


def _is_answer(steps: Sequence[Step]) -> bool:
    """Whether the turn was words and a menu: an errand, a question or a way out is no place."""
    last = steps[-1] if steps else None
    if not isinstance(last, Menu) or any(ERRAND in one.value for one in last.choices):
        return False
    return not any(isinstance(step, Ask | HandOff | Finish) for step in steps)


def _card(hit: Hit) -> ArticleCard:
    passage = "".join(piece.text for piece in hit.passage)
    return ArticleCard(
        slug=hit.article.slug,
        language=hit.article.language,
        title=hit.article.text.title,
        passage=passage if len(passage) <= PASSAGE_MOST else f"{passage[:PASSAGE_MOST]}…",
    )
