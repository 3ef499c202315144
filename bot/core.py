"""The assistant's decisions: (state, heard) -> (state, steps), pure and small.

State: `misses` in a row, what the customer `said`, which answers were `given`, the last `topic`.
At most one step of a turn waits for the customer, and it is the last.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.menu import Menu as MenuFile
from bot.menu import Topic, Words
from hub.domain.steps import Choice, Finish, HandOff, Heard, Menu, Say, Step

MISSES_MOST = 2
PERSON, DONE = "person", "done"
SAID_CHARACTERS = 400
_ENGLISH_WORD = re.compile(r"[a-z']+")


@dataclass(frozen=True, slots=True)
class State:
    """What the assistant remembers between turns."""

    misses: int = 0
    said: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    topic: str = ""

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> "State":
        """From what the hub kept."""
        return cls(
            int(raw.get("misses", 0)),
            tuple(raw.get("said", ())),
            tuple(raw.get("given", ())),
            str(raw.get("topic", "")),
        )

    def keep(self) -> dict[str, Any]:
        """For the hub to keep."""
        return {
            "misses": self.misses,
            "said": list(self.said),
            "given": list(self.given),
            "topic": self.topic,
        }


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: the menu file, the language to answer in, the state before."""

    menu: MenuFile
    language: str
    state: State = field(default_factory=State)


def answer(turn: Turn, heard: Heard) -> tuple[State, Sequence[Step]]:
    """Decide what to say to what was heard."""
    text = (heard.text or "").strip()
    if heard.start and not text and not heard.choice:
        return turn.state, [_options(turn, turn.menu.assistant.greeting.of(turn.language))]
    said = (*turn.state.said, text[:SAID_CHARACTERS])[-5:] if text else turn.state.said
    turn = replace(turn, state=replace(turn.state, said=said))
    code = heard.choice or understood(turn.menu, text)
    if code == PERSON:
        return _hand_off(turn, turn.menu.person.queue)
    if code == DONE:
        return turn.state, [Finish(text=turn.menu.assistant.closing.of(turn.language))]
    for found in turn.menu.answers:
        if found.code == code:
            state = replace(turn.state, misses=0, given=(*turn.state.given, code)[-5:])
            more = _options(turn, turn.menu.assistant.again.of(turn.language), may_end=True)
            return state, [Say(text=found.text.of(turn.language)), more]
    for topic in turn.menu.topics:
        if topic.code == code:
            return _hand_off(replace(turn, state=replace(turn.state, topic=code)), topic.queue)
    return _missed(turn)


def understood(menu: MenuFile, text: str) -> str:
    """The code of what a text asks for; empty when it is not clear."""
    if _names(menu.person.words, text):
        return PERSON
    scores = {part.code: _names(part.words, text) for part in menu.entries}
    best = max(scores.values())
    if best:
        return next(code for code, score in scores.items() if score == best)
    return DONE if _names(menu.thanks.words, text) else ""


def _names(words: Words, text: str) -> int:
    """How many keywords a text holds; Chinese is written without spaces."""
    lowered = text.lower()
    english = set(_ENGLISH_WORD.findall(lowered))
    phrases = sum(word in english or (" " in word and word in lowered) for word in words.en)
    return phrases + sum(word in text for word in words.zh)


def _missed(turn: Turn) -> tuple[State, Sequence[Step]]:
    misses = turn.state.misses + 1
    state = replace(turn.state, misses=misses)
    if misses >= MISSES_MOST:
        return _hand_off(replace(turn, state=state), turn.menu.person.queue)
    return state, [_options(turn, turn.menu.assistant.missed.of(turn.language))]


def _hand_off(turn: Turn, queue_id: str) -> tuple[State, Sequence[Step]]:
    """To a queue, with all that was learned, so that nobody has to repeat anything."""
    state, language = turn.state, turn.language
    topic = _topic(turn.menu, state.topic)
    own_words = [said for said in state.said if understood(turn.menu, said) != PERSON]
    wants = own_words[-1] if own_words else (topic.label.of(language) if topic else "")
    labels = {part.code: part.label.of(language) for part in turn.menu.answers}
    step = HandOff(
        queue_id=queue_id,
        wants=wants,
        collected={} if topic is None else {"topic": topic.label.of(language)},
        tried=tuple(labels[code] for code in state.given if code in labels),
    )
    return state, [Say(text=turn.menu.assistant.handing_off.of(language)), step]


def _topic(menu: MenuFile, code: str) -> Topic | None:
    return next((topic for topic in menu.topics if topic.code == code), None)


def _options(turn: Turn, text: str, *, may_end: bool = False) -> Menu:
    menu, language = turn.menu, turn.language
    choices = [Choice(value=part.code, label=part.label.of(language)) for part in menu.entries]
    choices.append(Choice(value=PERSON, label=menu.person.label.of(language)))
    if may_end:
        choices.append(Choice(value=DONE, label=menu.thanks.label.of(language)))
    return Menu(text=text, choices=tuple(choices))
