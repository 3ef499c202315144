"""The small contracts between hub and spokes; `config/wiring.py` joins them.

A port names what its user needs, in two or three methods. Failures of a channel are three only:
`SendLater` (try again), `SendNever` (give up), `NeedsAttention` (a person must look).
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from starlette.routing import BaseRoute

from hub.domain.accounts import AccountNow, Options
from hub.domain.articles import Article, Audience, Disturbed, Found
from hub.domain.banking import CoreAnswer, CoreOrder, CoreRecord, CoreVerdict
from hub.domain.calls import CallAbility, CallCommand, KnownLeg, SoftphoneGrant
from hub.domain.events import Logged
from hub.domain.notice import Notice, NoticeKind
from hub.domain.outbound import Outbound, Sent
from hub.domain.steps import Heard, InboundFact, Step
from hub.domain.switches import Off

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


class Clock(Protocol):
    """Time as an argument; the real one is `hub.adapters.clock`, tests bring their own."""

    def now(self) -> float:
        """UTC epoch seconds."""

    def monotonic(self) -> float:
        """Seconds that never go back, for durations."""

    async def sleep(self, seconds: float) -> None:
        """Wait."""


class NewId(Protocol):
    """Fresh identifiers: `new_id("con")` -> `con_...`, time-ordered, unguessable."""

    def __call__(self, kind: str) -> str:
        """Return a new identifier of a kind."""


class Signal(Protocol):
    """Wake-ups and ephemeral words between nodes; may lose anything at any moment."""

    async def publish(self, topic: str, payload: str) -> None:
        """Tell all nodes, this one included."""

    def subscribe(self, topic: str, heard: Callable[[str], None]) -> Callable[[], None]:
        """Call `heard(payload)` for each word on the topic; the result ends it."""


class SelfService(Protocol):
    """IVR or bot in front. `state` is its own, kept by the hub between turns."""

    async def turn(
        self, contact: "SelfServiceContact", state: dict[str, Any], heard: Heard
    ) -> tuple[dict[str, Any], Sequence[Step]]:
        """Answer what was heard with at most one waiting step, the last one."""


class AtOnce(Protocol):
    """A method `at_once` that a SelfService may have besides, for what takes no thought."""

    def __call__(
        self, contact: "SelfServiceContact", state: dict[str, Any], heard: Heard
    ) -> tuple[dict[str, Any], Sequence[Step]] | None:
        """Answer as `turn` would, or None to be asked by `turn` later.

        Pure, within microseconds, and safe in any thread: it runs in the unit of work that stores
        the words, which all other writers wait for.
        """


class SelfServiceContact(Protocol):
    """What self-service may know of a Contact; the identity level comes from here only."""

    @property
    def contact_id(self) -> str:
        """The Contact."""

    @property
    def channel(self) -> str:
        """The medium, e.g. `web_chat`."""

    @property
    def language(self) -> str:
        """The customer's language."""

    @property
    def identity_level(self) -> int:
        """What the customer has proved."""

    @property
    def off(self) -> Off:
        """What supervisors have switched off on this channel."""


class Health(Protocol):
    """What `check` answers: `ok` and a code for the operator."""

    ok: bool
    code: str


class SendLater(Exception):
    """The provider cannot take it now; the outbox tries again with back-off."""


class SendNever(Exception):
    """The provider will never take it; the effect fails at once. `code` tells staff why."""

    def __init__(self, detail: str = "", *, code: str = "refused_by_provider") -> None:
        super().__init__(detail or code)
        self.code = code


class NeedsAttention(Exception):
    """A person must look: credentials, blocked account, changed contract. `code` says at what."""

    def __init__(self, detail: str = "", *, code: str = "needs_attention") -> None:
        super().__init__(detail or code)
        self.code = code


class Notify(Protocol):
    """Carries Notices; called by the outbox only, so that what was asked for is never lost."""

    @property
    def kinds(self) -> frozenset[NoticeKind]:
        """What can be delivered now: who has only other addresses is not promised anything."""

    @property
    def honours_key(self) -> bool:
        """Whether a Notice given twice with one key arrives once; if not, it is given once."""

    async def send(self, notice: Notice) -> None:
        """Deliver; raise only `SendLater`, `SendNever` or `NeedsAttention`."""


class CoreAway(Exception):
    """The core banking system does not answer, and certainly nothing was done."""


class OutcomeUnknown(Exception):
    """The core may have done it or not: ask for the order's state, never repeat it blindly."""


