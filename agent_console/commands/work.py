"""What staff do with Tasks and Cases."""

from typing import Annotated, Final, Literal

from pydantic import Field, StrictFloat, StrictInt, StringConstraints

from agent_console.commands.access import contact_of
from agent_console.commands.arguments import Arguments, Id, OnContact, OnTask, Word
from agent_console.commands.command import Command, Desk, Result
from hub.domain.banking import Verdict
from hub.domain.errors import Invalid
from hub.journey.banking import verdict
from hub.journey.cases import cases
from hub.journey.cases.access import require_case
from hub.journey.cases.filing import file_into_case
from hub.journey.context import Viewer
from hub.journey.work import tasks
from hub.journey.work.open import NewTask
from hub.journey.work.task_row import Words
from hub.security.roles import Right

Time = Annotated[StrictFloat | StrictInt, Field(ge=0, le=4_102_444_800)]
Said = Annotated[str, StringConstraints(strict=True, max_length=4_000)]
Version = Annotated[StrictInt, Field(ge=0, le=2**31 - 1)]


class OpenTask(Arguments):
    """`open_task`; for a Contact in hand, or for oneself alone."""

    kind: Word
    words: Annotated[str, StringConstraints(strict=True, max_length=2_000)] = ""
    due_at: Time
    remind_at: Time | None = None
    owner_id: Id | None = None
    queue_id: Id | None = None
    contact_id: Id | None = None


class SnoozeTask(OnTask):
    """`snooze_task`."""

    until: Time


class ReassignTask(OnTask):
    """`reassign_task`."""

    owner_id: Id | None = None
    queue_id: Id | None = None


class JudgePayment(OnTask):
    """`judge_payment`."""

    verdict: Literal["fraud", "genuine"]


class OpenCase(OnContact):
    """`open_case`."""

    kind: Word
    words: Said = ""
    owner_id: Id | None = None


class OnCase(Arguments):
    """Base of what is done to a Case."""

    case_id: Id


class UpdateCase(OnCase):
    """`update_case`."""

    seen_version: Version
    stage: Word | None = None
    due_at: Time | None = None
    owner_id: Id | None = None
    words: Said = ""


class ResolveCase(OnCase):
    """`resolve_case`."""

    seen_version: Version
    resolution: Word
    words: Said = ""


class FileIntoCase(OnContact):
    """`file_into_case`: a file of the talk."""

    case_id: Id
    file_id: Id


class ReopenCase(OnCase):
    """`reopen_case`."""

    words: Said = ""


async def _open_task(desk: Desk, viewer: Viewer, a: OpenTask) -> Result:
    customer_id = None
    if a.contact_id is not None:
        customer_id = (await contact_of(desk.hub, viewer, a.contact_id)).customer_id
    if a.owner_id is not None and a.queue_id is not None:
        raise Invalid("two_goals", "name a colleague or a queue, not both")
    new = NewTask(
        kind=a.kind,
        by=viewer.user_id,
        due_at=float(a.due_at),
        remind_at=None if a.remind_at is None else float(a.remind_at),
        words=Words(a.words),
        owner_id=a.owner_id if a.owner_id or a.queue_id else viewer.user_id,
        queue_id=a.queue_id,
        contact_id=a.contact_id,
        customer_id=customer_id,
    )
    return {"task_id": await tasks.open_task(desk.hub, new)}


async def _snooze_task(desk: Desk, viewer: Viewer, a: SnoozeTask) -> None:
    await tasks.snooze_task(desk.hub, viewer, a.task_id, until=float(a.until))


async def _reassign_task(desk: Desk, viewer: Viewer, a: ReassignTask) -> None:
    await tasks.reassign_task(desk.hub, viewer, a.task_id, owner_id=a.owner_id, queue_id=a.queue_id)


async def _finish_task(desk: Desk, viewer: Viewer, a: OnTask) -> None:
    await tasks.finish_task(desk.hub, viewer, a.task_id)


async def _judge_payment(desk: Desk, viewer: Viewer, a: JudgePayment) -> None:
    await verdict.judge_payment(desk.hub, viewer, task_id=a.task_id, verdict=Verdict(a.verdict))


async def _open_case(desk: Desk, viewer: Viewer, a: OpenCase) -> Result:
    await contact_of(desk.hub, viewer, a.contact_id)
    case_id = await cases.open_case(
        desk.hub, contact_id=a.contact_id, kind=a.kind, words=a.words, by=viewer.user_id,
        owner_id=a.owner_id,
    )  # fmt: skip
    return {"case_id": case_id}


async def _update_case(desk: Desk, viewer: Viewer, a: UpdateCase) -> Result:
    await require_case(desk.hub, viewer, a.case_id)
    edited = cases.CaseEdit(
        seen_version=a.seen_version,
        stage=a.stage,
        due_at=None if a.due_at is None else float(a.due_at),
        owner_id=a.owner_id,
        words=a.words,
    )
    version = await cases.update_case(desk.hub, a.case_id, edited, by=viewer.user_id)
    return {"version": version}


async def _resolve_case(desk: Desk, viewer: Viewer, a: ResolveCase) -> None:
    await require_case(desk.hub, viewer, a.case_id)
    await cases.resolve_case(
        desk.hub, a.case_id, resolution=a.resolution, words=a.words, by=viewer.user_id,
        seen_version=a.seen_version,
    )  # fmt: skip


async def _file_into_case(desk: Desk, viewer: Viewer, a: FileIntoCase) -> Result:
    await contact_of(desk.hub, viewer, a.contact_id)
    is_new = await file_into_case(
        desk.hub, viewer.user_id, contact_id=a.contact_id, case_id=a.case_id, file_id=a.file_id
    )
    return {"is_new": is_new}


async def _reopen_case(desk: Desk, viewer: Viewer, a: ReopenCase) -> None:
    await require_case(desk.hub, viewer, a.case_id)
    await cases.reopen_case(desk.hub, a.case_id, words=a.words, by=viewer.user_id)


_HANDLE = Right.HANDLE_CONTACTS

WORK_COMMANDS: Final[dict[str, Command]] = {
    "open_task": Command(OpenTask, _HANDLE, _open_task),
    "snooze_task": Command(SnoozeTask, _HANDLE, _snooze_task),
    "reassign_task": Command(ReassignTask, _HANDLE, _reassign_task),
    "finish_task": Command(OnTask, _HANDLE, _finish_task),
    "judge_payment": Command(JudgePayment, _HANDLE, _judge_payment),
    "open_case": Command(OpenCase, _HANDLE, _open_case),
    "update_case": Command(UpdateCase, _HANDLE, _update_case),
    "resolve_case": Command(ResolveCase, _HANDLE, _resolve_case),
    "file_into_case": Command(FileIntoCase, _HANDLE, _file_into_case),
    "reopen_case": Command(ReopenCase, _HANDLE, _reopen_case),
}
