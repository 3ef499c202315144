"""What an event may have changed on a page; a pure table."""

from dataclasses import dataclass, field

from hub.domain import events as e


@dataclass(slots=True)
class Touched:
    """Keys whose rows must be read again."""

    contacts: set[str] = field(default_factory=set)
    agents: set[str] = field(default_factory=set)
    given: set[tuple[str, str]] = field(default_factory=set)
    """(contact, agent): what the event did to the Contact may put it on the agent's page."""
    records: set[str] = field(default_factory=set)
    """Contacts whose ScreenPop changed too."""
    masked: set[str] = field(default_factory=set)
    """Contacts in which a message that was shown has changed."""
    tasks: bool = False
    surveys: set[str] = field(default_factory=set)
    effects: bool = False
    rights: bool = False
    everything: bool = False
    """Set-up changed: every page takes a new snapshot."""

    def __bool__(self) -> bool:
        return self != Touched()

    def add(self, event: e.Event) -> None:
        """Note what the event touches. Messages and seen marks are not here: they carry all."""
        if isinstance(event, (e.MessageAdded, e.MessagesSeen)):
            return
        if isinstance(event, e.ContactEvent):
            self.contacts.add(event.contact_id)
        agent = getattr(event, "agent_id", None)
        if agent is not None:
            self.agents.add(agent)
            if isinstance(event, e.ContactEvent):
                self.given.add((event.contact_id, agent))
        self._add_kind(event)

    def _add_kind(self, event: e.Event) -> None:
        match event:
            case e.IdentityEvent() | e.CustomerLinked() | e.CustomerUnlinked():
                self.records.add(event.contact_id)
            case e.TaskOpened(contact_id=contact_id):
                self.tasks = True
                if contact_id is not None:
                    self.records.add(contact_id)
            case e.TaskDone():
                self.tasks = True
            case e.MessageMasked():
                self.masked.add(event.contact_id)
            case e.SurveyAnswered(survey_id=survey_id):
                self.surveys.add(survey_id)
            case e.EffectFailed() | e.EffectSettled():
                self.effects = True
            case e.RightsChanged():
                self.rights = True
            case e.AgentProfileSet() | e.PolicyPublished():
                self.everything = True

    def merge(self, other: "Touched") -> None:
        """Add what another one touched."""
        self.contacts |= other.contacts
        self.agents |= other.agents
        self.given |= other.given
        self.records |= other.records
        self.surveys |= other.surveys
        self.masked |= other.masked
        self.tasks |= other.tasks
        self.effects |= other.effects
        self.rights |= other.rights
        self.everything |= other.everything
