"""Several outcomes of one talk, and a complaint that opens its Case in the same unit."""

import json

import pytest

from hub.domain.errors import Invalid, Refused
from hub.domain.events import CaseOpened, WrapUpFinished
from hub.journey import answer, close
from hub.journey.wrap_up import finish
from hub.store.rows import change, find, put
from hub.store.tables import Assignment, Case, Contact, Customer
from hub.store.unit import Unit
from tests.support.world import PlainSetUp, World


async def wrapping(world: World) -> str:
    """A Contact of Amara's in its wrap-up, in a queue with three outcomes."""
    setup = world.hub.setup
    assert isinstance(setup, PlainSetUp)
    label = {"en": "Label", "zh": "标签"}
    cards = setup.queues["cards"]
    outcomes = dict.fromkeys(("solved", "fees", "later"), label)
    setup.queues["cards"] = type(cards)(cards.names, cards.wrap_up_seconds, outcomes)
    posted = await world.customer_says("agent")
    await world.add_agent("amara")
    await world.settle()
    offer = await world.offer_of("amara")
    assert offer is not None
    await answer.accept(world.hub, "amara", offer)
    await close.close(world.hub, posted.contact_id, by="amara", reason="agent_ended")
    return posted.contact_id


async def make_known(world: World, contact_id: str) -> None:
    """Somebody of the bank wrote."""

    def unit() -> Unit[None]:
        sealed = world.hub.vault.seal("{}", "customer", "profile", "cus-1")
        yield put(
            Customer, id="cus-1", number="10001", segment="everyday", lifecycle="active",
            language="en", since_year=2020, profile_sealed=sealed, created_at=0.0,
        )  # fmt: skip
        yield change(Contact, contact_id, customer_id="cus-1", identity_level=1)

    await world.hub.journal.run(unit())


async def test_primary_and_extra_outcomes_are_kept(world: World) -> None:
    contact = await wrapping(world)
    case = await finish(
        world.hub, "amara", contact_id=contact, disposition="solved", more=("fees", "later")
    )
    await world.settle()
    assert case is None
    rows = await world.hub.reader.rows(
        find(Assignment, "disposition", "more_dispositions", contact_id=contact)
    )
    assert [(one, json.loads(more)) for one, more in rows] == [("solved", ["fees", "later"])]
    told = [event for event in await world.events() if isinstance(event, WrapUpFinished)]
    assert [(one.disposition, one.more) for one in told] == [("solved", ("fees", "later"))]


@pytest.mark.parametrize("more", [("solved",), ("fees", "fees"), ("unknown",), ("a",) * 6])
async def test_strange_outcomes_are_refused(world: World, more: tuple[str, ...]) -> None:
    contact = await wrapping(world)
    with pytest.raises(Invalid):
        await finish(world.hub, "amara", contact_id=contact, disposition="solved", more=more)
    await finish(world.hub, "amara", contact_id=contact, disposition="solved")


async def test_a_complaint_opens_its_case_with_its_clock(world: World) -> None:
    contact = await wrapping(world)
    await make_known(world, contact)
    case = await finish(
        world.hub, "amara", contact_id=contact, disposition="solved", is_complaint=True,
        notes="Fees were charged twice. pin 1234",
    )  # fmt: skip
    await world.settle()
    rows = await world.hub.reader.rows(
        find(Case, "kind", "customer_id", "contact_id", "due_at", id=case)
    )
    assert rows == [("complaint", "cus-1", contact, world.clock.now() + 3600)]
    assert [e.case_kind for e in await world.events() if isinstance(e, CaseOpened)] == ["complaint"]


async def test_a_complaint_of_nobody_is_refused_and_nothing_is_finished(world: World) -> None:
    contact = await wrapping(world)
    with pytest.raises(Refused, match="no_customer"):
        await finish(
            world.hub, "amara", contact_id=contact, disposition="solved", is_complaint=True
        )
    rows = await world.hub.reader.rows(find(Assignment, "wrap_up", contact_id=contact))
    assert rows == [("open",)]
