"""Effects leave once; what fails is tried again, bounded, and then told."""

import random
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import select

from hub.domain.events import EffectDone, EffectFailed
from hub.ports import NeedsAttention, SendLater, SendNever
from hub.store import outbox_runner
from hub.store.engine import Store
from hub.store.outbox import CLAIM, DueEffect, emit, retry_effect
from hub.store.outbox_runner import EffectHandler, OutboxRunner
from hub.store.rows import table_of
from hub.store.tables import Effect
from hub.store.unit import Append, Prepared, Unit
from tests.support.clock import ManualClock
from tests.support.units import write
from tests.support.waiting import in_background, until

EFFECT = table_of(Effect).c
STATES = Prepared(select(EFFECT.id, EFFECT.state, EFFECT.attempts).order_by(EFFECT.id))

Act = Callable[[DueEffect], Awaitable[None]]


class Provider:
    """An outside world that remembers each act, and fails as told."""

    def __init__(self, *failures: Exception) -> None:
        self.acts: list[str] = []
        self._failures = list(failures)

    async def __call__(self, effect: DueEffect) -> None:
        self.acts.append(effect.id)
        if self._failures:
            raise self._failures.pop(0)


def runner_of(
    store: Store, clock: ManualClock, act: Act, *, repeatable: bool = False, node: str = "a"
) -> OutboxRunner:
    def on_failed(effect: DueEffect, error_code: str) -> Unit[None]:
        yield Append(
            EffectFailed(
                at=clock.now(),
                effect_id=effect.id,
                effect_kind=effect.kind,
                attempts=effect.attempts,
                error_code=error_code,
            )
        )

    def on_done(effect: DueEffect) -> Unit[None]:
        yield Append(EffectDone(at=clock.now(), effect_id=effect.id, effect_kind=effect.kind))

    return OutboxRunner(
        store.journal,
        store.reader,
        clock,
        {"sms": EffectHandler(act, repeatable=repeatable)},
        node=node,
        random=random.Random(1),
        on_failed=on_failed,
        on_done=on_done,
        shared=store.shared,
    )


async def put_effect(store: Store, clock: ManualClock, effect_id: str = "eff_1") -> None:
    call = emit(
        effect_id=effect_id,
        kind="sms",
        subject="con_1",
        payload_sealed=b"sealed",
        created_at=clock.now(),
    )
    await store.journal.run(write(call))


async def state_of(store: Store) -> str:
    rows = await store.reader.rows(STATES())
    return str(rows[0][1])


async def events_of(store: Store) -> list[str]:
    await store.journal.caught_up()
    return [type(logged.event).__name__ for logged in await store.reader.log_from((0, 0))]


async def test_an_effect_is_done_once_and_told(store: Store, clock: ManualClock) -> None:
    provider = Provider()
    runner = runner_of(store, clock, provider)
    await put_effect(store, clock)
    assert await runner.act_due() == 1
    assert await runner.act_due() == 0
    assert provider.acts == ["eff_1"]
    assert await store.reader.rows(STATES()) == [("eff_1", "done", 1)]
    assert await events_of(store) == ["EffectDone"]


async def test_later_means_a_growing_pause(store: Store, clock: ManualClock) -> None:
    provider = Provider(SendLater(), SendLater())
    runner = runner_of(store, clock, provider)
    await put_effect(store, clock)
    tries = []
    for _ in range(8):
        await runner.act_due()
        tries.append(len(provider.acts))
        clock.jump(1.0)
    assert tries[0] == tries[1] == 1
    assert tries[-1] == 3
    assert await state_of(store) == "done"


async def test_attempts_are_bounded_and_a_supervisor_may_retry(
    store: Store, clock: ManualClock
) -> None:
    provider = Provider(*[SendLater()] * outbox_runner.ATTEMPTS)
    runner = runner_of(store, clock, provider)
    await put_effect(store, clock)
    for _ in range(outbox_runner.ATTEMPTS + 3):
        await runner.act_due()
        clock.jump(outbox_runner.LONGEST_PAUSE_SECONDS)
    assert len(provider.acts) == outbox_runner.ATTEMPTS
    assert await events_of(store) == ["EffectFailed"]
    retry = retry_effect("eff_1", due_at=clock.now())
    assert await store.journal.run(write(retry)) == [1]
    assert await store.journal.run(write(retry)) == [0], "it is pending already"
    await runner.act_due()
    assert await events_of(store) == ["EffectFailed", "EffectDone"]


@pytest.mark.parametrize("failure", [SendNever(), NeedsAttention()])
async def test_never_fails_at_once(store: Store, clock: ManualClock, failure: Exception) -> None:
    runner = runner_of(store, clock, Provider(failure))
    await put_effect(store, clock)
    await runner.act_due()
    assert await store.reader.rows(STATES()) == [("eff_1", "failed", 1)]


async def test_an_unknown_outcome_is_not_repeated(store: Store, clock: ManualClock) -> None:
    provider = Provider(ConnectionResetError("in the middle of the answer"))
    runner = runner_of(store, clock, provider)
    await put_effect(store, clock)
    for _ in range(4):
        await runner.act_due()
        clock.jump(3600)
    assert provider.acts == ["eff_1"]
    assert await state_of(store) == "unknown"
    assert await events_of(store) == ["EffectFailed"]


async def test_an_unknown_outcome_is_repeated_when_the_provider_honours_the_key(
    store: Store, clock: ManualClock
) -> None:
    provider = Provider(ConnectionResetError("in the middle of the answer"))
    runner = runner_of(store, clock, provider, repeatable=True)
    await put_effect(store, clock)
    for _ in range(3):
        await runner.act_due()
        clock.jump(5)
    assert provider.acts == ["eff_1", "eff_1"]
    assert await state_of(store) == "done"


async def test_a_claim_left_behind_is_an_unknown_outcome(store: Store, clock: ManualClock) -> None:
    await put_effect(store, clock)
    until_at = clock.now() + outbox_runner.CLAIM_SECONDS
    claim = CLAIM(effect_id="eff_1", claimed_by="a node that is gone", claimed_until=until_at)
    assert await store.journal.run(write(claim)) == [1]
    clock.jump(outbox_runner.CLAIM_SECONDS + 1)
    provider = Provider()
    async with in_background(runner_of(store, clock, provider, node="b").run()):
        while await state_of(store) == "claimed":
            await clock.settle()
    assert provider.acts == []
    assert await state_of(store) == "unknown"


async def test_two_nodes_act_on_each_effect_once(postgres_store: Store, clock: ManualClock) -> None:
    ids = [f"eff_{n:02}" for n in range(30)]
    for effect_id in ids:
        await put_effect(postgres_store, clock, effect_id)
    provider = Provider()
    runners = [runner_of(postgres_store, clock, provider, node=node) for node in "abc"]
    async with (
        in_background(runners[0].run()),
        in_background(runners[1].run()),
        in_background(runners[2].run()),
    ):
        await until(lambda: len(provider.acts) >= len(ids))
    assert sorted(provider.acts) == ids


async def test_a_new_effect_wakes_the_runner(store: Store, clock: ManualClock) -> None:
    provider = Provider()
    async with in_background(runner_of(store, clock, provider).run()):
        await until(lambda: clock.sleeper_count > 0)
        await put_effect(store, clock)
        await until(lambda: provider.acts == ["eff_1"])
