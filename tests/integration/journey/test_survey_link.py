"""The link of a survey goes to the phone once, with consent, when the chat gave no answer."""

import json
from dataclasses import replace

from hub.journey import close, survey_link
from hub.journey.notify import KIND
from hub.journey.survey import answer_survey, survey_of_contact
from hub.journey.waiting import TimerKind
from hub.store.rows import change, find, put
from hub.store.tables import Consent, Contact, Customer, Effect, Survey, Timer
from hub.store.unit import Unit
from tests.integration.journey.test_notify import Carrier
from tests.support.world import World

PHONE, MAIL = "+8613800002716", "lin.wei@mail.example"
DAY = 86_400.0


def with_carrier(world: World, *kinds: str) -> None:
    """Let the world's hub deliver Notices."""
    carrier = Carrier(kinds=frozenset(kinds))  # type: ignore[arg-type]
    world.hub = replace(
        world.hub, notify=carrier, survey_link=lambda key, _: f"https://bank.example/survey/{key}"
    )


async def add_customer(world: World, *, consent: bool | None = True, phone: str = PHONE) -> None:
    """A customer who has a phone and a mailbox."""
    profile = json.dumps({"name": "Lin Wei", "phone": phone, "email": MAIL})

    def unit() -> Unit[None]:
        yield put(
            Customer, id="cus_1", number="20418807", segment="premier", lifecycle="active",
            language="zh", since_year=2016, created_at=1.0,
            profile_sealed=world.hub.vault.seal(profile, "customer", "profile", "cus_1"),
        )  # fmt: skip
        if consent is not None:
            yield put(Consent, customer_id="cus_1", code="surveys", given=consent)

    await world.hub.journal.run(unit())


async def ended_contact(world: World, *, customer: str | None = "cus_1") -> str:
    """A Contact that an agent served and closed; returns its survey."""
    contact_id = (await world.customer_says("hello")).contact_id

    def unit() -> Unit[None]:
        yield change(
            Contact, contact_id, customer_id=customer, first_assigned_at=1.0, language="zh"
        )

    await world.hub.journal.run(unit())
    await close.close(world.hub, contact_id, by="customer", reason="done")
    survey = await survey_of_contact(world.hub, contact_id)
    assert survey is not None
    return survey.id


async def sent(world: World) -> list[dict[str, str]]:
    """The Notices in the outbox."""
    rows = await world.hub.reader.rows(find(Effect, "id", "payload_sealed", kind=KIND))
    vault = world.hub.vault
    return [json.loads(vault.open(sealed, "effect", "payload", key)) for key, sealed in rows]


async def test_an_unanswered_survey_goes_to_the_phone_once(world: World) -> None:
    with_carrier(world, "sms", "email")
    await add_customer(world)
    survey_id = await ended_contact(world)
    await world.pass_time(595)
    assert await sent(world) == []
    await world.pass_time(10)
    (notice,) = await sent(world)
    assert (notice["to_kind"], notice["to"], notice["language"]) == ("sms", PHONE, "zh")
    assert notice["text"].endswith(f"https://bank.example/survey/{survey_id}")
    assert "请评价" in notice["text"]
    await survey_link.send_link(world.hub, survey_id)
    assert len(await sent(world)) == 1


async def test_who_answered_in_the_chat_is_not_asked_again(world: World) -> None:
    with_carrier(world, "sms")
    await add_customer(world)
    await answer_survey(world.hub, await ended_contact(world), score=5)
    await world.pass_time(605)
    assert await sent(world) == []


async def test_a_customer_is_asked_once_a_month(world: World) -> None:
    with_carrier(world, "email", "sms")
    await add_customer(world, phone="")
    await ended_contact(world)
    await world.pass_time(605)
    await ended_contact(world)
    await world.pass_time(605)
    assert [one["to"] for one in await sent(world)] == [MAIL]
    await world.clock.advance(30 * DAY)
    await ended_contact(world)
    await world.pass_time(605)
    assert len(await sent(world)) == 2


async def test_without_consent_proof_or_carrier_nobody_is_asked(world: World) -> None:
    await add_customer(world, consent=False)
    survey_id = await ended_contact(world)
    assert await timers_of(world) == [], "no carrier, no timer"
    with_carrier(world, "sms")
    await ended_contact(world)
    await ended_contact(world, customer=None)
    await world.pass_time(605)
    assert await sent(world) == []
    assert (await world.hub.reader.rows(find(Survey, "sent_at", id=survey_id))) == [(None,)]


async def timers_of(world: World) -> list[tuple[str]]:
    """Subjects of armed link timers."""
    return await world.hub.reader.rows(find(Timer, "subject", kind=TimerKind.SURVEY_LINK.value))
