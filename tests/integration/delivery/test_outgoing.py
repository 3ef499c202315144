"""Words that wait before they leave: taken back, sent now, sent later, stopped when they misfit."""

import pytest

from hub.domain.errors import Forbidden, Invalid, Refused
from hub.domain.states import ParticipantRole
from hub.journey.close import close
from hub.journey.contact_row import load_contact
from hub.journey.delivery.rules import WrittenRules
from hub.journey.guarding import Guard
from hub.journey.messages import Posted
from hub.journey.opt_out import note_opt_out
from hub.journey.outgoing import change
from hub.journey.outgoing.keep import Kept
from hub.journey.outgoing.read import OutgoingRead, outgoing_of
from hub.journey.outgoing.words import Words
from hub.journey.outgoing.write import write
from hub.journey.participants import add_participant
from hub.store.rows import find
from hub.store.tables import AuditEntry, OutgoingLetter
from hub.store.unit import Unit
from tests.support.letters import CUSTOMER, Post

UNDO_SECONDS = 10.0
DAY_SECONDS = 86_400.0


def dict_of(post: Post) -> dict[str, WrittenRules]:
    """The rules of channels, which a test may change."""
    rules = post.hub.settings.written.of_channel
    assert isinstance(rules, dict)
    return rules


async def _talk(post: Post, *, undo_seconds: float = UNDO_SECONDS) -> Posted:
    rules = WrittenRules(undo_seconds=undo_seconds, close_seconds=90 * DAY_SECONDS)
    dict_of(post)["sms"] = rules
    return await post.talking()


async def _write(
    post: Post, talk: Posted, text: str = "Hello", *, after_seconds: float | None = None,
    agent: str = "amara", key: str = "", seen_seq: int | None = None, sure: tuple[Guard, ...] = (),
) -> Posted | Kept:  # fmt: skip
    words = Words(
        contact_id=talk.contact_id, key=key or post.hub.new_id("key"), text=text,
        seen_seq=seen_seq, sure=sure,
    )  # fmt: skip
    leaves_at = None if after_seconds is None else post.world.clock.now() + after_seconds
    return await write(post.hub, agent, words, leaves_at=leaves_at)


async def _kept(
    post: Post, talk: Posted, text: str = "Hello", *, after_seconds: float | None = None
) -> str:
    kept = await _write(post, talk, text, after_seconds=after_seconds)
    assert isinstance(kept, Kept)
    return kept.letter_id


async def _waiting(post: Post, talk: Posted) -> tuple[OutgoingRead, ...]:
    return (await outgoing_of(post.hub, [talk.conversation_id])).get(talk.conversation_id, ())


async def _audited(post: Post, action: str) -> int:
    return len(await post.hub.reader.rows(find(AuditEntry, "action", action=action)))


async def test_what_was_sent_waits_and_then_leaves(post: Post) -> None:
    talk = await _talk(post)
    await _kept(post, talk)
    await post.pass_time(UNDO_SECONDS - 1, step=UNDO_SECONDS)
    assert post.writer.texts == []
    (waiting,) = await _waiting(post, talk)
    assert waiting.body["text"] == "Hello"
    assert waiting.is_scheduled is False, "pages are told a truth value, whatever the store keeps"
    await post.pass_time(1)
    assert post.writer.texts == ["Hello"]
    assert await _waiting(post, talk) == ()
    rows = await post.hub.reader.rows(find(OutgoingLetter, "state", "words_sealed"))
    assert rows == [("left", None)], "its words are kept once, as the message"


async def test_what_is_taken_back_was_never_said(post: Post) -> None:
    talk = await _talk(post)
    before = len(await post.said(talk.conversation_id))
    letter_id = await _kept(post, talk, "Helo")
    body = await change.take_back(
        post.hub, "amara", contact_id=talk.contact_id, letter_id=letter_id
    )
    assert body["text"] == "Helo"
    await post.pass_time(UNDO_SECONDS * 2)
    assert post.writer.texts == []
    assert len(await post.said(talk.conversation_id)) == before
    with pytest.raises(Refused, match="letter_left"):
        await change.send_now(post.hub, "amara", contact_id=talk.contact_id, letter_id=letter_id)
    assert await _audited(post, "letter_taken_back") == 1


async def test_it_is_too_late_when_it_has_left(post: Post) -> None:
    talk = await _talk(post)
    letter_id = await _kept(post, talk)
    await change.send_now(post.hub, "amara", contact_id=talk.contact_id, letter_id=letter_id)
    await post.deliver()
    assert post.writer.texts == ["Hello"]
    with pytest.raises(Refused, match="letter_left"):
        await change.take_back(post.hub, "amara", contact_id=talk.contact_id, letter_id=letter_id)
    await post.pass_time(UNDO_SECONDS * 2)
    assert post.writer.texts == ["Hello"], "its timer adds nothing"


async def test_the_same_key_is_the_same_words(post: Post) -> None:
    talk = await _talk(post)
    first = await _write(post, talk, key="key-0001")
    assert await _write(post, talk, key="key-0001") == first
    await post.pass_time(UNDO_SECONDS)
    assert await _write(post, talk, key="key-0001") == first
    await post.pass_time(UNDO_SECONDS)
    assert post.writer.texts == ["Hello"]