class CoreBanking(Protocol):
    """The bank's system of record. Raises `CoreAway`, `OutcomeUnknown` or `NeedsAttention`."""

    async def record_of(self, number: str, *, payments_since: float) -> CoreRecord | None:
        """Read a customer by number; None when the core knows nobody of this number."""

    async def carry_out(self, order: CoreOrder) -> CoreAnswer:
        """Do it once for ever: a key that is known already gets its first answer again."""

    async def state_of(self, key: str) -> CoreAnswer | None:
        """Say what became of an order; None when it never arrived."""

    async def take_verdict(self, verdict: CoreVerdict) -> None:
        """Keep a person's word about a payment; a key that is known already changes nothing."""

    async def check(self) -> Health:
        """Say whether the core answers."""


Receive = Callable[[InboundFact], Awaitable[Any]]
"""A channel gives each fact here; the answer comes after COMMIT."""


PAGE = "page"
"""A capability: the channel tells when the customer's page comes and goes."""


class ChannelAdapter(Protocol):
    """One medium. A new channel is one new folder with one of these."""

    name: str
    capabilities: frozenset[str]

    def routes(self) -> Sequence[BaseRoute]:
        """HTTP routes the channel owns."""

    async def run(self) -> None:
        """Serve until cancelled: mailboxes, long sockets, followers of the log."""

    async def check(self) -> Health:
        """Say whether the channel works."""


WRITTEN = "written"
"""A capability: the channel is a `Writer`; what is said to the customer goes through the outbox."""


class Writer(Protocol):
    """What a ChannelAdapter of a written channel (SMS, e-mail) has besides."""

    honours_key: bool
    """Whether one key given twice arrives once; if not, an unknown outcome is never repeated."""

    async def send(self, outbound: Outbound) -> Sent:
        """Give it to the provider; raise only `SendLater`, `SendNever` or `NeedsAttention`."""


class AccountKeeper(Protocol):
    """What a `Writer` has besides whose mailboxes or numbers are looked after on their page."""

    def accounts_now(self) -> Sequence[AccountNow]:
        """Return every account with how it fares, without asking anybody."""

    def judge_account(self, options: Options) -> str:
        """Return the name of the account that options describe; raise `Invalid` naming one."""

    def open_account(self, options: Options) -> None:
        """Begin to use an account, in place of the one of the same name; raise `Invalid`."""

    def close_account(self, account: str) -> None:
        """Stop using an account that was opened so; nothing happens for another."""

    def rest(self, account: str, *, on: bool) -> None:
        """Stop taking what waits elsewhere, or go on; the hub itself holds back what leaves."""

    async def check_account(self, account: str) -> None:
        """Sign in wherever it signs in; raise `SendLater` or `NeedsAttention` with a code."""

    async def send_test(self, account: str, to: str, language: str) -> None:
        """Send a few words of ours to an address; raise the errors of a channel."""


class LiveCall(Protocol):
    """An engine of phone calls; what it tells goes to `hub.journey.calls`."""

    name: str
    abilities: frozenset[CallAbility]

    async def carry_out(self, command: CallCommand) -> None:
        """Do it, once per `command_id`; raise only the three errors of a channel."""

    async def softphone_grant(self, agent_id: str) -> SoftphoneGrant:
        """Return what the agent's page needs to be called; raise `SendLater` when it is away."""

    async def legs(self) -> Sequence[KnownLeg]:
        """Return every Leg it has now; raise `SendLater` when it is away."""

    def fetch_recording(self, ref: str) -> AsyncIterator[bytes]:
        """Yield a recording as a WAV file of two channels, or one of a voicemail."""

    async def check(self) -> Health:
        """Say whether calls can be made and taken."""


Follow = Callable[[Sequence[Logged]], None]
"""A follower gets committed events in commit order, in the event loop; it must not block."""


