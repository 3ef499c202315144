"""Lists of mail and messages: take one, lay it aside, do something with many."""

from dataclasses import asdict
from typing import Annotated, Final, Literal

from pydantic import Field, StrictBool

from agent_console.commands.arguments import Arguments, At, Id, OnContact
from agent_console.commands.command import Command, Desk, Result
from hub.journey.context import Viewer
from hub.journey.written import approval, aside, held, take, together
from hub.security.roles import Right

Ids = Annotated[tuple[Id, ...], Field(min_length=1, max_length=together.MOST)]
Tags = Annotated[tuple[Id, ...], Field(max_length=20)]


class Nothing(Arguments):
    """`take_next`."""


class SetAside(OnContact):
    """`set_aside`; without `until` it waits for the customer."""

    until: At | None = None


class AssignMany(Arguments):
    """`assign_letters`: to one of both."""

    contact_ids: Ids
    agent_id: Id | None = None
    queue_id: Id | None = None


class TagMany(Arguments):
    """`tag_letters`."""

    contact_ids: Ids
    add: Tags = ()
    remove: Tags = ()


class CloseMany(Arguments):
    """`close_letters`."""

    contact_ids: Ids
    outcome: Id


class OfDeed(Arguments):
    """`undo_letters`."""

    deed_id: Id


class DecideHeld(Arguments):
    """`decide_held`: release it or let it be spam, with a word about its sender."""

    held_id: Id
    release: StrictBool
    sender: held.SenderWord = "none"
    days: Literal[30, 90, 365] = 30


class DecideLetter(OnContact):
    """`decide_letter`: what becomes of somebody else's letter in the thread."""

    letter_id: Id
    word: approval.Word


async def _decide_letter(desk: Desk, viewer: Viewer, a: DecideLetter) -> None:
    await approval.decide_letter(
        desk.hub, viewer.user_id, contact_id=a.contact_id, letter_id=a.letter_id, word=a.word
    )


async def _decide_held(desk: Desk, viewer: Viewer, a: DecideHeld) -> Result:
    contact_id = await held.decide(
        desk.hub, viewer.user_id, a.held_id, release=a.release, sender=a.sender, days=a.days
    )
    return {"contact_id": contact_id}


async def _take_next(desk: Desk, viewer: Viewer, _: Nothing) -> Result:
    contact_id, queue_id, because = await take.take_next(desk.hub, viewer.user_id)
    return {"contact_id": contact_id, "queue_id": queue_id, "because": asdict(because)}


async def _take(desk: Desk, viewer: Viewer, a: OnContact) -> None:
    await take.take(desk.hub, viewer, a.contact_id)


async def _set_aside(desk: Desk, viewer: Viewer, a: SetAside) -> Result:
    until = await aside.set_aside(desk.hub, viewer.user_id, contact_id=a.contact_id, until=a.until)
    return {"until": until}


async def _assign(desk: Desk, viewer: Viewer, a: AssignMany) -> Result:
    done = await together.assign_together(
        desk.hub, viewer, a.contact_ids, agent_id=a.agent_id, queue_id=a.queue_id
    )
    return _told(done)


async def _tag(desk: Desk, viewer: Viewer, a: TagMany) -> Result:
    return _told(
        await together.tag_together(desk.hub, viewer, a.contact_ids, add=a.add, remove=a.remove)
    )


async def _close(desk: Desk, viewer: Viewer, a: CloseMany) -> Result:
    return _told(await together.close_together(desk.hub, viewer, a.contact_ids, outcome=a.outcome))


async def _undo(desk: Desk, viewer: Viewer, a: OfDeed) -> Result:
    return _told(await together.undo(desk.hub, viewer, a.deed_id))


def _told(done: together.Done) -> Result:
    rows = [{"contact_id": one.contact_id, "code": one.code} for one in done.rows]
    return {"rows": rows, "deed_id": done.deed_id, "undo_until": done.undo_until}


_HANDLE: Final = Right.HANDLE_CONTACTS

LETTER_COMMANDS: Final[dict[str, Command]] = {
    "take_next": Command(Nothing, _HANDLE, _take_next),
    "take_letter": Command(OnContact, _HANDLE, _take),
    "set_aside": Command(SetAside, _HANDLE, _set_aside),
    "assign_letters": Command(AssignMany, _HANDLE, _assign),
    "tag_letters": Command(TagMany, _HANDLE, _tag),
    "close_letters": Command(CloseMany, _HANDLE, _close),
    "decide_letter": Command(DecideLetter, _HANDLE, _decide_letter),
    "decide_held": Command(DecideHeld, _HANDLE, _decide_held),
    "undo_letters": Command(OfDeed, _HANDLE, _undo),
}
