"""Written work as lists; taking the next; many at once with an exact undo."""

from dataclasses import replace
from typing import Any

import pytest

from hub.domain.errors import NotFound, Refused
from hub.domain.written import LetterSetUp
from hub.journey import presence
from hub.journey.answer import accept
from hub.journey.context import Viewer
from hub.journey.converse import say
from hub.journey.written import lists, take, together
from hub.journey.written.aside import set_aside
from hub.journey.written.show import shown
from hub.security.roles import Role
from hub.store.rows import find
from hub.store.tables import AuditEntry, ContactTag, Reservation
from tests.support.invariants import broken
from tests.support.letters import Post

AMARA = Viewer(user_id="amara", roles=frozenset({Role.AGENT}))
ROSA = Viewer(user_id="rosa", roles=frozenset({Role.SUPERVISOR}))
TAGS = {"vip": {"en": "VIP", "zh": "贵宾"}, "late": {"en": "Late", "zh": "迟"}}


@pytest.fixture
def letters(post: Post) -> Post:
    """A hub with tags."""
    post.world.hub = replace(post.hub, letters=LetterSetUp(tags=TAGS))
    return post


async def _many(post: Post, count: int) -> list[str]:
    """So many customers wait; nobody is free."""
    ids = []
    for number in range(count):
        posted = await post.writes("agent please", customer=f"+44770090{number:04d}")
        ids.append(posted.contact_id)
        await post.world.clock.advance(1)
    return ids


async def _ids(post: Post, viewer: Viewer, view: lists.View) -> list[str]:
    scope = lists.scope_of(post.hub, viewer)
    return [one.id for one in await lists.read_lines(post.hub, scope, view, None)]


async def test_a_list_goes_on_after_a_key_and_its_count_is_live(
    letters: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "PAGE", 3)
    hub = letters.hub
    await letters.world.add_agent("amara")
    await presence.set_presence(hub, "amara", presence="break", reason="lunch")
    ids = await _many(letters, 5)
    scope = lists.scope_of(hub, AMARA)
    first = await lists.read_lines(hub, scope, "unassigned", None)
    assert [one.id for one in first[:3]] == ids[:3]
    assert len(first) == 4
    after = lists.Key(first[2].at, first[2].key_id)
    rest = await lists.read_lines(hub, scope, "unassigned", after)
    assert [one.id for one in rest] == ids[3:]
    (row, *_) = await shown(hub, AMARA, rest)
    assert row["preview"] == "agent please"
    assert "0003" not in row["sender"][:-4]
    assert (await lists.count_lines(hub, scope))["unassigned"] == 5
    await take.take(hub, AMARA, ids[1])
    counts = await lists.count_lines(hub, scope)
    assert (counts["unassigned"], counts["mine"], counts["team"]) == (4, 1, 1)
    assert await _ids(letters, AMARA, "mine") == [ids[1]]


async def test_each_list_has_what_its_name_says(letters: Post) -> None:
    hub = letters.hub
    posted = await letters.talking()
    assert await _ids(letters, AMARA, "due") == []
    await letters.world.clock.advance(7.5 * 3600)
    assert await _ids(letters, AMARA, "due") == [posted.contact_id]
    letters.writer.fail = lambda _: Refused("nowhere")
    await say(hub, "amara", contact_id=posted.contact_id, key="k1", text="Good morning")
    await letters.deliver()
    assert await _ids(letters, AMARA, "due") == []
    (failed,) = await lists.read_lines(hub, lists.scope_of(hub, AMARA), "failed", None)
    assert (failed.id, failed.delivery) == (posted.contact_id, "unknown")
    await set_aside(hub, "amara", contact_id=posted.contact_id)
    assert await _ids(letters, AMARA, "waiting") == [posted.contact_id]
    assert await _ids(letters, AMARA, "mine") == []
    assert await _ids(letters, ROSA, "failed") == [posted.contact_id]
    stranger = Viewer(user_id="nobody", roles=frozenset({Role.AGENT}))
    assert await _ids(letters, stranger, "failed") == []
    assert await _ids(letters, stranger, "waiting") == []
    with pytest.raises(NotFound, match="no_contact"):
        await take.take(hub, stranger, posted.contact_id)
    with pytest.raises(Refused, match="no_contact"):
        await together.assign_together(hub, stranger, [posted.contact_id], queue_id="cards")


