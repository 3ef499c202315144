"""`RoutingState`: fed by the log, asked for decisions. No clock, no chance, no outside world."""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

from hub.domain import events as ev
from hub.domain.calls import CHANNEL
from hub.domain.routing import (
    Decision,
    Expire,
    QueueEstimate,
    Requirement,
    Reserve,
    RoutingPolicy,
)
from hub.domain.states import Presence, QueueCause
from routing import asked, callbacks, estimate, explain
from routing import decide as deciding
from routing.agents import Agent, Kind
from routing.contacts import DECIDED, OFFERED, WAITING, Contact
from routing.explain import Explanation
from routing.floor import SPARE, Floor
from routing.timers import PAUSE

DECLINE_PAUSE_SECONDS = 10.0
"""For so long a contact is not offered again to an agent who declined or missed it."""
GIVEN_AWAY_PAUSE_SECONDS = 30.0
"""Nor to the agent who gave it away: a colleague may be free in a moment."""
GIVEN_AWAY = frozenset({QueueCause.TRANSFERRED.value, QueueCause.REASSIGNED.value})
SENT_ON = GIVEN_AWAY | {QueueCause.RETURNED.value}
RETRY_SECONDS = 1.0
"""For so long a decision that the journey refused is not made again."""


class RoutingState:
    """Who waits and who is free, as the log says, plus what was decided and not yet answered."""

    def __init__(self, policy: RoutingPolicy) -> None:
        self._floor = Floor(policy)
        self._decided_at = 0.0
        self._handlers: dict[type[ev.Event], Callable[[Any], None]] = {
            ev.ContactQueued: self._queued,
            ev.ContactRelaxed: self._relaxed,
            ev.ContactOverflowed: self._overflowed,
            ev.CallbackOffered: self._callback_offered,
            ev.ContactParked: self._gone,
            ev.ContactClosed: self._gone,
            ev.ContactAssigned: self._assigned,
            ev.ContactUnassigned: self._unassigned,
            ev.ReservationMade: self._offered,
            ev.ReservationDeclined: self._missed,
            ev.ReservationTimedOut: self._missed,
            ev.ReservationRescinded: self._offer_ended,
            ev.WrapUpFinished: self._free_work,
            ev.PresenceChanged: self._presence_changed,
            ev.AgentPhoneChanged: self._phone_changed,
            ev.AgentProfileSet: self._profile_set,
            ev.PolicyPublished: self._policy_published,
            ev.QueueOpened: self._queue_opened,
            ev.QueueClosed: self._queue_closed,
        }

    # -- the contract --------------------------------------------------------------------------

    def apply(self, event: ev.Event) -> bool:
        """Take in one event of the log; False for a kind that does not concern routing."""
        handler = self._handlers.get(type(event))
        if handler is None:
            return False
        handler(event)
        return True

    def decide(self, now: float) -> list[Decision]:
        """Return what to do at `now`, and count it as done until the log answers."""
        self._decided_at = now
        return deciding.decide(self._floor, now)

    def refused(self, decision: Decision) -> None:
        """The journey refused: forget the claim, and do not repeat it for a moment."""
        if isinstance(decision, Reserve):
            self._forget_claim(decision)
        elif isinstance(decision, Expire):
            self._expire_later(decision.reservation_id)

    def next_wake_at(self) -> float | None:
        """Return when time alone may change a decision (UTC epoch seconds); None: never."""
        floor = self._floor
        return floor.timers.next_at(floor.contacts, floor.pauses)

    # -- questions -----------------------------------------------------------------------------

    def waiting_in(self, queue_id: str) -> int:
        """Return how many wait in the queue and are not on offer."""
        queue = self._floor.queues.get(queue_id)
        return 0 if queue is None else queue.waiting

    def newcomer_wait_seconds(self, queue_id: str, now: float | None = None) -> float | None:
        """Return how long who came now would wait; None while nobody can tell."""
        queue = self._floor.queues.get(queue_id)
        if queue is None:
            return None
        return estimate.newcomer_wait_seconds(queue, now or self._decided_at)

    def position_of(self, contact_id: str, now: float | None = None) -> QueueEstimate | None:
        """Return place and expected wait; None for a contact that routing does not hold."""
        return estimate.position_of(self._floor, contact_id, now or self._decided_at)

    def lacking(self, queue_id: str) -> dict[tuple[Requirement, ...], int]:
        """Return which abilities nobody signed in has -> how many of the queue wait for them."""
        queue = self._floor.queues.get(queue_id)
        return {} if queue is None else callbacks.lacking(self._floor, queue)

    def explain(self, contact_id: str, now: float) -> Explanation | None:
        """Return what holds a contact back; None for one that routing does not hold."""
        return explain.explain(self._floor, contact_id, now)

    def next_for(
        self, agent_id: str, channels: Collection[str], now: float | None = None
    ) -> asked.Choice | None:
        """Return what an agent who asks for more should take next, and why."""
        return asked.next_for(self._floor, agent_id, channels, now or self._decided_at)

    def load_of(self, agent_id: str) -> int:
        """Return the agent's load in units: offers, assignments and wrap-ups."""
        agent = self._floor.agents.get(agent_id)
        return 0 if agent is None else agent.load_units

    # -- contacts ------------------------------------------------------------------------------

    def _queued(self, event: ev.ContactQueued) -> None:
        floor = self._floor
        contact_id, contacts = event.contact_id, floor.contacts
        if contact_id in contacts:
            self._drop(contact_id)
        if event.channel not in floor.units:
            floor.know_channel(event.channel)
        if floor.is_overgrown:
            floor.rebuild(floor.policy)
        queue = floor.queues.get(event.queue_id) or floor.queue(event.queue_id)
        contact = contacts[contact_id] = Contact(event, queue)
        if event.cause in SENT_ON:
            self._sent_on(event)
        floor.enter(contact)

    def _sent_on(self, event: ev.ContactQueued) -> None:
        if event.cause in GIVEN_AWAY:
            for agent_id in event.tried_agent_ids:
                self._pause(event.contact_id, agent_id, event.at + GIVEN_AWAY_PAUSE_SECONDS)
        else:
            self._forget_pauses(event.contact_id)  # its sender is asked at once

    def _relaxed(self, event: ev.ContactRelaxed) -> None:
        contact = self._floor.contacts.get(event.contact_id)
        if contact is not None and event.level > contact.level:
            contact.level = event.level
            self._floor.reclassify(contact)

    def _overflowed(self, event: ev.ContactOverflowed) -> None:
        contact = self._floor.contacts.get(event.contact_id)
        if contact is not None and event.queue_id not in contact.overflows:
            self._floor.overflow(contact, event.queue_id)

    def _callback_offered(self, event: ev.CallbackOffered) -> None:
        contact = self._floor.contacts.get(event.contact_id)
        if contact is not None and not contact.callback_offered:
            contact.callback_offered = True
            if contact.stage is WAITING:
                self._floor.arm(contact)

    def _gone(self, event: ev.ContactParked | ev.ContactClosed) -> None:
        self._drop(event.contact_id)
        self._forget_pauses(event.contact_id)

    def _assigned(self, event: ev.ContactAssigned) -> None:
        floor = self._floor
        floor.know_channel(event.channel)
        agent = floor.agent(event.agent_id)
        self._drop(event.contact_id, keep=agent)
        self._forget_pauses(event.contact_id)
        if event.assignment_id not in agent.work:
            agent.work[event.assignment_id] = event.channel
            agent.usage += agent.room.costs[event.channel]
        agent.turn_at = event.at
        floor.touch(agent)
        if event.queue_id is not None and event.cause == "accepted":
            floor.queue(event.queue_id).answers.append(event.at)

    def _drop(self, contact_id: str, *, keep: Agent | None = None) -> None:
        """Forget a contact; `keep` is the agent whose room is about to be used again."""
        contact = self._floor.contacts.pop(contact_id, None)
        if contact is None:
            return
        if contact.stage is WAITING:
            self._floor.leave(contact)
        else:
            agent = self._free_offer(contact)
            if agent is not keep:
                self._floor.touch(agent)
        self._disown(contact)

    def _disown(self, contact: Contact) -> None:
        if contact.owner is not None:
            self._floor.disown(contact)
            self._floor.dirty_contacts.pop(contact.contact_id, None)

    # -- offers --------------------------------------------------------------------------------

    def _offered(self, event: ev.ReservationMade) -> None:
        floor = self._floor
        contact = floor.contacts.get(event.contact_id)
        if contact is None:
            return
        if contact.stage is WAITING:
            floor.leave(contact)
            self._hold(contact, event.agent_id)
        elif contact.agent_id != event.agent_id:
            floor.touch(self._free_offer(contact))
            self._hold(contact, event.agent_id)
        self._disown(contact)
        contact.stage = OFFERED
        contact.reservation_id = event.reservation_id
        contact.expire_at = event.expires_at
        floor.on_offer[event.reservation_id] = event.contact_id
        floor.timers.expire_at(event.expires_at, event.contact_id, event.reservation_id)

    def _missed(self, event: ev.ReservationDeclined | ev.ReservationTimedOut) -> None:
        self._pause(event.contact_id, event.agent_id, event.at + DECLINE_PAUSE_SECONDS)
        self._offer_ended(event)

    def _offer_ended(self, event: ev.ReservationEvent) -> None:
        contact = self._floor.contacts.get(event.contact_id)
        if contact is not None and contact.reservation_id == event.reservation_id:
            self._drop(event.contact_id)

    def _hold(self, contact: Contact, agent_id: str) -> None:
        agent = self._floor.agent(agent_id)
        contact.stage = DECIDED
        contact.agent_id = agent_id
        agent.offer(contact.cls.channel)
        self._floor.touch(agent)

    def _free_offer(self, contact: Contact) -> Agent:
        agent = self._floor.agent(contact.agent_id or "")
        agent.free_offer(contact.cls.channel)
        if contact.reservation_id is not None:
            self._floor.on_offer.pop(contact.reservation_id, None)
            if contact.expire_at is not None:
                self._floor.timers.forget_expiry(contact.expire_at, contact.reservation_id)
        return agent

    def _forget_claim(self, decision: Reserve) -> None:
        contact = self._floor.contacts.get(decision.contact_id)
        if contact is None or contact.stage is not DECIDED or contact.agent_id != decision.agent_id:
            return
        self._floor.touch(self._free_offer(contact))
        contact.agent_id = None
        self._pause(contact.contact_id, decision.agent_id, contact.decided_at + RETRY_SECONDS)
        self._floor.enter(contact)

    def _expire_later(self, reservation_id: str) -> None:
        contact_id = self._floor.on_offer.get(reservation_id)
        if contact_id is not None:
            contact = self._floor.contacts[contact_id]
            contact.expire_at = self._decided_at + RETRY_SECONDS
            self._floor.timers.expire_at(contact.expire_at, contact_id, reservation_id)

    def _pause(self, contact_id: str, agent_id: str, until: float) -> None:
        self._floor.pauses.setdefault(contact_id, {})[agent_id] = until
        self._floor.agent(agent_id).paused |= {contact_id}
        self._floor.timers.at(until, PAUSE, contact_id, agent_id)

    def _forget_pauses(self, contact_id: str) -> None:
        for agent_id in self._floor.pauses.pop(contact_id, ()):
            self._floor.agents[agent_id].paused -= {contact_id}

    # -- agents --------------------------------------------------------------------------------

    def _unassigned(self, event: ev.ContactUnassigned) -> None:
        if event.wrap_up_until is None:
            self._free_work(event)

    def _free_work(self, event: ev.ContactUnassigned | ev.WrapUpFinished) -> None:
        floor = self._floor
        agent = floor.agents.get(event.agent_id)
        if agent is None:
            return
        channel = agent.work.pop(event.assignment_id, None)
        if channel is not None:
            agent.usage -= agent.room.costs[channel]
            agent.turn_at = event.at
            floor.touch(agent)

    def _presence_changed(self, event: ev.PresenceChanged) -> None:
        agent = self._floor.agent(event.agent_id)
        if event.presence == Presence.AVAILABLE and not agent.is_available:
            agent.turn_at = event.at
        self._count(agent, -1)
        agent.presence = event.presence
        agent.is_available = event.presence == Presence.AVAILABLE
        self._count(agent, +1)
        self._changed(agent)

    def _phone_changed(self, event: ev.AgentPhoneChanged) -> None:
        agent = self._floor.agent(event.agent_id)
        shut = () if event.is_up else (CHANNEL,)
        if shut != agent.kind.shut:
            self._become(agent, replace(agent.kind, shut=shut))

    def _profile_set(self, event: ev.AgentProfileSet) -> None:
        agent = self._floor.agent(event.profile.agent_id)
        self._become(agent, Kind.of(event.profile, agent.kind.shut))

    def _become(self, agent: Agent, kind: Kind) -> None:
        floor = self._floor
        self._count(agent, -1)
        agent.move_to(floor.room_of(kind))
        self._count(agent, +1)
        if len(floor.classes.stands) > SPARE + 4 * len(floor.agents):
            floor.rebuild(floor.policy)
            return
        self._changed(agent)

    def _count(self, agent: Agent, by: int) -> None:
        """Count a kind of agent in or out; only those signed in count."""
        if agent.presence != Presence.OFFLINE:
            _add(self._floor.signed_in, agent.kind, by)
        if agent.is_available and agent.kind.shut:
            _add(self._floor.out_of_reach, agent.kind, by)

    def _changed(self, agent: Agent) -> None:
        self._floor.touch(agent)
        if agent.wanted_by:
            self._floor.let_go(agent)

    # -- set-up --------------------------------------------------------------------------------

    def _policy_published(self, event: ev.PolicyPublished) -> None:
        self._floor.rebuild(event.policy)

    def _queue_opened(self, event: ev.QueueOpened) -> None:
        self._floor.queue(event.queue_id).closed_at = None

    def _queue_closed(self, event: ev.QueueClosed) -> None:
        queue = self._floor.queue(event.queue_id)
        queue.closed_at = event.at
        if any(rule.when_closed for rule in queue.policy.overflows):
            for contact in self._floor.waiting_of(queue):
                self._floor.arm(contact)


def _add(counter: Counter[Kind], kind: Kind, by: int) -> None:
    counter[kind] += by
    if not counter[kind]:
        del counter[kind]
