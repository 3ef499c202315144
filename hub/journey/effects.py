"""What became of acts on the outside world, for the log; `supervise.py` decides about lost ones."""

from hub.domain.events import EffectDone, EffectFailed
from hub.journey.context import Hub
from hub.store.outbox import DueEffect
from hub.store.unit import Append, Unit


def done(hub: Hub, effect: DueEffect) -> Unit[None]:
    """Note that the act has happened, in the transaction that records it."""
    yield Append(EffectDone(at=hub.clock.now(), effect_id=effect.id, effect_kind=effect.kind))


def failed(hub: Hub, effect: DueEffect, error_code: str) -> Unit[None]:
    """Note that the act was given up, or that its outcome is unknown; supervisors see it."""
    yield Append(
        EffectFailed(
            at=hub.clock.now(),
            effect_id=effect.id,
            effect_kind=effect.kind,
            attempts=effect.attempts,
            error_code=error_code,
        )
    )
