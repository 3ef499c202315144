"""Conversations merged, split and linked, and that taken back."""

from dataclasses import asdict
from typing import Final

from agent_console.commands.access import contact_of
from agent_console.commands.arguments import Id, OnContact, Seq
from agent_console.commands.command import Command, Desk, Result
from agent_console.views.message import message_view
from hub.journey.context import Viewer
from hub.journey.joined import merge, read, split, undo
from hub.security.roles import Right


class WithTalk(OnContact):
    """`merge_talks`, `link_talks`: a Conversation of `talk_goals`."""

    conversation_id: Id


class SplitTalk(OnContact):
    """`split_talk`: from this Message on."""

    seq: Seq


class OfJoin(OnContact):
    """`undo_join`, `joined_messages`."""

    join_id: Id


async def _goals(desk: Desk, viewer: Viewer, a: OnContact) -> Result:
    await contact_of(desk.hub, viewer, a.contact_id)
    goals = await read.talk_goals(desk.hub, viewer.user_id, a.contact_id)
    return {
        "talks": [
            {**asdict(one), "owner": desk.hub.staff.name_of(one.owner_agent_id)} for one in goals
        ]
    }


async def _merge(desk: Desk, viewer: Viewer, a: WithTalk) -> Result:
    join_id = await merge.merge(
        desk.hub, viewer, contact_id=a.contact_id, conversation_id=a.conversation_id
    )
    return {"join_id": join_id}


async def _link(desk: Desk, viewer: Viewer, a: WithTalk) -> Result:
    join_id = await merge.link(
        desk.hub, viewer, contact_id=a.contact_id, conversation_id=a.conversation_id
    )
    return {"join_id": join_id}


async def _split(desk: Desk, viewer: Viewer, a: SplitTalk) -> Result:
    join_id, contact_id = await split.split(desk.hub, viewer, contact_id=a.contact_id, seq=a.seq)
    return {"join_id": join_id, "contact_id": contact_id}


async def _undo(desk: Desk, viewer: Viewer, a: OfJoin) -> None:
    await undo.undo(desk.hub, viewer, contact_id=a.contact_id, join_id=a.join_id)


async def _messages(desk: Desk, viewer: Viewer, a: OfJoin) -> Result:
    contact = await contact_of(desk.hub, viewer, a.contact_id)
    found = await read.shown_messages(desk.hub, contact.conversation_id, a.join_id)

    def link(file_id: str) -> str:
        return desk.tickets.href(viewer, file_id)

    return {"messages": [message_view(one, link) for one in found]}


_HANDLE: Final = Right.HANDLE_CONTACTS

JOIN_COMMANDS: Final[dict[str, Command]] = {
    "talk_goals": Command(OnContact, _HANDLE, _goals),
    "merge_talks": Command(WithTalk, _HANDLE, _merge),
    "link_talks": Command(WithTalk, _HANDLE, _link),
    "split_talk": Command(SplitTalk, _HANDLE, _split),
    "undo_join": Command(OfJoin, _HANDLE, _undo),
    "joined_messages": Command(OfJoin, _HANDLE, _messages),
}
