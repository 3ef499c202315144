"""The nodes of a flow as frozen values. A new kind is a class here and a rule in `ivr/walk`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from ivr.flow.fields import LANGUAGES, NO_TEXTS, Is, Texts, part

NO_VALUES: Final[Mapping[str, str]] = {}
REPEATS_MOST: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One step of a flow."""

    kind: ClassVar[str] = ""
    asks: ClassVar[bool] = False
    """It waits for the caller."""
    ends: ClassVar[bool] = False
    """The flow can end here."""

    id: str
    name: Texts = part(Is.LABEL, NO_TEXTS, must=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Say(Node):
    """Words, by voice or recording."""

    kind: ClassVar[str] = "say"
    text: Texts = part(Is.TEXTS, NO_TEXTS, must=True)
    recording: str = part(Is.RECORDING)
    next: str = part(Is.NEXT, must=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Play(Node):
    """A recording; `text` is its caption for who cannot hear it."""

    kind: ClassVar[str] = "play"
    recording: str = part(Is.RECORDING, must=True)
    text: Texts = part(Is.TEXTS, NO_TEXTS, must=True)
    next: str = part(Is.NEXT, must=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One way on from a menu."""

    key: str = part(Is.KEY, must=True)
    label: Texts = part(Is.LABEL, NO_TEXTS, must=True)
    next: str = part(Is.NEXT, must=True)
    words: tuple[str, ...] = part(Is.WORDS, ())
    says: Texts = part(Is.TEXTS, NO_TEXTS)
    """Said after the menu's text, while the choice is there."""
    only_if: str = part(Is.NAME)
    """There only while this value is not empty."""
    set: Mapping[str, str] = part(Is.VALUES, NO_VALUES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu(Node):
    """Choices by key or word."""

    kind: ClassVar[str] = "menu"
    asks: ClassVar[bool] = True
    text: Texts = part(Is.TEXTS, NO_TEXTS, must=True)
    recording: str = part(Is.RECORDING)
    choices: tuple[Choice, ...] = part(Is.RECORDS, (), must=True, record=Choice)
    speech: bool = part(Is.FLAG, default=True)
    repeat: int = part(Is.NUMBER, 2, most=REPEATS_MOST)
    missed: str = part(Is.NEXT)
    """Where nothing pressed leads after the repeats; empty: to a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageChoice:
    """A key for a language."""

    key: str = part(Is.KEY, must=True)
    language: str = part(Is.ONE_OF, must=True, options=LANGUAGES)
    words: tuple[str, ...] = part(Is.WORDS, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Language(Node):
    """Choose a language; each text is said in its own. Skipped for who has chosen before."""

    kind: ClassVar[str] = "language"
    asks: ClassVar[bool] = True
    text: Texts = part(Is.TEXTS, NO_TEXTS, must=True)
    choices: tuple[LanguageChoice, ...] = part(Is.RECORDS, (), must=True, record=LanguageChoice)
    always: bool = part(Is.FLAG, default=False)
    repeat: int = part(Is.NUMBER, 1, most=REPEATS_MOST)
    next: str = part(Is.NEXT, must=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask(Node):
    """Take digits that may be kept: a day, a branch number. Never a secret."""

    kind: ClassVar[str] = "ask"
    asks: ClassVar[bool] = True
    text: Texts = part(Is.TEXTS, NO_TEXTS, must=True)
    recording: str = part(Is.RECORDING)
    digits: int = part(Is.NUMBER, 1, must=True, least=1, most=20)
    least: int = part(Is.NUMBER, 1, least=1, most=20)
    into: str = part(Is.NAME, must=True)
    repeat: int = part(Is.NUMBER, 2, most=REPEATS_MOST)
    missed: str = part(Is.NEXT)
    next: str = part(Is.NEXT, must=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identify(Node):
    """Prove who calls, by secret digits that are kept nowhere; passed by who did so already.

    A PIN proves; a birth date only claims, which is enough for what is not secret.
    """

    kind: ClassVar[str] = "identify"
    asks: ClassVar[bool] = True
    by: str = part(Is.ONE_OF, "pin", must=True, options=("pin", "birth_date"))
    text: Texts = part(Is.TEXTS, NO_TEXTS, must=True)
    recording: str = part(Is.RECORDING)
    repeat: int = part(Is.NUMBER, 2, most=REPEATS_MOST)
    next: str = part(Is.NEXT, must=True)
    failed: str = part(Is.NEXT)
    """After wrong or no digits; empty: to a person."""
    locked: str = part(Is.NEXT)
    """After too many wrong ones, over all calls; empty: to a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A way on when a value or a field of the answer equals a text."""

    of: str = part(Is.NAME, must=True)
    equals: str = part(Is.TEXT, must=True)
    next: str = part(Is.NEXT, must=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand(Node):
    """A look-up or an order at the hub; the first case that fits leads on."""

    kind: ClassVar[str] = "do"
    errand: str = part(Is.ERRAND, must=True)
    arguments: Mapping[str, str] = part(Is.VALUES, NO_VALUES)
    keep: tuple[str, ...] = part(Is.NAMES, ())
    """Fields of the answer that the flow keeps; nothing else of it is."""
    tells: str = part(Is.ONE_OF, "always", options=("always", "done", "never"))
    """When the answer's words are told; `done`: only when it was done."""
    cases: tuple[Case, ...] = part(Is.RECORDS, (), record=Case)
    next: str = part(Is.NEXT, must=True)
    failed: str = part(Is.NEXT, must=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch(Node):
    """The first case that fits leads on."""

    kind: ClassVar[str] = "branch"
    cases: tuple[Case, ...] = part(Is.RECORDS, (), must=True, record=Case)
    otherwise: str = part(Is.NEXT, must=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours(Node):
    """Whether a Queue is open now."""

    kind: ClassVar[str] = "hours"
    queue: str = part(Is.QUEUE, must=True)
    open: str = part(Is.NEXT, must=True)
    closed: str = part(Is.NEXT, must=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Set(Node):
    """Keep values."""

    kind: ClassVar[str] = "set"
    values: Mapping[str, str] = part(Is.VALUES, NO_VALUES, must=True)
    next: str = part(Is.NEXT, must=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToQueue(Node):
    """Wait for a person; position, music and the offer of a callback are the hub's."""

    kind: ClassVar[str] = "queue"
    ends: ClassVar[bool] = True
    queue: str = part(Is.QUEUE, must=True)
    wants: Texts = part(Is.LABEL, NO_TEXTS, must=True)
    """The caller's matter, for the agent."""
    text: Texts = part(Is.TEXTS, NO_TEXTS)
    recording: str = part(Is.RECORDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback(Node):
    """Have the caller called back."""

    kind: ClassVar[str] = "callback"
    ends: ClassVar[bool] = True
    next: str = part(Is.NEXT)
    """After it was promised; empty: the call ends."""
    failed: str = part(Is.NEXT, must=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Voicemail(Node):
    """Record a message; the hub thanks for it and ends the call."""

    kind: ClassVar[str] = "voicemail"
    ends: ClassVar[bool] = True
    text: Texts = part(Is.TEXTS, NO_TEXTS, must=True)
    recording: str = part(Is.RECORDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer(Node):
    """Go on in another flow."""

    kind: ClassVar[str] = "transfer"
    ends: ClassVar[bool] = True
    flow: str = part(Is.FLOW, must=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveBack(Node):
    """End of a flow into which an agent sent the caller: back to that agent."""

    kind: ClassVar[str] = "give_back"
    ends: ClassVar[bool] = True
    text: Texts = part(Is.TEXTS, NO_TEXTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class HangUp(Node):
    """Say goodbye; the call ends."""

    kind: ClassVar[str] = "hang_up"
    ends: ClassVar[bool] = True
    text: Texts = part(Is.TEXTS, NO_TEXTS)
    recording: str = part(Is.RECORDING)


KINDS: Final[Mapping[str, type[Node]]] = {
    one.kind: one
    for one in (
        Say, Play, Menu, Language, Ask, Identify, Errand, Branch, Hours, Set, ToQueue, Callback,
        Voicemail, Transfer, GiveBack, HangUp,
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A whole flow."""

    id: str
    name: Texts = part(Is.LABEL, NO_TEXTS, must=True)
    start: str = part(Is.NEXT, must=True)
    person: str = part(Is.NEXT, must=True)
    """Where 0 leads from everywhere, and who presses nothing."""
    urgent: str = part(Is.NEXT)
    """What must be reached round the clock, such as the lost card."""
    nodes: Mapping[str, Node]
