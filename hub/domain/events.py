"""Every fact the log can hold. Past tense; one frozen class each; unknown fields are refused.

An event carries what its readers (router, console, reports, audit) need to act without asking
the store, and never a customer's words or data: those stay in their sealed rows. Areas with many
events have a file of their own; all are named here, where readers and the codec look.
"""
# ruff: noqa: PLC0414  (an alias says that the name is meant to be found here)

from dataclasses import dataclass
from typing import NamedTuple

from hub.domain.article_events import *  # noqa: F403
from hub.domain.banking_events import *  # noqa: F403
from hub.domain.calls_events import *  # noqa: F403
from hub.domain.delivery_events import *  # noqa: F403
from hub.domain.event import ContactEvent as ContactEvent
from hub.domain.event import Event as Event
from hub.domain.finding_events import *  # noqa: F403
from hub.domain.floor_events import *  # noqa: F403
from hub.domain.hands_events import *  # noqa: F403
from hub.domain.identity_events import *  # noqa: F403
from hub.domain.routing import AgentProfile, Because, Requirement, RoutingPolicy
from hub.domain.teaching_events import *  # noqa: F403
from hub.domain.work_events import CaseEvent as CaseEvent
from hub.domain.work_events import CaseOpened as CaseOpened
from hub.domain.work_events import CaseResolved as CaseResolved
from hub.domain.work_events import CaseUpdated as CaseUpdated
from hub.domain.work_events import PaymentJudged as PaymentJudged
from hub.domain.work_events import TaskChanged as TaskChanged
from hub.domain.work_events import TaskDone as TaskDone
from hub.domain.work_events import TaskEvent as TaskEvent
from hub.domain.work_events import TaskOpened as TaskOpened
from hub.domain.work_events import TaskOverdue as TaskOverdue

# -- Contact -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactArrived(ContactEvent):
    """A Contact was opened by a customer's message or call."""

    channel: str
    account: str
    language: str
    customer_id: str | None = None
    segment: str | None = None
    identity_level: int = 0
    reopened_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactEnteredSelfService(ContactEvent):
    """IVR or bot took the Contact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactParked(ContactEvent):
    """The Contact waits with a timer: the customer's turn, opening hours, a callback time."""

    reason: str
    due_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactQueued(ContactEvent):
    """The Contact waits in a Queue. `queued_at` is the start of its waiting and is kept."""

    queue_id: str
    channel: str
    language: str
    cause: str
    queued_at: float
    priority: int = 0
    segment: str | None = None
    value: float = 0.0
    boost: float = 0.0
    requirements: tuple[Requirement, ...] = ()
    preferred_agent_id: str | None = None
    tried_agent_ids: tuple[str, ...] = ()
    """Agents who declined, missed or lost it: tried last."""
    target_agent_id: str | None = None
    """A transfer to one agent: only that agent, until `preferred_seconds` are over."""
    callback_offered: bool = False
    """The customer knows of other ways than waiting; it is said once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRelaxed(ContactEvent):
    """So many relaxations of its queue now apply; the place in line is kept."""

    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactOverflowed(ContactEvent):
    """Agents of `queue_id` may serve it too."""

    queue_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactAssigned(ContactEvent):
    """An Agent owns the Contact."""

    agent_id: str
    assignment_id: str
    queue_id: str | None
    channel: str
    waited_seconds: float
    cause: str = "accepted"
    """accepted | taken_over | reassigned | outgoing"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactUnassigned(ContactEvent):
    """The Agent's Assignment ended; wrap-up may follow."""

    agent_id: str
    assignment_id: str
    channel: str
    cause: str
    """closed | transferred | agent_lost | taken_over | reassigned | returned_to_self_service"""
    wrap_up_until: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactClosed(ContactEvent):
    """The Contact is over, with one ending."""

    ending: str
    reason: str
    channel: str
    queue_id: str | None
    queued_at: float | None = None
    state_before: str = ""
    agent_id: str | None = None
    handle_seconds: float | None = None


