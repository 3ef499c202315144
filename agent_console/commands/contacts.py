"""What an agent does with the Contacts in hand, from the Offer to the end of the wrap-up."""

from typing import Final

from agent_console.commands import arguments as given
from agent_console.commands.access import contact_of, require_conversation
from agent_console.commands.command import Command, Desk, Result, posted_answer, said_answer
from agent_console.reading.goals import transfer_goals
from agent_console.views.message import message_view
from hub.journey import (
    abuse,
    answer,
    close,
    converse,
    finishing,
    language,
    participate,
    presence,
    wrap_up,
)
from hub.journey import transfer as transferring
from hub.journey.context import Viewer
from hub.journey.messages import messages_of
from hub.journey.outgoing.words import Words
from hub.journey.outgoing.write import write
from hub.security.roles import Right

PAGE_OF_MESSAGES = 50


async def _set_presence(desk: Desk, viewer: Viewer, a: given.SetPresence) -> None:
    user = viewer.user_id
    await presence.set_presence(desk.hub, user, presence=a.presence, reason=a.reason, by=user)


async def _finish_then(desk: Desk, viewer: Viewer, a: given.FinishThen) -> Result:
    now = await finishing.finish_then(
        desk.hub, viewer.user_id, presence=a.presence, reason=a.reason
    )
    return {"presence": now}


async def _accept(desk: Desk, viewer: Viewer, a: given.OnReservation) -> Result:
    found = await answer.accept(desk.hub, viewer.user_id, a.reservation_id)
    return {"assignment_id": found}


async def _decline(desk: Desk, viewer: Viewer, a: given.Decline) -> None:
    await answer.decline(desk.hub, viewer.user_id, a.reservation_id, reason=a.reason)


async def _say(desk: Desk, viewer: Viewer, a: given.Say) -> Result:
    words = Words(
        contact_id=a.contact_id, key=a.key, text=a.text, file_id=a.file_id,
        letter=a.letter.letter() if a.letter else None, language=a.language,
        seen_seq=a.seen_seq, sure=a.sure,
    )  # fmt: skip
    return said_answer(await write(desk.hub, viewer.user_id, words, leaves_at=a.leaves_at))


async def _note(desk: Desk, viewer: Viewer, a: given.WriteNote) -> Result:
    posted = await converse.note(
        desk.hub, viewer.user_id, contact_id=a.contact_id, key=a.key, text=a.text,
        mentions=a.mentions,
    )  # fmt: skip
    return posted_answer(posted)


async def _typing(desk: Desk, viewer: Viewer, a: given.Typing) -> None:
    contact = await contact_of(desk.hub, viewer, a.contact_id)
    await converse.type_in(
        desk.hub, conversation_id=contact.conversation_id, by="staff", on=a.on,
        agent_id=viewer.user_id,
    )  # fmt: skip


async def _seen(desk: Desk, viewer: Viewer, a: given.Seen) -> None:
    contact = await contact_of(desk.hub, viewer, a.contact_id)
    if contact.owner_agent_id == viewer.user_id and a.seq > contact.seen_by_staff_seq:
        await converse.mark_seen(
            desk.hub, conversation_id=contact.conversation_id, seq=a.seq, by="staff"
        )


async def _more(desk: Desk, viewer: Viewer, a: given.More) -> Result:
    await require_conversation(desk.hub, viewer, a.conversation_id)
    found = await messages_of(
        desk.hub, a.conversation_id, before_seq=a.before_seq, limit=PAGE_OF_MESSAGES
    )

    def link(file_id: str) -> str:
        return desk.tickets.href(viewer, file_id)

    return {"messages": [message_view(one, link) for one in found]}


async def _transfer(desk: Desk, viewer: Viewer, a: given.Transfer) -> None:
    await transferring.transfer(
        desk.hub, viewer.user_id, contact_id=a.contact_id, note=a.note, queue_id=a.queue_id,
        agent_to=a.agent_id,
    )  # fmt: skip


async def _transfer_goals(desk: Desk, viewer: Viewer, a: given.OnContact) -> Result:
    facts = await contact_of(desk.hub, viewer, a.contact_id)
    return await transfer_goals(desk.hub, viewer.user_id, facts.language)