async def test_nobody_else_takes_it_back(post: Post) -> None:
    talk = await _talk(post)
    letter_id = await _kept(post, talk)
    await post.world.add_agent("bo")
    for act in (change.take_back, change.send_now):
        with pytest.raises(Forbidden):
            await act(post.hub, "bo", contact_id=talk.contact_id, letter_id=letter_id)


async def test_no_pause_means_at_once(post: Post) -> None:
    talk = await _talk(post, undo_seconds=0)
    assert isinstance(await _write(post, talk), Posted)
    await post.deliver()
    assert post.writer.texts == ["Hello"]


async def test_sent_later_leaves_on_its_day_and_holds_nothing_up(post: Post) -> None:
    talk = await _talk(post, undo_seconds=0)
    letter_id = await _kept(post, talk, "On Monday", after_seconds=2 * DAY_SECONDS)
    await _write(post, talk, "Today")
    await post.deliver()
    assert post.writer.texts == ["Today"]
    await change.move(
        post.hub, "amara", contact_id=talk.contact_id, letter_id=letter_id,
        leaves_at=post.world.clock.now() + DAY_SECONDS,
    )  # fmt: skip
    await post.pass_time(DAY_SECONDS, step=DAY_SECONDS)
    assert post.writer.texts == ["Today", "On Monday"]
    assert await _audited(post, "letter_scheduled") == 2


@pytest.mark.parametrize("after_seconds", [-1.0, 367 * DAY_SECONDS])
async def test_a_time_that_nobody_means_is_refused(post: Post, after_seconds: float) -> None:
    talk = await _talk(post)
    with pytest.raises(Invalid, match="bad_time"):
        await _write(post, talk, after_seconds=after_seconds)


async def test_what_the_customer_wrote_since_stops_it_until_staff_decide(post: Post) -> None:
    talk = await _talk(post, undo_seconds=0)
    letter_id = await _kept(post, talk, "Please call us.", after_seconds=DAY_SECONDS)
    await post.writes("It is solved, thank you")
    await post.pass_time(DAY_SECONDS, step=DAY_SECONDS)
    assert post.writer.texts == []
    stopped = (await _waiting(post, talk))[0]
    assert (stopped.state, stopped.why) == ("stopped", "customer_wrote")
    lines = [one.body.get("event") for one in await post.said(talk.conversation_id)]
    assert "letter_stopped" in lines
    await change.send_now(post.hub, "amara", contact_id=talk.contact_id, letter_id=letter_id)
    await post.deliver()
    assert post.writer.texts == ["Please call us."]


async def test_who_opts_out_meanwhile_gets_nothing(post: Post) -> None:
    talk = await _talk(post, undo_seconds=0)
    await _kept(post, talk, after_seconds=DAY_SECONDS)
    await note_opt_out(post.hub, channel="sms", address=CUSTOMER, by="customer", proof="m")
    await post.pass_time(DAY_SECONDS, step=DAY_SECONDS)
    assert post.writer.texts == []
    assert (await _waiting(post, talk))[0].why == "opted_out"


async def test_a_close_sends_what_only_waited_for_an_undo(post: Post) -> None:
    talk = await _talk(post)
    await _kept(post, talk, "Goodbye")
    await close(post.hub, talk.contact_id, by="amara", reason="agent_ended")
    await post.deliver()
    assert "Goodbye" in post.writer.texts
    said = [one.body["text"] for one in await post.said(talk.conversation_id)]
    events = [one.body.get("event") for one in await post.said(talk.conversation_id)]
    assert said.index("Goodbye") < events.index("closed")


async def test_staff_do_not_close_over_words_that_have_a_time(post: Post) -> None:
    talk = await _talk(post)
    letter_id = await _kept(post, talk, after_seconds=DAY_SECONDS)
    with pytest.raises(Refused, match="letter_waits"):
        await close(post.hub, talk.contact_id, by="amara", reason="agent_ended")
    await change.take_back(post.hub, "amara", contact_id=talk.contact_id, letter_id=letter_id)
    await close(post.hub, talk.contact_id, by="amara", reason="agent_ended")


async def test_who_answers_second_is_asked(post: Post) -> None:
    talk = await _talk(post)
    await post.world.add_agent("bo")
    heard = (await post.writes("and this?")).seq
    await _join(post, talk, "bo")
    await _write(post, talk, "Mine", agent="bo", seen_seq=heard)
    with pytest.raises(Refused) as refused:
        await _write(post, talk, "Mine too", seen_seq=heard)
    assert (refused.value.code, refused.value.detail) == ("answered_meanwhile", "bo")
    await post.pass_time(UNDO_SECONDS)
    with pytest.raises(Refused, match="answered_meanwhile"):
        await _write(post, talk, "Mine too", seen_seq=heard)
    newest = (await post.said(talk.conversation_id))[-1].seq
    await _write(post, talk, "I have read it", seen_seq=newest)
    await _write(post, talk, "All the same", seen_seq=heard, sure=(Guard.ANSWERED,))
    await post.pass_time(UNDO_SECONDS)
    assert post.writer.texts == ["Mine", "I have read it", "All the same"]


async def _join(post: Post, talk: Posted, agent: str) -> None:
    def unit() -> Unit[None]:
        contact = yield from load_contact(talk.contact_id)
        at = post.world.clock.now()
        yield from add_participant(contact, agent, ParticipantRole.JOINED, at)

    await post.hub.journal.run(unit())
