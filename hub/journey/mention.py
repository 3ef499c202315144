"""A colleague is named in a note: brought into the talk when there, promised a Task when not."""

from hub.domain.errors import Invalid
from hub.domain.events import Mentioned
from hub.domain.states import ParticipantRole, Presence
from hub.journey.contact_row import ContactRow
from hub.journey.context import Hub
from hub.journey.declare import presence_of
from hub.journey.messages import add_message, event_draft, named
from hub.journey.participants import add_participant
from hub.journey.work.open import NewTask, add_task
from hub.security.roles import Role
from hub.store.rows import find
from hub.store.tables import Participant
from hub.store.unit import Append, Unit

MENTIONS_MAX = 5
TASK_KIND = "follow_up"
ANSWER_SECONDS = 86_400.0
_AT_A_DESK = frozenset({Role.AGENT.value, Role.SUPERVISOR.value})


def check_mentions(hub: Hub, by: str, user_ids: tuple[str, ...]) -> tuple[str, ...]:
    """Return the colleagues who are named, each once and never oneself; raise `Invalid`."""
    wanted = tuple(dict.fromkeys(one for one in user_ids if one != by))
    if len(wanted) > MENTIONS_MAX:
        raise Invalid("too_many_mentions", f"name at most {MENTIONS_MAX} colleagues")
    for user_id in wanted:
        member = hub.staff.get(user_id)
        if member is None or not member.enabled or not _AT_A_DESK.intersection(member.roles):
            raise Invalid("no_agent", "there is no such colleague")
    return wanted


def mention(
    hub: Hub, contact: ContactRow, by: str, user_ids: tuple[str, ...], seq: int
) -> Unit[None]:
    """Let each colleague read the talk, or leave a Task for who is not signed in."""
    if not user_ids:
        return
    at = hub.clock.now()
    for user_id in user_ids:
        presence, _, _ = yield from presence_of(user_id)
        if presence == Presence.OFFLINE:
            yield from add_task(
                hub,
                NewTask(
                    kind=TASK_KIND, by=by, owner_id=user_id, due_at=at + ANSWER_SECONDS,
                    contact_id=contact.id, customer_id=contact.customer_id,
                ),
            )  # fmt: skip
        else:
            yield from _bring_in(hub, contact, user_id, at)
    ids = {"contact_id": contact.id, "conversation_id": contact.conversation_id}
    yield Append(Mentioned(at=at, by=by, user_ids=user_ids, seq=seq, **ids))


def _bring_in(hub: Hub, contact: ContactRow, user_id: str, at: float) -> Unit[None]:
    there = yield find(Participant, "role", contact_id=contact.id, agent_id=user_id)
    if there or contact.owner_agent_id == user_id:
        return
    yield from add_participant(contact, user_id, ParticipantRole.CONSULTED, at)
    name = hub.staff.name_of(user_id) or {}
    draft = event_draft(hub, "consult_joined", named(name), staff_only=True)
    yield from add_message(hub, contact.conversation_id, contact.id, draft, at)
