"""A Notice leaves with its deed, once, and its words are gone afterwards; lost ones are told."""

import random
from dataclasses import dataclass, field, replace
from functools import partial

import pytest

from hub.domain.errors import Refused
from hub.domain.events import EffectDone, EffectFailed, EffectSettled
from hub.domain.notice import Notice, NoticeKind
from hub.journey import effects, notify, supervise
from hub.journey.context import Hub
from hub.ports import NeedsAttention, SendLater
from hub.store.outbox_runner import ATTEMPTS, OutboxRunner
from hub.store.rows import find
from hub.store.tables import Effect
from hub.store.unit import Unit
from tests.support.world import World

SUPERVISOR = "usr_supervisor"


@dataclass
class Carrier:
    """A carrier that remembers what it was given, and fails as told."""

    failures: list[Exception] = field(default_factory=list)
    given: list[Notice] = field(default_factory=list)
    kinds: frozenset[NoticeKind] = frozenset({"sms", "email"})
    honours_key: bool = False

    async def send(self, notice: Notice) -> None:
        """Take it, or fail."""
        self.given.append(notice)
        if self.failures:
            raise self.failures.pop(0)


def outbox_of(hub: Hub) -> OutboxRunner:
    """The runner as wiring makes it."""
    return OutboxRunner(
        hub.journal,
        hub.reader,
        hub.clock,
        {notify.KIND: notify.handler(hub)},
        node=hub.node,
        random=random.Random(1),
        on_failed=partial(effects.failed, hub),
        on_done=partial(effects.done, hub),
    )


async def ask(hub: Hub, *, useful_until: float | None = None) -> str:
    """Ask for a one-time code."""
    return await hub.journal.run(
        lambda: notify.notice(
            hub, to_kind="sms", to="+8613800002716", language="zh", text="验证码 481203",
            purpose="one_time_code", about="con_1", useful_until=useful_until,
        )
    )  # fmt: skip


async def state_of(hub: Hub, effect_id: str) -> tuple[str, bytes | None]:
    """State and sealed words of an effect."""
    row = (await hub.reader.rows(find(Effect, "state", "payload_sealed", id=effect_id)))[0]
    return row[0], row[1]


async def test_it_arrives_once_and_its_words_are_deleted(world: World) -> None:
    carrier = Carrier()
    hub = replace(world.hub, notify=carrier)
    effect_id = await ask(hub)
    state, sealed = await state_of(hub, effect_id)
    assert state == "pending"
    assert sealed is not None
    assert b"481203" not in sealed
    outbox = outbox_of(hub)
    assert [await outbox.act_due(), await outbox.act_due()] == [1, 0]
    assert [(one.to, one.text, one.key) for one in carrier.given] == [
        ("+8613800002716", "验证码 481203", effect_id)
    ]
    assert await state_of(hub, effect_id) == ("done", None)
    await hub.journal.caught_up()
    assert isinstance((await world.events())[-1], EffectDone)


async def test_no_deed_without_its_notice_and_no_notice_without_its_deed(world: World) -> None:
    def deed() -> Unit[None]:
        yield from notify.notice(
            world.hub, to_kind="sms", to="+1", language="en", text="never", purpose="receipt",
            about="con_1",
        )  # fmt: skip
        raise Refused("changed_my_mind")

    with pytest.raises(Refused):
        await world.hub.journal.run(deed())
    assert await world.hub.reader.rows(find(Effect, "id")) == []


async def test_what_came_too_late_is_not_sent(world: World) -> None:
    carrier = Carrier()
    hub = replace(world.hub, notify=carrier)
    effect_id = await ask(hub, useful_until=hub.clock.now() + 300)
    await world.clock.advance(301)
    await outbox_of(hub).act_due()
    assert carrier.given == []
    assert (await state_of(hub, effect_id))[0] == "failed"


async def test_attempts_are_bounded_and_a_supervisor_tries_again(world: World) -> None:
    carrier = Carrier([SendLater() for _ in range(ATTEMPTS)])
    hub = replace(world.hub, notify=carrier)
    effect_id = await ask(hub)
    outbox = outbox_of(hub)
    for _ in range(ATTEMPTS + 2):
        await outbox.act_due()
        await world.clock.advance(600)
    assert len(carrier.given) == ATTEMPTS
    await hub.journal.caught_up()
    told = [event for event in await world.events() if isinstance(event, EffectFailed)]
    assert [(one.effect_kind, one.attempts, one.error_code) for one in told] == [
        ("notify", ATTEMPTS, "gave_up")
    ]
    await supervise.retry_effect(hub, SUPERVISOR, effect_id=effect_id)
    await outbox.act_due()
    assert (await state_of(hub, effect_id))[0] == "done"
    await hub.journal.caught_up()
    assert [e.decision for e in await world.events() if isinstance(e, EffectSettled)] == ["retried"]


async def test_an_unknown_outcome_waits_for_a_person(world: World) -> None:
    carrier = Carrier([ConnectionResetError()])
    hub = replace(world.hub, notify=carrier)
    effect_id = await ask(hub)
    outbox = outbox_of(hub)
    for _ in range(3):
        await outbox.act_due()
        await world.clock.advance(600)
    assert len(carrier.given) == 1
    assert (await state_of(hub, effect_id))[0] == "unknown"
    await supervise.drop_effect(hub, SUPERVISOR, effect_id=effect_id)
    assert await state_of(hub, effect_id) == ("dropped", None)
    with pytest.raises(Refused, match="effect_not_failed"):
        await supervise.retry_effect(hub, SUPERVISOR, effect_id=effect_id)


async def test_a_carrier_that_honours_keys_is_asked_again(world: World) -> None:
    carrier = Carrier([ConnectionResetError()], honours_key=True)
    hub = replace(world.hub, notify=carrier)
    effect_id = await ask(hub)
    outbox = outbox_of(hub)
    await outbox.act_due()
    await world.clock.advance(600)
    await outbox.act_due()
    assert [one.key for one in carrier.given] == [effect_id, effect_id]
    assert (await state_of(hub, effect_id))[0] == "done"


async def test_without_an_account_it_fails_at_once(world: World) -> None:
    assert world.hub.notify.kinds == frozenset()
    with pytest.raises(NeedsAttention):
        await world.hub.notify.send(
            Notice(
                to_kind="sms", to="+1", language="en", subject=None, text="x", purpose="receipt",
                key="k",
            )
        )  # fmt: skip
