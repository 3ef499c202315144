"""Acts on what lies in the outbox: claim, act with the idempotency key, record."""

import asyncio
import math
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import structlog

from hub.adapters.crashpoints import crashpoint, declare
from hub.adapters.randomness import Randomness
from hub.domain.errors import Unavailable
from hub.ports import Clock, NeedsAttention, SendLater, SendNever
from hub.store import outbox
from hub.store.journal import Journal
from hub.store.outbox import DueEffect
from hub.store.reader import Reader
from hub.store.unit import Unit
from hub.store.wake import Wake

POLL_SECONDS = 1.0
BATCH = 50
ATTEMPTS = 8
CLAIM_SECONDS = 60.0
ACT_SECONDS = 30.0
"""An act must end well before its claim does, else two nodes could act."""
FIRST_PAUSE_SECONDS = 2.0
LONGEST_PAUSE_SECONDS = 600.0
NOT_NOW_SECONDS = 300.0

UNKNOWN_OUTCOME = "unknown_outcome"
"""The error code of an act of which nobody knows whether it has happened."""

AFTER_CLAIM = declare("outbox.after_claim")
AFTER_ACT = declare("outbox.after_act")

log = structlog.get_logger(__name__)


class NotNow(Exception):
    """Nobody may try the act now. It waits, however long, and this was no try.

    `outbox.hurry` makes it due when that is over; until then it is looked at now and then.
    """


def nothing_more(_effect: DueEffect) -> Unit[None]:
    """Add nothing to the transaction that records a success."""
    yield from ()


def no_word(_effect: DueEffect, _error_code: str) -> Unit[None]:
    """Add nothing to the transaction that records a failure."""
    yield from ()


@dataclass(frozen=True)
class EffectHandler:
    """Does one kind of act.

    `act` raises `SendLater`, `SendNever` or `NeedsAttention`; any other error leaves the outcome
    unknown. `repeatable` says that the provider honours the idempotency key (the effect's id):
    only then is an act with an unknown outcome done again. `on_done` and `on_failed` add what the
    kind itself has to say to the transaction that records its end, such as a card being blocked.
    `attempts` is how often it is tried before it is given up.
    """

    act: Callable[[DueEffect], Awaitable[None]]
    repeatable: bool = False
    attempts: int = ATTEMPTS
    on_done: Callable[[DueEffect], Unit[None]] = nothing_more
    on_failed: Callable[[DueEffect, str], Unit[None]] = no_word


