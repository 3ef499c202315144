"""The bank's own flows on a line: Chinese, a PIN, a balance, a person; and a PIN in the talk."""

import json
from dataclasses import replace

from hub.customers.phone_pin import set_pin
from hub.domain.calls import EnterRoom, Gather, RecordMessage, Wait
from hub.journey.calls.menu import send_to_menu
from hub.journey.memory import remembered
from hub.journey.messages import messages_of
from hub.store.rows import change, find
from hub.store.tables import Contact, Customer
from ivr.flow.source import Source
from ivr.phone_menu import PhoneMenu
from ivr.shelf import Shelf
from tests.support.calls import CALLER, Line
from tests.support.fake_engine import FakeLeg
from tests.support.identity import Talks
from tests.support.phone_flows import FOLDER, KNOWN

PIN = "739201"
QUEUES = ("cards", "payments")
HERE = replace(KNOWN, queues={queue: {"en": queue, "zh": queue} for queue in QUEUES})
"""Fewer queues than the flow names: as after a change of the set-up."""


async def with_bank_menu(line: Line) -> Line:
    """Lin Wei is known by number and PIN, and the bank's flows answer."""
    files = {name: Source(FOLDER / f"{name}.yaml").document for name in ("main", "pin")}
    phone = PhoneMenu(
        Shelf(files, HERE), open_queues=lambda: frozenset(QUEUES), last_queue="payments"
    )
    line.world.hub = line.hub = replace(line.hub, self_service=phone)
    line.engine.hub = line.hub
    talks = Talks(line.world)
    await talks.add_customer("cus_1", {"name": "Lin Wei", "phone": CALLER})
    key = line.hub.lookup.of("phone", CALLER)
    pin = set_pin(line.hub.lookup, "cus_1", PIN, line.world.clock.now())
    await talks.write(change(Customer, "cus_1", phone_key=key), pin)
    return line


async def said_on(line: Line, phone: FakeLeg) -> list[str]:
    """Everything that is kept of the call."""
    contact_id = await line.contact_of(phone)
    rows = await line.hub.reader.rows(
        find(Contact, "conversation_id", "bot_state_sealed", "requirements", id=contact_id)
    )
    kept = await messages_of(line.hub, rows[0][0], limit=200)
    return [json.dumps(one.body, ensure_ascii=False) for one in kept] + [
        str(remembered(line.hub, contact_id, rows[0][1])),
        str(rows[0][2]),
    ]


async def test_chinese_pin_balance_and_a_person(any_line: Line) -> None:
    line = await with_bank_menu(any_line)
    await line.world.add_agent("wujia", skills='[["lang:zh", 5]]')
    phone = await line.call()
    for keys in ("2", "2", PIN, "1"):
        await phone.press(keys)
    assert any("余额" in text and "10" in text for text in phone.heard[-3:]), phone.heard
    assert (await line.row(phone, "identity_level", "language", "customer_id")) == (
        2, "zh", "cus_1",
    )  # fmt: skip
    for keys in ("2", "3", "2"):
        await phone.press(keys)
    await line.settle()
    assert (await line.row(phone, "state", "queue_id"))[1] == "cards"
    assert phone.does(Wait)
    await line.accept("wujia")
    assert phone.does(EnterRoom)
    assert not any(PIN in text for text in await said_on(line, phone))


async def test_a_pin_in_the_talk_proves_and_comes_back_to_the_agent(line: Line) -> None:
    line = await with_bank_menu(line)
    phone = await line.call()
    for keys in ("1", "1", "2"):
        await phone.press(keys)
    await line.settle()
    await line.accept("amara")
    contact_id = await line.contact_of(phone)
    await send_to_menu(line.hub, "amara", contact_id=contact_id, flow="pin")
    await line.settle()
    assert phone.does(Gather)
    await phone.press(PIN)
    await line.settle()
    assert phone.room_id == contact_id
    assert (await line.row(phone, "state", "owner_agent_id", "identity_level")) == (
        "assigned", "amara", 2,
    )  # fmt: skip
    assert not any(PIN in text for text in await said_on(line, phone))


async def test_silence_leads_to_a_person_and_a_loan_at_night_to_a_message(line: Line) -> None:
    line = await with_bank_menu(line)
    phone = await line.call()
    for _ in range(5):
        await phone.press("")
    await line.settle()
    assert (await line.row(phone, "queue_id"))[0] == "payments", "the flow's queue is gone"
    late = await line.call("+8613800132717")
    for keys in ("1", "5", "2"):
        await late.press(keys)
    await line.settle()
    assert late.does(RecordMessage)
