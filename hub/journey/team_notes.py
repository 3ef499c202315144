"""Notes of the team on a Customer: pinned to the record, with author and date, sealed."""

from typing import Any

from hub.domain.errors import Invalid, NotFound, Refused
from hub.domain.events import TeamNoteChanged
from hub.journey.audited import audited
from hub.journey.contact_row import load_contact
from hub.journey.context import Hub, Viewer
from hub.journey.guarding import require_sendable
from hub.security.roles import Right, may
from hub.store.rows import change, find, put
from hub.store.tables import Contact, CustomerNote
from hub.store.unit import Append, Unit

WORDS_MAX_CHARACTERS = 1_000
NOTES_MAX = 20
"""So many may be pinned at once: a record is no diary."""


async def notes_of(hub: Hub, contact_id: str) -> list[dict[str, Any]]:
    """Read the notes on the Customer of a Contact, the newest first; a guest has none.

    Who may ask is the caller's to decide.
    """
    rows = await hub.reader.rows(find(Contact, "customer_id", id=contact_id))
    if not rows or rows[0][0] is None:
        return []
    found = await hub.reader.rows(
        find(CustomerNote, "id", "by", "at", "words_sealed", "removed_at", customer_id=rows[0][0])
    )
    return [
        {
            "id": key,
            "by": by,
            "by_name": hub.staff.name_of(by),
            "at": at,
            "text": hub.vault.open(sealed, "customer_note", "words", key),
        }
        for key, by, at, sealed, removed_at in sorted(found, key=lambda row: -row[2])
        if removed_at is None
    ]


async def pin_note(hub: Hub, viewer: Viewer, *, contact_id: str, text: str) -> str:
    """Pin a note to the Customer of a Contact; returns its id."""
    if not text.strip() or len(text) > WORDS_MAX_CHARACTERS:
        raise Invalid("bad_note", f"one to {WORDS_MAX_CHARACTERS} characters")
    require_sendable(text)
    return await hub.journal.run(lambda: _pin(hub, viewer.user_id, contact_id, text.strip()))


def _pin(hub: Hub, by: str, contact_id: str, text: str) -> Unit[str]:
    contact = yield from load_contact(contact_id)
    if contact.customer_id is None:
        raise Refused("no_customer", "find out who it is first")
    there = yield find(CustomerNote, "removed_at", customer_id=contact.customer_id)
    if sum(removed_at is None for (removed_at,) in there) >= NOTES_MAX:
        raise Refused("too_many_notes", f"take one off first: {NOTES_MAX} are pinned")
    note_id, at = hub.new_id("nte"), hub.clock.now()
    sealed = hub.vault.seal(text, "customer_note", "words", note_id)
    yield put(
        CustomerNote, id=note_id, customer_id=contact.customer_id, by=by, at=at,
        words_sealed=sealed,
    )  # fmt: skip
    yield from audited(hub, by, "team_note_pinned", note_id)
    yield Append(TeamNoteChanged(at=at, customer_id=contact.customer_id, note_id=note_id, by=by))
    return note_id


async def take_off_note(hub: Hub, viewer: Viewer, *, contact_id: str, note_id: str) -> None:
    """Take a note off the record: its author, or who steers others. It is kept for the audit."""
    await hub.journal.run(lambda: _take_off(hub, viewer, contact_id, note_id))


def _take_off(hub: Hub, viewer: Viewer, contact_id: str, note_id: str) -> Unit[None]:
    contact = yield from load_contact(contact_id)
    rows = yield find(CustomerNote, "customer_id", "by", "removed_at", lock=True, id=note_id)
    if not rows or rows[0][0] != contact.customer_id or rows[0][2] is not None:
        raise NotFound("no_note")
    if rows[0][1] != viewer.user_id and not may(viewer.roles, Right.STEER_CONTACTS):
        raise Refused("not_your_note", "its author or a supervisor takes it off")
    at = hub.clock.now()
    yield change(CustomerNote, note_id, removed_at=at, removed_by=viewer.user_id)
    yield from audited(hub, viewer.user_id, "team_note_removed", note_id)
    yield Append(TeamNoteChanged(at=at, customer_id=rows[0][0], note_id=note_id, by=viewer.user_id))
