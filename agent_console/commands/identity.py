"""Proving who speaks in a Contact, marking who it is, and the warnings of the record."""

from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints

from agent_console.commands.arguments import Id, OnContact
from agent_console.commands.command import Command, Desk, Result
from hub.journey.context import Viewer
from hub.journey.identity import code, questions, release, speaker, warn
from hub.journey.identity.code_check import Checked
from hub.security.roles import Right

Code = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=40)]
Answer = Annotated[str, StringConstraints(strict=True, max_length=200)]
Reason = Annotated[str, StringConstraints(strict=True, max_length=200)]
Name = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=40)]


class SendCode(OnContact):
    """`send_code`."""

    via: Literal["sms", "email"]


class CheckCode(OnContact):
    """`check_code`."""

    code: Code


class CheckAnswers(OnContact):
    """`check_answers`."""

    answers: Annotated[dict[Name, Answer], Field(min_length=1, max_length=4)]


class SetSpeaker(OnContact):
    """`set_speaker`; nobody means the customer in person."""

    party_id: Id | None = None


class ReleaseLock(OnContact):
    """`release_lock`."""

    reason: Reason


class Warn(OnContact):
    """`set_warning` and `remove_warning`."""

    kind: Name
    reason: Reason


async def _send_code(desk: Desk, viewer: Viewer, a: SendCode) -> Result:
    sent = await code.send_code(desk.hub, viewer, contact_id=a.contact_id, via=a.via)
    return {"expires_at": sent.expires_at, "resend_at": sent.resend_at}


async def _check_code(desk: Desk, viewer: Viewer, a: CheckCode) -> Result:
    return _checked(await code.check_code(desk.hub, viewer, contact_id=a.contact_id, code=a.code))


async def _ask_questions(desk: Desk, viewer: Viewer, a: OnContact) -> Result:
    asked = await questions.ask_questions(desk.hub, viewer, contact_id=a.contact_id)
    return {"questions": list(asked.questions), "expires_at": asked.expires_at}


async def _check_answers(desk: Desk, viewer: Viewer, a: CheckAnswers) -> Result:
    return _checked(
        await questions.check_answers(desk.hub, viewer, contact_id=a.contact_id, answers=a.answers)
    )


def _checked(checked: Checked) -> Result:
    return {
        "proved": checked.proved,
        "level": checked.level,
        "tries_left": checked.tries_left,
    }


async def _set_speaker(desk: Desk, viewer: Viewer, a: SetSpeaker) -> None:
    await speaker.set_speaker(desk.hub, viewer, contact_id=a.contact_id, party_id=a.party_id)


async def _release_lock(desk: Desk, viewer: Viewer, a: ReleaseLock) -> None:
    await release.release_lock(desk.hub, viewer, contact_id=a.contact_id, reason=a.reason)


async def _set_warning(desk: Desk, viewer: Viewer, a: Warn) -> None:
    await warn.set_warning(desk.hub, viewer, contact_id=a.contact_id, kind=a.kind, reason=a.reason)


async def _remove_warning(desk: Desk, viewer: Viewer, a: Warn) -> None:
    await warn.remove_warning(
        desk.hub, viewer, contact_id=a.contact_id, kind=a.kind, reason=a.reason
    )


_PROVE: Final = Right.PROVE_IDENTITY

IDENTITY_COMMANDS: Final[dict[str, Command]] = {
    "send_code": Command(SendCode, _PROVE, _send_code),
    "check_code": Command(CheckCode, _PROVE, _check_code),
    "ask_questions": Command(OnContact, _PROVE, _ask_questions),
    "check_answers": Command(CheckAnswers, _PROVE, _check_answers),
    "set_speaker": Command(SetSpeaker, _PROVE, _set_speaker),
    "release_lock": Command(ReleaseLock, Right.RELEASE_PROOF, _release_lock),
    "set_warning": Command(Warn, Right.SET_WARNINGS, _set_warning),
    "remove_warning": Command(Warn, Right.SET_WARNINGS, _remove_warning),
}
