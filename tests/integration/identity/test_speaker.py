"""Only the accounts of who speaks open; the level falls when another person speaks."""

from functools import partial
from typing import Any

import pytest

from hub.domain.errors import Forbidden, Invalid, Refused
from hub.domain.events import IdentityLowered, SpeakerChanged
from hub.journey.answer import accept
from hub.journey.identity.code import check_code, send_code
from hub.journey.identity.require import require_account, require_level
from hub.journey.identity.speaker import set_speaker
from hub.journey.record import reveal
from hub.store.rows import change
from hub.store.tables import Contact
from hub.store.unit import Unit
from tests.support.identity import AGENT, HUSBAND, PROFILE, Talks


async def prove(talks: Talks, contact_id: str) -> str:
    """Prove who speaks by code; returns where the code went."""
    await talks.world.clock.advance(31)
    await send_code(talks.hub, talks.viewer(), contact_id=contact_id, via="sms")
    code = await talks.code()
    checked = await check_code(talks.hub, talks.viewer(), contact_id=contact_id, code=code)
    assert checked.proved
    return talks.carrier.given[-1].to


async def balances(talks: Talks, contact_id: str) -> dict[str, str | None]:
    pop = await talks.pop(contact_id)
    return {one["id"]: one["balance"]["value"] or one["balance"]["why"] for one in pop["accounts"]}


async def test_another_person_has_to_be_proved_and_sees_only_theirs(talks: Talks) -> None:
    contact_id = await talks.begin("mei")
    await prove(talks, contact_id)
    assert await balances(talks, contact_id) == {"mei_1": "10.00", "mei_2": "10.00"}

    await set_speaker(talks.hub, talks.viewer(), contact_id=contact_id, party_id="pty_jun")
    assert await talks.level_of(contact_id) == 1
    assert await balances(talks, contact_id) == {
        "mei_1": "not_the_speakers", "mei_2": "identity_level_2",
    }  # fmt: skip

    assert await prove(talks, contact_id) == HUSBAND["phone"]
    assert await balances(talks, contact_id) == {"mei_1": "not_the_speakers", "mei_2": "10.00"}
    pop = await talks.pop(contact_id)
    assert [one["account_id"] for one in pop["payments"]] == ["mei_2"]
    assert pop["customer"]["phone"]["why"] == "not_the_speakers"
    with pytest.raises(Forbidden, match="no_reveal"):
        await reveal(
            talks.hub, talks.viewer(), contact_id=contact_id, field="account.mei_1.number",
            reason="asked",
        )  # fmt: skip
    await talks.hub.journal.caught_up()
    kinds = (IdentityLowered, SpeakerChanged)
    assert [type(e) for e in await talks.world.events() if isinstance(e, kinds)] == list(kinds)


async def test_the_pages_sign_in_does_not_speak_for_another(talks: Talks) -> None:
    signed_in: Any = {"customer_id": "mei", "identity_level": 2, "proof": "signed_in_page"}
    posted = await talks.world.customer_says("agent please", **signed_in)
    offer = await talks.world.offer_of(AGENT)
    assert offer is not None
    await accept(talks.hub, AGENT, offer)
    contact_id = posted.contact_id
    assert await talks.level_of(contact_id) == 2
    for party_id in ("pty_jun", None):
        await set_speaker(talks.hub, talks.viewer(), contact_id=contact_id, party_id=party_id)
        await talks.world.customer_says("it is me", **signed_in)
        assert await talks.level_of(contact_id) == 1
        assert (await talks.pop(contact_id))["identity"]["proof"] is None
    await prove(talks, contact_id)
    assert (await talks.pop(contact_id))["identity"]["proof"] == "code"


async def test_the_same_person_again_changes_nothing(talks: Talks) -> None:
    contact_id = await talks.begin("mei")
    await prove(talks, contact_id)
    await set_speaker(talks.hub, talks.viewer(), contact_id=contact_id, party_id=None)
    assert await talks.level_of(contact_id) == 2


