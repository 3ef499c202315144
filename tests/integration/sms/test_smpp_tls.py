"""SMPP over TLS, and no faster than the carrier has agreed to."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from channels.sms.smpp.link import Link, Part
from channels.sms.smpp.pace import PATIENCE_SECONDS, Pace
from channels.sms.smpp.pdus import Receipt
from channels.sms.smpp.settings import SmppSettings, settings_from
from hub.domain.errors import Invalid
from hub.ports import SendLater
from tests.support.certificate import ENDS, server_context
from tests.support.clock import ManualClock
from tests.support.smsc import Smsc
from tests.support.waiting import in_background, until

PART = Part(sender="+8610690000", address="+8613800132716", words="Hello")


class Deaf:
    """Hears nothing; the carrier's name of a text is the text's name."""

    async def text(self, sender: str, to: str, words: str, session: int) -> None:
        """Hear nothing."""

    async def part(self, sender: str, ref: int, number: int, total: int, words: str) -> str | None:
        """Keep nothing."""
        return None

    async def receipt(self, receipt: Receipt) -> None:
        """Hear nothing."""

    async def taken(self, part: Part, ref: str) -> str:
        """Return the name."""
        return ref


def has_trouble(link: Link, code: str) -> bool:
    return link.trouble == code


@asynccontextmanager
async def linked(settings: SmppSettings, clock: ManualClock) -> AsyncIterator[Link]:
    link = Link(settings, Deaf(), clock)
    async with in_background(link.run()):
        yield link


def settings(smsc: Smsc, **more: object) -> SmppSettings:
    plain = SmppSettings(host="127.0.0.1", port=smsc.port, system_id="bank", password="hush")
    return replace(plain, **more)  # type: ignore[arg-type]


async def test_texts_leave_over_tls_and_the_end_of_the_certificate_is_known(
    tmp_path: Path, clock: ManualClock
) -> None:
    async with Smsc(tls=server_context(tmp_path)) as smsc:
        trusting = settings(smsc, tls=True, ca_file=str(tmp_path / "server.pem"))
        async with linked(trusting, clock) as link:
            await until(lambda: link.is_bound)
            assert await link.submit(PART) == "M1"
            assert link.certificate_ends_at == ENDS.timestamp()
    assert smsc.submitted[0].text == "Hello"


async def test_a_certificate_that_nobody_vouches_for_or_that_is_over_gets_no_password(
    tmp_path: Path, clock: ManualClock
) -> None:
    over = tmp_path / "over"
    over.mkdir()
    pem = str(over / "server.pem")
    for context, trusted in (
        (server_context(tmp_path), ""),
        (server_context(over, ends=datetime(2021, 1, 1, tzinfo=UTC)), pem),
    ):
        async with Smsc(tls=context) as smsc:
            async with linked(settings(smsc, tls=True, ca_file=trusted), clock) as link:
                await until(partial(has_trouble, link, "certificate_refused"))
            assert smsc.binds == 0


async def test_a_carrier_that_is_not_there_and_a_wrong_setting_are_named(
    clock: ManualClock,
) -> None:
    async with Smsc() as smsc:
        pass  # nobody listens there any more
    async with linked(settings(smsc, tls=True), clock) as link:
        await until(lambda: link.trouble == "carrier_away")
    with pytest.raises(Invalid):
        settings_from(
            {"host": "a", "system_id": "b", "password": "c", "tls": True, "ca_file": "/x"}
        )
    assert settings(smsc).context() is None
    made = settings(smsc, tls=True).context()
    assert made is not None
    assert (made.verify_mode, made.check_hostname) == (ssl.CERT_REQUIRED, True)


async def test_no_more_texts_a_second_than_agreed(clock: ManualClock) -> None:
    async with Smsc() as smsc, linked(settings(smsc, per_second=2.0), clock) as link:
        await until(lambda: link.is_bound)
        sent = [asyncio.create_task(link.submit(PART)) for _ in range(5)]
        for second in range(1, 6):
            await until(lambda second=second: len(smsc.submitted) == second)  # type: ignore[misc]
            await clock.settle()
            assert len(smsc.submitted) == second
            await clock.advance(0.5)
        assert await asyncio.gather(*sent) == [f"M{number}" for number in range(1, 6)]


async def test_who_would_wait_too_long_is_tried_again_later(clock: ManualClock) -> None:
    pace = Pace(0.1, clock)
    await pace.turn(is_patient=False)
    with pytest.raises(SendLater):
        await pace.turn(is_patient=False)
    waiting = asyncio.create_task(pace.turn(is_patient=True))
    await clock.advance(PATIENCE_SECONDS)
    assert not waiting.done()
    await clock.advance(10.0)
    assert waiting.done()


async def test_a_full_window_is_not_waited_in_for_ever(
    clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("channels.sms.smpp.link.WINDOW_SECONDS", 0.02)
    async with Smsc(is_silent=True) as smsc, linked(settings(smsc, window=1), clock) as link:
        await until(lambda: link.is_bound)
        first = asyncio.create_task(link.submit(PART))
        await until(lambda: len(smsc.submitted) == 1)
        with pytest.raises(SendLater, match="window_full"):
            await link.submit(PART)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
