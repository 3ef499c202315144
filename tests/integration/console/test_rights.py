"""Every command of the table, by everybody who may not use it: refused, and nothing is written."""

from typing import Any

import pytest

from agent_console.commands.command import Desk
from agent_console.commands.run import do
from agent_console.commands.table import COMMANDS
from agent_console.console import Console
from hub.journey import answer, presence
from hub.security.roles import RIGHTS, Right, Role
from hub.store.rows import put
from hub.store.tables import User
from hub.store.unit import Unit
from tests.support.world import World

SOON = 1_800_000_000.0
OF_ONESELF = {"set_presence", "finish_then", "tell_phone", "choose_phone"}
"""Commands that touch nothing of anybody else."""
OTHERWISE: dict[str, dict[str, Any]] = {
    "end_for": {"code": "abuse"},
    "end_call_as": {"code": "prank"},
    "block_card": {"reason": "stolen"},
    "replace_card": {"reason": "stolen"},
    "file_into_case": {"file_id": "fil"},
    "prefer_channel": {"words": "Please write"},
    "draft": {"kind": "reply", "page": "tab-1"},
    "take_draft": {"kind": "reply"},
    "move_letter": {"leaves_at": SOON},
    "forward_letter": {"letter": {"to": ["office@else.example"]}},
    "start_written": {"address": "record"},
}
"""Arguments whose name means another thing in these commands."""


async def hire(world: World, user_id: str, role: str) -> None:
    def unit() -> Unit[None]:
        yield put(
            User, id=user_id, login=user_id, name='{"en": "X", "zh": "某"}',
            roles=f'["{role}"]', password_hash="", created_at=0.0,
        )  # fmt: skip

    await world.hub.journal.run(unit())
    await world.hub.staff.load()


@pytest.fixture
async def args(world: World, console: Console) -> dict[str, Any]:
    """Well-formed arguments about a talk between amara and a customer, and a live offer to her."""
    await world.add_agent("amara")
    await world.customer_says(None)
    posted = await world.customer_says("an agent please")
    offer = await world.offer_of("amara")
    assert offer is not None
    await answer.accept(world.hub, "amara", offer)
    await world.customer_says(None, visitor="visitor-2")
    await world.customer_says("an agent please", visitor="visitor-2")
    ringing = await world.offer_of("amara")
    return {
        "contact_id": posted.contact_id, "conversation_id": posted.conversation_id,
        "reservation_id": ringing, "presence": "break", "reason": "lunch", "key": "key-0001",
        "text": "hello", "on": True, "seq": 1, "before_seq": 9, "queue_id": "payments",
        "agent_id": "amara", "note": "note", "disposition": "solved", "notes": "",
        "field": "phone", "name": "a.png", "size_bytes": 10, "task_id": "t", "effect_id": "e",
        "file_id": None, "via": "sms", "code": "481203", "answers": {"birth_day": "1"},
        "party_id": None, "kind": "vulnerable", "language": "zh", "customer_id": "cus",
        "how": "said_name", "link_id": "l", "card_id": "crd", "account_id": "acc",
        "amount": "100.00", "address": "1 Harbour Road", "branch_id": "central",
        "starts_at": SOON, "topic": "cards", "order_id": "o", "due_at": SOON, "until": SOON,
        "until_at": SOON, "verdict": "fraud", "case_id": "c", "seen_version": 1,
        "resolution": "solved", "note_id": "n", "assist_id": "a", "audience": "agents",
        "announcement_id": "an", "switch_id": "s",
        "alert_id": "al", "severity": 1,
        "en": "Hello", "zh": "你好", "digits": "1", "leg_id": "leg", "action": "pause",
        "flow": "pin", "mode": "listen", "channel": "sms", "account": "main",
        "purposes": ["survey"], "consent": True, "contact_ids": [posted.contact_id],
        "outcome": "solved", "add": ["vip"], "deed_id": "dee", "held_id": "hel",
        "join_id": "jon_x", "letter_id": "wtl", "word": "refused",
        "release": True,
    }  # fmt: skip


async def ask(console: Console, user_id: str, command: str, args: dict[str, Any]) -> dict[str, Any]:
    fields = COMMANDS[command].arguments.model_fields
    args = {**args, **OTHERWISE.get(command, {})}
    given = {name: args[name] for name, one in fields.items() if name in args or one.is_required()}
    said = {"command": command, "args": given}
    return await do(Desk(console.hub, console.tickets), user_id, said, is_proved=proved)


async def proved() -> bool:
    return True


@pytest.mark.parametrize("role", sorted(Role))
async def test_without_the_right_nothing_is_done(
    world: World, console: Console, args: dict[str, Any], role: Role
) -> None:
    await hire(world, "stranger", role.value)
    await world.hub.journal.caught_up()
    events = len(world.log)
    lacking = [name for name, one in COMMANDS.items() if one.right not in RIGHTS[role]]
    for name in lacking:
        answered = await ask(console, "stranger", name, args)
        assert (answered["ok"], answered["code"]) == (False, "no_right"), name
    await world.hub.journal.caught_up()
    assert len(world.log) == events
    assert lacking or role is Role.SUPERVISOR


async def test_a_colleague_cannot_reach_into_a_talk(
    world: World, console: Console, args: dict[str, Any]
) -> None:
    await world.add_agent("bo")
    await presence.set_presence(world.hub, "bo", presence="break", reason="lunch")
    await world.hub.journal.caught_up()
    events = len(world.log)
    for name, command in COMMANDS.items():
        if command.right in RIGHTS[Role.AGENT] and name not in OF_ONESELF:
            answered = await ask(console, "bo", name, args)
            assert not answered["ok"], name
            assert answered["code"] != "invalid", f"{name}: the sweep sent a malformed command"
    await world.hub.journal.caught_up()
    assert len(world.log) == events


async def test_the_disabled_do_nothing(
    world: World, console: Console, args: dict[str, Any]
) -> None:
    for name in COMMANDS:
        assert (await ask(console, "nobody", name, args))["code"] == "no_user"


def test_every_right_of_a_command_is_held_by_somebody() -> None:
    held: frozenset[Right] = frozenset().union(*RIGHTS.values())
    assert {command.right for command in COMMANDS.values()} <= held
