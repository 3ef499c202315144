"""The number a Task promises to call: in lists an outline, in full for whose work it is."""

from collections.abc import Sequence
from typing import Final

from hub.customers.warnings import in_force, is_restricted
from hub.domain.errors import Forbidden, Invalid, NotFound
from hub.journey.audited import audited
from hub.journey.context import Hub, Viewer
from hub.journey.record import Revealed
from hub.journey.work.task_row import TaskRow, load_task, open_words
from hub.security.masks import mask_phone
from hub.security.roles import Right, may
from hub.store.rows import find
from hub.store.tables import Contact, Customer
from hub.store.unit import Unit

NUMBER: Final = "number"
"""The label of evidence that is a number to call."""


def outlined(evidence: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The evidence as lists and pages show it: numbers only in outline."""
    return [(label, mask_phone(value) if label == NUMBER else value) for label, value in evidence]


async def reveal_number(hub: Hub, viewer: Viewer, *, task_id: str, reason: str) -> Revealed:
    """Show the number to call for a short time; the reason and the reveal are in the audit.

    Raises `Forbidden` with `not_your_task` or `restricted`, `NotFound`, `Refused("task_done")`.
    """
    why = reason.strip()
    if not 3 <= len(why) <= 200:
        raise Invalid("reason_needed", "say why, in 3 to 200 characters")
    try:
        value = await hub.journal.run(lambda: _reveal(hub, viewer, task_id, why))
    except Forbidden as denied:
        code = denied.code
        await hub.journal.run(lambda: _note(hub, viewer, "reveal_denied", task_id, code=code))
        raise
    return Revealed(value, hub.clock.now() + hub.settings.reveal_seconds)


def _reveal(hub: Hub, viewer: Viewer, task_id: str, reason: str) -> Unit[str]:
    task = yield from load_task(task_id)
    number = dict(open_words(hub, task_id, task.words_sealed).evidence).get(NUMBER)
    yield from _require_theirs(hub, viewer, task)
    if not number:
        raise NotFound("no_number", "the task has no number to call")
    yield from _note(hub, viewer, "field_revealed", task_id, reason=reason)
    return number


def _require_theirs(hub: Hub, viewer: Viewer, task: TaskRow) -> Unit[None]:
    """Raise `Forbidden` unless the viewer has it, could take it, or steers others."""
    if task.customer_id is not None:
        warned = yield find(Customer, "warnings", id=task.customer_id)
        if warned and is_restricted(in_force(warned[0][0]), viewer.roles):
            raise Forbidden("restricted", "the record is open to supervisors only")
    if may(viewer.roles, Right.HANDLE_FOLLOW_UPS) or task.owner_id == viewer.user_id:
        return
    if task.work_contact_id is not None:
        found = yield find(Contact, "owner_agent_id", id=task.work_contact_id)
        if found and found[0][0] == viewer.user_id:
            return
    member = hub.staff.get(viewer.user_id)
    queues = member.profile.queues if member else ()
    if task.owner_id is not None or task.queue_id not in queues:
        raise Forbidden("not_your_task", "it belongs to somebody else; ask a supervisor")


def _note(
    hub: Hub, viewer: Viewer, action: str, task_id: str, reason: str = "", **details: str
) -> Unit[None]:
    told = {"field": f"task.{NUMBER}", **details}
    yield from audited(hub, viewer.user_id, action, task_id, reason=reason, details=told)
