"""Who asked for help and which customer went silent: a small fold over events."""

from hub.domain import events as e
from hub.domain.states import ParticipantRole, Speaker


class Concerns:
    """Contacts that need a look. Restored, like the counters, from the log of the last days."""

    def __init__(self) -> None:
        self.help: dict[str, tuple[str, float]] = {}
        """Contact -> (agent, since)."""
        self.silent: set[str] = set()

    def apply(self, event: e.Event) -> None:
        """Take the next event of the log."""
        match event:
            case e.HelpAsked():
                self.help.setdefault(event.contact_id, (event.agent_id, event.at))
            case e.ParticipantJoined(role=ParticipantRole.JOINED):
                self.help.pop(event.contact_id, None)
            case e.SilenceWarned():
                self.silent.add(event.contact_id)
            case e.ContactClosed() | e.ContactUnassigned():
                self.help.pop(event.contact_id, None)
                self.silent.discard(event.contact_id)

    def heard(self, event: e.MessageAdded) -> None:
        """A message ends a silence when the customer wrote it."""
        if self.silent and event.speaker == Speaker.CUSTOMER:
            self.silent.discard(event.contact_id)
