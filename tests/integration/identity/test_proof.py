"""An agent has a customer prove who speaks; the record opens, log and audit tell how."""

import json

import pytest

from hub.domain.errors import Forbidden, Invalid, Refused
from hub.domain.events import CustomerProved, ProofAsked
from hub.journey import transfer
from hub.journey.answer import accept
from hub.journey.identity.code import check_code, send_code
from hub.journey.identity.questions import ask_questions, check_answers
from hub.journey.identity.require import require_level
from hub.journey.messages import messages_of
from hub.store.rows import find
from hub.store.tables import AuditEntry, Contact, Verification
from tests.support.identity import AGENT, OTHER_AGENT, PROFILE, Talks, answers, wrong


async def test_a_code_opens_the_record(talks: Talks) -> None:
    contact_id = await talks.begin("mei")
    before = await talks.pop(contact_id)
    assert before["closed"] == "identity_level_2"
    assert before["identity"]["ways"] == [
        {"via": "sms", "masked": "+86 138 •••• 1234"},
        {"via": "email", "masked": "m•••@mail.example"},
    ]
    await send_code(talks.hub, talks.viewer(), contact_id=contact_id, via="sms")
    notice = await talks.delivered()
    assert (notice.to, notice.purpose) == (PROFILE["phone"], "one_time_code")
    code = notice.text[:6]
    checked = await check_code(talks.hub, talks.viewer(), contact_id=contact_id, code=f" {code} ")
    assert (checked.proved, checked.level) == (True, 2)
    after = await talks.pop(contact_id)
    assert after["identity"]["proof"] == "code"
    assert after["identity"]["proved_by"]["zh"] == "员工"
    assert [one["balance"]["value"] for one in after["accounts"]] == ["10.00", "10.00"]
    assert after["payments"][0]["merchant"].startswith("Luma")


async def test_the_log_and_the_audit_tell_method_time_and_agent(talks: Talks) -> None:
    contact_id = await talks.begin("mei")
    await send_code(talks.hub, talks.viewer(), contact_id=contact_id, via="email")
    await check_code(talks.hub, talks.viewer(), contact_id=contact_id, code=await talks.code())
    await talks.hub.journal.caught_up()
    told = [e for e in await talks.world.events() if isinstance(e, (ProofAsked, CustomerProved))]
    assert [(type(e).__name__, e.method, e.by) for e in told] == [
        ("ProofAsked", "code", AGENT), ("CustomerProved", "code", AGENT),
    ]  # fmt: skip
    columns = ("identity_proof", "identity_proved_at", "identity_proved_by")
    rows = await talks.hub.reader.rows(find(Contact, *columns, id=contact_id))
    assert rows[0] == ("code", talks.hub.clock.now(), AGENT)
    audit = await talks.hub.reader.rows(find(AuditEntry, "action", "details", subject=contact_id))
    assert {"proof_asked", "customer_proved"} <= {row[0] for row in audit}


async def test_the_code_is_nowhere_but_in_the_message(talks: Talks) -> None:
    contact_id = await talks.begin("mei")
    await send_code(talks.hub, talks.viewer(), contact_id=contact_id, via="sms")
    code = await talks.code()
    stored = await talks.hub.reader.rows(find(Verification, "code_key", contact_id=contact_id))
    assert code not in str(stored)
    assert code not in json.dumps(await talks.pop(contact_id))
    assert code not in str(await talks.world.events())


async def test_two_questions_open_the_record(talks: Talks) -> None:
    contact_id = await talks.begin("mei")
    asked = await ask_questions(talks.hub, talks.viewer(), contact_id=contact_id)
    assert len(asked.questions) == 2
    checked = await check_answers(
        talks.hub, talks.viewer(), contact_id=contact_id, answers=answers(asked.questions)
    )
    assert (checked.proved, checked.level) == (True, 2)
    with pytest.raises(Refused, match="already_proved"):
        await ask_questions(talks.hub, talks.viewer(), contact_id=contact_id)


async def test_no_answer_is_on_the_page_before_it_is_given(talks: Talks) -> None:
    contact_id = await talks.begin("mei")
    page = json.dumps(await talks.pop(contact_id))
    for answer in ("05-17", "Luma", "3280"):
        assert answer not in page
    asked = await ask_questions(talks.hub, talks.viewer(), contact_id=contact_id)
    assert not set(answers(asked.questions).values()) & set(asked.questions)


async def test_asking_again_brings_no_easier_question(talks: Talks) -> None:
    contact_id = await talks.begin("mei")
    first = await ask_questions(talks.hub, talks.viewer(), contact_id=contact_id)
    for _ in range(3):
        again = await ask_questions(talks.hub, talks.viewer(), contact_id=contact_id)
        assert again.questions == first.questions


