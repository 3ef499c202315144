"""A call back to the number that calls, promised as a Task."""

from collections.abc import Mapping

from hub.customers.profile import open_profile
from hub.domain.calls import CHANNEL as PHONE
from hub.domain.errors import Refused
from hub.domain.states import ContactState
from hub.journey.contact_row import load_contact
from hub.journey.context import Hub
from hub.journey.errands import words
from hub.journey.errands.answer import Answer, done, refused
from hub.journey.errands.caller import number_of
from hub.journey.errands.known import NotProved, Speaker, speaker_of
from hub.journey.floor.promise import CALLBACK
from hub.journey.work.open import NewTask, add_task
from hub.journey.work.task_row import Words
from hub.ports import SelfServiceContact
from hub.store.rows import find
from hub.store.tables import Customer, Task
from hub.store.unit import Unit


async def offer_callback(
    hub: Hub, contact: SelfServiceContact, arguments: Mapping[str, str]
) -> Answer:
    """Promise to call back as soon as somebody is free; once per Contact.

    On a call it is the number that calls, else the one of the record: nobody has proved another.
    """
    number = await number_of(hub, contact.contact_id)
    is_known = False
    if not number and contact.channel != PHONE:
        try:
            speaker = await speaker_of(hub, contact)
        except NotProved:
            return refused(contact, "proof_needed")
        number, is_known = await _number_of_record(hub, speaker), True
    if not number:
        return refused(contact, "no_number_known" if is_known else "no_number")
    try:
        await hub.journal.run(lambda: _promise(hub, contact, number, arguments.get("queue")))
    except Refused as error:
        return refused(contact, error.code)
    return done(contact, words.CALLBACK_KNOWN if is_known else words.CALLBACK)


async def _number_of_record(hub: Hub, speaker: Speaker) -> str:
    if speaker.party_id is not None:
        return ""
    rows = await hub.reader.rows(find(Customer, "profile_sealed", id=speaker.customer_id))
    return open_profile(hub.vault, rows[0][0], speaker.customer_id).get("phone", "")


def _promise(
    hub: Hub, contact: SelfServiceContact, number: str, queue_id: str | None
) -> Unit[None]:
    row = yield from load_contact(contact.contact_id)
    if row.state == ContactState.CLOSED:
        raise Refused("failed")
    if (yield find(Task, "id", contact_id=row.id, kind=CALLBACK)):
        return
    at = hub.clock.now()
    yield from add_task(
        hub,
        NewTask(
            kind=CALLBACK,
            by="system",
            due_at=at,
            words=Words("", (("number", number),)),
            queue_id=queue_id or row.queue_id,
            contact_id=row.id,
            customer_id=row.customer_id,
            language=row.language,
            waiting_since=row.queued_at or row.arrived_at,
        ),
    )
