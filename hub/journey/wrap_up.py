"""Step 10: after the talk, with a mandatory Disposition; then the capacity is free again."""

import json
from dataclasses import dataclass

from hub.domain.errors import Invalid, Refused
from hub.domain.events import WrapUpExtended, WrapUpFinished
from hub.domain.states import WrapUpState
from hub.journey.cases.cases import add_case
from hub.journey.context import Hub
from hub.journey.finishing import finish_if_free
from hub.journey.waiting import TimerKind, arm, disarm, ring
from hub.security.send_guard import guard
from hub.store.rows import change, find
from hub.store.tables import Assignment, Contact
from hub.store.unit import Append, Unit

NOT_CHOSEN = "not_chosen"
"""The Disposition of a wrap-up whose time ran out; counted apart in the reports."""
NOTES_MAX_CHARACTERS = 4_000
MORE_MAX = 5
COMPLAINT = "complaint"
_COLUMNS = (
    "id", "contact_id", "conversation_id", "agent_id", "channel", "queue_id", "ended_at",
    "wrap_up", "wrap_up_until", "wrap_up_extended",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class WrapUpRow:
    """An Assignment in its wrap-up."""

    id: str
    contact_id: str
    conversation_id: str
    agent_id: str
    channel: str
    queue_id: str | None
    ended_at: float
    wrap_up: str
    wrap_up_until: float
    wrap_up_extended: int


def _open_wrap_up(agent_id: str, contact_id: str) -> Unit[WrapUpRow]:
    rows = yield find(
        Assignment, *_COLUMNS, lock=True, contact_id=contact_id, agent_id=agent_id,
        wrap_up=WrapUpState.OPEN.value,
    )  # fmt: skip
    if not rows:
        raise Refused("no_wrap_up", "this wrap-up is finished already")
    return WrapUpRow(*rows[0])


async def extend(hub: Hub, agent_id: str, *, contact_id: str, reason: str) -> float:
    """Ask for more time and say what for; returns the new end. Not more often than is set."""
    if reason not in hub.conduct.extend_reasons:
        raise Invalid("bad_reason", f"name one of {', '.join(hub.conduct.extend_reasons)}")
    return await hub.journal.run(lambda: _extend(hub, agent_id, contact_id, reason))


def _extend(hub: Hub, agent_id: str, contact_id: str, reason: str) -> Unit[float]:
    row = yield from _open_wrap_up(agent_id, contact_id)
    most = hub.conduct.extensions_most
    if row.wrap_up_extended >= most:
        raise Refused("no_more_time", f"wrap-up can be extended {most} times")
    until = row.wrap_up_until + hub.settings.wrap_up_extend_seconds
    yield change(Assignment, row.id, wrap_up_until=until, wrap_up_extended=row.wrap_up_extended + 1)
    yield arm(TimerKind.WRAP_UP, row.id, until)
    ids = {"contact_id": row.contact_id, "conversation_id": row.conversation_id}
    yield Append(
        WrapUpExtended(
            at=hub.clock.now(),
            agent_id=agent_id,
            assignment_id=row.id,
            until=until,
            reason=reason,
            **ids,
        )
    )
    return until


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a talk."""

    disposition: str
    more: tuple[str, ...] = ()
    """Outcomes beside the primary one."""
    notes: str = ""
    is_complaint: bool = False
    """Opens a Case of the kind `complaint`, whose clock begins now."""


async def finish(
    hub: Hub,
    agent_id: str,
    *,
    contact_id: str,
    disposition: str,
    notes: str = "",
    more: tuple[str, ...] = (),
    is_complaint: bool = False,
) -> str | None:
    """End the wrap-up with its outcome; returns the id of the complaint's Case, if one was opened.

    Raises `Invalid("no_disposition")` without an outcome of the queue, and
    `Refused("no_customer")` for a complaint of nobody known.
    """
    if len(notes) > NOTES_MAX_CHARACTERS:
        raise Invalid("notes_too_long", f"at most {NOTES_MAX_CHARACTERS} characters")
    if len(more) > MORE_MAX or len({disposition, *more}) != len(more) + 1:
        raise Invalid("bad_outcomes", f"at most {MORE_MAX} more outcomes, each once")
    outcome = Outcome(disposition=disposition, more=more, notes=notes, is_complaint=is_complaint)
    return await hub.journal.run(lambda: _finish(hub, agent_id, contact_id, outcome))


def _finish(hub: Hub, agent_id: str, contact_id: str, outcome: Outcome) -> Unit[str | None]:
    row = yield from _open_wrap_up(agent_id, contact_id)
    queue = hub.setup.queues.get(row.queue_id or "")
    if queue is not None and not queue.dispositions.keys() >= {outcome.disposition, *outcome.more}:
        raise Invalid("no_disposition", "choose from the queue's outcomes")
    text = guard(outcome.notes).text
    if text:
        sealed = hub.vault.seal(text, "assignment", "notes", row.id)
        yield change(Assignment, row.id, notes_sealed=sealed)
    case_id = None
    if outcome.is_complaint:
        case_id = yield from _open_complaint(hub, row, text)
    yield from _done(hub, row, outcome.disposition, by_timer=False, more=outcome.more)
    return case_id


def _open_complaint(hub: Hub, row: WrapUpRow, words: str) -> Unit[str]:
    customer_id = (yield find(Contact, "customer_id", id=row.contact_id))[0][0]
    if customer_id is None:
        raise Refused("no_customer", "find out whose complaint it is first")
    return (
        yield from add_case(
            hub, customer_id=customer_id, kind=COMPLAINT, words=words, by=row.agent_id,
            contact_id=row.contact_id,
        )
    )  # fmt: skip


def finish_as(hub: Hub, agent_id: str, contact_id: str, disposition: str) -> Unit[None]:
    """End an open wrap-up with an outcome that the hub itself knows, such as `spam`."""
    row = yield from _open_wrap_up(agent_id, contact_id)
    yield from _done(hub, row, disposition, by_timer=False)


def _done(
    hub: Hub, row: WrapUpRow, disposition: str, *, by_timer: bool, more: tuple[str, ...] = ()
) -> Unit[None]:
    at = hub.clock.now()
    yield change(
        Assignment,
        row.id,
        wrap_up=WrapUpState.DONE.value,
        wrapped_at=at,
        disposition=disposition,
        more_dispositions=json.dumps(more),
    )
    yield change(Contact, row.contact_id, disposition=disposition)
    yield disarm(TimerKind.WRAP_UP, row.id)
    yield Append(
        WrapUpFinished(
            at=at,
            contact_id=row.contact_id,
            conversation_id=row.conversation_id,
            agent_id=row.agent_id,
            assignment_id=row.id,
            channel=row.channel,
            disposition=disposition,
            more=more,
            by_timer=by_timer,
            wrap_up_seconds=at - row.ended_at,
        )
    )
    yield from finish_if_free(hub, row.agent_id, at)


async def run_out(hub: Hub, assignment_id: str) -> None:
    """Timer `wrap_up`: time is over; the outcome stays open as `not_chosen`."""
    await hub.journal.run(lambda: _run_out(hub, assignment_id))


def _run_out(hub: Hub, assignment_id: str) -> Unit[None]:
    taken = yield ring(hub, TimerKind.WRAP_UP, assignment_id)
    rows = yield find(Assignment, *_COLUMNS, lock=True, id=assignment_id)
    row = WrapUpRow(*rows[0])
    if taken and row.wrap_up == WrapUpState.OPEN:
        yield from _done(hub, row, NOT_CHOSEN, by_timer=True)
