"""Words of an agent before they leave: taken back, sent now, later; and letters passed on."""

from typing import Annotated, Final, Literal

from pydantic import Field

from agent_console.commands.arguments import At, Heading, Id, Key, Mail, OnContact, Seq, Sure, Text
from agent_console.commands.command import Command, Desk, Result, posted_answer, said_answer
from agent_console.views.outgoing import words_view
from hub.domain.letter import Letter
from hub.journey.context import Viewer
from hub.journey.outgoing import change
from hub.journey.outgoing.forward import GOALS_MOST, NewForward, forward
from hub.security.roles import Right


class OnOutgoing(OnContact):
    """`take_back_letter`, `send_letter_now`."""

    letter_id: Id


class MoveLetter(OnOutgoing):
    """`move_letter`."""

    leaves_at: At


class ForwardHeading(Heading):
    """What stands above a letter that goes on."""

    to: Annotated[tuple[Mail, ...], Field(min_length=1, max_length=GOALS_MOST)]

    def letter(self) -> Letter:
        """As the hub knows it."""
        return Letter(subject=self.subject, to=self.to, cc=self.cc, bcc=self.bcc)


class Forward(OnContact):
    """`forward_letter`."""

    key: Key
    seq: Seq
    letter: ForwardHeading
    text: Text = ""
    file_ids: Annotated[tuple[Id, ...], Field(max_length=10)] = ()
    language: Literal["en", "zh"] = "en"
    sure: Sure = ()


async def _take_back(desk: Desk, viewer: Viewer, a: OnOutgoing) -> Result:
    body = await change.take_back(
        desk.hub, viewer.user_id, contact_id=a.contact_id, letter_id=a.letter_id
    )
    return words_view(body)


async def _send_now(desk: Desk, viewer: Viewer, a: OnOutgoing) -> Result:
    return posted_answer(
        await change.send_now(
            desk.hub, viewer.user_id, contact_id=a.contact_id, letter_id=a.letter_id
        )
    )


async def _move(desk: Desk, viewer: Viewer, a: MoveLetter) -> Result:
    kept = await change.move(
        desk.hub, viewer.user_id, contact_id=a.contact_id, letter_id=a.letter_id,
        leaves_at=a.leaves_at,
    )  # fmt: skip
    return said_answer(kept)


async def _forward(desk: Desk, viewer: Viewer, a: Forward) -> Result:
    new = NewForward(
        contact_id=a.contact_id, key=a.key, seq=a.seq, letter=a.letter.letter(), note=a.text,
        file_ids=a.file_ids, language=a.language,
    )  # fmt: skip
    return said_answer(await forward(desk.hub, viewer.user_id, new, sure=a.sure))


_HANDLE: Final = Right.HANDLE_CONTACTS

OUTGOING_COMMANDS: Final[dict[str, Command]] = {
    "take_back_letter": Command(OnOutgoing, _HANDLE, _take_back),
    "send_letter_now": Command(OnOutgoing, _HANDLE, _send_now),
    "move_letter": Command(MoveLetter, _HANDLE, _move),
    "forward_letter": Command(Forward, _HANDLE, _forward),
}
