"""What a supervisor does to live work; every deed has its audit entry in the same unit."""

from hub.domain.errors import Invalid, Refused
from hub.domain.events import EffectSettled
from hub.domain.states import ContactState, ParticipantRole, Presence, QueueCause
from hub.journey.assign import assign, unassign
from hub.journey.audited import audited
from hub.journey.contact_row import load_contact
from hub.journey.context import Hub
from hub.journey.converse import add_note, require_part
from hub.journey.messages import Posted, add_message, event_draft, named
from hub.journey.participants import add_participant, drop_participant
from hub.journey.presence import DECLARED, change_presence
from hub.journey.receive import check_text
from hub.journey.reserve import pending_of_contact, rescind
from hub.journey.transfer import pass_on
from hub.store import outbox
from hub.store.rows import find
from hub.store.tables import Effect
from hub.store.unit import Append, Call, Unit

_LIVE = frozenset(
    {
        ContactState.IN_SELF_SERVICE,
        ContactState.QUEUED,
        ContactState.RESERVED,
        ContactState.ASSIGNED,
    }
)
"""Where the customer is served or waits for it: it can be read, taken over and moved."""


async def watch(hub: Hub, supervisor_id: str, *, contact_id: str) -> None:
    """Read a live Contact; neither customer nor agent is told by the screen, the audit is."""
    await hub.journal.run(lambda: _watch(hub, supervisor_id, contact_id))


def _watch(hub: Hub, supervisor_id: str, contact_id: str) -> Unit[None]:
    contact = yield from load_contact(contact_id)
    if contact.state not in _LIVE:
        raise Refused("contact_over", "there is nothing to watch any more")
    at = hub.clock.now()
    if (yield from add_participant(contact, supervisor_id, ParticipantRole.WATCHING, at)):
        yield from audited(hub, supervisor_id, "contact_watched", contact_id)


async def unwatch(hub: Hub, supervisor_id: str, *, contact_id: str) -> None:
    """Stop watching or step out again."""
    await hub.journal.run(lambda: _unwatch(hub, supervisor_id, contact_id))


def _unwatch(hub: Hub, supervisor_id: str, contact_id: str) -> Unit[None]:
    contact = yield from load_contact(contact_id)
    role = yield from drop_participant(contact, supervisor_id, hub.clock.now())
    if role is not None:
        yield from audited(hub, supervisor_id, "contact_unwatched", contact_id)


async def whisper(hub: Hub, supervisor_id: str, *, contact_id: str, key: str, text: str) -> Posted:
    """Send a note that only staff in the Contact see."""
    check_text(text)
    return await hub.journal.run(lambda: _whisper(hub, supervisor_id, contact_id, key, text))


def _whisper(hub: Hub, supervisor_id: str, contact_id: str, key: str, text: str) -> Unit[Posted]:
    contact = yield from load_contact(contact_id)
    yield from require_part(contact, supervisor_id)
    yield from audited(hub, supervisor_id, "whispered", contact_id)
    return (yield from add_note(hub, contact, supervisor_id, key, text))


async def join(hub: Hub, supervisor_id: str, *, contact_id: str) -> None:
    """Come into the talk beside the owner; the customer is told that somebody joined."""
    await hub.journal.run(lambda: _join(hub, supervisor_id, contact_id))


def _join(hub: Hub, supervisor_id: str, contact_id: str) -> Unit[None]:
    contact = yield from load_contact(contact_id)
    if contact.state != ContactState.ASSIGNED or contact.owner_agent_id == supervisor_id:
        raise Refused("not_in_talk", "only a talk of another agent can be joined")
    at = hub.clock.now()
    if not (yield from add_participant(contact, supervisor_id, ParticipantRole.JOINED, at)):
        return
    yield from audited(hub, supervisor_id, "contact_joined", contact_id)
    name = hub.staff.name_of(supervisor_id) or {}
    draft = event_draft(hub, "supervisor_joined", named(name))
    yield from add_message(hub, contact.conversation_id, contact.id, draft, at)


async def take_over(hub: Hub, supervisor_id: str, *, contact_id: str) -> None:
    """Become the owner: from an agent, out of the line, or in place of self-service."""
    await hub.journal.run(lambda: _take_over(hub, supervisor_id, contact_id))


