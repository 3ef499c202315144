"""What a supervisor does to the work of others, and with what needs a supervisor."""

from typing import Final

from agent_console.commands import arguments as given
from agent_console.commands.command import Command, Desk, Result, posted_answer
from hub.domain.routing import Requirement
from hub.journey import moving, supervise
from hub.journey.context import Viewer
from hub.journey.floor import assist
from hub.security.roles import Right


async def _watch(desk: Desk, viewer: Viewer, a: given.OnContact) -> None:
    await supervise.watch(desk.hub, viewer.user_id, contact_id=a.contact_id)


async def _unwatch(desk: Desk, viewer: Viewer, a: given.OnContact) -> None:
    await supervise.unwatch(desk.hub, viewer.user_id, contact_id=a.contact_id)


async def _whisper(desk: Desk, viewer: Viewer, a: given.Write) -> Result:
    posted = await supervise.whisper(
        desk.hub, viewer.user_id, contact_id=a.contact_id, key=a.key, text=a.text
    )
    return posted_answer(posted)


async def _join(desk: Desk, viewer: Viewer, a: given.OnContact) -> None:
    await supervise.join(desk.hub, viewer.user_id, contact_id=a.contact_id)


async def _take_over(desk: Desk, viewer: Viewer, a: given.OnContact) -> None:
    await supervise.take_over(desk.hub, viewer.user_id, contact_id=a.contact_id)


async def _reassign(desk: Desk, viewer: Viewer, a: given.Reassign) -> None:
    await supervise.reassign(
        desk.hub, viewer.user_id, contact_id=a.contact_id, queue_id=a.queue_id, agent_id=a.agent_id
    )


async def _move_work(desk: Desk, viewer: Viewer, a: given.MoveWork) -> Result:
    moved = await moving.move_work(
        desk.hub, viewer, agent_id=a.agent_id, queue_id=a.queue_id, agent_to=a.agent_to
    )
    return {"contacts": moved.contacts, "tasks": moved.tasks, "left": moved.left}


async def _set_presence_of(desk: Desk, viewer: Viewer, a: given.SetPresenceOf) -> None:
    await supervise.set_presence_of(
        desk.hub, viewer.user_id, agent_id=a.agent_id, presence=a.presence, reason=a.reason
    )


async def _assist(desk: Desk, viewer: Viewer, a: given.Assist) -> Result:
    assist_id = await assist.assist(
        desk.hub, viewer.user_id, agent_id=a.agent_id, queue_id=a.queue_id,
        skills=tuple(Requirement(one.skill, one.level) for one in a.skills), until_at=a.until_at,
    )  # fmt: skip
    return {"assist_id": assist_id}


async def _end_assist(desk: Desk, viewer: Viewer, a: given.OnAssist) -> None:
    await assist.end_assist(desk.hub, viewer.user_id, assist_id=a.assist_id)


async def _retry_effect(desk: Desk, viewer: Viewer, a: given.OnEffect) -> None:
    await supervise.retry_effect(desk.hub, viewer.user_id, effect_id=a.effect_id)


async def _drop_effect(desk: Desk, viewer: Viewer, a: given.OnEffect) -> None:
    await supervise.drop_effect(desk.hub, viewer.user_id, effect_id=a.effect_id)


_WATCH, _STEER = Right.WATCH_CONTACTS, Right.STEER_CONTACTS

OVERSIGHT_COMMANDS: Final[dict[str, Command]] = {
    "watch": Command(given.OnContact, _WATCH, _watch),
    "unwatch": Command(given.OnContact, _WATCH, _unwatch),
    "whisper": Command(given.Write, _WATCH, _whisper),
    "join": Command(given.OnContact, _STEER, _join),
    "take_over": Command(given.OnContact, _STEER, _take_over),
    "reassign": Command(given.Reassign, _STEER, _reassign),
    "move_work": Command(given.MoveWork, _STEER, _move_work),
    "assist": Command(given.Assist, Right.LEND_AGENTS, _assist),
    "end_assist": Command(given.OnAssist, Right.LEND_AGENTS, _end_assist),
    "set_presence_of": Command(
        given.SetPresenceOf, Right.CHANGE_PRESENCE_OF_OTHERS, _set_presence_of
    ),
    "retry_effect": Command(given.OnEffect, Right.RETRY_EFFECTS, _retry_effect),
    "drop_effect": Command(given.OnEffect, Right.RETRY_EFFECTS, _drop_effect),
}
