"""An agent answers: the words are kept for an undo or a chosen time, or said at once."""

from collections.abc import Collection

from hub.domain.errors import Refused
from hub.journey.contact_row import ContactRow
from hub.journey.context import Hub
from hub.journey.converse import drafted, post
from hub.journey.guarding import Guard
from hub.journey.messages import Draft, Posted, add_message
from hub.journey.outgoing.keep import Kept, keep, require_time
from hub.journey.outgoing.words import Passed, Words, let_through
from hub.journey.receive import check_text
from hub.store.unit import Unit


async def write(
    hub: Hub, agent_id: str, words: Words, *, leaves_at: float | None = None
) -> Posted | Kept:
    """Say it, as `converse.say` does; on written channels it can be taken back for a while.

    `leaves_at` (UTC epoch seconds) chooses a time ahead. Raises what `say` does, and
    `Refused("answered_meanwhile")` when a colleague has answered since `words.seen_seq`.
    """
    check_text(words.text)
    if leaves_at is not None:
        require_time(hub.clock.now(), leaves_at)
    passed = await let_through(hub, words)
    return await post(
        hub, lambda: _write(hub, agent_id, words, passed, leaves_at), words.contact_id, words.key
    )


def _write(
    hub: Hub, agent_id: str, words: Words, passed: Passed, leaves_at: float | None
) -> Unit[Posted | Kept]:
    contact, draft = yield from drafted(hub, agent_id, words, passed)
    return (yield from send_or_keep(hub, contact, draft, leaves_at=leaves_at, sure=words.sure))


def send_or_keep(
    hub: Hub,
    contact: ContactRow,
    draft: Draft,
    *,
    leaves_at: float | None = None,
    sure: Collection[Guard] = (),
) -> Unit[Posted | Kept]:
    """Store an agent's Message now or when its time comes, by the rules of its channel."""
    at, is_written = hub.clock.now(), contact.channel in hub.writers
    if leaves_at is not None:
        if not is_written:
            raise Refused("not_written", "only mail and messages can be sent later")
        return (
            yield from keep(hub, contact, draft, leaves_at=leaves_at, is_scheduled=True, sure=sure)
        )
    pause_seconds = hub.settings.written.rules(contact.channel).undo_seconds
    if is_written and pause_seconds:
        return (
            yield from keep(
                hub, contact, draft, leaves_at=at + pause_seconds, is_scheduled=False, sure=sure
            )
        )
    return (yield from add_message(hub, contact.conversation_id, contact.id, draft, at))
