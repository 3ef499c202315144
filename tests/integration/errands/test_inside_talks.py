"""Inside an errand, led by either engine: what there is to choose, codes, languages, two wishes."""

from dataclasses import replace
from datetime import time

import pytest

from hub.domain.branches import Branch, Topic
from hub.domain.errors import Refused
from hub.journey.close import close
from hub.store.rows import find, put
from hub.store.tables import BankOrder, CustomerNumber, Survey
from tests.integration.errands.assistant_world import Visitor
from tests.support.identity import HUSBAND, PROFILE, wrong

pytestmark = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)


async def test_who_needed_no_agent_is_contained_and_asked_once(visitor: Visitor) -> None:
    await visitor.come(level=2)
    await visitor.say("balance please")
    await visitor.say("bye")
    hub = visitor.talks.hub
    assert (await visitor.row("state", "ending")) == ("closed", "contained")
    with pytest.raises(Refused):
        await close(hub, visitor.contact_id, by="customer", reason="done")
    await visitor.talks.world.customer_says("hello again")
    surveys = await hub.reader.rows(find(Survey, "contact_id"))
    assert [row[0] for row in surveys] == [visitor.contact_id]


@pytest.mark.parametrize("engine", ["rules"], indirect=True)
async def test_of_a_joint_account_it_is_told_that_it_is_shared(visitor: Visitor) -> None:
    await visitor.talks.add_customer("jun", HUSBAND, accounts=("7", "9"))
    await visitor.talks.add_party("pty_1", "jun", "mei", "joint_holder", "jun_9")
    await visitor.come(level=2)
    told = await visitor.say("balance please")
    assert "Your everyday account ending in 6001: 10.00 CNY" in told
    assert "The account you share ending in 6009: 10.00 CNY" in told
    assert "6007" not in told, "his own stays his"


async def test_an_appointment_is_chosen_from_what_is_free(visitor: Visitor) -> None:
    open_branch(visitor)
    await visitor.come(level=2)
    await visitor.say("an appointment")
    assert (await visitor.offers())[:2] == ["branch:lake", "branch:north"]
    await visitor.choose("branch:lake")
    days = await visitor.offers()
    await visitor.choose(days[0])
    times = await visitor.offers()
    asked = await visitor.choose(times[0])
    assert "Lake Road" in asked
    assert "Home loan" in asked, "the only subject is not asked for"
    told = await visitor.choose("confirmed:yes")
    assert "The reference is" in told
    rows = await visitor.talks.hub.reader.rows(find(BankOrder, "kind", "state"))
    assert [tuple(one) for one in rows] == [("appointment", "applied")]


async def test_a_code_that_does_not_come_is_sent_another_way(visitor: Visitor) -> None:
    await visitor.come(level=1)
    await visitor.say("balance please")
    first = await visitor.talks.code()
    assert {"code:again", "code:other", "person"} <= set(await visitor.offers())
    assert "half a minute" in await visitor.choose("code:again")
    await visitor.talks.world.pass_time(31)
    assert "mailbox" in await visitor.choose("code:other")
    code = await visitor.talks.code()
    assert visitor.talks.carrier.given[-1].to == PROFILE["email"]
    assert "not the code" in await visitor.say(wrong(code)), "nor is the first one any more"
    assert first
    assert "10.00 CNY" in await visitor.say(code)


async def test_a_saved_phone_number_is_never_sent_a_code(visitor: Visitor) -> None:
    """A new phone does not prove its own change: codes go to the record's own addresses."""
    await visitor.come(level=1)
    key = visitor.talks.hub.lookup.of("phone", "+8613900000001")
    await visitor.talks.write(
        put(
            CustomerNumber, id="num_1", customer_id="mei", number_key=key, number_sealed=b"x",
            contact_id=visitor.contact_id, saved_by="amara", saved_at=0.0, proof="code",
            consent_version="1",
        )
    )  # fmt: skip
    await visitor.say("balance please")
    await visitor.talks.code()
    assert [one.to for one in visitor.talks.carrier.given] == [PROFILE["phone"]]


async def test_the_language_is_switched_in_the_middle_and_nothing_is_lost(
    visitor: Visitor,
) -> None:
    open_branch(visitor)
    await visitor.come(level=2)
    await visitor.say("an appointment")
    await visitor.choose("branch:lake")
    told = await visitor.say("中文")
    assert "哪一天" in told
    assert (await visitor.offers())[0].startswith("date:")


def open_branch(visitor: Visitor) -> None:
    """Two branches with a free time each day, and one subject."""
    hub = visitor.talks.hub
    known = {"en": "Home loan", "zh": "住房贷款"}
    lake = Branch(
        id="lake", name={"en": "Lake Road", "zh": "湖滨路"}, address={"en": "16", "zh": "16号"},
        opens=time(9), closes=time(12), days=frozenset(range(1, 8)), slot_minutes=30, seats=1,
    )  # fmt: skip
    north = replace(lake, id="north", name={"en": "North", "zh": "北门"})
    calendar = replace(
        hub.banking.calendar, branches={"lake": lake, "north": north},
        topics={"loan": Topic(code="loan", name=known)},
    )  # fmt: skip
    visitor.talks.world.hub = replace(hub, banking=replace(hub.banking, calendar=calendar))
    visitor.talks.hub = visitor.talks.world.hub


async def test_two_wishes_of_one_sentence_are_taken_up_one_after_the_other(
    visitor: Visitor,
) -> None:
    await visitor.come(level=2)
    told = await visitor.say("block my card and tell me my balance")
    assert "no card of yours" in told
    assert told.index("no card of yours") < told.index("what you asked for besides")
    assert told.index("what you asked for besides") < told.index("10.00 CNY")
