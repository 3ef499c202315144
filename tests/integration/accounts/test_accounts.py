"""Mailboxes connected while the hub runs: read, written from, paused, tried, removed."""

from collections.abc import Callable
from typing import Any

import pytest

from channels.email.out.compose import POLICY
from hub.customers.opt_outs import Purpose
from hub.domain.accounts import AccountNow, WayState
from hub.domain.errors import Invalid, NotFound, Refused
from hub.journey.accounts import attempt, follow, keep
from hub.journey.accounts.board import AccountBoard
from hub.journey.accounts.read import AccountSeen, accounts_of
from hub.journey.opt_out import note_opt_out
from hub.store.rows import find
from hub.store.tables import ChannelAccountRow, Contact, Effect
from tests.support.accounts import ADMIN, LOANS, Connected
from tests.support.imap_server import PASSWORD
from tests.support.mail_room import BANK, CUSTOMER, letter
from tests.support.waiting import in_background, until

RAW = letter("May I borrow?", to=LOANS).as_bytes(policy=POLICY)


async def seen(post: Connected, account: str = LOANS) -> AccountSeen:
    found = [one for one in await accounts_of(post.room.hub) if one.now.id == account]
    assert len(found) == 1
    return found[0]


def states(now: AccountNow) -> list[WayState]:
    return [way.state for way in (now.comes, now.leaves) if way is not None]


async def contacts(post: Connected) -> list[tuple[Any, ...]]:
    return await post.room.hub.reader.rows(find(Contact, "id", "account"))


async def answered(post: Connected, text: str = "You may.") -> str:
    """A customer wrote to the mailbox, and an agent answers."""
    await post.comes(RAW)
    await post.room.world.settle()
    contact_id = await post.room.accepted()
    await post.room.deliver()
    post.room.relay.raw.clear()
    await post.room.answer(contact_id, text)
    return contact_id


async def test_a_mailbox_is_read_and_answered_from_without_a_restart(post: Connected) -> None:
    assert await post.connect() == LOANS
    await answered(post)
    (mail,) = post.room.relay.mails
    assert (mail["From"], mail["To"]) == (f"Loans <{LOANS}>", CUSTOMER)
    shown = await seen(post)
    assert (shown.now.queue_id, states(shown.now)) == ("payments", [WayState.WORKS] * 2)
    at = post.room.hub.clock.now()
    assert (shown.row.last_in_at, shown.row.last_out_at) == (at, at)
    assert await post.audited() == ["account_connected"]


async def test_what_is_secret_is_sealed_and_never_shown(post: Connected) -> None:
    await post.connect()
    rows = await post.room.hub.reader.rows(find(ChannelAccountRow, "options_sealed"))
    assert PASSWORD.encode() not in rows[0][0]
    shown = await seen(post)
    assert shown.options is not None
    assert PASSWORD not in str(shown)
    assert shown.options["imap"]["user"] == "service"


async def test_a_removed_mailbox_is_closed_and_forgotten(post: Connected) -> None:
    await post.connect()
    await until(lambda: post.server.idles == 1)
    await keep.remove(post.room.hub, ADMIN, "email", LOANS)
    assert [one.now.id for one in await accounts_of(post.room.hub)] == [BANK]
    assert await post.room.hub.reader.rows(find(ChannelAccountRow, "account")) == []
    post.server.deliver(RAW)
    assert post.server.seen == set()
    with pytest.raises(NotFound):
        await keep.remove(post.room.hub, ADMIN, "email", BANK)
    assert await post.audited() == ["account_connected", "account_removed"]


async def test_a_paused_mailbox_neither_reads_nor_sends_and_then_all_of_it_once(
    post: Connected,
) -> None:
    hub = post.room.hub
    await post.connect()
    contact_id = await answered(post, "First.")
    assert await keep.pause(hub, ADMIN, "email", LOANS)
    assert not await keep.pause(hub, ADMIN, "email", LOANS)
    other = letter("And more?", to=LOANS, name="<m2@mail.example>").as_bytes(policy=POLICY)
    post.server.deliver(other)
    for number in range(3):
        await post.room.answer(contact_id, f"Answer {number}.", key=f"k{number}")
    # Longer than forty tries with their pauses would last.
    for _ in range(50):
        await post.room.world.clock.advance(1800)
        await post.room.deliver()
    assert (len(post.room.relay.raw), post.server.seen) == (1, {1})
    shown = await seen(post)
    assert (shown.outbox.waiting, shown.outbox.failed) == (3, 0)
    assert states(shown.now) == [WayState.RESTS] * 2
    assert {row[0] for row in await hub.reader.rows(find(Effect, "attempts", state="pending"))} == {
        0
    }
    assert await keep.resume(hub, ADMIN, "email", LOANS)
    await until(lambda: post.server.seen == {1, 2})
    await post.room.deliver()
    texts = [mail.get_content().splitlines()[0] for mail in post.room.relay.mails]
    assert texts == ["First.", "Answer 0.", "Answer 1.", "Answer 2."]


