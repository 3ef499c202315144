"""The channel as it is mounted: it reads mails in a process of its own, and says how it fares."""

import ast
import socket
import tomllib
from pathlib import Path
from typing import Any

import pytest

from channels.email.adapter import Email, make_channel
from hub.ports import WRITTEN
from hub.security.keyring import fresh_key_ring
from hub.security.signed_link import SignedLinks
from tests.support.mail_room import BANK, MailRoom
from tests.support.waiting import in_background

TESTS = Path(__file__).parents[2]
QUALITY: dict[str, Any] = tomllib.loads(
    (TESTS.parent / "channels/email/quality.toml").read_text("utf-8")
)


def channel(mail_room: MailRoom, port: int, *, door: int = 0) -> Email:
    """The channel with one mailbox."""
    relay = {"host": "127.0.0.1", "port": port, "tls": "none"}
    options = {"mailboxes": {BANK: {"queue": "cards", "relay": relay}}, "door": {"port": door}}
    return make_channel(mail_room.hub, SignedLinks(fresh_key_ring()), options)


async def test_health_names_what_does_not_work(mail_room: MailRoom) -> None:
    none = make_channel(mail_room.hub, SignedLinks(fresh_key_ring()), {})
    assert (await none.check()).code == "no_mailboxes"
    assert WRITTEN in none.capabilities
    (box,) = [one for one in mail_room.settings.mailboxes.values() if one.address == BANK]
    assert box.relay is not None
    good = channel(mail_room, box.relay.port)
    async with in_background(good.run()):
        assert (await good.check()).ok
    closed = channel(mail_room, box.relay.port, door=1)
    assert (await closed.check()).code == "door_closed"
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))  # nobody listens there, and nobody else can begin to
        away = channel(mail_room, deaf.getsockname()[1])
        assert (await away.check()).code == "cards_relay_away"


async def test_a_mail_is_read_in_the_limited_process(mail_room: MailRoom) -> None:
    raw = b"From: a@mail.example\r\nSubject: Hi\r\nMessage-ID: <p@mail.example>\r\n\r\nHello\r\n"
    email = channel(mail_room, 1)
    async with in_background(email.run()):
        taken = await email.mail_in.take(raw, BANK, via="test")
    said = await mail_room.said(taken.conversation_id)
    assert [m.body["text"] for m in said if m.speaker == "customer"] == ["Hello"]


@pytest.mark.parametrize("name", QUALITY)
def test_each_line_of_the_quality_list_has_tests_that_exist(name: str) -> None:
    assert QUALITY[name]["how"]
    for reference in QUALITY[name]["tests"]:
        file, _, function = reference.partition("::")
        tree = ast.parse((TESTS / file).read_text("utf-8"))
        assert function in {getattr(node, "name", "") for node in tree.body}, reference
