"""The bot's mind: a pure function from what it knows and hears to what it says.

At most one step of an answer waits for the customer, and it is the last one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.menu import Answer, Menu, Topic
from bot.words import longest_match, normalise
from hub.domain import steps
from hub.domain.steps import Ask, Choice, Finish, HandOff, Heard, Say, Step
from hub.domain.switches import ALL_ON, Off
from hub.text.language import detect

PERSON = "person"
DONE = "done"
MISSES_MOST = 2
NOT_UNDERSTOOD = {"en": "Did not understand the question", "zh": "没有听懂问题"}
"""What an agent reads of a bot that was at a loss."""
WANTS_CHARACTERS = 300
ENGLISH_WORDS_LEAST = 3
"""Fewer English words (OK, hello) do not turn a Chinese talk into an English one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mind:
    """What the bot keeps between turns."""

    language: str = ""
    greeted: bool = False
    misses: int = 0
    topic: str | None = None
    """The topic whose question was asked last."""
    wants: str = ""
    """The customer's matter in their own words."""
    tried: tuple[str, ...] = ()
    """What the bot answered or did not understand, for the agent."""

    def to_state(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {name: getattr(self, name) for name in Mind.__slots__} | {"tried": list(self.tried)}

    @staticmethod
    def from_state(state: Mapping[str, Any]) -> "Mind":
        """Return the mind kept in a state; an empty state is a mind that knows nothing."""
        return Mind(**{**state, "tried": tuple(state.get("tried", ()))})


def respond(menu: Menu, mind: Mind, heard: Heard, off: Off = ALL_ON) -> tuple[Mind, list[Step]]:
    """Answer one turn; what supervisors have switched `off` is refused honestly."""
    menu = _without(menu, off)
    mind = replace(mind, language=language_of(mind, heard))
    said = (heard.text or "").strip()
    if off.everything:
        return _step_aside(menu, mind, said, heard.choice)
    if not mind.greeted:
        mind = replace(mind, greeted=True)
        if not said and heard.choice is None:
            return mind, [_menu(menu, mind, menu.greeting)]
        mind, answer = _hear(menu, mind, said, heard.choice)
        return mind, _with_greeting(menu, mind, answer)
    return _hear(menu, mind, said, heard.choice)


def _without(menu: Menu, off: Off) -> Menu:
    """The menu whose answers that are off say so, and stand on it no more."""
    answers = tuple(
        replace(one, text=menu.switched_off, on_menu=False) if one.errand in off.errands else one
        for one in menu.answers
    )
    return replace(menu, answers=answers)


def _step_aside(menu: Menu, mind: Mind, said: str, choice: str | None) -> tuple[Mind, list[Step]]:
    """All of it is off: a person goes on, as soon as there is something to go on with."""
    mind = replace(mind, greeted=True, wants=mind.wants or said[:WANTS_CHARACTERS])
    if not said and choice is None:
        person = Choice(value=PERSON, label=menu.person_label[mind.language])
        return mind, [steps.Menu(text=menu.switched_off[mind.language], choices=(person,))]
    meant = _meant(menu, normalise(said), choice)
    topic = meant if isinstance(meant, Topic) else _topic(menu, mind.topic)
    text = menu.switched_off[mind.language]
    return mind, [Say(text=text), *_hand_off(menu, mind, topic, said)]


def _hear(menu: Menu, mind: Mind, said: str, choice: str | None) -> tuple[Mind, list[Step]]:
    sentence = normalise(said)
    if choice is None and said:
        mind = replace(mind, wants=mind.wants or said[:WANTS_CHARACTERS])
    if choice == PERSON or longest_match(sentence, menu.person_words):
        # Asking for a person is not the answer to the question that was asked.
        return mind, _hand_off(menu, mind, _topic(menu, mind.topic), "")
    if mind.topic is not None and choice is None:
        return mind, _hand_off(menu, mind, _topic(menu, mind.topic), said)
    if choice == DONE or (choice is None and sentence in menu.done_words):
        return mind, [Finish(text=menu.goodbye[mind.language])]
    match _meant(menu, sentence, choice):
        case Topic() as topic:
            return _take_up(menu, mind, topic, said)
        case Answer() as answer:
            return _answer(menu, mind, answer)
    return _miss(menu, mind)


def _meant(menu: Menu, sentence: str, choice: str | None) -> Topic | Answer | None:
    """What a choice names, or what the sentence says most of."""
    offers: list[Topic | Answer] = [*menu.topics, *menu.answers]
    if choice is not None:
        return next((one for one in offers if one.id == choice), None)
    best = max(offers, key=lambda one: longest_match(sentence, one.words), default=None)
    return best if best is not None and longest_match(sentence, best.words) else None


def _take_up(menu: Menu, mind: Mind, topic: Topic, said: str) -> tuple[Mind, list[Step]]:
    mind = replace(mind, topic=topic.id, misses=0)
    if topic.question is None:
        return mind, _hand_off(menu, mind, topic, said)
    return mind, [Ask(text=topic.question[mind.language])]


def _answer(menu: Menu, mind: Mind, answer: Answer) -> tuple[Mind, list[Step]]:
    tried = (*mind.tried, answer.label[mind.language])
    mind = replace(mind, misses=0, tried=tried, wants="")
    return mind, [Say(text=answer.text[mind.language]), _menu(menu, mind, menu.again, done=True)]


def _miss(menu: Menu, mind: Mind) -> tuple[Mind, list[Step]]:
    mind = replace(mind, misses=mind.misses + 1)
    if mind.misses >= MISSES_MOST:
        return mind, _hand_off(menu, mind, None, "")
    return mind, [_menu(menu, mind, menu.not_understood)]


def _hand_off(menu: Menu, mind: Mind, topic: Topic | None, said: str) -> list[Step]:
    """Give everything that was learned to a person."""
    language = mind.language
    collected = {}
    if topic is not None:
        collected["topic"] = topic.label[language]
        if topic.question is not None and said:
            collected["details"] = said[:WANTS_CHARACTERS]
    tried = (*mind.tried, NOT_UNDERSTOOD[language]) if mind.misses else mind.tried
    wants = mind.wants or (topic.label[language] if topic else menu.person_label[language])
    return [
        Say(text=menu.handing_off[language]),
        HandOff(
            queue_id=topic.queue if topic else menu.person_queue,
            wants=wants,
            collected=collected,
            tried=tried,
        ),
    ]


def _menu(menu: Menu, mind: Mind, text: Mapping[str, str], *, done: bool = False) -> steps.Menu:
    language = mind.language
    offers: list[Topic | Answer] = [*menu.topics, *(a for a in menu.answers if a.on_menu)]
    choices = [Choice(value=one.id, label=one.label[language]) for one in offers]
    choices.append(Choice(value=PERSON, label=menu.person_label[language]))
    if done:
        choices.append(Choice(value=DONE, label=menu.done_label[language]))
    return steps.Menu(text=text[language], choices=tuple(choices))


def _with_greeting(menu: Menu, mind: Mind, answer: Sequence[Step]) -> list[Step]:
    """The first reply says who answers, whatever the customer began with."""
    return [Say(text=menu.greeting[mind.language]), *answer]


def _topic(menu: Menu, topic_id: str | None) -> Topic | None:
    return next((topic for topic in menu.topics if topic.id == topic_id), None)


def again(menu: Menu, language: str) -> steps.Menu:
    """Ask what else there is, with all choices."""
    return _menu(menu, Mind(language=language), menu.again, done=True)


def language_of(mind: Mind, heard: Heard) -> str:
    """Return the language of the customer's words, else the one spoken so far."""
    before = mind.language or heard.language
    text = heard.text or ""
    found = detect(text) if heard.choice is None else None
    if found is None or (found == "en" and len(text.split()) < ENGLISH_WORDS_LEAST):
        return before
    return found