def _take_over(hub: Hub, supervisor_id: str, contact_id: str) -> Unit[None]:
    contact = yield from load_contact(contact_id)
    if contact.owner_agent_id == supervisor_id:
        raise Refused("already_yours", "the contact is yours already")
    if contact.state not in _LIVE:
        raise Refused("contact_moved_on", "only waiting contacts and talks can be taken over")
    at = hub.clock.now()
    reservation = yield from pending_of_contact(contact_id)
    if reservation is not None:
        yield from rescind(hub, reservation, contact, at, "taken_over")
    yield from unassign(hub, contact, at, cause="taken_over")
    queue_id = contact.queue_id or _own_queue(hub, supervisor_id)
    yield from assign(hub, contact, supervisor_id, at, cause="taken_over", queue_id=queue_id)
    yield from audited(hub, supervisor_id, "contact_taken_over", contact_id)


def _own_queue(hub: Hub, supervisor_id: str) -> str | None:
    """Whose outcomes the talk can end with when self-service had not chosen a Queue yet."""
    member = hub.staff.get(supervisor_id)
    own = member.profile.queues if member else ()
    return next((queue for queue in (*own, *hub.setup.queues) if queue in hub.setup.queues), None)


async def reassign(
    hub: Hub,
    supervisor_id: str,
    *,
    contact_id: str,
    queue_id: str | None = None,
    agent_id: str | None = None,
) -> None:
    """Move a Contact to another Queue or agent, its start of waiting kept.

    One that is with self-service begins to wait; self-service says nothing more.
    """
    if queue_id is None and agent_id is None:
        raise Invalid("no_goal", "name a queue or an agent")
    await hub.journal.run(lambda: _reassign(hub, supervisor_id, contact_id, queue_id, agent_id))


def _reassign(
    hub: Hub, supervisor_id: str, contact_id: str, queue_id: str | None, agent_id: str | None
) -> Unit[None]:
    contact = yield from load_contact(contact_id)
    if contact.state not in _LIVE:
        raise Refused("contact_moved_on", "only waiting contacts and talks can be moved")
    at = hub.clock.now()
    reservation = yield from pending_of_contact(contact_id)
    if reservation is not None:
        yield from rescind(hub, reservation, contact, at, "reassigned")
    yield from pass_on(
        hub, contact, at, queue_id=queue_id, agent_to=agent_id, cause=QueueCause.REASSIGNED
    )
    details = {"queue_id": queue_id or "", "agent_id": agent_id or ""}
    yield from audited(hub, supervisor_id, "contact_reassigned", contact_id, details=details)


async def set_presence_of(
    hub: Hub, supervisor_id: str, *, agent_id: str, presence: str, reason: str = ""
) -> None:
    """Change an agent's Presence for them."""
    if presence not in DECLARED or len(reason) > 40:
        raise Invalid("bad_presence", "choose available, break, training or offline")
    if hub.staff.get(agent_id) is None:
        raise Invalid("no_agent", "there is no such agent")
    await hub.journal.run(
        lambda: _set_presence_of(hub, supervisor_id, agent_id, Presence(presence), reason)
    )


def _set_presence_of(
    hub: Hub, supervisor_id: str, agent_id: str, presence: Presence, reason: str
) -> Unit[None]:
    yield from change_presence(hub, agent_id, presence, reason=reason, by=supervisor_id)
    yield from audited(
        hub, supervisor_id, "presence_changed", agent_id, reason=reason,
        details={"presence": presence.value},
    )  # fmt: skip


async def retry_effect(hub: Hub, supervisor_id: str, *, effect_id: str) -> None:
    """Give a failed outside act, or one whose outcome is unknown, another series of attempts."""
    call = outbox.retry_effect(effect_id, due_at=hub.clock.now())
    await hub.journal.run(lambda: _settle_effect(hub, supervisor_id, effect_id, call, "retried"))


async def drop_effect(hub: Hub, supervisor_id: str, *, effect_id: str) -> None:
    """Give it up for good: it was settled otherwise, or has happened after all."""
    call = outbox.drop_effect(effect_id)
    await hub.journal.run(lambda: _settle_effect(hub, supervisor_id, effect_id, call, "dropped"))


def _settle_effect(
    hub: Hub, supervisor_id: str, effect_id: str, call: Call, decision: str
) -> Unit[None]:
    rows = yield find(Effect, "kind", "state", id=effect_id)
    if not (yield call):
        raise Refused("effect_not_failed", "it is not waiting for a decision")
    kind, was = rows[0]
    details = {"kind": kind, "was": was}
    yield from audited(hub, supervisor_id, f"effect_{decision}", effect_id, details=details)
    yield Append(
        EffectSettled(
            at=hub.clock.now(),
            effect_id=effect_id,
            effect_kind=kind,
            decision=decision,
            by=supervisor_id,
        )
    )
