"""One `do` of a page: judged, carried out, answered; nothing that was typed comes back."""

from typing import Any

import structlog
from pydantic import BaseModel, ConfigDict, ValidationError

from agent_console.commands.access import as_told
from agent_console.commands.arguments import Arguments
from agent_console.commands.command import Command, Desk, IsProved
from agent_console.commands.table import COMMANDS
from agent_console.metrics import COMMAND_SECONDS
from agent_console.metrics import COMMANDS as COUNTED
from agent_console.rights import viewer_now
from hub.domain.errors import Forbidden, HubError
from hub.journey.context import Viewer
from hub.journey.step_up import note_code_asked
from hub.security.roles import require

log = structlog.get_logger(__name__)
Answer = dict[str, Any]


class Asked(BaseModel):
    """The argument of `do`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    command: str
    args: dict[str, Any] = {}


def refusal(code: str, detail: str = "") -> Answer:
    """Return the answer of a command that was not done."""
    return {"ok": False, "code": code, "detail": detail}


async def do(desk: Desk, user_id: str, said: object, *, is_proved: IsProved) -> Answer:
    """Carry out a command of the user, with the rights the user has at this moment."""
    try:
        asked = Asked.model_validate(said)
    except ValidationError as error:
        return refusal("invalid", where(error))
    command = COMMANDS.get(asked.command)
    if command is None:
        return refusal("unknown_command")
    with COMMAND_SECONDS.labels(asked.command).time():
        answer = await _do(desk, user_id, asked, is_proved)
    COUNTED.labels(asked.command, "ok" if answer["ok"] else str(answer["code"])).inc()
    return answer


async def _do(desk: Desk, user_id: str, asked: Asked, is_proved: IsProved) -> Answer:
    command = COMMANDS[asked.command]
    try:
        viewer = viewer_now(desk.hub, user_id)
        require(viewer.roles, command.right)
        arguments = command.arguments.model_validate(asked.args)
        if command.is_grave and not await is_proved():
            await _require_light(desk, viewer, asked.command, arguments)
        result = await _run(desk, viewer, command, arguments)
    except ValidationError as error:
        return refusal("invalid", where(error))
    except HubError as error:
        if isinstance(error, Forbidden):
            log.warning("command_denied", command=asked.command, user_id=user_id, code=error.code)
        return refusal(error.code, error.detail)
    except Exception:  # the page is told; the trace is for the operator
        log.exception("command_failed", command=asked.command)
        return refusal("failed", "something broke here; it is in our log")
    return {"ok": True, "result": result or {}}


async def _require_light(desk: Desk, viewer: Viewer, name: str, arguments: Arguments) -> None:
    """Raise `Forbidden` for a grave act: the page asks for a code and tries once more."""
    is_grave = COMMANDS[name].is_grave
    if is_grave is not None and await is_grave(desk, viewer, arguments):
        subject = getattr(arguments, "contact_id", viewer.user_id)
        await note_code_asked(desk.hub, viewer, subject, name)
        raise Forbidden("code_again", "give a code of your authenticator")


async def _run(
    desk: Desk, viewer: Viewer, command: Command, arguments: Arguments
) -> dict[str, Any] | None:
    try:
        return await command.run(desk, viewer, arguments)
    except HubError as error:
        raise await as_told(desk.hub, viewer, arguments, error) from None


def where(error: ValidationError) -> str:
    """Name the first wrong field and the rule; what was sent is not quoted."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    known = [str(part) for part in first["loc"]][:1]
    if first["type"] == "extra_forbidden":
        return "unknown field"
    return f"{'.'.join(known) or 'arguments'}: {first['type']}"
