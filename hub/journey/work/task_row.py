"""The Task as its commands read it inside a unit, and who may do what with it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from hub.domain.errors import Forbidden, Invalid, NotFound, Refused
from hub.domain.work import TaskKind
from hub.journey.context import Hub, Viewer
from hub.security.redaction import redact_cards
from hub.security.roles import Right, may
from hub.store.rows import find
from hub.store.tables import Task
from hub.store.unit import Unit

WORDS_MAX_CHARACTERS = 2_000
OPEN, DONE = "open", "done"


@dataclass(frozen=True, slots=True)
class TaskRow:
    """The columns of `Task` that decisions need, in the order they are selected."""

    id: str
    kind: str
    state: str
    contact_id: str | None
    customer_id: str | None
    case_id: str | None
    queue_id: str | None
    owner_id: str | None
    title: str
    words_sealed: bytes | None
    priority: int
    due_at: float | None
    is_overdue: bool
    attempts: int
    work_contact_id: str | None
    created_by: str
    version: int
    language: str | None
    waiting_since: float | None


TASK_COLUMNS = tuple(one.name for one in fields(TaskRow))


@dataclass(frozen=True, slots=True)
class Words:
    """What a Task says beyond its title: sealed in the store."""

    text: str = ""
    evidence: Sequence[tuple[str, str]] = ()
    """Label and value, e.g. what made a payment unusual."""


NO_WORDS = Words()


def load_task(task_id: str) -> Unit[TaskRow]:
    """Read and hold an open Task for this unit; raise `NotFound` or `Refused("task_done")`."""
    rows = yield find(Task, *TASK_COLUMNS, lock=True, id=task_id)
    if not rows:
        raise NotFound("no_task")
    task = TaskRow(*rows[0])
    if task.state != OPEN:
        raise Refused("task_done", "the task is done already")
    return task


def require_hand_in(hub: Hub, task: TaskRow, viewer: Viewer) -> None:
    """Raise `Forbidden` unless it is the viewer's, nobody's, or the viewer steers others."""
    if task.owner_id in (None, viewer.user_id) or task.created_by == viewer.user_id:
        return
    if not may(viewer.roles, Right.HANDLE_FOLLOW_UPS):
        raise Forbidden("not_your_task", "it belongs to another agent; ask a supervisor")


def kind_of(hub: Hub, code: str) -> TaskKind:
    """The kind by its code; raise `Invalid`."""
    kind = hub.work.tasks.get(code)
    if kind is None:
        raise Invalid("no_task_kind", "there is no such kind of task")
    return kind


def seal_words(hub: Hub, task_id: str, words: Words) -> bytes | None:
    """Seal what the Task says, card numbers redacted; raise `Invalid` when it is too long."""
    if len(words.text) > WORDS_MAX_CHARACTERS:
        raise Invalid("words_too_long", f"at most {WORDS_MAX_CHARACTERS} characters")
    if not words.text and not words.evidence:
        return None
    said = {"text": redact_cards(words.text)[0], "evidence": [list(e) for e in words.evidence]}
    return hub.vault.seal(json.dumps(said, ensure_ascii=False), "task", "words", task_id)


def open_words(hub: Hub, task_id: str, sealed: bytes | None) -> Words:
    """Open what the Task says."""
    if sealed is None:
        return NO_WORDS
    said: dict[str, Any] = json.loads(hub.vault.open(sealed, "task", "words", task_id))
    return Words(said["text"], [(label, value) for label, value in said["evidence"]])