class OutboxRunner:
    """Runs the effects of the kinds it has handlers for.

    `on_done(effect)` and `on_failed(effect, error_code)` add to the transaction that records
    the end of an effect, such as its event.
    """

    def __init__(
        self,
        journal: Journal,
        reader: Reader,
        clock: Clock,
        handlers: Mapping[str, EffectHandler],
        *,
        node: str,
        random: Randomness,
        on_failed: Callable[[DueEffect, str], Unit[None]],
        on_done: Callable[[DueEffect], Unit[None]] = nothing_more,
        shared: bool = False,
    ) -> None:
        self._journal = journal
        self._reader = reader
        self._clock = clock
        self._handlers = handlers
        self._node = node
        self._random = random
        self._on_failed = on_failed
        self._on_done = on_done
        self._shared = shared
        self._wake = Wake(clock)

    async def run(self) -> None:
        """Act until cancelled."""
        end_watch = self._journal.watch(outbox.EMIT, lambda _calls: self._wake.ring())
        try:
            # On a store of our own every old claim is of a process that is gone.
            before = self._clock.now() if self._shared else math.inf
            while True:
                pause_seconds = POLL_SECONDS
                try:
                    await self._settle_left_behind(before)
                    pause_seconds = 0 if await self.act_due() == BATCH else POLL_SECONDS
                except Unavailable as error:
                    log.warning("outbox_waits", code=error.code)
                await self._wake.sleep(pause_seconds)
                before = self._clock.now()
        finally:
            end_watch()

    async def act_due(self) -> int:
        """Act once on what is due now; return how many were claimed."""
        now = self._clock.now()
        call = outbox.DUE(now=now, kinds=list(self._handlers), most=BATCH)
        due = [DueEffect(*row) for row in await self._reader.rows(call)]
        if not due:
            return 0
        mine = await self._journal.run(self._claim(due, now))
        crashpoint(AFTER_CLAIM)
        await asyncio.gather(*(self._act(effect) for effect in mine))
        return len(mine)

    def _claim(self, due: list[DueEffect], now: float) -> Unit[list[DueEffect]]:
        mine = []
        until = now + CLAIM_SECONDS
        for effect in due:
            if (
                yield outbox.CLAIM(effect_id=effect.id, claimed_by=self._node, claimed_until=until)
            ):
                mine.append(effect._replace(attempts=effect.attempts + 1))
        return mine

    async def _act(self, effect: DueEffect) -> None:
        handler = self._handlers[effect.kind]
        try:
            async with asyncio.timeout(ACT_SECONDS):
                await handler.act(effect)
        except SendLater:
            await self._later(effect, "gave_up")
        except NotNow:
            due_at = self._clock.now() + NOT_NOW_SECONDS
            await self._journal.run(self._put_back(effect, due_at))
        except (SendNever, NeedsAttention) as error:
            await self._failed(effect, "failed", error.code)
        except Exception:  # whoever acts may raise anything; then nobody knows the outcome
            log.exception("effect_broke", kind=effect.kind, attempts=effect.attempts)
            await self._unknown(effect)
        else:
            crashpoint(AFTER_ACT)
            await self._journal.run(self._done(effect))

    async def _settle_left_behind(self, before: float) -> None:
        rows = await self._reader.rows(outbox.LEFT_BEHIND(before=before, most=BATCH))
        for row in rows:
            effect = DueEffect(*row)
            if effect.kind in self._handlers:
                await self._unknown(effect)

    async def _unknown(self, effect: DueEffect) -> None:
        """Nobody knows whether the act has happened."""
        if self._handlers[effect.kind].repeatable:
            await self._later(effect, "gave_up")
        else:
            await self._failed(effect, "unknown", UNKNOWN_OUTCOME)

    async def _later(self, effect: DueEffect, error_code: str) -> None:
        if effect.attempts >= self._handlers[effect.kind].attempts:
            await self._failed(effect, "failed", error_code)
            return
        pause = min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2 ** (effect.attempts - 1))
        due_at = self._clock.now() + pause * (0.5 + self._random.random() / 2)
        await self._journal.run(self._settle(effect, "pending", due_at=due_at))

    async def _failed(self, effect: DueEffect, state: str, error_code: str) -> None:
        log.warning("effect_failed", kind=effect.kind, error_code=error_code)

        def unit() -> Unit[None]:
            if (yield from self._settle(effect, state, error_code=error_code)):
                yield from self._on_failed(effect, error_code)
                yield from self._handlers[effect.kind].on_failed(effect, error_code)

        await self._journal.run(unit())

    def _done(self, effect: DueEffect) -> Unit[None]:
        finish = outbox.FINISH(
            effect_id=effect.id, tried=effect.attempts, done_at=self._clock.now()
        )
        if (yield finish):
            yield from self._on_done(effect)
            yield from self._handlers[effect.kind].on_done(effect)

    def _put_back(self, effect: DueEffect, due_at: float) -> Unit[None]:
        yield outbox.PUT_BACK(effect_id=effect.id, tried=effect.attempts, due_at=due_at)

    def _settle(
        self,
        effect: DueEffect,
        state: str,
        *,
        due_at: float | None = None,
        error_code: str | None = None,
    ) -> Unit[bool]:
        changed = yield outbox.SETTLE(
            effect_id=effect.id,
            tried=effect.attempts,
            state=state,
            due_at=self._clock.now() if due_at is None else due_at,
            error_code=error_code,
        )
        return bool(changed)
