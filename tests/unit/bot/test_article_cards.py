"""Articles beside the assistant's words: only where somebody reads an answer, and when sure."""

from collections.abc import Sequence
from typing import Final

import pytest

from bot.article_cards import FOUND, MORE, ArticleCards
from hub.domain.articles import Disturbed
from hub.domain.dated_values import DatedValue
from hub.domain.steps import (
    Ask,
    Choice,
    Finish,
    HandOff,
    Heard,
    Menu,
    Say,
    ShowArticles,
    Step,
    TakenFor,
)
from hub.journey.self_serve import Front
from knowledge_base.library import Library
from tests.unit.kb.library import library

FRONT: Final = Front("con_1", "web_chat", "en", identity_level=0)
AGAIN: Final = Menu(text="Anything else?", choices=(Choice(value="cards", label="Cards"),))
MISSED: Final = TakenFor(said="", language="en", outcome="missed")


async def beside(heard: Heard, steps: Sequence[Step], shelves: Library | None = None) -> list[Step]:
    return await ArticleCards(shelves or library()).beside(FRONT, heard, steps)


def slugs(steps: Sequence[Step]) -> list[str]:
    return [one.slug for step in steps if isinstance(step, ShowArticles) for one in step.articles]


async def test_what_was_not_understood_is_answered_with_articles() -> None:
    told = await beside(Heard(text="lost cards"), [MISSED, AGAIN])
    assert slugs(told) == ["lost-card"]
    assert told[-1] == AGAIN, "the choices stay last"
    shown = told[-2]
    assert isinstance(shown, ShowArticles)
    assert shown.text == FOUND["en"]
    assert "Cards, then Block: lost cards" in shown.articles[0].passage


async def test_an_answer_gets_one_card_in_the_language_of_the_words() -> None:
    told = await beside(Heard(text="挂失", language="en"), [Say(text="好的"), AGAIN])
    (shown,) = [step for step in told if isinstance(step, ShowArticles)]
    assert (shown.text, shown.articles[0].language) == (MORE["zh"], "zh")


@pytest.mark.parametrize(
    ("heard", "steps"),
    [
        (Heard(text="lost cards"), [Say(text="Blocked."), Finish(text="Bye")]),
        (Heard(text="lost cards"), [Ask(text="Which card?")]),
        (Heard(text="lost cards"), [Say(text="x"), HandOff(queue_id="cards")]),
        (Heard(choice="cards", text="lost cards"), [AGAIN]),
        (Heard(result={"outcome": "done"}), [AGAIN]),
        (Heard(start=True), [AGAIN]),
        (Heard(text="weather of lost moons tomorrow"), [MISSED, AGAIN]),
        (
            Heard(text="lost cards"),
            [Menu(text="Sure?", choices=(Choice(value="confirmed:yes", label="Yes"),))],
        ),
    ],
)
async def test_elsewhere_nothing_is_put_in_between(heard: Heard, steps: list[Step]) -> None:
    assert await beside(heard, steps) == steps


async def test_who_gives_up_an_errand_is_offered_nothing_to_read_about_it() -> None:
    cards, heard = ArticleCards(library()), Heard(text="lost cards")
    given_up: list[Step] = [Say(text="I have stopped that."), AGAIN]
    assert await cards.beside(FRONT, heard, given_up, is_weighed=True) == given_up
    asked = TakenFor(said=heard.text or "", language="en", intent="lost_card")
    told = await cards.beside(FRONT, heard, [asked, *given_up], is_weighed=True)
    assert slugs(told) == ["lost-card"]


async def test_prices_are_those_of_today() -> None:
    shelves = library()
    shelves.values.take([DatedValue(name="fee.card", en="20 CNY", zh="20元", valid_from_at=0.0)])
    told = await beside(Heard(choice="x"), [Say(text="A card: [[fee.card]]."), AGAIN], shelves)
    assert told == [Say(text="A card: 20 CNY."), AGAIN]
    assert ArticleCards(shelves).priced([Ask(text="[[fee.card]]?", language="zh")], "en") == [
        Ask(text="20元?", language="zh")
    ]


async def test_what_does_not_work_is_said_first() -> None:
    shelves = library()
    shelves.disturbances = [
        Disturbed(id="d1", en="Blocking is down.", zh="挂失暂停。", about=frozenset({"lost-card"}),
                  until_at=9e9),
        Disturbed(id="d2", en="The app is down.", zh="应用故障。", about=frozenset(), until_at=9e9),
    ]  # fmt: skip
    told = await beside(Heard(start=True), [AGAIN], shelves)
    assert told == [Say(text="The app is down."), AGAIN]
    told = await beside(Heard(text="lost cards"), [MISSED, AGAIN], shelves)
    assert Say(text="Blocking is down.") in told
    shelves.disturbances = [
        Disturbed(id="d1", en="Was down.", zh="曾故障。", about=frozenset(), until_at=0.0)
    ]
    assert await beside(Heard(start=True), [AGAIN], shelves) == [AGAIN]
