"""Who of the record's persons speaks: marked by the agent; what another had proved falls."""

from sqlalchemy import bindparam, update

from hub.customers import parties
from hub.domain.errors import Invalid
from hub.domain.events import SpeakerChanged
from hub.journey.audited import audited
from hub.journey.context import Hub, Viewer
from hub.journey.identity.level import lower_level
from hub.journey.identity.subject import load_talk
from hub.journey.messages import add_message, event_draft
from hub.store.rows import change, table_of
from hub.store.tables import Contact, Verification
from hub.store.unit import Append, Prepared, Unit

_v = table_of(Verification).c
_end_all = Prepared(
    update(table_of(Verification))
    .where(_v.state == "open", _v.contact_id == bindparam("of"))
    .values(state="ended", decided_at=bindparam("at"))
)


async def set_speaker(hub: Hub, viewer: Viewer, *, contact_id: str, party_id: str | None) -> None:
    """Mark a person of the record as speaking; None: the Customer in person."""
    await hub.journal.run(lambda: _set_speaker(hub, viewer, contact_id, party_id))


def _set_speaker(hub: Hub, viewer: Viewer, contact_id: str, party_id: str | None) -> Unit[None]:
    contact = yield from load_talk(hub, viewer, contact_id)
    if contact.speaker_party_id == party_id:
        return
    at, role = hub.clock.now(), parties.HOLDER
    if party_id is not None:
        found = parties.persons((yield parties.of_party(of=party_id)))
        if not found or found[0].customer_id != contact.customer_id or not found[0].holds_at(at):
            raise Invalid("no_party", "no such person may act on this record")
        role = found[0].role
    yield change(Contact, contact.id, speaker_party_id=party_id)
    yield _end_all(of=contact.id, at=at)
    yield from lower_level(hub, contact, cause="speaker_changed", by=viewer.user_id, at=at)
    details = {"party": party_id or "", "role": role}
    yield from audited(hub, viewer.user_id, "speaker_changed", contact.id, details=details)
    draft = event_draft(hub, "speaker_changed", {"role": role}, staff_only=True)
    yield from add_message(hub, contact.conversation_id, contact.id, draft, at)
    ids = {"contact_id": contact.id, "conversation_id": contact.conversation_id}
    yield Append(SpeakerChanged(at=at, party_id=party_id, by=viewer.user_id, **ids))
