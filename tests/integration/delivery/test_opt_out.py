"""The ledger of who must not be written to is obeyed by every sender."""

from dataclasses import replace

import pytest

from agent_console.console import Console
from hub.domain.errors import Forbidden, Invalid, Refused
from hub.journey import close
from hub.journey.converse import say
from hub.journey.delivery.refusals import note_refusal, refusals_of, take_back_refusal
from hub.journey.delivery.rules import WrittenRules, WrittenSetUp
from hub.journey.delivery.start import NewLetter, start_written
from hub.journey.notify import notice
from hub.journey.opt_out import note_opt_out, take_back_opt_out, why_not
from tests.integration.console.desk import FoldingPage, fresh_state
from tests.integration.delivery.letters_of import MEI, add_customer
from tests.integration.journey.test_notify import Carrier, outbox_of
from tests.support.letters import CUSTOMER, NUMBER, Post


async def test_an_agents_words_are_not_sent_and_say_why(post: Post) -> None:
    talk = await post.talking()
    await note_opt_out(post.hub, channel="sms", address=CUSTOMER, by="customer", proof="in-9")
    await say(post.hub, "amara", contact_id=talk.contact_id, key="key-one", text="hello?")
    await post.deliver()
    assert post.writer.texts == []
    assert (await post.states(talk.conversation_id))[-1] == ("failed", "opted_out")
    assert "EffectFailed" not in await post.world.kinds()
    assert await take_back_opt_out(
        post.hub, channel="sms", address="0086 138-0013-2716", by="customer", proof="in-10"
    )
    await say(post.hub, "amara", contact_id=talk.contact_id, key="key-two", text="welcome")
    await post.deliver()
    assert post.writer.texts == ["welcome"]


async def test_notices_obey_too_but_for_what_the_customer_asked_for(post: Post) -> None:
    carrier = Carrier([])
    object.__setattr__(post.hub, "notify", carrier)
    await note_opt_out(post.hub, channel="sms", address=CUSTOMER, by="customer", proof="in-9")
    for purpose in ("service", "survey", "receipt", "one_time_code", "fraud_alert"):
        await post.hub.journal.run(
            notice(
                post.hub, to_kind="sms", to=CUSTOMER, language="en", text="x", purpose=purpose,
                about="con_1",
            )
        )  # fmt: skip
    await outbox_of(post.hub).act_due()
    assert {one.purpose for one in carrier.given} == {"one_time_code", "fraud_alert"}


async def test_a_purpose_is_refused_alone_and_the_ledger_keeps_the_first_proof(post: Post) -> None:
    where = {"channel": "sms", "address": CUSTOMER}
    talk = await post.talking()
    here = {"contact_id": talk.contact_id, "channel": "sms"}
    assert await note_refusal(post.hub, "amara", **here, purposes=["survey"])
    assert not await note_refusal(post.hub, "amara", **here, purposes=["survey"])
    told = await refusals_of(post.hub, "amara", here["contact_id"])
    assert [(one.channel, one.purpose, one.by) for one in told] == [("sms", "survey", "amara")]
    with pytest.raises(Forbidden):
        await refusals_of(post.hub, "ben", here["contact_id"])
    with pytest.raises(Forbidden):
        await note_refusal(post.hub, "ben", **here, purposes=["survey"])
    with pytest.raises(Invalid):
        await note_refusal(post.hub, "amara", **here, purposes=["fraud"])
    assert await why_not(post.hub, **where, purpose="survey")
    assert not await why_not(post.hub, **where, purpose="service")
    assert not await why_not(post.hub, channel="email", address=CUSTOMER, purpose="survey")
    assert await take_back_refusal(post.hub, "amara", **here, purposes=["survey"])
    assert await refusals_of(post.hub, "amara", here["contact_id"]) == []
    assert not await why_not(post.hub, **where, purpose="survey")


async def test_who_refused_surveys_is_not_asked(post: Post) -> None:
    rules = WrittenSetUp(of_channel={"sms": WrittenRules(survey="reply")})
    post.world.hub = replace(post.hub, settings=replace(post.hub.settings, written=rules))
    talk = await post.talking()
    await note_refusal(
        post.hub, "amara", contact_id=talk.contact_id, channel="sms", purposes=["survey"]
    )
    await close.close(post.hub, talk.contact_id, by="amara", reason="done")
    await post.pass_time(60.0)
    assert post.writer.texts == []


async def test_nobody_begins_to_write_to_who_opted_out(post: Post) -> None:
    await post.world.add_agent("amara")
    await add_customer(post)
    await note_opt_out(post.hub, channel="sms", address=CUSTOMER, by="customer", proof="in-9")
    letter = NewLetter(customer_id=MEI, channel="sms", account=NUMBER, key="key-one", text="Hi")
    with pytest.raises(Refused, match="opted_out"):
        await start_written(post.hub, "amara", letter)


async def test_the_agents_page_shows_states_and_a_closed_composer(
    post: Post, console: Console
) -> None:
    talk = await post.talking()
    page = FoldingPage(console, "amara")
    await page.hello()
    assert "composer" not in page.state["contacts"][talk.contact_id]
    await say(post.hub, "amara", contact_id=talk.contact_id, key="key-one", text="hello")
    await page.caught_up()
    assert page.state["messages"][talk.conversation_id][-1]["delivery"]["state"] == "queued"
    await post.deliver()
    await page.caught_up()
    assert page.state["messages"][talk.conversation_id][-1]["delivery"]["state"] == "sent"
    await note_opt_out(post.hub, channel="sms", address=CUSTOMER, by="customer", proof="in-9")
    await page.caught_up()
    assert page.state["contacts"][talk.contact_id]["composer"] == {"closed": "opted_out"}
    assert page.state == await fresh_state(page)
