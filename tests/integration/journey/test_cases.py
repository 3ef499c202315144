"""Cases: opened in a Contact, moved on by several people at once, solved, due, reopened."""

import asyncio
import json
from typing import Any

import pytest

from hub.domain.errors import Invalid, Refused
from hub.journey.cases import cases
from hub.journey.cases.cases import CaseEdit
from hub.journey.cases.read import case_of
from hub.store.rows import change, find, put
from hub.store.tables import Contact, Customer, Task
from hub.store.unit import Unit
from tests.support.world import World


async def known_customer(world: World) -> str:
    """A Contact whose Customer is known; returns the Contact."""
    posted = await world.customer_says("hi")

    def unit() -> Unit[None]:
        profile = world.hub.vault.seal(
            json.dumps({"name": "Ada Example"}), "customer", "profile", "cus_1"
        )
        yield put(
            Customer, id="cus_1", number="90000001", segment="everyday", lifecycle="active",
            language="en", since_year=2020, profile_sealed=profile, created_at=0.0,
        )  # fmt: skip
        yield change(Contact, posted.contact_id, customer_id="cus_1", identity_level=1)

    await world.hub.journal.run(unit())
    return posted.contact_id


async def opened(world: World, **more: Any) -> str:
    contact_id = await known_customer(world)
    return await cases.open_case(
        world.hub, contact_id=contact_id, kind="other", words="Wants a new PIN", by="amara", **more
    )


async def test_a_case_tells_its_story_in_order(world: World) -> None:
    await world.add_agent("amara")
    case_id = await opened(world)
    edited = CaseEdit(seen_version=0, stage="in_progress", owner_id="amara", words="On it")
    assert await cases.update_case(world.hub, case_id, edited, by="amara") == 1
    await cases.resolve_case(
        world.hub, case_id, resolution="done", words="Sent", seen_version=1, by="amara"
    )
    case = await case_of(world.hub, case_id)
    assert [(one["what"], one["words"]) for one in case["entries"]] == [
        ("opened", "Wants a new PIN"), ("staged", "On it"), ("resolved", "Sent"),
    ]  # fmt: skip
    assert (case["stage"], case["resolution"], case["owner_id"]) == ("solved", "done", "amara")
    assert len(case["number"]) == 6


async def test_two_who_edit_at_once_lose_no_word(world: World) -> None:
    case_id = await opened(world)
    at = world.clock.now()
    edits = {
        who: CaseEdit(seen_version=0, due_at=at + seconds, words=f"note of {who}")
        for who, seconds in (("amara", 100.0), ("ben", 200.0))
    }
    results = await asyncio.gather(
        *(cases.update_case(world.hub, case_id, edit, by=who) for who, edit in edits.items()),
        return_exceptions=True,
    )
    refused = [one for one in results if isinstance(one, Refused)]
    assert [one.code for one in refused] == ["case_changed"]
    loser = "amara" if isinstance(results[0], Refused) else "ben"
    only_words = CaseEdit(seen_version=0, words=f"note of {loser}")
    await cases.update_case(world.hub, case_id, only_words, by=loser)
    words = {one["words"] for one in (await case_of(world.hub, case_id))["entries"]}
    assert words >= {"note of amara", "note of ben"}


async def test_a_case_that_falls_due_becomes_work(world: World) -> None:
    case_id = await opened(world)
    await world.pass_time(3_600)
    rows = await world.hub.reader.rows(
        find(Task, "kind", "case_id", "customer_id", "state", case_id=case_id)
    )
    assert [tuple(row) for row in rows] == [("case_due", case_id, "cus_1", "open")]


async def test_a_solved_case_is_not_due_until_it_is_reopened(world: World) -> None:
    case_id = await opened(world)
    await cases.resolve_case(
        world.hub, case_id, resolution="done", words="", seen_version=0, by="amara"
    )
    await world.pass_time(3_700)
    assert await world.hub.reader.rows(find(Task, "id", case_id=case_id)) == []
    with pytest.raises(Refused, match="reopen"):
        await cases.update_case(
            world.hub, case_id, CaseEdit(seen_version=1, words="more"), by="ben"
        )
    await cases.reopen_case(world.hub, case_id, words="Not solved", by="ben")
    await world.pass_time(3_700)
    assert len(await world.hub.reader.rows(find(Task, "id", case_id=case_id))) == 1


async def test_what_a_kind_does_not_know_is_refused(world: World) -> None:
    case_id = await opened(world)
    for edited in (
        CaseEdit(seen_version=0, stage="nonsense"),
        CaseEdit(seen_version=0, stage="solved"),
        CaseEdit(seen_version=0, due_at=world.clock.now() - 1),
        CaseEdit(seen_version=0, owner_id="nobody"),
        CaseEdit(seen_version=0, words="x" * 4_001),
        CaseEdit(seen_version=0),
    ):
        with pytest.raises(Invalid):
            await cases.update_case(world.hub, case_id, edited, by="amara")
    with pytest.raises(Invalid):
        await cases.resolve_case(
            world.hub, case_id, resolution="nonsense", words="", seen_version=0, by="amara"
        )
    assert len((await case_of(world.hub, case_id))["entries"]) == 1


async def test_nobodys_matter_is_no_case(world: World) -> None:
    posted = await world.customer_says("hi")
    with pytest.raises(Refused, match="who it is"):
        await cases.open_case(
            world.hub, contact_id=posted.contact_id, kind="other", words="", by="amara"
        )
