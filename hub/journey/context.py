"""What every step needs, as one value; assembled in `config/wiring.py`."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from hub.adapters.carrier import NoCarrier
from hub.adapters.no_articles import NoArticles
from hub.customers.standing import StandingRules
from hub.domain.conduct import Conduct
from hub.domain.proof import ProofRules
from hub.domain.routing import Because, QueueEstimate, Requirement, RoutingPolicy
from hub.domain.work import WorkSetUp
from hub.domain.written import LetterSetUp
from hub.journey.accounts.board import AccountBoard
from hub.journey.banking.set_up import BankingSetUp
from hub.journey.calls.engines import Engines
from hub.journey.calls.set_up import PhoneSetUp
from hub.journey.delivery.rules import WrittenSetUp
from hub.journey.delivery.writers import Writers
from hub.journey.drafts import Drafts
from hub.journey.staff import StaffDirectory
from hub.ports import (
    ArticleSearch,
    Clock,
    CoreBanking,
    NewId,
    Notify,
    SelfService,
    SelfServiceContact,
    Signal,
    Wording,
)
from hub.security.lookup import LookupKey
from hub.security.roles import Role
from hub.security.vault import Vault
from hub.store.journal import Journal
from hub.store.reader import Reader


class QueueSetUp(Protocol):
    """A Queue as published, beyond what routing needs."""

    @property
    def names(self) -> Mapping[str, str]:
        """Name per language."""

    @property
    def wrap_up_seconds(self) -> float:
        """Time an agent has after the talk."""

    @property
    def dispositions(self) -> Mapping[str, Mapping[str, str]]:
        """Code -> label per language; one is mandatory at the end of wrap-up."""


class SetUp(Protocol):
    """The published set-up that the journey reads."""

    @property
    def policy(self) -> RoutingPolicy:
        """The routing policy in force."""

    @property
    def queues(self) -> Mapping[str, QueueSetUp]:
        """Queues by identifier."""

    def is_open(self, queue_id: str, now: float) -> bool:
        """Whether the queue's business hours contain `now`."""

    def next_opening(self, queue_id: str, now: float) -> float | None:
        """When the queue opens next; None if it never does."""

    def next_change(self, queue_id: str, now: float) -> float | None:
        """When the queue opens or closes next; None if it never does."""


class NextWork(Protocol):
    """Routing's own choice for an agent who asks."""

    @property
    def contact_id(self) -> str:
        """The Contact."""

    @property
    def queue_id(self) -> str:
        """The Queue it waits in."""

    @property
    def because(self) -> Because:
        """Why this one."""


class WaitingLine(Protocol):
    """What the router can say of those who wait."""

    def waiting_in(self, queue_id: str) -> int:
        """How many wait in a queue."""

    def newcomer_wait_seconds(self, queue_id: str) -> float | None:
        """How long who came now would wait; None while nobody can tell."""

    def lacking(self, queue_id: str) -> Mapping[tuple[Requirement, ...], int]:
        """Which abilities nobody signed in has -> how many of the queue wait for them."""

    def position_of(self, contact_id: str) -> QueueEstimate | None:
        """Place in line and expected wait; None when it does not wait."""

    def next_for(self, agent_id: str, channels: Collection[str]) -> NextWork | None:
        """What an agent who asks for more should take next; None when nothing is for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a widget or channel account waits for a silent customer."""

    warn_seconds: float = 300.0
    close_seconds: float = 60.0
    away_seconds: float = 300.0
    """So long the place in line is kept for a customer whose page is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneySettings:
    """The operator's choices about the walk."""

    agent_grace_seconds: float = 30.0
    """How long a lost console page may stay away before its contacts return to their place."""
    wrap_up_extend_seconds: float = 60.0
    transfer_return_seconds: float = 15.0
    """So long a transfer waits for the one colleague it was given to."""
    survey_days: float = 7.0
    low_score: int = 2
    """A Score up to this opens a follow-up task."""
    survey_link_after_seconds: float = 600.0
    """So long an answer in the chat is waited for before the link is sent."""
    survey_link_every_seconds: float = 30 * 86_400.0
    """A customer gets at most one link in this time."""
    news_after_seconds: float = 180.0
    """So long a customer may read a receipt in the chat before it goes to phone or mailbox."""
    come_back_seconds: float = 24 * 3600.0
    """Who writes again within this time goes back to the same agent, past self-service."""
    patience: Mapping[str, Patience] = field(default_factory=dict)
    """Per channel account; the default elsewhere."""
    file_max_bytes: int = 10 * 1024 * 1024
    file_media_types: frozenset[str] = frozenset(
        {"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain"}
    )
    reveal_seconds: float = 20.0
    reveals_before_code: int = 10
    """More in `reveals_within_seconds` than this ask for a fresh code of the authenticator."""
    reveals_within_seconds: float = 600.0
    code_fields: frozenset[str] = frozenset({"id_number"})
    """Fields whose every reveal asks for it."""
    proof: ProofRules = field(default_factory=ProofRules)
    written: WrittenSetUp = field(default_factory=WrittenSetUp)
    """How Contacts of written channels go."""


