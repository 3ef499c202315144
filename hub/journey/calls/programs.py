"""From self-service's Steps to what a Leg does. Pure: the same Steps give the same program."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from hub.domain.calls import (
    EnterRoom,
    Gather,
    Gathered,
    LegEvent,
    MessageRecorded,
    PlaySounds,
    Program,
    ProgramEnded,
    Prompt,
    RecordMessage,
    Sound,
    Wait,
    WaitOver,
)
from hub.domain.steps import Ask, Finish, HandOff, Menu, Say, Step, TakeMessage

ANSWERS: Final[dict[type[Any], tuple[type[LegEvent], ...]]] = {
    PlaySounds: (ProgramEnded,),
    Gather: (Gathered,),
    Wait: (WaitOver, Gathered),
    RecordMessage: (MessageRecorded,),
    EnterRoom: (),
}
"""What may come back from the last step of a program; anything else is late."""
LONGEST_ENTRY: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What self-service said, as a Leg plays it."""

    program: Program = ()
    memory: dict[str, Any] = field(default_factory=dict)
    """What an answer will mean: keys and their choices, whether digits are hidden."""
    sounds: tuple[Sound, ...] = ()
    """What is to be said before a way out: the next program begins with it."""
    way_out: HandOff | Finish | TakeMessage | None = None


def turn_of(steps: Sequence[Step], language: str, before: Sequence[Sound] = ()) -> Turn:
    """Render the Steps of one turn; `before` is played first."""
    sounds: list[Sound] = list(before)
    for step in steps:
        if isinstance(step, Say | Menu | Ask | TakeMessage | Finish):
            sounds += _said(step, language)
        match step:
            case Menu():
                return _menu(step, language, sounds)
            case Ask():
                return _ask(step, language, sounds)
            case TakeMessage() | Finish() | HandOff():
                return Turn(sounds=tuple(sounds), way_out=step)
    return Turn(program=(PlaySounds(sounds=tuple(sounds)),))


def _said(step: Say | Menu | Ask | TakeMessage | Finish, language: str) -> Iterator[Prompt]:
    """The words of a step, in the language they are written in; a step may have none."""
    if step.text:
        yield Prompt(text=step.text, language=step.language or language, name=step.prompt)


def _menu(step: Menu, language: str, sounds: list[Sound]) -> Turn:
    keyed = [choice for choice in step.choices if choice.key]
    words = tuple(word for choice in step.choices for word in choice.words)
    gather = Gather(
        sounds=tuple(sounds),
        language=step.language or language,
        # A key that picks something must arrive, also the one that ends longer entries.
        finish_on="" if any("#" in choice.key for choice in keyed) else "#",
        most_digits=max((len(choice.key) for choice in keyed), default=1),
        words=words,
        choices=tuple((choice.key, choice.label) for choice in keyed),
    )
    memory = {
        "keys": {choice.key: [choice.value, choice.label] for choice in keyed},
        "words": {
            word.casefold(): [choice.value, choice.label]
            for choice in step.choices
            for word in choice.words
        },
    }
    return Turn(program=(gather,), memory=memory)


def _ask(step: Ask, language: str, sounds: list[Sound]) -> Turn:
    gather = Gather(
        sounds=tuple(sounds),
        language=step.language or language,
        most_digits=step.most_digits or LONGEST_ENTRY,
        is_sensitive=step.is_sensitive,
    )
    return Turn(program=(gather,), memory={"hidden": True} if step.is_sensitive else {})


def is_answer(program: Program, event: LegEvent) -> bool:
    """Whether the event is what the end of this program waits for."""
    if not program:
        return False
    return isinstance(event, ANSWERS.get(type(program[-1]), ()))
