"""Browsers' connections: sound both ways over real packets, and offers that cannot be answered."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from channels.phone.media.peer import Peer, use_addresses
from channels.phone.media.sdp import only_voice
from channels.phone.media.switchboard import Switchboard
from channels.phone.media.ticker import Ticker
from hub.adapters.clock import SystemClock
from hub.domain.calls import EnterRoom, LegEvent, LegKind
from hub.domain.errors import Refused
from tests.support.tones import ToneLibrary
from tests.support.webrtc import ToneCaller

CALLER, AGENT = 400.0, 700.0


@pytest.fixture
def events() -> list[LegEvent]:
    return []


@pytest.fixture
async def board(events: list[LegEvent]) -> AsyncIterator[Switchboard]:
    use_addresses(["127.0.0.1"])
    board = Switchboard(
        ToneLibrary(), None, emit=events.append, note=lambda *_: None  # type: ignore[arg-type]
    )  # fmt: skip
    ticking = asyncio.create_task(Ticker(SystemClock(), board.tick, lambda: bool(board.legs)).run())
    yield board
    ticking.cancel()


async def connect(board: Switchboard, leg_id: str, hz: float) -> tuple[ToneCaller, Peer]:
    caller, peer = ToneCaller(hz), Peer(time.monotonic)
    await caller.answered(await peer.answer(await caller.offer()))
    board.connect(board.open(leg_id, LegKind.CUSTOMER, (EnterRoom(room_id="r"),)), peer)
    return caller, peer


async def test_two_browsers_hear_each_other_and_the_line_is_judged(board: Switchboard) -> None:
    (one, first), (two, second) = [
        await connect(board, leg_id, hz) for leg_id, hz in (("a", CALLER), ("b", AGENT))
    ]
    try:
        await asyncio.gather(one.hears({AGENT}, CALLER, AGENT), two.hears({CALLER}, CALLER, AGENT))
        quality = await first.quality()
        assert quality is not None
        assert 1 <= quality.mos <= 4.5
    finally:
        for end in (one, two, first, second):
            await end.close()


async def test_the_answer_has_one_codec_and_our_address_only(board: Switchboard) -> None:
    caller, peer = ToneCaller(CALLER), Peer(time.monotonic)
    answer = await peer.answer(await caller.offer())
    await peer.close()
    await caller.close()
    lines = answer.splitlines()
    assert [line for line in lines if line.startswith("a=rtpmap")] == ["a=rtpmap:0 PCMU/8000"]
    addresses = {line.split()[4] for line in lines if line.startswith("a=candidate")}
    assert addresses == {"127.0.0.1"}


VOICE = (
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"
    "m=audio 9 UDP/TLS/RTP/SAVPF 111 0\r\nc=IN IP4 0.0.0.0\r\na=mid:0\r\n"
    "a=rtpmap:111 opus/48000/2\r\na=fmtp:111 minptime=10\r\na=rtpmap:0 PCMU/8000\r\n"
    "a=fingerprint:sha-256 AB:CD\r\na=setup:actpass\r\na=ice-ufrag:x\r\na=ice-pwd:y\r\n"
)


def test_other_codecs_are_taken_out_of_an_offer() -> None:
    kept = only_voice(VOICE)
    assert "opus" not in kept
    assert "minptime" not in kept
    assert "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\n" in kept


@pytest.mark.parametrize(
    ("offer", "code"),
    [
        ("", "bad_sdp"),
        ("\0" * 10, "bad_sdp"),
        ("v=0", "bad_sdp"),
        ("x" * 40_000, "bad_sdp"),
        (VOICE.replace("UDP/TLS/RTP/SAVPF", "RTP/AVP"), "bad_sdp"),
        (VOICE.replace("111 0", "111"), "no_common_codec"),
        (VOICE + "m=video 9 UDP/TLS/RTP/SAVPF 96\r\n", "bad_sdp"),
        (VOICE.replace("a=fingerprint:sha-256 AB:CD\r\n", ""), "bad_sdp"),
    ],
)
def test_what_is_no_offer_of_a_voice_is_refused(offer: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        only_voice(offer)


@pytest.mark.parametrize(
    "offer",
    [
        VOICE.replace("a=ice-ufrag:x\r\n", ""),
        VOICE.replace("AB:CD", "ZZ"),
        VOICE.replace(
            "a=mid:0\r\n", "a=candidate:1 1 udp 1 not-an-address x typ host\r\na=mid:0\r\n"
        ),
        VOICE.replace("t=0 0", "t=x"),
        VOICE.replace("PCMU/8000", "PCMU/eight"),
    ],
)
async def test_an_offer_that_stumbles_the_parser_is_refused_or_harmless(offer: str) -> None:
    peer = Peer(time.monotonic)
    with suppress(Refused):
        await peer.answer(offer)
    assert not peer.is_up
    await peer.close()
