"""What crosses between channels and self-service: InboundFact, Step and what was learned."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundFact:
    """What an adapter understood from its provider's bytes; the same key twice is one fact."""

    channel: str
    account: str
    """The ChannelAccount: one configured number, mailbox or widget."""
    address: str
    """The reachable end on that channel (visitor id, number, mailbox)."""
    key: str
    """Provider's or client's id of this item, unique on its Address."""
    text: str | None = None
    choice: str | None = None
    """The value of a menu choice the customer picked."""
    file_id: str | None = None
    language: str | None = None
    customer_id: str | None = None
    """Only set where the channel itself has proof (a signed-in page)."""
    identity_level: int = 0
    proof: str | None = None
    """How the identity was proved, e.g. `signed_in_page`."""
    channel_data: Mapping[str, str] = field(default_factory=dict)
    """The adapter's own data; nobody else reads it."""
    came_at: float | None = None
    """When it came (UTC epoch seconds), where that was before now: it was held back since."""
    thread_id: str = ""
    """Which Conversation of the Address the channel has proof for; empty: its own."""
    by_another: bool = False
    """Somebody else wrote it, whom staff let into the thread: it proves and rates nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What self-service hears: words, a choice, keys, the result of a `Do`, or nothing yet."""

    start: bool = False
    text: str | None = None
    choice: str | None = None
    keys: str | None = None
    """Keys pressed on a phone; empty when nothing came in time."""
    result: Mapping[str, str] | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """Tell the customer something, in the contact's language."""

    text: str
    prompt: str | None = None
    language: str | None = None
    """Language of the words, for the voice that says them; None: the Contact's. So everywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One option of a Menu."""

    value: str
    label: str
    key: str = ""
    """On a phone the key that picks it."""
    words: tuple[str, ...] = ()
    """Words that pick it where speech is understood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """Say something and wait for one of the choices (or free text)."""

    text: str
    choices: tuple[Choice, ...]
    prompt: str | None = None
    """Name of the recording of `text`, for a phone; so everywhere."""
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Say something and wait for free text, or on a phone for digits."""

    text: str
    prompt: str | None = None
    most_digits: int = 0
    """0: words are asked for, not digits."""
    is_sensitive: bool = False
    """What is answered is kept nowhere: a PIN, a code."""
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeMessage:
    """Say something and record what the customer says, on a phone: a voicemail."""

    text: str
    prompt: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Do:
    """Run a hub command; its result comes back as the next `heard`."""

    command: str
    arguments: Mapping[str, str] = field(default_factory=dict)
    language: str | None = None
    """Of the words that come back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOff:
    """Give the Contact to a Queue with all that was learned."""

    queue_id: str
    wants: str = ""
    collected: Mapping[str, str] = field(default_factory=dict)
    tried: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    raised: int = 0
    """So many priority classes above the Queue's own: a fraud under way does not wait its turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish:
    """Self-service solved it: the Contact ends contained."""

    text: str = ""
    prompt: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenFor:
    """Nothing to say: what words were taken for, for those who watch and teach the assistant."""

    said: str
    """The customer's words."""
    language: str
    intent: str = ""
    """The best guess; empty: none."""
    probability: float = 0.0
    by: str = ""
    """Who guessed: `ngrams`, `both`, `rasa`."""
    outcome: str = "understood"
    """understood | unsure | missed | outside: not understood, and surely none of our matters"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleCard:
    """An article that may answer: every reader may open it."""

    slug: str
    language: str
    title: str
    passage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowArticles:
    """Show articles beside the talk, where there is something to look at; waits for nothing."""

    text: str
    articles: tuple[ArticleCard, ...]


Step = Say | Menu | Ask | TakeMessage | Do | HandOff | Finish | TakenFor | ShowArticles
