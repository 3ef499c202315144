"""What an event may have changed on a page; a pure table."""

from dataclasses import dataclass, field

from hub.domain import events as e

_LOCKS = (e.ProofLocked, e.ProofReleased, e.CustomersMerged, e.MergeUndone)
_WALK = frozenset(
    {
        e.ContactArrived, e.ContactQueued, e.ReservationMade, e.ReservationAccepted,
        e.ContactAssigned, e.ContactUnassigned, e.ContactClosed,
    }
)  # fmt: skip
"""What every Contact goes through: it touches the Contact and its agent, and nothing else."""


@dataclass(slots=True)
class Touched:
    """Keys whose rows must be read again."""

    contacts: set[str] = field(default_factory=set)
    agents: set[str] = field(default_factory=set)
    ringing: set[str] = field(default_factory=set)
    """Agents with an Offer that their pages were not told of at once."""
    answered: set[tuple[str, str]] = field(default_factory=set)
    """(agent, reservation): the Offer is over."""
    declared: set[str] = field(default_factory=set)
    """Agents whose Presence or phone changed; what else changed about one can wait for a tick."""
    given: set[tuple[str, str]] = field(default_factory=set)
    """(contact, agent): what the event did to the Contact may put it on the agent's page."""
    records: set[str] = field(default_factory=set)
    """Contacts whose ScreenPop changed too."""
    masked: set[str] = field(default_factory=set)
    """Contacts in which a message that was shown has changed."""
    delivered: set[tuple[str, int]] = field(default_factory=set)
    """(conversation, number) of Messages that moved on their way to the customer."""
    customers: set[str] = field(default_factory=set)
    """Customers whose record changed, whatever Contact shows it."""
    orders: bool = False
    locks: bool = False
    """A proof was locked or released, or moved with a merge."""
    tasks: bool = False
    task_owners: set[str] = field(default_factory=set)
    surveys: set[str] = field(default_factory=set)
    effects: bool = False
    announcements: bool = False
    alerts: bool = False
    switches: bool = False
    """Something of self-service was switched off or on."""
    readers: set[str] = field(default_factory=set)
    """Agents who have read an Announcement."""
    rights: bool = False
    profiles: set[str] = field(default_factory=set)
    """Agents who can do something else now, or are called otherwise."""
    everything: bool = False
    """Set-up changed: every page takes a new snapshot."""

    def __bool__(self) -> bool:
        return self != _NOTHING

    @property
    def changes_records(self) -> bool:
        """Whether what a ScreenPop shows may be another now, for whichever Contact."""
        return bool(self.records or self.customers) or self.tasks or self.rights or self.everything

    def add(self, event: e.Event) -> None:
        """Note what the event touches. Messages and seen marks are not here: they carry all."""
        if isinstance(event, (e.MessageAdded, e.MessagesSeen)):
            return
        if isinstance(event, e.DeliveryEvent):
            self.delivered.add((event.conversation_id, event.seq))
            return
        if isinstance(event, e.ContactEvent):
            self.contacts.add(event.contact_id)
        agent = getattr(event, "agent_id", None)
        if agent is not None:
            self.agents.add(agent)
            if isinstance(event, e.ReservationEvent):
                self._add_offer(event)
            elif isinstance(event, e.ContactEvent):
                self.given.add((event.contact_id, agent))
        if type(event) in _WALK:
            return
        if isinstance(event, _LOCKS):
            self.locks = True
        self._add_kind(event)

    def _add_offer(self, event: e.ReservationEvent) -> None:
        if isinstance(event, e.ReservationMade):
            self.ringing.add(event.agent_id)
        else:
            self.answered.add((event.agent_id, event.reservation_id))

    def _add_kind(self, event: e.Event) -> None:
        match event:
            case e.PresenceChanged() | e.AgentPhoneChanged():
                self.declared.add(event.agent_id)
            case e.IdentityEvent() | e.CustomerLinked() | e.CustomerUnlinked():
                self.records.add(event.contact_id)
            case e.TaskEvent():
                self._add_task(event)
            case e.CaseEvent() | e.CustomerRecordChanged():
                self.customers.add(event.customer_id)
            case e.BankOrderEvent():
                self.orders = True
                self.customers.add(event.customer_id)
            case e.MessageMasked():
                self.masked.add(event.contact_id)
            case e.SurveyAnswered(survey_id=survey_id):
                self.surveys.add(survey_id)
            case e.EffectFailed() | e.EffectSettled():
                self.effects = True
            case e.RightsChanged():
                self.rights = True
            case e.AgentProfileSet(profile=profile):
                self.profiles.add(profile.agent_id)
            case e.PolicyPublished():
                self.everything = True
            case e.SwitchEvent() | e.AnnouncementEvent() | e.AlertAcknowledged():
                self._add_floor(event)

    def _add_floor(self, event: e.SwitchEvent | e.AnnouncementEvent | e.AlertAcknowledged) -> None:
        if isinstance(event, e.AlertAcknowledged):
            self.alerts = True
        elif isinstance(event, e.SwitchEvent):
            self.switches = True
        elif isinstance(event, e.AnnouncementConfirmed):
            self.readers.add(event.agent_id)
        else:
            self.announcements = True

    def _add_task(self, event: e.TaskEvent) -> None:
        self.tasks = True
        self.task_owners |= {one for one in (event.owner_id,) if one is not None}
        match event:
            case e.TaskOpened(customer_id=customer_id) if customer_id is not None:
                self.customers.add(customer_id)
            case e.TaskChanged(owner_before=before) if before is not None:
                self.task_owners.add(before)

    def merge(self, other: "Touched") -> None:
        """Add what another one touched, but for Offers: only desks show them."""
        self.contacts |= other.contacts
        self.agents |= other.agents
        self.given |= other.given
        self.records |= other.records
        self.surveys |= other.surveys
        self.masked |= other.masked
        self.delivered |= other.delivered
        self.customers |= other.customers
        self.orders |= other.orders
        self.locks |= other.locks
        self.tasks |= other.tasks
        self.task_owners |= other.task_owners
        self.effects |= other.effects
        self.rights |= other.rights
        self.profiles |= other.profiles
        self.announcements |= other.announcements
        self.alerts |= other.alerts
        self.switches |= other.switches
        self.readers |= other.readers
        self.everything |= other.everything


_NOTHING = Touched()