async def test_questions_and_a_code_are_two_factors(talks: Talks) -> None:
    contact_id = await talks.begin("mei")
    asked = await ask_questions(talks.hub, talks.viewer(), contact_id=contact_id)
    said = answers(asked.questions)
    await check_answers(talks.hub, talks.viewer(), contact_id=contact_id, answers=said)
    await send_code(talks.hub, talks.viewer(), contact_id=contact_id, via="sms")
    code = await talks.code()
    checked = await check_code(talks.hub, talks.viewer(), contact_id=contact_id, code=code)
    assert checked.level == 3


async def test_a_customer_types_the_code_in_the_chat(talks: Talks) -> None:
    contact_id = await talks.begin("mei")
    await send_code(talks.hub, talks.viewer(), contact_id=contact_id, via="sms")
    code = await talks.code()
    posted = await talks.world.customer_says(f"it is {code[:3]} {code[3:]}, thanks")
    assert await talks.level_of(contact_id) == 2
    stored = await messages_of(talks.hub, posted.conversation_id)
    texts = [one.body["text"] for one in stored]
    assert "it is ••••••, thanks" in texts
    assert code not in json.dumps([one.body for one in stored])
    said, told = (next(m.seq for m in stored if test(m)) for test in (
        lambda m: "••••••" in m.body["text"], lambda m: m.body.get("event") == "identity_proved",
    ))  # fmt: skip
    assert said < told


async def test_numbers_stay_when_no_code_is_open(talks: Talks) -> None:
    await talks.begin("mei")
    posted = await talks.world.customer_says("order 123456 please")
    stored = await messages_of(talks.hub, posted.conversation_id)
    assert stored[-1].body["text"] == "order 123456 please"


async def test_a_guest_has_to_be_found_first(talks: Talks) -> None:
    contact_id = await talks.begin(None)
    with pytest.raises(Refused, match="no_customer"):
        await send_code(talks.hub, talks.viewer(), contact_id=contact_id, via="sms")


async def test_a_code_goes_nowhere_without_a_carrier(talks: Talks) -> None:
    talks.carrier.kinds = frozenset({"sms"})
    contact_id = await talks.begin("mei")
    assert [way["via"] for way in (await talks.pop(contact_id))["identity"]["ways"]] == ["sms"]
    with pytest.raises(Refused, match="no_carrier"):
        await send_code(talks.hub, talks.viewer(), contact_id=contact_id, via="email")


async def test_resending_is_throttled(talks: Talks) -> None:
    contact_id = await talks.begin("mei")
    await send_code(talks.hub, talks.viewer(), contact_id=contact_id, via="sms")
    with pytest.raises(Refused, match="resend_later"):
        await send_code(talks.hub, talks.viewer(), contact_id=contact_id, via="email")
    for _ in range(4):
        await talks.world.clock.advance(31)
        await send_code(talks.hub, talks.viewer(), contact_id=contact_id, via="sms")
    await talks.world.clock.advance(60)
    with pytest.raises(Refused, match="too_many_codes"):
        await send_code(talks.hub, talks.viewer(), contact_id=contact_id, via="sms")


async def test_only_who_serves_the_customer_may_prove(talks: Talks) -> None:
    contact_id = await talks.begin("mei")
    with pytest.raises(Forbidden, match="not_in_contact"):
        await send_code(talks.hub, talks.viewer(OTHER_AGENT), contact_id=contact_id, via="sms")


async def test_a_transfer_keeps_what_was_proved(talks: Talks) -> None:
    contact_id = await talks.begin("mei")
    await send_code(talks.hub, talks.viewer(), contact_id=contact_id, via="sms")
    await check_code(talks.hub, talks.viewer(), contact_id=contact_id, code=await talks.code())
    await talks.world.add_agent(OTHER_AGENT)
    await transfer.transfer(
        talks.hub, AGENT, contact_id=contact_id, agent_to=OTHER_AGENT, note="her balance"
    )
    await talks.world.settle()
    offer = await talks.world.offer_of(OTHER_AGENT)
    assert offer is not None
    await accept(talks.hub, OTHER_AGENT, offer)
    assert await talks.level_of(contact_id) == 2


async def test_deeds_need_their_level(talks: Talks) -> None:
    contact_id = await talks.begin("mei")
    with pytest.raises(Forbidden, match="identity_level"):
        await talks.hub.journal.run(lambda: require_level(talks.hub, contact_id, 2))
    await send_code(talks.hub, talks.viewer(), contact_id=contact_id, via="sms")
    code = await talks.code()
    with pytest.raises(Invalid):
        await check_code(talks.hub, talks.viewer(), contact_id=contact_id, code="12345")
    await check_code(talks.hub, talks.viewer(), contact_id=contact_id, code=code)
    held = await talks.hub.journal.run(lambda: require_level(talks.hub, contact_id, 2))
    assert held.customer_id == "mei"
    assert wrong(code) != code