async def _switch_language(desk: Desk, viewer: Viewer, a: given.SwitchLanguage) -> Result:
    moved = await language.switch_language(
        desk.hub, viewer.user_id, contact_id=a.contact_id, language=a.language, note=a.note
    )
    return {"moved": moved}


async def _invite(desk: Desk, viewer: Viewer, a: given.Invite) -> None:
    await participate.invite(
        desk.hub, viewer.user_id, contact_id=a.contact_id, agent_to=a.agent_id, note=a.note
    )


async def _leave(desk: Desk, viewer: Viewer, a: given.OnContact) -> None:
    await participate.leave(desk.hub, viewer.user_id, contact_id=a.contact_id)


async def _end(desk: Desk, viewer: Viewer, a: given.OnContact) -> None:
    await close.close(desk.hub, a.contact_id, by=viewer.user_id, reason="agent_ended")


async def _warn_abuse(desk: Desk, viewer: Viewer, a: given.WarnAbuse) -> None:
    await abuse.warn(desk.hub, viewer.user_id, contact_id=a.contact_id, key=a.key)


async def _end_for(desk: Desk, viewer: Viewer, a: given.EndFor) -> None:
    await abuse.end_for(
        desk.hub, viewer.user_id, contact_id=a.contact_id, code=a.code,
        block_hours=a.block_hours, reason=a.reason,
    )  # fmt: skip


async def _extend_wrap_up(desk: Desk, viewer: Viewer, a: given.ExtendWrapUp) -> Result:
    until = await wrap_up.extend(desk.hub, viewer.user_id, contact_id=a.contact_id, reason=a.reason)
    return {"until": until}


async def _finish_wrap_up(desk: Desk, viewer: Viewer, a: given.FinishWrapUp) -> Result:
    case_id = await wrap_up.finish(
        desk.hub, viewer.user_id, contact_id=a.contact_id, disposition=a.disposition,
        notes=a.notes, more=a.more, is_complaint=a.complaint,
    )  # fmt: skip
    return {"case_id": case_id}


async def _ask_help(desk: Desk, viewer: Viewer, a: given.OnContact) -> None:
    await participate.ask_help(desk.hub, viewer.user_id, contact_id=a.contact_id)


async def _file_ticket(desk: Desk, viewer: Viewer, a: given.FileTicket) -> Result:
    await contact_of(desk.hub, viewer, a.contact_id)
    url = await desk.tickets.upload_url(viewer, a.contact_id, a.name, a.size_bytes)
    return {"upload_url": url}


_HANDLE = Right.HANDLE_CONTACTS

CONTACT_COMMANDS: Final[dict[str, Command]] = {
    "set_presence": Command(given.SetPresence, Right.CHANGE_OWN_PRESENCE, _set_presence),
    "finish_then": Command(given.FinishThen, Right.CHANGE_OWN_PRESENCE, _finish_then),
    "accept": Command(given.OnReservation, _HANDLE, _accept),
    "decline": Command(given.Decline, _HANDLE, _decline),
    "say": Command(given.Say, _HANDLE, _say),
    "note": Command(given.WriteNote, _HANDLE, _note),
    "typing": Command(given.Typing, _HANDLE, _typing, cheap=True),
    "seen": Command(given.Seen, _HANDLE, _seen, cheap=True),
    "more": Command(given.More, _HANDLE, _more),
    "transfer": Command(given.Transfer, _HANDLE, _transfer),
    "transfer_goals": Command(given.OnContact, _HANDLE, _transfer_goals),
    "switch_language": Command(given.SwitchLanguage, _HANDLE, _switch_language),
    "invite": Command(given.Invite, _HANDLE, _invite),
    "leave": Command(given.OnContact, _HANDLE, _leave),
    "end": Command(given.OnContact, _HANDLE, _end),
    "warn_abuse": Command(given.WarnAbuse, _HANDLE, _warn_abuse),
    "end_for": Command(given.EndFor, _HANDLE, _end_for),
    "extend_wrap_up": Command(given.ExtendWrapUp, _HANDLE, _extend_wrap_up),
    "finish_wrap_up": Command(given.FinishWrapUp, _HANDLE, _finish_wrap_up),
    "ask_help": Command(given.OnContact, _HANDLE, _ask_help),
    "file_ticket": Command(given.FileTicket, _HANDLE, _file_ticket),
}