# -- Reservation -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationEvent(ContactEvent):
    """An event of one Reservation."""

    reservation_id: str
    agent_id: str
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationMade(ReservationEvent):
    """One Agent is held for one Contact until `expires_at`; the Offer is on the screen."""

    queue_id: str
    expires_at: float
    because: Because


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationAccepted(ReservationEvent):
    """The Agent took the Offer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationDeclined(ReservationEvent):
    """The Agent refused the Offer, with a reason."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationTimedOut(ReservationEvent):
    """Nobody answered in time; the Agent goes not ready."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationRescinded(ReservationEvent):
    """The Offer was withdrawn: the customer left, or the agent was lost."""

    reason: str


# -- Talk --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageAdded(ContactEvent):
    """A Message was stored as number `seq` of its Conversation."""

    seq: int
    speaker: str
    audience: str
    agent_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageMasked(ContactEvent):
    """Words stored before were the beginning of a card number; they are dots now."""

    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagesSeen(ContactEvent):
    """One side has seen the Conversation up to `seq`."""

    seq: int
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantJoined(ContactEvent):
    """Somebody besides the owner is now in the Contact."""

    agent_id: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantLeft(ContactEvent):
    """That somebody left."""

    agent_id: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageSwitched(ContactEvent):
    """The talk goes on in another language; who lacks it hands over."""

    language: str
    language_before: str
    by: str
    """An agent's id, or `customer`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceWarned(ContactEvent):
    """The customer was told that a quiet chat closes at `closes_at`."""

    closes_at: float


# -- After the talk ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class WrapUpExtended(ContactEvent):
    """The agent asked for more time."""

    agent_id: str
    assignment_id: str
    until: float
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrapUpFinished(ContactEvent):
    """The Assignment's wrap-up is done; its capacity is free again."""

    agent_id: str
    assignment_id: str
    channel: str
    disposition: str
    more: tuple[str, ...] = ()
    """Outcomes beside the primary one."""
    by_timer: bool = False
    wrap_up_seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyOffered(ContactEvent):
    """The customer was asked how it was."""

    survey_id: str
    queue_id: str | None
    agent_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyAnswered(ContactEvent):
    """The customer's Score, 1-5."""

    survey_id: str
    score: int
    channel: str
    queue_id: str | None
    agent_id: str | None


# -- Agents ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentProfileSet(Event):
    """What an agent can do changed (or is told for the first time)."""

    profile: AgentProfile


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceChanged(Event):
    """The agent's declared Presence changed."""

    agent_id: str
    presence: str
    reason: str = ""
    by: str = ""
    """Who changed it: the agent, a supervisor's id, or `system`."""
    then: str = ""
    """While `finishing`: what comes when nothing is in hand any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsChanged(Event):
    """Roles, sign-out or disabling: every open socket of the user is looked at again."""

    user_id: str
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpAsked(ContactEvent):
    """The agent asks a supervisor for help."""

    agent_id: str


# -- Set-up and effects ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyPublished(Event):
    """A new version of the routing policy is in force."""

    policy: RoutingPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueOpened(Event):
    """Business hours began."""

    queue_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueClosed(Event):
    """Business hours ended."""

    queue_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectFailed(Event):
    """An outside act was given up after bounded attempts; a supervisor can retry it."""

    effect_id: str
    effect_kind: str
    attempts: int
    error_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectDone(Event):
    """An outside act has happened."""

    effect_id: str
    effect_kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectSettled(Event):
    """A person decided about an outside act that was given up."""

    effect_id: str
    effect_kind: str
    decision: str
    """retried | dropped"""
    by: str


class Logged(NamedTuple):
    """An event in its place. Positions order the log in commit order, also across nodes.

    `position` is (transaction, sequence); on one SQLite node the transaction part is 0.
    """

    position: tuple[int, int]
    event: Event
    carried: object | None = None
    """Only on the node that wrote it: what its own followers would else read back."""
