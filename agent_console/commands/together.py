"""What colleagues do together: drafts they share, notes of the team on a customer."""

from typing import Annotated, Final, Literal

from pydantic import StringConstraints

from agent_console.commands.access import contact_of
from agent_console.commands.arguments import Id, OnContact, Text
from agent_console.commands.command import Command, Desk, Result
from agent_console.views.contact import role_of
from hub.customers import warnings
from hub.domain.errors import Forbidden
from hub.journey import drafts, team_notes
from hub.journey.context import Viewer
from hub.journey.drafts import DraftKind
from hub.journey.standing.history import standing_of_contact
from hub.security.roles import Right


class PinNote(OnContact):
    """`pin_note`."""

    text: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=1_000)]


class TakeOffNote(OnContact):
    """`take_off_note`."""

    note_id: Id


class WriteDraft(OnContact):
    """`draft`; an empty text says that the box is empty."""

    kind: Literal["reply", "note", "wrap_up"]
    text: Text
    page: Id


class TakeDraft(OnContact):
    """`take_draft`."""

    agent_id: Id
    kind: Literal["reply", "note"]


async def _draft(desk: Desk, viewer: Viewer, a: WriteDraft) -> None:
    facts = await contact_of(desk.hub, viewer, a.contact_id)
    if role_of(facts, viewer.user_id) == "watching":
        raise Forbidden("not_in_contact", "who only watches writes nothing that others see")
    await drafts.write_draft(
        desk.hub, viewer.user_id, contact_id=a.contact_id, kind=DraftKind(a.kind), text=a.text,
        page=a.page,
    )  # fmt: skip


async def _take_draft(desk: Desk, viewer: Viewer, a: TakeDraft) -> Result:
    text = await drafts.take_draft(
        desk.hub, viewer.user_id, contact_id=a.contact_id, from_agent=a.agent_id,
        kind=DraftKind(a.kind),
    )  # fmt: skip
    return {"text": text}


async def _require_record(desk: Desk, viewer: Viewer, contact_id: str) -> None:
    """Raise unless the Contact is in hand and its Customer's record is open to the viewer."""
    facts = await contact_of(desk.hub, viewer, contact_id)
    if facts.person and warnings.is_restricted(facts.person.warnings, viewer.roles):
        raise Forbidden("restricted", "a colleague's record is open to supervisors only")


async def _team_notes(desk: Desk, viewer: Viewer, a: OnContact) -> Result:
    await _require_record(desk, viewer, a.contact_id)
    return {"notes": await team_notes.notes_of(desk.hub, a.contact_id)}


async def _pin_note(desk: Desk, viewer: Viewer, a: PinNote) -> Result:
    await _require_record(desk, viewer, a.contact_id)
    note_id = await team_notes.pin_note(desk.hub, viewer, contact_id=a.contact_id, text=a.text)
    return {"note_id": note_id}


async def _take_off_note(desk: Desk, viewer: Viewer, a: TakeOffNote) -> None:
    await _require_record(desk, viewer, a.contact_id)
    await team_notes.take_off_note(desk.hub, viewer, contact_id=a.contact_id, note_id=a.note_id)


async def _standing_history(desk: Desk, viewer: Viewer, a: OnContact) -> Result:
    await _require_record(desk, viewer, a.contact_id)
    return {"lines": await standing_of_contact(desk.hub, a.contact_id)}


_HANDLE = Right.HANDLE_CONTACTS

TOGETHER_COMMANDS: Final[dict[str, Command]] = {
    "draft": Command(WriteDraft, _HANDLE, _draft, cheap=True),
    "take_draft": Command(TakeDraft, _HANDLE, _take_draft),
    "team_notes": Command(OnContact, Right.SEE_CUSTOMERS, _team_notes),
    "standing_history": Command(OnContact, Right.SEE_CUSTOMERS, _standing_history),
    "pin_note": Command(PinNote, _HANDLE, _pin_note),
    "take_off_note": Command(TakeOffNote, _HANDLE, _take_off_note),
}
