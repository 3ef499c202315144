"""What the page of the assistant sends and is sent."""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from agent_console.http.endpoint import Strict
from agent_console.http.flow_shapes import Asked, Count, Named, Reason, Returned, VersionRow

KEYS_MOST = 300
SENTENCES_MOST = 2_000
Text = Annotated[str, StringConstraints(strict=True, max_length=300)]
Key = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=80)]
Keys = Annotated[list[Key], Field(max_length=KEYS_MOST)]
Code = Annotated[str, StringConstraints(strict=True, max_length=60)]
Version = Annotated[str, StringConstraints(strict=True, pattern=r"^([0-9a-f]{16})?$")]


class Sentence(Strict):
    """A sentence that a person gave an intent."""

    text: Text
    intent: Code
    language: Literal["en", "zh"]


class TaughtDraft(Strict):
    """The sentences somebody works on."""

    revision: int
    based_on: int
    at: float
    by: Named
    asked: Asked | None
    returned: Returned | None
    is_own: bool
    """Whether the reader worked on it or handed it in, so that somebody else publishes it."""
    model: str
    """The model these sentences give."""
    is_trained: bool


class ModelInForce(Strict):
    """What answers customers on this node."""

    version: str
    """Empty while none is trained."""
    by: str
    """embedded | ngrams"""
    number: int
    """Of the sentences it learned."""


class Progress(Strict):
    """How far the last training is."""

    state: Literal["none", "working", "done", "failed"]
    done: int = 0
    of: int = 1
    version: str = ""
    seconds: float = 0.0


class AssistantView(Strict):
    """The assistant as the page shows it."""

    engine: str
    """As set: `embedded`, `ngrams` or `rasa`."""
    intents: list[str]
    model: ModelInForce
    number: int
    """The version of taught sentences in force."""
    sentences: list[Sentence]
    """Of the draft, or of what is in force."""
    draft: TaughtDraft | None
    versions: list[VersionRow]
    progress: Progress
    second_person: bool


class DoubtRow(Strict):
    """Words the assistant was at a loss with."""

    key: str
    said: str
    answer: str
    note: str
    language: str
    channel: str
    times: int
    last_at: float
    by: Named
    """Who reported it; None: nobody, it was noticed."""


class DoubtGroup(Strict):
    """Doubts that want the same."""

    kind: str
    """missed | outside | unsure | wrong"""
    intent: str
    """The best guess."""
    probability: float
    engine: str
    times: int
    last_at: float
    doubts: list[DoubtRow]


class DoubtGroups(Strict):
    """All that waits to be looked at."""

    groups: list[DoubtGroup]
    kept_days: int


class TeachBody(Strict):
    """The sentences as they are in the page; `revision` is the one that was seen, 0 for none."""

    sentences: Annotated[list[Sentence], Field(max_length=SENTENCES_MOST)]
    revision: Count
    based_on: Count
    taught: Annotated[list[Key], Field(max_length=KEYS_MOST, default_factory=list)]
    """Doubts that are settled with it."""


class Saved(Strict):
    """The draft's new revision, and the model it gives."""

    revision: int
    model: str
    is_trained: bool


class KeysBody(Strict):
    """Doubts that nothing is to be learned from."""

    keys: Keys


class TryBody(Strict):
    """Words to be understood; `version` empty: by what answers now."""

    text: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=1_000)]
    version: Version = ""


class Tried(Strict):
    """What they are taken for."""

    ranking: list[tuple[str, float]]
    is_known: bool
    by: str
    blanks: dict[str, str]


class Measured(Strict):
    """A model on the sentences kept apart."""

    version: str
    sentences: int
    trained_at: float
    train_seconds: float
    examples: int
    accuracy: float
    calibration_error: float
    rejected: float | None
    """Of what is none of our matters, the share that was recognised."""
    false_rejections: float | None
    confusions: list[dict[str, Any]]
    """`is`, `taken_for`, `times`, the most frequent first."""


class Comparison(Strict):
    """The draft's model beside the one in force; None: not measured."""

    before: Measured | None
    after: Measured | None
    changes: list[dict[str, Any]]


class RatesQuery(Strict):
    """How many days back."""

    days: Annotated[int, Field(ge=1, le=90)] = 28


class TopicRow(Strict):
    """How a matter fared."""

    intent: str
    contacts: int
    contained: int
    handed_over: int
    solved: int
    repeated: int
    pending: int
    unsure: int


class Rates(Strict):
    """All matters, the most frequent first."""

    days: int
    topics: list[TopicRow]


class Why(Strict):
    """The revision that was seen, and why."""

    revision: Count
    why: Reason


class LanguageQuery(Strict):
    """Which language."""

    language: Literal["en", "zh"]
