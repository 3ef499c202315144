"""A Task whose time has come is work like any other: a Contact without a customer on its side."""

import json

from hub.domain.errors import Refused
from hub.domain.events import ContactArrived, ContactParked, TaskChanged, TaskOverdue
from hub.domain.routing import Requirement
from hub.domain.states import ContactState, IdentityLevel, QueueCause
from hub.domain.work import TASK_CHANNEL
from hub.journey.assign import unassign
from hub.journey.close import end_contact
from hub.journey.contact_row import ContactRow, load_contact, move
from hub.journey.context import Hub
from hub.journey.enqueue import to_queue
from hub.journey.messages import add_message, event_draft
from hub.journey.participants import drop_all
from hub.journey.threads import Reach, hold_thread, segment_of
from hub.journey.waiting import TimerKind, ring
from hub.journey.work.task_row import OPEN, TASK_COLUMNS, TaskRow, kind_of, open_words
from hub.store.rows import change, find, put
from hub.store.tables import Contact, Conversation, Customer, Task
from hub.store.unit import Append, Unit

ACCOUNT = "work"
"""The one ChannelAccount of Tasks."""


async def come_due(hub: Hub, task_id: str) -> None:
    """Timer `task_due`: the Task joins the line of its Queue, for its owner first."""
    await hub.journal.run(lambda: _come_due(hub, task_id))


def _come_due(hub: Hub, task_id: str) -> Unit[None]:
    task = yield from _claimed(hub, TimerKind.TASK_DUE, task_id)
    if task is None:
        return
    at = hub.clock.now()
    if kind_of(hub, task.kind).is_routed:
        yield from _join_line(hub, task, at)
    yield Append(
        TaskChanged(
            at=at,
            task_id=task_id,
            owner_id=task.owner_id,
            owner_before=task.owner_id,
            cause="came_due",
            due_at=task.due_at,
        )
    )


def _claimed(hub: Hub, kind: TimerKind, task_id: str) -> Unit[TaskRow | None]:
    taken = yield ring(hub, kind, task_id)
    rows = yield find(Task, *TASK_COLUMNS, lock=True, id=task_id)
    task = TaskRow(*rows[0]) if rows else None
    return task if taken and task is not None and task.state == OPEN else None


def _join_line(hub: Hub, task: TaskRow, at: float) -> Unit[None]:
    contact_id = task.work_contact_id
    if contact_id is None:
        contact_id = yield from _open_contact(hub, task, at)
    contact = yield from load_contact(contact_id)
    if contact.state not in (ContactState.ARRIVED, ContactState.PARKED):
        return
    more: tuple[Requirement, ...] = ()
    if kind_of(hub, task.kind).in_customers_language and (task.customer_id or task.language):
        more = (Requirement(f"lang:{contact.language}"),)
    yield from to_queue(
        hub, contact, queue_id=str(task.queue_id), cause=QueueCause.HANDED_OFF, at=at, more=more,
        preferred_agent_id=task.owner_id,
    )  # fmt: skip


def _open_contact(hub: Hub, task: TaskRow, at: float) -> Unit[str]:
    language = task.language or "en"
    if task.language is None and task.customer_id is not None:
        rows = yield find(Customer, "language", id=task.customer_id)
        language = rows[0][0]
    reach = Reach(channel=TASK_CHANNEL, account=ACCOUNT, address=task.id, language=language)
    thread = yield from hold_thread(hub, reach)
    contact_id = hub.new_id("con")
    segment = yield from segment_of(task.customer_id)
    level = IdentityLevel.CLAIMED if task.customer_id else IdentityLevel.UNKNOWN
    yield put(
        Contact,
        id=contact_id,
        conversation_id=thread.conversation_id,
        channel=TASK_CHANNEL,
        account=ACCOUNT,
        state=ContactState.ARRIVED.value,
        language=language,
        customer_id=task.customer_id,
        segment=segment,
        identity_level=level,
        priority=task.priority,
        hand_off_sealed=_seal_hand_off(hub, task, contact_id),
        first_seq=thread.last_seq + 1,
        arrived_at=at,
        queued_at=task.waiting_since,
        state_since=at,
        reopened_from=task.contact_id,
    )
    yield change(Conversation, thread.conversation_id, open_contact_id=contact_id)
    yield change(Task, task.id, work_contact_id=contact_id)
    yield Append(
        ContactArrived(
            at=at,
            contact_id=contact_id,
            conversation_id=thread.conversation_id,
            channel=TASK_CHANNEL,
            account=ACCOUNT,
            language=language,
            customer_id=task.customer_id,
            segment=segment,
            identity_level=level,
            reopened_from=task.contact_id,
        )
    )
    draft = event_draft(hub, "task_due", {"task_id": task.id, "kind": task.kind}, staff_only=True)
    yield from add_message(hub, thread.conversation_id, contact_id, draft, at)
    return contact_id


def _seal_hand_off(hub: Hub, task: TaskRow, contact_id: str) -> bytes:
    """The Task in the form in which an agent gets everything: the hand-off card."""
    words, title = open_words(hub, task.id, task.words_sealed), json.loads(task.title)
    learned = {
        "wants": words.text or f"{title['en']} · {title['zh']}",
        "collected": dict(words.evidence),
        "tried": [],
        "task": {"id": task.id, "kind": task.kind},
    }
    text = json.dumps(learned, ensure_ascii=False)
    return hub.vault.seal(text, "contact", "hand_off", contact_id)


def park_work(hub: Hub, contact: ContactRow, until: float) -> Unit[None]:
    """Put the routed work of a Task aside; raise `Refused` while it is being offered."""
    if contact.state == ContactState.RESERVED:
        raise Refused("task_offered", "it is being offered to an agent now")
    if contact.state in (ContactState.PARKED, ContactState.CLOSED):
        return
    at = hub.clock.now()
    yield from unassign(hub, contact, at, cause="snoozed", wrap_up=False)
    yield from drop_all(contact, at)
    yield from move(contact, ContactState.PARKED, at, parked_until=until, owner_agent_id=None)
    ids = {"contact_id": contact.id, "conversation_id": contact.conversation_id}
    yield Append(ContactParked(at=at, reason="snoozed", due_at=until, **ids))


def withdraw_work(hub: Hub, contact_id: str, *, by: str) -> Unit[None]:
    """End the routed work of a Task that is done."""
    contact = yield from load_contact(contact_id)
    if contact.state != ContactState.CLOSED:
        yield from end_contact(hub, contact, hub.clock.now(), by=by, reason="task_done")


async def call_supervisor(hub: Hub, task_id: str) -> None:
    """Timer `task_overdue`: the promise was not kept; a supervisor is told once."""
    await hub.journal.run(lambda: _call_supervisor(hub, task_id))


def _call_supervisor(hub: Hub, task_id: str) -> Unit[None]:
    task = yield from _claimed(hub, TimerKind.TASK_OVERDUE, task_id)
    if task is None or task.is_overdue or task.due_at is None:
        return
    yield change(Task, task_id, is_overdue=True)
    yield Append(
        TaskOverdue(at=hub.clock.now(), task_id=task_id, owner_id=task.owner_id, due_at=task.due_at)
    )
