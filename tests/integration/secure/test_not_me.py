"""A number that is somebody else's by now: silent at once, nothing of the record shown, checked."""

import pytest

from hub.domain.errors import Refused
from hub.journey.converse import say
from hub.journey.not_me import let_go, mark_not_me
from hub.journey.notify import notice
from hub.journey.opt_out import why_not
from hub.store.rows import find
from hub.store.tables import Contact, Conversation, Task
from hub.text.not_me import says_not_me
from tests.support.identity import PROFILE
from tests.support.letters import CUSTOMER
from tests.support.secure import Secure


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Not me!", True),
        ("This isn’t me.", True),
        ("这不是我", True),
        ("您发错了。", True),
        ("It was not me who paid at Luma", False),
        ("不是我付的款", False),
    ],
)
def test_only_a_whole_message_says_it(text: str, said: bool) -> None:
    assert says_not_me(text) is said


async def _known_thread(secure: Secure) -> str:
    """The customer's own thread, proved; returns its Conversation."""
    await secure.talks.add_customer("cus_1", PROFILE)
    talk = await secure.post.talking()
    await secure.post.writes(
        "and one thing more", customer_id="cus_1", identity_level=2, proof="signed_in_page"
    )
    return talk.conversation_id


async def test_who_says_it_is_left_in_peace_and_the_record_closes(secure: Secure) -> None:
    post, hub = secure.post, secure.post.hub
    conversation_id = await _known_thread(secure)
    contact_id = (await hub.reader.rows(find(Contact, "id")))[0][0]
    await say(hub, "amara", contact_id=contact_id, key="key-pending", text="Your card is ready")
    await post.writes("not me")
    await post.deliver()
    assert [one for one in post.writer.texts if "card" in one] == []
    assert any("until we have checked" in one for one in post.writer.texts)
    assert ("failed", "address_held") in await post.states(conversation_id)
    columns = ("customer_id", "identity_level")
    assert await post.contact(contact_id, *columns) == (None, 0)
    rows = await hub.reader.rows(find(Conversation, "customer_id", id=conversation_id))
    assert rows == [(None,)]
    assert await secure.audited("address_held") == 1
    tasks = await hub.reader.rows(find(Task, "kind", "customer_id", kind="verify_address"))
    assert tasks == [("verify_address", "cus_1")]


async def test_who_writes_next_is_a_guest_without_that_history(secure: Secure) -> None:
    conversation_id = await _known_thread(secure)
    await secure.post.writes("这不是我")
    later = await secure.post.writes("hello, who are you?")
    assert later.conversation_id != conversation_id
    texts = [one.body["text"] for one in await secure.post.said(later.conversation_id)]
    assert "and one thing more" not in texts
    assert await secure.post.contact(later.contact_id, "customer_id") == (None,)


async def test_not_even_a_code_goes_there(secure: Secure) -> None:
    await _known_thread(secure)
    await secure.post.writes("wrong number")
    for purpose in ("service", "one_time_code", "fraud_alert", "survey"):
        assert await why_not(secure.post.hub, "sms", CUSTOMER, purpose) == "address_held"
    await secure.post.hub.journal.run(
        notice(
            secure.post.hub, to_kind="sms", to=CUSTOMER, language="en", text="481203",
            purpose="one_time_code", about="con_1",
        )
    )  # fmt: skip
    with pytest.raises(IndexError):
        await secure.talks.delivered()


async def test_an_agent_marks_it_and_lets_it_go_with_a_reason(secure: Secure) -> None:
    talk, hub = await secure.talk(), secure.post.hub
    assert await mark_not_me(hub, "amara", contact_id=talk.contact_id)
    assert not await mark_not_me(hub, "amara", contact_id=talk.contact_id)
    with pytest.raises(Refused) as refused:
        await secure.sent(talk)
    assert refused.value.code == "no_customer"
    assert await let_go(hub, "amara", contact_id=talk.contact_id, reason="rang the other number")
    assert await why_not(hub, "sms", CUSTOMER, "service") == ""
    assert await secure.audited("address_let_go") == 1