class ArticleSearch(Protocol):
    """The articles in force; answers from memory, and never with what a reader may not see."""

    def search(
        self, words: str, *, reader: Audience, language: str | None = None, limit: int = 10
    ) -> Found:
        """Return the best articles for the words; `language` None searches both."""

    async def find(
        self, words: str, *, reader: Audience, team: str = "", only: Audience | None = None,
        language: str | None = None, limit: int = 10,
    ) -> Found:  # fmt: skip
        """Search by meaning too, 10 to 80 ms; agents name their `team`, `only` one audience."""

    def article(
        self, slug: str, *, reader: Audience, language: str, team: str = ""
    ) -> Article | None:
        """Return an article; None when there is none that this reader may see."""

    def moved(self, slug: str, language: str) -> str | None:
        """Return where readers of a retired article are led; None: it is in force, or just gone."""

    def listed(self, *, reader: Audience, language: str) -> Sequence[Article]:
        """Return all articles of a language that this reader may see, by category and title."""

    def disturbed(self, slug: str | None = None) -> Sequence[Disturbed]:
        """Return what does not work now and concerns an article; None: the help centre."""

    def priced(self, text: str, language: str) -> str:
        """Return a text with the fees, rates and limits that it names, as they hold now."""

    def render(self, markdown: str) -> str:
        """Return an article's text as clean HTML that any page may show."""

    def blocks(self, markdown: str) -> Sequence[Any]:
        """Return it as plain values: words, `[tag, parts]`, `["a", parts, href]`."""

    def plain(self, markdown: str) -> str:
        """Return an article's text without marks, as it goes into a message."""


class Embedder(Protocol):
    """Sentences as vectors: what means the same lies near, in every language it knows."""

    @property
    def name(self) -> str:
        """Which model it is: vectors of two models cannot be compared."""

    def vectors(self, sentences: Sequence[str]) -> "npt.NDArray[np.float32]":
        """Return a vector of length one per sentence, as rows; takes 10 to 50 ms each."""


class FlowEditor(Protocol):
    """Phone flows for the set-up page. Documents are plain values; the journey keeps versions."""

    kind: str
    """Under which versions and drafts are kept."""

    @property
    def names(self) -> Sequence[str]:
        """Every flow."""

    def vocabulary(self) -> Mapping[str, Any]:
        """Return what forms need: kinds of steps with their fields, queues, flows, errands."""

    def look(self, name: str, document: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the problems of a document and its picture."""

    def require_sound(self, name: str, document: Mapping[str, Any]) -> None:
        """Raise `Invalid("flow_problems")` for a document that callers must not hear."""

    def read(self, text: str) -> Mapping[str, Any]:
        """Return the document of a file; raises `Invalid("flow_file")` with line and remedy."""

    def write(self, document: Mapping[str, Any]) -> str:
        """Return a document as the text of a file."""

    def compare(self, before: Any, after: Any) -> Sequence[Mapping[str, Any]]:
        """Return what changes from one document to another."""

    def call(
        self, name: str, document: Mapping[str, Any], script: Mapping[str, Any]
    ) -> Sequence[Mapping[str, str]]:
        """Return the transcript of a test call: `caller keys language closed answers`."""


class WordingAway(Exception):
    """The language model gives no answer now; nobody waits for it."""


class Wording(Protocol):
    """A language model that words what the knowledge base says, and does nothing else."""

    async def word(self, asked: str, passages: Sequence[str], language: str) -> str:
        """Return a reply out of passages that the customer may read; empty: they hold none.

        `asked` must be redacted. Raises `WordingAway`.
        """


class AssistantEditor(Protocol):
    """The assistant for its set-up page. Documents are plain values: `{"sentences": [...]}`."""

    kind: str
    name: str
    engine: str
    """As set: `embedded`, `ngrams` or `rasa`."""

    @property
    def intents(self) -> Sequence[str]:
        """What a sentence can be taught to mean."""

    @property
    def in_force(self) -> Mapping[str, Any]:
        """The model that answers on this node: `version`, `by` (engine), `number` of its set-up."""

    @property
    def progress(self) -> Mapping[str, Any]:
        """How far the last training is: `state` working, done or failed; empty: none yet."""

    def version_of(self, document: Mapping[str, Any]) -> str:
        """Return the name of the model that a document gives."""

    def require_sound(self, document: Mapping[str, Any]) -> None:
        """Raise `Invalid` for a document that no model should learn from."""

    def write(self, document: Mapping[str, Any], language: str) -> str:
        """Return a document's sentences of a language as a file of the set-up folder."""

    def train(self, by: str, document: Mapping[str, Any]) -> None:
        """Train and measure in a process of its own; raise `Refused` while another one runs."""

    async def try_out(self, text: str, version: str) -> Mapping[str, Any]:
        """Return `ranking`, `is_known`, `by` and `blanks` of words; `version` empty: as now."""

    async def grouped(self, said: Sequence[tuple[str, str]]) -> list[list[int]]:
        """Return places of (key, words) that want the same, side by side."""

    def changes(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return the sentences kept apart whose answer changes between two models' figures."""
