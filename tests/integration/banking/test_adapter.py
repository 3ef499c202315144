"""The REST adapter against the real demo core over loopback: slow, broken, killed, away."""

import random
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from hub.adapters.breaker import BreakerRules, Circuit
from hub.adapters.clock import SystemClock
from hub.adapters.core_banking.client import RestCore
from hub.domain.banking import CoreOrder, CoreVerdict, Verdict
from hub.ports import CoreAway, NeedsAttention, OutcomeUnknown
from tests.support.core_bank import LIN_WEI, CoreProcess

CARD = f"crd_demo{LIN_WEI}0"


def block(key: str) -> CoreOrder:
    return CoreOrder(key=key, kind="block_card", number=LIN_WEI, arguments={"card_id": CARD})


@pytest_asyncio.fixture
async def core(core_bank: CoreProcess) -> AsyncIterator[RestCore]:
    client = core_bank.client(SystemClock(), random.Random(1), pause_seconds=0.01)
    yield client
    await client.close()


async def test_a_record_is_read_whole(core: RestCore) -> None:
    record = await core.record_of(LIN_WEI, payments_since=0.0)
    assert record is not None
    assert [one.limit for one in record.accounts] == ["20000.00", "5000.00", None]
    assert {one.last_four for one in record.cards} == {"4417", "7735"}
    assert len(record.payments) == 40
    newest = max(one.at for one in record.payments)
    later = await core.record_of(LIN_WEI, payments_since=newest)
    assert later is not None
    assert [one.at for one in later.payments] == [newest]
    assert await core.record_of("99999999", payments_since=0.0) is None


async def test_an_order_is_applied_once_for_ever(core: RestCore, core_bank: CoreProcess) -> None:
    first = await core.carry_out(block("ord_once"))
    assert first.applied
    assert first.result == {"card_state": "blocked"}
    assert await core.carry_out(block("ord_once")) == first
    assert await core.state_of("ord_once") == first
    [order] = core_bank.orders()
    assert (order["received"], order["applied"]) == (2, 1)


async def test_a_verdict_whose_answer_is_lost_is_said_again_and_kept_once(
    core: RestCore, core_bank: CoreProcess
) -> None:
    core_bank.pay("pay_strange")
    record = await core.record_of(LIN_WEI, payments_since=0.0)
    assert record is not None
    strange = next(one for one in record.payments if one.id == "pay_strange")
    assert (strange.place, record.version) == ("Dubai", 2)
    told = CoreVerdict(key="tsk_once", number=LIN_WEI, payment_id=strange.id, verdict=Verdict.FRAUD)
    core_bank.suffer(drop=1)
    await core.take_verdict(told)
    [kept] = core_bank.verdicts()
    assert (kept["verdict"], kept["received"]) == ("fraud", 2)
    other = CoreVerdict(
        key="tsk_once", number=LIN_WEI, payment_id=strange.id, verdict=Verdict.GENUINE
    )
    with pytest.raises(NeedsAttention):
        await core.take_verdict(other)
    assert core_bank.verdicts()[0]["verdict"] == "fraud"


async def test_the_banks_refusal_is_an_answer(core: RestCore, core_bank: CoreProcess) -> None:
    await core.carry_out(block("ord_first"))
    again = await core.carry_out(block("ord_second"))
    assert (again.applied, again.reason) == (False, "card_blocked")
    assert core_bank.orders()[0]["applied"] == 0


async def test_a_key_of_another_order_needs_a_person(core: RestCore) -> None:
    await core.carry_out(block("ord_key"))
    other = CoreOrder(key="ord_key", kind="replace_card", number=LIN_WEI, arguments={})
    with pytest.raises(NeedsAttention):
        await core.carry_out(other)


async def test_an_order_that_never_arrived_is_known_as_such(core: RestCore) -> None:
    assert await core.state_of("ord_never") is None


async def test_an_answer_dropped_after_applying_leaves_the_outcome_unknown(
    core: RestCore, core_bank: CoreProcess
) -> None:
    core_bank.suffer(drop=1)
    with pytest.raises(OutcomeUnknown):
        await core.carry_out(block("ord_dropped"))
    answer = await core.state_of("ord_dropped")
    assert answer is not None
    assert answer.applied
    assert core_bank.orders()[0]["applied"] == 1


async def test_killed_between_applying_and_answering(
    core: RestCore, core_bank: CoreProcess
) -> None:
    core_bank.kill()
    core_bank.start(crash="demo_core.after_applying:1")
    with pytest.raises(OutcomeUnknown):
        await core.carry_out(block("ord_killed"))
    assert core_bank.wait_for_end() == 137
    with pytest.raises(CoreAway):
        await core.state_of("ord_killed")
    core_bank.start()
    answer = await core.state_of("ord_killed")
    assert answer is not None
    assert answer.applied
    assert core_bank.orders()[0]["applied"] == 1


async def test_too_slow_an_answer_is_an_unknown_outcome_and_a_slow_read_is_away(
    core_bank: CoreProcess,
) -> None:
    core_bank.suffer(delay=0.5)
    hasty = core_bank.client(
        SystemClock(), random.Random(1), answer_seconds=0.1, read_attempts=2, pause_seconds=0.01
    )
    with pytest.raises(OutcomeUnknown):
        await hasty.carry_out(block("ord_slow"))
    with pytest.raises(CoreAway):
        await hasty.record_of(LIN_WEI, payments_since=0.0)
    await hasty.close()


async def test_a_read_is_asked_again_after_a_failure(
    core: RestCore, core_bank: CoreProcess
) -> None:
    core_bank.suffer(fail_every=2)
    for _ in range(6):
        assert await core.record_of(LIN_WEI, payments_since=0.0) is not None
    assert core.breaker.circuit is Circuit.CLOSED


async def test_an_order_is_never_repeated_by_the_adapter(
    core: RestCore, core_bank: CoreProcess
) -> None:
    core_bank.suffer(fail_every=1)
    with pytest.raises(OutcomeUnknown):
        await core.carry_out(block("ord_broken"))
    core_bank.suffer()
    assert core_bank.orders() == []


async def test_nothing_is_called_while_the_breaker_is_open(core_bank: CoreProcess) -> None:
    rules = BreakerRules(failures=2, open_seconds=3600.0)
    core = core_bank.client(
        SystemClock(), random.Random(1), breaker=rules, read_attempts=2, pause_seconds=0.01
    )
    core_bank.suffer(fail_every=1)
    with pytest.raises(CoreAway):
        await core.record_of(LIN_WEI, payments_since=0.0)
    assert core.breaker.circuit is Circuit.OPEN
    core_bank.suffer()
    with pytest.raises(CoreAway, match="breaker"):
        await core.carry_out(block("ord_open"))
    assert not (await core.check()).ok
    assert core_bank.orders() == []
    await core.close()


async def test_the_wrong_token_needs_a_person(core_bank: CoreProcess) -> None:
    core_bank.token = "somebody else's"
    stranger = core_bank.client(SystemClock(), random.Random(1))
    with pytest.raises(NeedsAttention):
        await stranger.record_of(LIN_WEI, payments_since=0.0)
    with pytest.raises(NeedsAttention):
        await stranger.carry_out(block("ord_stranger"))
    await stranger.close()