async def test_take_next_is_routings_choice_and_its_reason_is_in_the_log(letters: Post) -> None:
    hub = letters.hub
    await letters.world.add_agent("amara")
    await presence.set_presence(hub, "amara", presence="break", reason="lunch")
    first, second = await _many(letters, 2)
    contact_id, queue_id, because = await take.take_next(hub, "amara")
    assert (contact_id, queue_id) == (first, "cards")
    assert (because.rule, because.waiting) == ("asked_for", 2)
    rows = await hub.reader.rows(find(Reservation, "state", "agent_id", contact_id=first))
    assert rows == [("accepted", "amara")]
    kinds = [kind for kind in await letters.world.kinds() if kind != "MessageAdded"]
    assert kinds[-3:] == ["ReservationMade", "ReservationAccepted", "ContactAssigned"]
    assert await broken(hub) == []
    assert (await take.take_next(hub, "amara"))[0] == second
    with pytest.raises(Refused, match="nothing_waits"):
        await take.take_next(hub, "amara")


async def _row(post: Post, contact_id: str) -> tuple[Any, ...]:
    return await post.contact(
        contact_id, "state", "queue_id", "owner_agent_id", "target_agent_id", "queued_at",
        "answer_due_at", "waits_for", "parked_until",
    )  # fmt: skip


async def test_what_many_got_is_taken_back_exactly(letters: Post) -> None:
    hub = letters.hub
    posted = await letters.talking()
    await set_aside(hub, "amara", contact_id=posted.contact_id)
    await presence.set_presence(hub, "amara", presence="break", reason="lunch")
    ids = [posted.contact_id, *(await _many(letters, 2))]
    before = [await _row(letters, one) for one in ids]
    done = await together.assign_together(hub, AMARA, [*ids, "con_none"], queue_id="payments")
    assert [one.code for one in done.rows] == ["", "", "", "no_contact"]
    assert {(await _row(letters, one))[1] for one in ids} == {"payments"}
    assert done.deed_id is not None
    taken_back = await together.undo(hub, AMARA, done.deed_id)
    assert [one.code for one in taken_back.rows] == ["", "", ""]
    after = [await _row(letters, one) for one in ids]
    assert [row[:4] for row in after] == [row[:4] for row in before]
    assert [row[4:] for row in after] == [pytest.approx(row[4:]) for row in before]
    assert await broken(hub) == []
    with pytest.raises(Refused, match="too_late"):
        await together.undo(hub, AMARA, done.deed_id)


async def test_undo_leaves_what_somebody_has_taken_since(letters: Post) -> None:
    hub = letters.hub
    await letters.world.add_agent("amara")
    await presence.set_presence(hub, "amara", presence="break", reason="lunch")
    ids = await _many(letters, 2)
    await letters.world.add_agent("ben")
    await presence.set_presence(hub, "ben", presence="break", reason="lunch")
    await letters.world.settle()
    done = await together.assign_together(hub, AMARA, ids, agent_id="ben")
    await presence.set_presence(hub, "ben", presence="available")
    await letters.world.settle()
    offer = await letters.world.offer_of("ben")
    assert offer is not None
    await accept(hub, "ben", offer)
    assert done.deed_id is not None
    back = await together.undo(hub, AMARA, done.deed_id)
    assert sorted(one.code for one in back.rows) == ["", "contact_moved_on"]


async def test_tags_change_and_come_back_row_by_row(letters: Post) -> None:
    hub = letters.hub
    await letters.world.add_agent("amara")
    await presence.set_presence(hub, "amara", presence="break", reason="lunch")
    one, two = await _many(letters, 2)
    await together.tag_together(hub, AMARA, [one], add=["vip"], remove=[])
    done = await together.tag_together(hub, AMARA, [one, two], add=["vip"], remove=["late"])
    assert [row.code for row in done.rows] == ["unchanged", ""]
    assert done.deed_id is not None
    await together.undo(hub, AMARA, done.deed_id)
    rows = await hub.reader.rows(find(ContactTag, "contact_id", tag="vip"))
    assert rows == [(one,)]
    entries = await hub.reader.rows(find(AuditEntry, "action", subject=done.deed_id))
    assert [row[0] for row in entries] == ["done_together", "undone_together"]


async def test_a_close_waits_for_the_undo_and_for_nobody_who_writes(letters: Post) -> None:
    hub = letters.hub
    await letters.world.add_agent("amara")
    await presence.set_presence(hub, "amara", presence="break", reason="lunch")
    one, two, three = await _many(letters, 3)
    first = await together.close_together(hub, AMARA, [one], outcome="solved")
    assert first.deed_id is not None
    await together.undo(hub, AMARA, first.deed_id)
    await letters.pass_time(together.UNDO_SECONDS + 1)
    assert (await _row(letters, one))[0] == "queued"
    await together.close_together(hub, AMARA, [two, three], outcome="solved")
    await letters.writes("one more thing", customer="+447700900002")
    await letters.pass_time(together.UNDO_SECONDS + 1)
    assert (await _row(letters, three))[0] == "queued"
    ended = await letters.contact(two, "state", "ending", "disposition", "end_reason")
    assert ended == ("closed", "handled", "solved", "no_answer_needed")
    assert await broken(hub) == []
