"""Receipts and news of Cases reach who has left the chat, and nobody who has read them there."""

import json
from dataclasses import replace
from typing import Any

import pytest

from hub.domain.work import TASK_CHANNEL
from hub.journey import close, converse
from hub.journey.banking import ask
from hub.journey.cases.cases import CaseEdit, open_case, resolve_case, update_case
from hub.journey.messages import messages_of
from hub.journey.news import send_unseen
from hub.journey.notify import KIND
from hub.journey.waiting import TimerKind
from hub.store.rows import change, find, put
from hub.store.tables import Case, Consent, Contact, Conversation, Customer, Effect, Timer
from tests.integration.banking.bank import CARD, CUSTOMER, EVERYDAY, Bank, ScriptedCore
from tests.integration.journey.test_notify import Carrier
from tests.support.units import write
from tests.support.world import World


async def bank_of(world: World, *kinds: str, language: str = "en") -> Bank:
    carrier = Carrier(kinds=frozenset(kinds or {"sms", "email"}))  # type: ignore[arg-type]
    world.hub = replace(world.hub, notify=carrier)
    bank = Bank(world, ScriptedCore())
    await bank.open(language=language)
    return bank


async def block(bank: Bank) -> None:
    await ask.block_card(
        bank.hub, "amara", contact_id=bank.contact_id, key="k1", card_id=CARD, reason="lost"
    )
    await bank.act(pause=1.0)


async def minutes_later(bank: Bank) -> list[dict[str, Any]]:
    """Ring what is due; returns the Notices in the outbox."""
    await bank.world.clock.advance(bank.hub.settings.news_after_seconds + 1)
    for (subject,) in await bank.hub.reader.rows(find(Timer, "subject", kind=TimerKind.NEWS)):
        await send_unseen(bank.hub, subject)
        await send_unseen(bank.hub, subject)
    rows = await bank.hub.reader.rows(find(Effect, "id", "payload_sealed", kind=KIND))
    return [
        json.loads(bank.hub.vault.open(sealed, "effect", "payload", key)) for key, sealed in rows
    ]


async def read_all(bank: Bank) -> None:
    rows = await bank.hub.reader.rows(find(Conversation, "last_seq", id=bank.conversation_id))
    await converse.mark_seen(
        bank.hub, conversation_id=bank.conversation_id, seq=rows[0][0], by="customer"
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "card ending in 4417 is blocked"), ("zh", "尾号 4417 的银行卡已锁定")],
)
async def test_a_receipt_follows_who_has_left(world: World, language: str, words: str) -> None:
    bank = await bank_of(world, language=language)
    await block(bank)
    await close.close(bank.hub, bank.contact_id, by="customer", reason="done")
    [sent] = await minutes_later(bank)
    assert words in sent["text"]
    assert (sent["to_kind"], sent["purpose"], sent["language"]) == ("sms", "service", language)


async def test_who_reads_it_in_the_chat_is_not_told_again(world: World) -> None:
    bank = await bank_of(world)
    await block(bank)
    await read_all(bank)
    assert await minutes_later(bank) == []


async def test_a_grave_change_is_told_to_the_known_address_though_it_was_read(
    world: World,
) -> None:
    """Whoever reads the chat may be a stranger; nor does a refused consent keep it back."""
    bank = await bank_of(world)
    refused = put(Consent, customer_id=CUSTOMER, code="service", given=False)
    await bank.hub.journal.run(write(refused))
    await ask.change_limit(
        bank.hub, "amara", contact_id=bank.contact_id, key="k", account_id=EVERYDAY,
        amount="12345.00",
    )  # fmt: skip
    await bank.act(pause=1.0)
    await read_all(bank)
    [sent] = await minutes_later(bank)
    assert sent["purpose"] == "fraud_alert"
    assert "Not you? Call us." in sent["text"]


async def test_a_notice_says_no_amount(world: World) -> None:
    bank = await bank_of(world, "email")
    await ask.change_limit(
        bank.hub, "amara", contact_id=bank.contact_id, key="k", account_id=EVERYDAY,
        amount="12345.00",
    )  # fmt: skip
    await bank.act(pause=1.0)
    [sent] = await minutes_later(bank)
    assert sent["to_kind"] == "email"
    assert sent["subject"]
    assert "12" not in sent["text"].split("Reference")[0]


@pytest.mark.parametrize("kind", ["sms", "email"])
async def test_of_an_order_in_a_task_the_receipt_itself_goes_out_once(
    world: World, kind: str
) -> None:
    bank = await bank_of(world, kind)
    await bank.hub.journal.run(write(change(Contact, bank.contact_id, channel=TASK_CHANNEL)))
    assert isinstance(bank.core, ScriptedCore)
    bank.core.script = ["dropped"]
    await block(bank)
    await bank.act(times=2)
    [told] = await bank.receipts()
    [sent] = await minutes_later(bank)
    assert sent["text"] == told.body["text"]
    assert "Nobody can pay with it any more" in sent["text"]
    assert (sent["to_kind"], sent["purpose"]) == (kind, "service")


@pytest.mark.parametrize("why", ["no_consent", "deceased", "no_carrier"])
async def test_who_must_not_be_written_to_is_not(world: World, why: str) -> None:
    bank = await bank_of(world)
    if why == "no_consent":
        call = put(Consent, customer_id=CUSTOMER, code="service", given=False)
    elif why == "deceased":
        call = change(Customer, CUSTOMER, warnings='["deceased"]')
    else:
        call = change(Customer, CUSTOMER, warnings="[]")
        object.__setattr__(bank.hub, "notify", Carrier(kinds=frozenset()))
    await bank.hub.journal.run(write(call))
    await block(bank)
    assert await minutes_later(bank) == []


async def test_news_of_a_case_say_that_it_moves_and_no_more(world: World) -> None:
    bank = await bank_of(world, language="zh")
    hub = bank.hub
    kind = next(one for one in hub.work.cases.values() if not one.is_acknowledged)
    case_id = await open_case(
        hub, contact_id=bank.contact_id, kind=kind.code, words="secret words", by="amara"
    )
    stage = next(one.code for one in kind.stages[1:] if not one.is_final)
    edit = CaseEdit(seen_version=0, stage=stage, words="more secrets")
    version = await update_case(hub, case_id, edit, by="amara")
    await update_case(hub, case_id, CaseEdit(seen_version=version, words="a note"), by="amara")
    await close.close(hub, bank.contact_id, by="customer", reason="done")
    resolution = next(iter(kind.resolutions))
    await resolve_case(
        hub, case_id, resolution=resolution, words="why", seen_version=version, by="amara"
    )
    number = (await hub.reader.rows(find(Case, "number", id=case_id)))[0][0]
    told = [one.body["text"] for one in await messages_of(hub, bank.conversation_id)]
    sent = [one["text"] for one in await minutes_later(bank)]
    assert len(sent) == 2
    assert set(sent) <= set(told)
    assert all(number in text for text in sent)
    assert not any("secret" in text for text in sent)
