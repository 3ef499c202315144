"""A call back to the number that calls, promised as a Task."""

from collections.abc import Mapping

from hub.domain.errors import Refused
from hub.domain.states import ContactState
from hub.journey.contact_row import load_contact
from hub.journey.context import Hub
from hub.journey.errands import words
from hub.journey.errands.answer import Answer, done, refused
from hub.journey.errands.caller import number_of
from hub.journey.floor.promise import CALLBACK
from hub.journey.work.open import NewTask, add_task
from hub.journey.work.task_row import Words
from hub.ports import SelfServiceContact
from hub.store.rows import find
from hub.store.tables import Task
from hub.store.unit import Unit


async def offer_callback(
    hub: Hub, contact: SelfServiceContact, arguments: Mapping[str, str]
) -> Answer:
    """Promise to call back as soon as somebody is free; once per Contact."""
    number = await number_of(hub, contact.contact_id)
    if not number:
        return refused(contact, "no_number")
    try:
        await hub.journal.run(lambda: _promise(hub, contact, number, arguments.get("queue")))
    except Refused as error:
        return refused(contact, error.code)
    return done(contact, words.CALLBACK)


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
