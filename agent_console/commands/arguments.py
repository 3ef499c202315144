"""Arguments of the commands; an unknown field or a wrong type is refused."""

from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, StringConstraints

from hub.domain.letter import Letter
from hub.journey.guarding import Guard
from hub.journey.presence import DECLARED

Id = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=80)]
Key = Annotated[str, StringConstraints(strict=True, min_length=8, max_length=80)]
Text = Annotated[str, StringConstraints(strict=True, max_length=8_000)]
Note = Annotated[str, StringConstraints(strict=True, max_length=2_000)]
Word = Annotated[str, StringConstraints(strict=True, max_length=40)]
Sure = Annotated[tuple[Guard, ...], Field(max_length=len(Guard))]
"""Guards that the agent overrules, each by its name."""
Mail = Annotated[
    str, StringConstraints(strict=True, max_length=254, pattern=r"^[^\s<>@,;]{1,64}@[^\s<>@,;]+$")
]
At = Annotated[float, Field(ge=0, le=1e11, allow_inf_nan=False)]
Seq = Annotated[StrictInt, Field(ge=0, le=2**31 - 1)]
DeclaredPresence = Literal["available", "break", "training", "offline"]

assert {presence.value for presence in DECLARED} == set(get_args(DeclaredPresence))


class Arguments(BaseModel):
    """Base of all arguments."""

    # Built at the first use: two hundred models at every start take 0.1 s.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class SetPresence(Arguments):
    """`set_presence`."""

    presence: DeclaredPresence
    reason: Word = ""


class FinishThen(Arguments):
    """`finish_then`."""

    presence: Literal["break", "training", "offline"]
    reason: Word = ""


class ExtendWrapUp(Arguments):
    """`extend_wrap_up`."""

    contact_id: Id
    reason: Word


class OnReservation(Arguments):
    """`accept`."""

    reservation_id: Id


class Decline(OnReservation):
    """`decline`."""

    reason: Word


class OnContact(Arguments):
    """`leave`, `end`, `ask_help`, `watch`, `unwatch`, `join`, `take_over`."""

    contact_id: Id


class Heading(Arguments):
    """What the agent writes above a mail."""

    subject: Annotated[str, StringConstraints(strict=True, max_length=200)] = ""
    cc: Annotated[tuple[Mail, ...], Field(max_length=10)] = ()
    bcc: Annotated[tuple[Mail, ...], Field(max_length=10)] = ()

    def letter(self) -> Letter:
        """As the hub knows it."""
        return Letter(subject=self.subject, cc=self.cc, bcc=self.bcc)


class Say(OnContact):
    """`say`."""

    key: Key
    text: Text
    file_id: Id | None = None
    letter: Heading | None = None
    language: Literal["en", "zh"] | None = None
    leaves_at: At | None = None
    seen_seq: Seq | None = None
    sure: Sure = ()


class Write(OnContact):
    """`whisper`."""

    key: Key
    text: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=8_000)]


class WriteNote(Write):
    """`note`; names colleagues by id."""

    mentions: Annotated[tuple[Id, ...], Field(max_length=5)] = ()


class Typing(OnContact):
    """`typing`."""

    on: StrictBool


class Seen(OnContact):
    """`seen`."""

    seq: Seq


class More(Arguments):
    """`more`."""

    conversation_id: Id
    before_seq: Seq


class Transfer(OnContact):
    """`transfer`."""

    queue_id: Id | None = None
    agent_id: Id | None = None
    note: Note = ""


class SwitchLanguage(OnContact):
    """`switch_language`."""

    language: Literal["en", "zh"]
    note: Note = ""


class WarnAbuse(OnContact):
    """`warn_abuse`."""

    key: Key


class EndFor(OnContact):
    """`end_for`."""

    code: Literal["abuse", "spam"]
    block_hours: StrictInt = 0
    reason: Annotated[str, StringConstraints(strict=True, max_length=200)] = ""


class Invite(OnContact):
    """`invite`."""

    agent_id: Id
    note: Note = ""


class FinishWrapUp(OnContact):
    """`finish_wrap_up`."""

    disposition: Word
    notes: Text = ""
    more: Annotated[tuple[Word, ...], Field(max_length=5)] = ()
    complaint: StrictBool = False


class Reveal(OnContact):
    """`reveal`."""

    field: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=120)]
    reason: Annotated[str, StringConstraints(strict=True, max_length=200)]


class FileTicket(OnContact):
    """`file_ticket`."""

    name: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=255)]
    size_bytes: Annotated[StrictInt, Field(ge=1)]


class Reassign(OnContact):
    """`reassign`."""

    queue_id: Id | None = None
    agent_id: Id | None = None


class MoveWork(Arguments):
    """`move_work`; with neither goal each Contact goes back to its own Queue."""

    agent_id: Id
    queue_id: Id | None = None
    agent_to: Id | None = None


class SetPresenceOf(SetPresence):
    """`set_presence_of`."""

    agent_id: Id


class LentSkill(Arguments):
    """A Skill of `assist`."""

    skill: Id
    level: Annotated[StrictInt, Field(ge=1, le=5)] = 1


class Assist(Arguments):
    """`assist`; without an end it lasts until midnight."""

    agent_id: Id
    queue_id: Id | None = None
    skills: Annotated[tuple[LentSkill, ...], Field(max_length=10)] = ()
    until_at: float | None = None


class OnAssist(Arguments):
    """`end_assist`."""

    assist_id: Id


class OnTask(Arguments):
    """`finish_task`."""

    task_id: Id


class RevealNumber(OnTask):
    """`reveal_number`: the number that a Task promises to call."""

    reason: Annotated[str, StringConstraints(strict=True, max_length=200)]


class OnEffect(Arguments):
    """`retry_effect` and `drop_effect`."""

    effect_id: Id


class ReportAnswer(OnContact):
    """`report_answer`."""

    seq: Seq
    note: Annotated[str, StringConstraints(strict=True, max_length=200)] = ""