async def test_a_pause_survives_a_restart_and_what_rests_is_not_read_for_a_moment(
    post: Connected,
) -> None:
    hub = post.room.hub
    await post.connect()
    await until(lambda: post.server.idles == 1)
    await keep.pause(hub, ADMIN, "email", LOANS)
    await keep.pause(hub, ADMIN, "email", BANK)
    before = post.server.sessions
    object.__setattr__(hub, "accounts", AccountBoard())
    again = post.mount()
    await follow.look(hub)
    async with in_background(again.run()):
        assert hub.accounts.is_paused("email", BANK)
        assert [one.id for one in again.accounts_now()] == [BANK, LOANS]
        assert {state for one in again.accounts_now() for state in states(one)} == {WayState.RESTS}
        await post.room.world.settle()
        assert post.server.sessions == before
        await keep.resume(hub, ADMIN, "email", LOANS)
        await until(lambda: post.server.sessions == before + 1)


async def test_the_door_asks_relays_to_come_again_while_a_mailbox_rests(post: Connected) -> None:
    rests = {BANK}
    post.room.door._rests = rests.__contains__
    with pytest.raises(Exception, match="450"):
        await post.room.brings(letter("Hello").as_bytes(policy=POLICY))
    rests.clear()
    assert "Stored" in await post.room.brings(letter("Hello").as_bytes(policy=POLICY))


async def test_a_kept_secret_goes_to_no_other_server(post: Connected) -> None:
    await post.connect()
    hub, asked = post.room.hub, post.options()
    asked["imap"]["password"] = ""
    await keep.change(hub, ADMIN, "email", LOANS, {**asked, "queue": "cards"})
    assert (await seen(post)).now.queue_id == "cards"
    stored = await keep.stored_options(hub, "email", LOANS)
    assert stored["imap"]["password"] == PASSWORD
    asked["imap"]["host"] = "evil.example"
    asked["imap"]["tls"] = "implicit"
    with pytest.raises(Invalid) as refused:
        await keep.change(hub, ADMIN, "email", LOANS, asked)
    assert refused.value.code == "secret_again"
    with pytest.raises(NotFound):
        await keep.change(hub, ADMIN, "email", BANK, asked)


Spoil = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda one: one.update(address=BANK), "account_taken"),
        (lambda one: one.update(address="nobody"), "bad_address"),
        (lambda one: one.update(queue="moon"), "unknown_queue"),
        (lambda one: one["relay"].update(host="smtp.bank.example"), "no_tls"),
        (lambda one: one["relay"].update(host=""), "missing_setting"),
        (lambda one: one["imap"].update(password_file="/etc/passwd"), "unknown_setting"),
        (lambda one: one["imap"].update(secret_until="soon"), "bad_setting"),
        (lambda one: one["relay"].update(oauth={"url": "http://a.example"}), "bad_token_url"),
    ],
)
async def test_what_is_wrong_is_named_and_nothing_is_stored(
    post: Connected, spoil: Spoil, code: str
) -> None:
    options = post.options()
    spoil(options)
    with pytest.raises((Invalid, Refused)) as refused:
        await keep.connect(post.room.hub, ADMIN, "email", options)
    assert refused.value.code == code
    assert await post.room.hub.reader.rows(find(ChannelAccountRow, "account")) == []


async def test_a_check_tells_what_is_wrong_and_so_does_the_page(post: Connected) -> None:
    hub = post.room.hub
    await post.connect()
    assert await attempt.check_account(hub, "email", LOANS) == ""
    post.server.refuses_sign_in = True
    assert await attempt.check_account(hub, "email", LOANS) == "sign_in_refused"
    shown = await seen(post)
    assert (shown.row.error_code, shown.row.error_at) == ("sign_in_refused", hub.clock.now())
    await post.room.relay.close()
    assert await attempt.check_account(hub, "email", BANK) == "relay_away"
    failing = (await seen(post, BANK)).now.leaves
    assert failing is not None
    assert (failing.state, failing.trouble) == (WayState.FAILS, "relay_away")
    with pytest.raises(NotFound):
        await attempt.check_account(hub, "email", "moon@bank.example")
    with pytest.raises(NotFound):
        await attempt.check_account(hub, "pigeon", LOANS)


async def test_a_test_leaves_at_once_and_obeys_the_ledger_and_the_pause(post: Connected) -> None:
    hub = post.room.hub
    await post.connect()

    async def send(to: str) -> str:
        return await attempt.send_test(hub, ADMIN, "email", LOANS, to=to, language="zh")

    assert await send(CUSTOMER) == ""
    (mail,) = post.room.relay.mails
    assert mail["Auto-Submitted"] == "auto-replied"
    assert "邮箱测试" in mail["Subject"]
    assert CUSTOMER not in str(await hub.reader.rows(find(ChannelAccountRow, "account")))
    assert await send("nobody") == "no_address"
    await note_opt_out(
        hub, channel="email", address=CUSTOMER, by="customer", proof="m", purposes=tuple(Purpose)
    )
    assert await send(CUSTOMER) == "opted_out"
    await keep.pause(hub, ADMIN, "email", LOANS)
    with pytest.raises(Refused):
        await send(CUSTOMER)
    assert len(post.room.relay.raw) == 1


async def test_a_test_to_the_mailbox_itself_is_no_work(post: Connected) -> None:
    await post.connect()
    await attempt.send_test(post.room.hub, ADMIN, "email", LOANS, to=LOANS, language="en")
    await post.comes(post.room.relay.raw[-1])
    assert await contacts(post) == []