async def test_a_code_of_the_one_does_not_prove_the_other(talks: Talks) -> None:
    contact_id = await talks.begin("mei")
    await send_code(talks.hub, talks.viewer(), contact_id=contact_id, via="sms")
    code = await talks.code()
    await set_speaker(talks.hub, talks.viewer(), contact_id=contact_id, party_id="pty_jun")
    with pytest.raises(Refused, match="no_code"):
        await check_code(talks.hub, talks.viewer(), contact_id=contact_id, code=code)


async def test_deeds_ask_whose_account_it_is(talks: Talks) -> None:
    contact_id = await talks.begin("mei")
    await set_speaker(talks.hub, talks.viewer(), contact_id=contact_id, party_id="pty_jun")
    await prove(talks, contact_id)

    def deed(account_id: str) -> Unit[None]:
        contact = yield from require_level(talks.hub, contact_id, 2)
        yield from require_account(talks.hub, contact, account_id)

    await talks.hub.journal.run(lambda: deed("mei_2"))
    for other in ("mei_1", "jun_9", "nobody"):
        with pytest.raises(Forbidden, match="not_the_speakers"):
            await talks.hub.journal.run(partial(deed, other))


async def test_a_joint_account_is_in_the_other_holders_record_too(talks: Talks) -> None:
    contact_id = await talks.begin("jun")
    await prove(talks, contact_id)
    pop = await talks.pop(contact_id)
    assert [(one["id"], one["role"]) for one in pop["accounts"]] == [
        ("jun_9", "holder"), ("mei_2", "joint_holder"),
    ]  # fmt: skip
    assert [one["account_id"] for one in pop["payments"]] == ["jun_9", "mei_2"]
    assert pop["persons"] == []


async def test_a_firm_cannot_speak(talks: Talks) -> None:
    await talks.add_customer("firm", PROFILE | {"name": "Tan Ltd"}, accounts=("a", "b"))
    await talks.add_party("pty_one", "firm", "mei", "director", "firm_a", "firm_b")
    await talks.add_party("pty_two", "firm", "jun", "director", "firm_b")
    contact_id = await talks.begin("firm")
    with pytest.raises(Refused, match="speaker_unknown"):
        await send_code(talks.hub, talks.viewer(), contact_id=contact_id, via="sms")
    await talks.write(change(Contact, contact_id, identity_level=2))
    assert set((await balances(talks, contact_id)).values()) == {"speaker_unknown"}
    assert (await talks.pop(contact_id))["closed"] == "speaker_unknown"
    with pytest.raises(Forbidden, match="speaker_unknown"):
        await talks.hub.journal.run(lambda: require_level(talks.hub, contact_id, 2))
    await set_speaker(talks.hub, talks.viewer(), contact_id=contact_id, party_id="pty_two")
    assert await prove(talks, contact_id) == HUSBAND["phone"]
    assert await balances(talks, contact_id) == {"firm_a": "not_the_speakers", "firm_b": "10.00"}


async def test_a_power_that_ended_opens_nothing(talks: Talks) -> None:
    until = talks.hub.clock.now() + 600
    await talks.add_party("pty_atty", "mei", "jun", "attorney", "mei_1", until_at=until)
    contact_id = await talks.begin("mei")
    await set_speaker(talks.hub, talks.viewer(), contact_id=contact_id, party_id="pty_atty")
    await prove(talks, contact_id)
    assert (await balances(talks, contact_id))["mei_1"] == "10.00"
    await talks.world.clock.advance(600)
    assert (await balances(talks, contact_id))["mei_1"] == "not_the_speakers"
    with pytest.raises(Refused, match="power_ended"):
        await send_code(talks.hub, talks.viewer(), contact_id=contact_id, via="sms")


async def test_nobody_of_another_record_can_be_marked(talks: Talks) -> None:
    contact_id = await talks.begin("jun")
    with pytest.raises(Invalid, match="no_party"):
        await set_speaker(talks.hub, talks.viewer(), contact_id=contact_id, party_id="pty_jun")
