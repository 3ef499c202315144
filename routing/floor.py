"""The floor: who waits, who is free, indexed so that either finds the other at once."""

from collections import Counter
from collections.abc import Iterator

from hub.domain.routing import QueuePolicy, RoutingPolicy
from routing.agents import DEFAULT_UNITS, NOBODY, Agent, Kind, Room
from routing.board import Board, Line, Rank
from routing.classes import Classes, ContactClass, Stand
from routing.contacts import WAITING, ClassCall, Contact, Queue
from routing.relax import requirements_at
from routing.scoring import Precedence, precedence_at, standing_of
from routing.timers import STEP, Timers

SPARE = 1024
"""So many abandoned kinds of contacts or agents are always borne."""


class Floor:
    """All state of routing. What changed since the last decision is kept as *dirty*.

    Between decisions no waiting contact stands beside a free agent who can serve it, so only what
    is dirty can make a new pair.
    """

    def __init__(self, policy: RoutingPolicy) -> None:
        self.agents: dict[str, Agent] = {}
        self.contacts: dict[str, Contact] = {}
        self.queues: dict[str, Queue] = {}
        self.pauses: dict[str, dict[str, float]] = {}
        """Contact -> agent -> until when this pair is not offered again."""
        self.on_offer: dict[str, str] = {}
        """Reservation -> contact."""
        self.timers = Timers()
        self.dirty_agents: dict[str, Agent] = {}
        self.dirty_contacts: dict[str, Contact] = {}
        self.crowded: set[str] = set()
        """Queues with an overflow limit whose line grew."""
        self.units: dict[str, int] = {}
        self.signed_in: Counter[Kind] = Counter()
        self.out_of_reach: Counter[Kind] = Counter()  # available, but a channel is shut for them
        self.unserved: list[Contact] = []
        """Those for whom a decision found nobody, to be told about it at its end."""
        self.rebuild(policy)

    # -- set-up --------------------------------------------------------------------------------

    def rebuild(self, policy: RoutingPolicy) -> None:
        """Index everything anew under `policy`: rare, and linear in what there is."""
        self.policy = policy
        self.segment_value = dict(policy.segment_value)
        self.units = dict.fromkeys(self.units, DEFAULT_UNITS) | dict(policy.channel_units)
        self.classes = Classes()
        self.is_overgrown = False
        """Whether most classes were abandoned, so that indexing anew pays."""
        self.idle = Board(self.classes.stand_lines)
        self.boards: dict[float, Board] = {}
        self._rooms: dict[Kind, Room] = {}
        self.dirty_agents.clear()
        self.dirty_contacts.clear()
        self._follow_queues({queue.queue_id: queue for queue in policy.queues})
        for agent in self.agents.values():
            self._rebuild_agent(agent)
        for contact in self.contacts.values():
            contact.placed = False
            contact.step_at = None
            self._classify(contact)
            if contact.stage is not WAITING:
                del contact.rank
            else:
                contact.queue.waiting += 1
                self._count_overflow(contact)
                self.dirty_contacts[contact.contact_id] = contact
                self.arm(contact)
        for agent in self.agents.values():
            self.let_go(agent)

    def _follow_queues(self, policies: dict[str, QueuePolicy]) -> None:
        for queue_id in policies:
            self.queue(queue_id)
        for queue in self.queues.values():
            queue.follow(policies.get(queue.queue_id) or QueuePolicy(queue_id=queue.queue_id))
            queue.waiting = 0
            queue.helped = {}
            queue.lines = {}
            queue.classes = {}
            queue.board = self._board(queue.target_seconds)

    def _rebuild_agent(self, agent: Agent) -> None:
        agent.placed = None
        agent.own_lines = None
        agent.move_to(self.room_of(agent.kind))
        self.touch(agent)

    def queue(self, queue_id: str) -> Queue:
        """Return the queue; one the policy does not name has the defaults."""
        queue = self.queues.get(queue_id)
        if queue is None:
            queue = self.queues[queue_id] = Queue(QueuePolicy(queue_id=queue_id))
            queue.board = self._board(queue.target_seconds)
        return queue

    def agent(self, agent_id: str) -> Agent:
        """Return the agent, known or not yet."""
        agent = self.agents.get(agent_id)
        if agent is None:
            agent = self.agents[agent_id] = Agent(agent_id, self.room_of(NOBODY))
        return agent

    def know_channel(self, channel: str) -> None:
        """Make room for a channel that the policy does not name."""
        if channel not in self.units:
            self.units[channel] = DEFAULT_UNITS
            self.rebuild(self.policy)

    def room_of(self, kind: Kind) -> Room:
        """Return what agents of one kind can take, which they share."""
        room = self._rooms.get(kind)
        if room is None:
            room = self._rooms[kind] = Room(kind, self.units, self.classes)
        return room

    def _board(self, target_seconds: float) -> Board:
        board = self.boards.get(target_seconds)
        if board is None:
            board = self.boards[target_seconds] = Board(self.classes.class_lines)
            self.boards = dict(sorted(self.boards.items()))  # who is first is mostly found first
        return board

    # -- agents --------------------------------------------------------------------------------

    def touch(self, agent: Agent) -> None:
        """Something about the agent changed: let the next decision look, if it can do more now."""
        before = None
        if agent.placed is not None:
            before = agent.stand
            self.idle.remove(agent.placed)
            agent.placed = None
        stand = agent.stand = agent.room[agent.usage] if agent.may_be_offered else None
        if stand is None:
            self.dirty_agents.pop(agent.agent_id, None)
        elif before is not None and stand.is_within(before):
            self.place_agent(agent)
        else:
            self.dirty_agents[agent.agent_id] = agent

    def engage(self, agent: Agent, channel: str) -> None:
        """A decision offers a contact of the channel: no other until the agent has answered."""
        if agent.placed is not None:
            self.idle.remove(agent.placed)
            agent.placed = None
        agent.offer(channel)
        agent.stand = None

    def place_agent(self, agent: Agent) -> None:
        """Put the agent among the idle: less in hand first, then the longest without a turn."""
        if agent.stand is not None and agent.placed is None:
            index = agent.stand.index
            agent.placed = (agent.load_units, agent.turn_at, agent.agent_id, index, agent)
            self.idle.add(agent.placed)

    def let_go(self, agent: Agent) -> None:
        """Give to everybody the contacts for which waiting for this agent makes no sense now."""
        for contact_id in tuple(agent.wanted_by):
            contact = self.contacts[contact_id]
            if not self.worth_waiting(contact, agent):
                self.disown(contact)

    def worth_waiting(self, contact: Contact, agent: Agent) -> bool:
        """Say whether the contact may wait for this agent alone."""
        if not agent.is_near or agent.agent_id in contact.queued.tried_agent_ids:
            return False
        if agent.agent_id == contact.queued.target_agent_id:
            return True
        cls = contact.cls
        return agent.kind.can_serve((cls.queue_id, *cls.overflows), cls.requirements)

    # -- contacts ------------------------------------------------------------------------------

    def enter(self, contact: Contact) -> None:
        """The contact starts to wait, or waits again."""
        queue, contact.stage = contact.queue, WAITING
        self._classify(contact)
        queue.waiting += 1
        if queue.policy.overflows:
            self._count_overflow(contact)
        if contact.wishes and contact.fresh:
            self._own(contact, self.agent(contact.wishes[0] or contact.wishes[1] or ""))
        self.dirty_contacts[contact.contact_id] = contact
        self.arm(contact)

    def leave(self, contact: Contact) -> None:
        """The contact no longer waits."""
        queue = contact.queue
        if contact.placed:
            if contact.owner is None:
                contact.placed = False
                queue.board.remove(contact.rank)
            else:
                self._unplace(contact)
        del contact.rank  # which names the contact: a circle would outlive both
        if self.dirty_contacts:
            self.dirty_contacts.pop(contact.contact_id, None)
        contact.step_at = None
        queue.waiting -= 1
        for queue_id in contact.overflows:
            queue.helped[queue_id] -= 1

    def reclassify(self, contact: Contact) -> None:
        """What the contact needs, or who may serve it, has changed; it keeps its rank."""
        queued = contact.queued
        call = (queued.channel, queued.requirements, contact.level, contact.overflows)
        cls = contact.queue.classes.get(call) or self._new_class(contact, call)
        if cls is not contact.cls:
            self._unplace(contact)
            contact.cls = cls
            if contact.stage is WAITING:
                contact.rank = (*contact.rank[:3], cls.index, contact)
            if contact.stage is WAITING:
                self.dirty_contacts[contact.contact_id] = contact
        if contact.stage is WAITING:
            self.arm(contact)

    def overflow(self, contact: Contact, queue_id: str) -> None:
        """Let agents of `queue_id` serve the contact too."""
        contact.overflows = (*contact.overflows, queue_id)
        if contact.stage is WAITING:
            helped = contact.queue.helped
            helped[queue_id] = helped.get(queue_id, 0) + 1
        self.reclassify(contact)

    def disown(self, contact: Contact) -> None:
        """The contact no longer waits for one agent alone."""
        if contact.owner is None:
            return
        self._unplace(contact)
        self.agents[contact.owner].wanted_by.pop(contact.contact_id, None)
        contact.owner = None
        if contact.stage is WAITING:
            self.dirty_contacts[contact.contact_id] = contact
            self.arm(contact)

    def arm(self, contact: Contact) -> None:
        """Set the timer for what waiting changes next."""
        queue, due_at = contact.queue, None
        has_moved = contact.level or contact.overflows or contact.owner is not None
        if has_moved or queue.closed_at is not None or queue.callback_after:
            due_at = contact.next_step_at()
        elif queue.first_step_seconds is not None:  # worked out once for all who just came
            due_at = contact.since + queue.first_step_seconds
        if due_at != contact.step_at:
            contact.step_at = due_at
            if due_at is not None:
                self.timers.at(due_at, STEP, contact.contact_id)

    def place_contact(self, contact: Contact) -> None:
        """Put the contact in its line: the common one, or the one of the agent it waits for."""
        if contact.placed:
            return
        rank, contact.placed = contact.rank, True
        if contact.owner is None:
            contact.queue.board.add(rank)
            return
        owner = self.agents[contact.owner]
        if owner.own_lines is None:
            owner.own_lines = {}
        line = owner.own_lines.get(rank[3])
        if line is None:
            line = owner.own_lines[rank[3]] = Line()
            contact.queue.lines[contact.owner, rank[3]] = (contact.cls, line)
        line.add(rank)

    def waiting_of(self, queue: Queue) -> Iterator[Contact]:
        """Yield the contacts that wait in a queue."""
        self.settle()
        for _, line in tuple(queue.lines.values()):
            for rank in tuple(line):
                yield rank[4]

    def settle(self) -> None:
        """Put everything that is dirty in its place; it stays dirty."""
        for contact in self.dirty_contacts.values():
            self.place_contact(contact)
        for agent in self.dirty_agents.values():
            self.place_agent(agent)

    def _own(self, contact: Contact, agent: Agent) -> None:
        until = contact.queued.at + contact.queue.policy.preferred_seconds
        if self.worth_waiting(contact, agent):
            contact.owner, contact.owner_until = agent.agent_id, until
            agent.wanted_by[contact.contact_id] = None

    def _count_overflow(self, contact: Contact) -> None:
        queue = contact.queue
        self.crowded.add(queue.queue_id)
        for queue_id in contact.overflows:
            queue.helped[queue_id] = queue.helped.get(queue_id, 0) + 1

    def _classify(self, contact: Contact) -> None:
        queue, queued = contact.queue, contact.queued
        call = (queued.channel, queued.requirements, contact.level, contact.overflows)
        cls = contact.cls = queue.classes.get(call) or self._new_class(contact, call)
        value = self.segment_value.get(queued.segment or "", 0.0)
        if queued.value:
            value += queued.value
        contact.value = value
        order, standing = standing_of(queued, queue.priority, queue.target_seconds, value)
        contact.rank = (order, standing, contact.contact_id, cls.index, contact)

    def _new_class(self, contact: Contact, call: ClassCall) -> ContactClass:
        queue, queued = contact.queue, contact.queued
        steps = queue.steps[: contact.level]
        needs = requirements_at(queue.policy, queued.requirements, steps)
        cls = self.classes.class_for((queue.queue_id, contact.overflows, queued.channel, needs))
        queue.classes[call] = cls
        self.is_overgrown = len(self.classes.classes) > SPARE + 4 * len(self.contacts)
        queue.lines["", cls.index] = (cls, cls.line)
        return cls

    def _unplace(self, contact: Contact) -> None:
        if not contact.placed:
            return
        rank = contact.rank
        contact.placed = False
        if contact.owner is None:
            contact.queue.board.remove(rank)
            return
        lines = self.agents[contact.owner].own_lines or {}
        lines[rank[3]].remove(rank)
        if not lines[rank[3]].size:
            del lines[rank[3]]
            del contact.queue.lines[contact.owner, rank[3]]

    # -- finding each other --------------------------------------------------------------------

    def best_contact(self, agent: Agent, now: float) -> Rank | None:
        """Return the contact that the agent should serve next, by one order over all queues."""
        stand = agent.stand
        if stand is None:
            return None
        if len(stand.row) < len(self.classes.classes):
            self.classes.bring_up(stand)
        suits, row, paused, own_lines = stand.suits, stand.row, agent.paused, agent.own_lines
        found = self._best_of_own(agent, own_lines, stand, now) if own_lines else None
        for target, board in self.boards.items():
            if not suits & board.occupied:
                continue
            head = board.heads[0]
            if found is not None and (head[0], (head[1] - now) / target) > found:
                continue  # nobody there comes before
            rank = board.best_outside(suits, row, paused) if paused else board.best(suits, row)
            if rank is None:
                continue
            place = (rank[0], (rank[1] - now) / target, rank)  # `precedence_at`, spelt out
            if found is None or place < found:
                found = place
        return None if found is None else found[2]

    def _best_of_own(
        self, agent: Agent, lines: dict[int, Line], stand: Stand, now: float
    ) -> Precedence | None:
        found: Precedence | None = None
        for index, line in lines.items():
            cls = self.classes.classes[index]
            rank = line.first_outside(agent.paused)
            if rank is not None and cls.channel in stand.channels:
                place = precedence_at(rank, self.queues[cls.queue_id].target_seconds, now)
                if found is None or place < found:
                    found = place
        return found

    def best_agent(self, contact: Contact) -> Agent | None:
        """Return the agent who should serve the contact: untried first, then in idle order."""
        if contact.owner is not None:
            return self._owner_if_free(contact, contact.owner)
        cls = contact.cls
        if len(cls.row) < len(self.classes.stands):
            self.classes.bring_up(cls)
        if not cls.suits & self.idle.occupied:
            return None
        if contact.queued.tried_agent_ids or contact.contact_id in self.pauses:
            rank = self._best_untried(contact, cls)
        else:
            rank = self.idle.best(cls.suits, cls.row)
        return None if rank is None else rank[4]

    def _owner_if_free(self, contact: Contact, owner: str) -> Agent | None:
        agent = self.agents[owner]
        if agent.stand is None or contact.contact_id in agent.paused:
            return None
        return agent if contact.queued.channel in agent.stand.channels else None

    def _best_untried(self, contact: Contact, cls: ContactClass) -> Rank | None:
        tried = contact.queued.tried_agent_ids
        paused = self.pauses.get(contact.contact_id, {})
        rank = self.idle.best_outside(cls.suits, cls.row, {*tried, *paused})
        if rank is not None:
            return rank
        places = (self.agents[a].placed for a in tried if a in self.agents and a not in paused)
        return min((p for p in places if p is not None and cls.row[p[3]]), default=None)
