"""Words that speak of another customer stop, by a guard with its own name."""

from collections.abc import Collection

import pytest

from hub.domain.errors import Refused
from hub.journey.converse import say
from hub.journey.delivery.recipients import candidate_names
from hub.journey.guarding import Guard
from hub.journey.messages import Posted
from hub.journey.secure.send import NewSecure, send_secure
from tests.integration.finding.people import LINDA, add
from tests.support.secure import Secure


async def _say(secure: Secure, talk: Posted, text: str, sure: Collection[Guard] = ()) -> None:
    key = secure.post.hub.new_id("key")
    await say(secure.post.hub, "amara", contact_id=talk.contact_id, key=key, text=text, sure=sure)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Dear Linda Weiss, the fee is back.", "name Linda Weiss"),
        ("林薇女士您好，手续费已退还。", "name 林薇"),
        ("We wrote to linda@mail.example too.", "mail linda@mail.example"),
        ("We rang +49 30 1234 5678.", "phone +49 30 1234 5678"),
        ("For customer 20418807.", "number 20418807"),
    ],
)
async def test_another_customer_stops_until_the_agent_insists_by_its_name(
    secure: Secure, text: str, found: str
) -> None:
    talk = await secure.talk()
    await add(secure.post.world, "20418807", LINDA | {"name_zh": "林薇"})
    for sure in ((), (Guard.SECRET, Guard.NEW_COPY)):
        with pytest.raises(Refused) as refused:
            await _say(secure, talk, text, sure)
        assert (refused.value.code, refused.value.detail) == ("other_customer", found)
    await _say(secure, talk, text, [Guard.OTHER_CUSTOMER])
    assert await secure.audited("guard_overruled") == 1


async def test_the_customers_own_name_and_things_go_out(secure: Secure) -> None:
    talk = await secure.talk()
    for text in ("Dear Mei Tan, all is well.", "谭梅女士您好", "We wrote to mei@mail.example."):
        await _say(secure, talk, text)


async def test_a_secure_message_names_only_accounts_of_its_customer(secure: Secure) -> None:
    talk = await secure.talk()
    new = NewSecure(contact_id=talk.contact_id, key="key-s-1", text="Account number 12345678")
    with pytest.raises(Refused) as refused:
        await send_secure(secure.post.hub, "amara", new)
    assert refused.value.detail == "account 12345678"


def test_names_are_cut_out_of_a_text() -> None:
    assert set(candidate_names("Dear Linda Weiss,")) >= {"Linda Weiss"}
    assert "林薇" in set(candidate_names("请转告林薇女士"))
    assert list(candidate_names("all in small letters")) == []
