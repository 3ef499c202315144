"""A browser's connection by aiortc: G.711 in and out without its decoder or encoder.

The stock receiver runs a decoder thread per call. Ours takes packets before that, which leans on
two private methods of aiortc (pinned to 1.16; `test_media_peer` shows when that changes).
"""

import asyncio
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, Final

import aioice.ice
import structlog
from aiortc import (
    MediaStreamTrack,
    RTCConfiguration,
    RTCPeerConnection,
    RTCRtpReceiver,
    RTCSessionDescription,
)
from av.packet import Packet

from channels.phone.media.inbox import Inbox
from channels.phone.media.leg import Leg
from channels.phone.media.quality import Counter, Quality
from channels.phone.media.sdp import only_voice
from channels.phone.media.ulaw import FRAME, RATE
from hub.domain.errors import Refused

CONNECT_SECONDS: Final = 10.0
MOST_WAITING_FRAMES: Final = 5
_TIME_BASE = Fraction(1, RATE)
_OF_MACHINE: Final = aioice.ice.get_host_addresses

log = structlog.get_logger(__name__)


class VoiceReceiver(RTCRtpReceiver):
    """Hands on payloads as they come, undecoded."""

    heard: Callable[[Any], None]

    async def receive(self, parameters: Any) -> None:
        """Begin, without the decoder's thread."""
        await super().receive(parameters)
        self._handle_disconnect()

    async def _handle_rtp_packet(self, packet: Any, arrival_time_ms: int) -> None:
        if self._enabled:
            self.heard(packet)


class OutTrack(MediaStreamTrack):
    """What the far end hears; the ticker gives, aiortc's sender takes."""

    kind = "audio"

    def __init__(self) -> None:
        super().__init__()
        self._frames: asyncio.Queue[Any] = asyncio.Queue(MOST_WAITING_FRAMES)
        self._at = 0

    def give(self, frame: bytes) -> None:
        """Send 20 ms; when the network takes nothing they are dropped."""
        packet = Packet(frame)
        packet.pts, packet.time_base = self._at, _TIME_BASE
        self._at += FRAME
        if not self._frames.full():
            self._frames.put_nowait(packet)

    async def recv(self) -> Any:
        """Return the next 20 ms."""
        return await self._frames.get()


class Peer:
    """`Line` over WebRTC."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._inbox, self._counter = Inbox(), Counter()
        self._out = OutTrack()
        self._connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self.is_up = False
        self.owner: Leg | None = None
        self.changed: Callable[[Peer], None] = lambda _: None
        """Told when the connection came up or broke."""
        self._prepare()

    def _prepare(self) -> None:
        transceiver: Any = self._connection.addTransceiver(self._out, direction="sendrecv")
        stock = transceiver.receiver
        receiver = VoiceReceiver("audio", stock.transport)
        receiver._set_rtcp_ssrc(transceiver.sender._ssrc)
        receiver.heard = self._heard
        transceiver._RTCRtpTransceiver__receiver = receiver
        self._connection.on("connectionstatechange", self._look)

    async def answer(self, offer: str) -> str:
        """Return the answer to a browser's offer; raise `Refused`."""
        voice = only_voice(offer)
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                await self._connection.setRemoteDescription(
                    RTCSessionDescription(sdp=voice, type="offer")
                )
                answer = await self._connection.createAnswer()
                await self._connection.setLocalDescription(answer)
        except Exception as error:
            # aiortc's parser raises what it happens to stumble over
            await self.close()
            log.info("offer_refused", error=type(error).__name__)
            raise Refused("bad_sdp", "the offer cannot be answered") from None
        return str(self._connection.localDescription.sdp)

    def take(self) -> bytes:
        """Return the next 20 ms that were said."""
        return self._inbox.take()

    def give(self, frame: bytes) -> None:
        """Send 20 ms."""
        if self.is_up:
            self._out.give(frame)

    async def quality(self) -> Quality | None:
        """Say how the voice of the far end arrived lately."""
        return self._counter.lately()

    async def close(self) -> None:
        """End the connection."""
        self.is_up = False
        await self._connection.close()

    def _heard(self, packet: Any) -> None:
        self._counter.packet(packet.sequence_number, packet.timestamp, self._monotonic())
        self._inbox.put(packet.sequence_number, packet.payload)

    def _look(self) -> None:
        was_up, state = self.is_up, self._connection.connectionState
        self.is_up = state == "connected"
        if self.is_up != was_up:
            self.changed(self)


def use_addresses(addresses: Sequence[str]) -> None:
    """Offer these addresses to browsers; none: those of the machine, its loopback included."""

    def chosen(**_families: bool) -> list[str]:
        return [*addresses] or [*dict.fromkeys([*_OF_MACHINE(True, False), "127.0.0.1"])]

    vars(aioice.ice)["get_host_addresses"] = chosen


def notice_loss_within(seconds: float) -> None:
    """Take a connection as broken after so long without the far end's consent."""
    aioice.ice.CONSENT_FAILURES = 3
    vars(aioice.ice)["CONSENT_INTERVAL"] = seconds / aioice.ice.CONSENT_FAILURES