class CustomerPages:
    """Conversations of which this node holds an open page of the customer."""

    def __init__(self) -> None:
        self.open: set[str] = set()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hub:
    """The kernel's parts that a step may use."""

    journal: Journal
    reader: Reader
    vault: Vault
    lookup: LookupKey
    audit_key: bytes
    clock: Clock
    new_id: NewId
    signal: Signal
    setup: SetUp
    line: WaitingLine
    self_service: SelfService
    staff: StaffDirectory
    files_folder: Path
    node: str = "node-1"
    settings: JourneySettings = field(default_factory=JourneySettings)
    errands: Mapping[str, "Errand"] = field(default_factory=dict)
    """What self-service may ask for with `Do` (`hub.journey.errands.table`)."""
    pages: CustomerPages = field(default_factory=CustomerPages)
    drafts: Drafts = field(default_factory=Drafts)
    """What staff write and have not sent."""
    conduct: Conduct = field(default_factory=Conduct)
    """The bank's words in a talk, and what agents may choose there."""
    work: WorkSetUp = field(default_factory=WorkSetUp)
    """Kinds of Tasks and Cases."""
    letters: LetterSetUp = field(default_factory=LetterSetUp)
    """When written work is due, how long it waits, its tags."""
    standing: StandingRules | None = None
    """Where customers stand; None: what was given stays."""
    notify: Notify = field(default_factory=NoCarrier)
    """Carries Notices; steps ask for one with `notify.notice`, and send none themselves."""
    help_link: Callable[[str, str], str] | None = None
    """Address of an article's public page, by slug and language; None: there is no such page."""
    survey_link: Callable[[str, float], str] | None = None
    """Address of a survey's page, from its id and end; None: surveys stay in the chat."""
    secure_link: Callable[[str, float], str] | None = None
    """Address of a secure message's page, as `survey_link`; None: none can be sent."""
    core: CoreBanking | None = None
    """The bank's system of record; None: nothing can be ordered from here."""
    banking: BankingSetUp = field(default_factory=BankingSetUp)
    engines: Engines = field(default_factory=Engines)
    """Engines of calls on this node; channels fill it when they start."""
    phone: PhoneSetUp = field(default_factory=PhoneSetUp)
    wording: Wording | None = None
    """Words replies out of articles, for agents; None: nobody does, which is the default."""
    articles: ArticleSearch = field(default_factory=NoArticles)
    """The knowledge base, for customers, self-service and agents."""
    writers: Writers = field(default_factory=Writers)
    """Written channels of this node; wiring fills it from the channels that are mounted."""
    accounts: AccountBoard = field(default_factory=AccountBoard)
    """What this node knows of its mailboxes and numbers."""


Errand = Callable[[Hub, SelfServiceContact, Mapping[str, str]], Awaitable[Mapping[str, str]]]
"""A look-up or command of self-service; it checks the identity level itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Who looks or acts: a user of the bank with roles."""

    user_id: str
    roles: frozenset[Role]
