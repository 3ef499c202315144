"""What a page may ask for, one function per kind of frame.

`hello` has a file of its own; `say` and `choose` take the short way in `connection`.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from channels.web_chat import frames, visitors
from channels.web_chat.hello import hello
from channels.web_chat.history import newest_page
from channels.web_chat.protocol import Frame
from hub.domain.errors import NotFound, Refused
from hub.journey import close, converse
from hub.journey.articles.read_before import tell_read
from hub.journey.finding.transcript import last_closed
from hub.journey.language import customer_switches
from hub.journey.receive import receive
from hub.journey.survey import answer_survey, find_survey
from hub.store.rows import find
from hub.store.tables import File

if TYPE_CHECKING:
    from channels.web_chat.connection import Connection

TRANSCRIPT: Final = "transcript"
"""No file has this id: what was said in the Contact that ended last."""

Command = Callable[["Connection", Frame], Awaitable[None]]


async def begin(connection: "Connection", frame: Frame) -> None:
    """Open a Contact where none is open, so that the visitor is greeted.

    `articles` tells what was read before, which spares the customer saying it.
    """
    room, hub = connection.require_room(), connection.chat.hub
    if room.contact_id is None:
        posted = await receive(hub, connection.fact(frame["id"]))
        room.contact_id = posted.contact_id
    if frame.get("articles"):
        language = connection.require_reach().language
        await tell_read(hub, room.contact_id, frame["articles"], language)
    connection.out.send(frames.done(frame["id"]))


async def file(connection: "Connection", frame: Frame) -> None:
    """A file that was uploaded before becomes a Message."""
    connection.post(connection.fact(frame["id"], file_id=frame["file_id"]))


async def upload(connection: "Connection", frame: Frame) -> None:
    """Give a short-lived ticket for one upload into this Conversation."""
    room = connection.require_room()
    ticket, expires_at = connection.chat.links.upload_ticket(room.conversation_id)
    connection.out.send(
        frames.encode(
            {"type": "ticket", "id": frame["id"], "ticket": ticket, "expires_at": expires_at}
        )
    )


async def open_file(connection: "Connection", frame: Frame) -> None:
    """Give a short-lived link to a file of this Conversation, or to its last transcript."""
    room = connection.require_room()
    if frame["file_id"] == TRANSCRIPT:
        contact_id = await last_closed(connection.chat.hub, room.conversation_id)
        _link(connection, frame, connection.chat.links.transcript_link(contact_id))
        return
    found = await connection.chat.hub.reader.rows(
        find(File, "conversation_id", id=frame["file_id"])
    )
    if not found or found[0][0] != room.conversation_id:
        raise NotFound("no_file")
    _link(connection, frame, connection.chat.links.file_link(frame["file_id"]))


def _link(connection: "Connection", frame: Frame, link: tuple[str, float]) -> None:
    href, expires_at = link
    connection.out.send(
        frames.encode({"type": "link", "id": frame["id"], "href": href, "expires_at": expires_at})
    )


async def more(connection: "Connection", frame: Frame) -> None:
    """Older Messages."""
    room = connection.require_room()
    page = await newest_page(connection.chat, room.conversation_id, before_seq=frame["before"])
    connection.out.send(frames.page(page.messages, more=page.more))


async def typing(connection: "Connection", frame: Frame) -> None:
    """Tell the agent that the customer types."""
    room = connection.require_room()
    await converse.type_in(
        connection.chat.hub, conversation_id=room.conversation_id, by="customer", on=frame["on"]
    )


async def seen(connection: "Connection", frame: Frame) -> None:
    """Remember how far the customer has read."""
    room = connection.require_room()
    await converse.mark_seen(
        connection.chat.hub, conversation_id=room.conversation_id, seq=frame["seq"], by="customer"
    )


async def leave(connection: "Connection", frame: Frame) -> None:
    """The customer ends the Contact, or leaves the queue."""
    room = connection.require_room()
    if room.contact_id is not None:
        try:
            await close.close(connection.chat.hub, room.contact_id, by="customer", reason="left")
        except Refused as refused:
            if refused.code != "contact_over":
                raise
    connection.out.send(frames.done(frame["id"]))


async def rate(connection: "Connection", frame: Frame) -> None:
    """The answer to this Conversation's survey."""
    hub, room = connection.chat.hub, connection.require_room()
    survey = await find_survey(hub, frame["survey"])
    if survey.conversation_id != room.conversation_id:
        raise NotFound("no_survey")
    await answer_survey(
        hub,
        survey.id,
        score=frame["score"],
        tags=tuple(frame.get("tags", ())),
        comment=frame.get("comment", ""),
    )
    connection.out.send(frames.done(frame["id"]))


async def language(connection: "Connection", frame: Frame) -> None:
    """The page was switched to the other language: so is the talk, if there is one."""
    connection.reach = replace(connection.require_reach(), language=frame["lang"])
    if connection.room is not None:
        of = connection.room.conversation_id
        try:
            await customer_switches(connection.chat.hub, conversation_id=of, language=frame["lang"])
        except Refused as refused:
            if refused.code != "contact_over":
                raise


async def forget(connection: "Connection", frame: Frame) -> None:
    """The customer signed out of the bank's page: this browser may not come back by itself."""
    connection.require_room()
    await connection.chat.hub.journal.run(lambda: visitors.forget_visitor(connection.visitor_id))
    connection.out.send(frames.done(frame["id"]))


async def ping(connection: "Connection", frame: Frame) -> None:
    """Answer a page that woke up and wonders whether the socket is still there."""
    connection.out.send(frames.PONG)


COMMANDS: Final[Mapping[str, Command]] = {
    "hello": hello, "begin": begin, "file": file, "upload": upload,
    "open": open_file, "more": more, "typing": typing, "seen": seen, "leave": leave, "rate": rate,
    "language": language, "forget": forget, "ping": ping,
}  # fmt: skip
