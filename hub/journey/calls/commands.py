"""What engines are told: numbered per call, stored with the deed, carried out in order.

    call = yield from tell(hub, call, RunProgram, leg_id=leg.id, program=program)

The effect's id is the command's: an engine does one only once, however often it arrives.
"""

import json
from typing import Any, Final

from hub.domain.calls import CallCommand, Dial, EndCause
from hub.domain.calls_codec import from_wire, to_wire
from hub.journey.calls.legs import CallRow
from hub.journey.context import Hub
from hub.ports import SendNever
from hub.store.outbox import emit
from hub.store.rows import change
from hub.store.tables import Call
from hub.store.unit import Unit

KIND: Final = "call"
ATTEMPTS: Final = 4
"""About ten seconds: a command that is later is of no use on a live line."""
USEFUL_SECONDS: Final = 30.0


def tell(hub: Hub, call: CallRow, command: type[CallCommand], **words: Any) -> Unit[CallRow]:
    """Ask the call's engine for something; returns the call with its new count."""
    number = call.commands + 1
    effect_id = f"{call.id}.{number:05d}"
    given = command(command_id=effect_id, **words)
    at = hub.clock.now()
    payload = {"engine": call.engine, "until": at + USEFUL_SECONDS, "command": to_wire(given)}
    text = json.dumps(payload, ensure_ascii=False)
    yield change(Call, call.id, commands=number)
    yield emit(
        effect_id=effect_id,
        kind=KIND,
        subject=call.id,
        payload_sealed=hub.vault.seal(text, "effect", "payload", effect_id),
        created_at=at,
    )
    return call._replace(commands=number)


def command_of(hub: Hub, effect_id: str, payload_sealed: bytes) -> tuple[str, float, CallCommand]:
    """Open an effect: which engine, until when it is of use, and what it is asked for."""
    payload = hub.vault.open_json(payload_sealed, "effect", "payload", effect_id)
    return payload["engine"], payload["until"], from_wire(payload["command"])


async def carry_out(hub: Hub, effect_id: str, payload_sealed: bytes) -> None:
    """Give the command to its engine; one that comes too late is dropped."""
    engine, until, command = command_of(hub, effect_id, payload_sealed)
    if hub.clock.now() > until:
        raise SendNever("its time is over")
    await hub.engines[engine].carry_out(command)


def failed_dial(command: CallCommand) -> tuple[str, EndCause] | None:
    """The Leg that will never be, when a command to dial was given up."""
    return (command.leg_id, EndCause.FAILED) if isinstance(command, Dial) else None
