"""The outbox's hands for calls: commands in order, recordings when there is time."""

from hub.journey.calls import commands
from hub.journey.calls.ended import leg_ended
from hub.journey.context import Hub
from hub.store.outbox import DueEffect
from hub.store.outbox_runner import EffectHandler
from hub.store.unit import Unit


def handler(hub: Hub) -> EffectHandler:
    """Carries out commands; engines do a repeated one only once."""

    async def act(effect: DueEffect) -> None:
        await commands.carry_out(hub, effect.id, effect.payload_sealed)

    def failed(effect: DueEffect, error_code: str) -> Unit[None]:
        yield from given_up(hub, effect, error_code)

    return EffectHandler(act, repeatable=True, attempts=commands.ATTEMPTS, on_failed=failed)


def given_up(hub: Hub, effect: DueEffect, _code: str) -> Unit[None]:
    """A command was given up; who was never dialled is treated as one who did not answer."""
    _, _, command = commands.command_of(hub, effect.id, effect.payload_sealed)
    never = commands.failed_dial(command)
    if never is not None:
        yield from leg_ended(hub, *never)
