"""A browser without a browser: says a tone over WebRTC and keeps what it hears."""

import asyncio
from fractions import Fraction
from typing import Any

from aiortc import MediaStreamTrack, RTCPeerConnection, RTCSessionDescription
from av.packet import Packet

from channels.phone.media.peer import VoiceReceiver
from channels.phone.media.ulaw import FRAME, FRAME_SECONDS, RATE
from tests.support.tones import heard, tone


class ToneTrack(MediaStreamTrack):
    """A tone in real time."""

    kind = "audio"

    def __init__(self, hz: float) -> None:
        super().__init__()
        self._frames = tone(hz)
        self._at = 0
        self._due = 0.0

    async def recv(self) -> Any:
        """Return the next 20 ms when it is time."""
        loop = asyncio.get_running_loop()
        self._due = (self._due or loop.time()) + FRAME_SECONDS
        await asyncio.sleep(max(self._due - loop.time(), 0))
        packet = Packet(self._frames[self._at % len(self._frames)])
        packet.pts, packet.time_base = self._at * FRAME, Fraction(1, RATE)
        self._at += 1
        return packet


class ToneCaller:
    """One end of a call."""

    def __init__(self, hz: float) -> None:
        self.connection = RTCPeerConnection()
        transceiver: Any = self.connection.addTransceiver(ToneTrack(hz), direction="sendrecv")
        receiver = VoiceReceiver("audio", transceiver.receiver.transport)
        receiver._set_rtcp_ssrc(transceiver.sender._ssrc)
        receiver.heard = self._heard
        transceiver._RTCRtpTransceiver__receiver = receiver
        self.packets: asyncio.Queue[bytes] = asyncio.Queue()

    def be_deaf(self) -> None:
        """Drop packets as they arrive: for a load of many."""
        (transceiver,) = self.connection.getTransceivers()
        ice: Any = transceiver.receiver.transport.transport
        ice._connection.data_received = lambda *_: None

    def _heard(self, packet: Any) -> None:
        self.packets.put_nowait(packet.payload)

    async def offer(self) -> str:
        """Return an offer with all its candidates."""
        await self.connection.setLocalDescription(await self.connection.createOffer())
        return str(self.connection.localDescription.sdp)

    async def answered(self, sdp: str) -> None:
        """Take the answer."""
        await self.connection.setRemoteDescription(RTCSessionDescription(sdp=sdp, type="answer"))

    async def hears(self, wanted: set[float], *hertz: float, seconds: float = 10.0) -> None:
        """Wait until exactly these of the tones are heard for 400 ms."""
        async with asyncio.timeout(seconds):
            while True:
                while not self.packets.empty():
                    self.packets.get_nowait()
                sound = [await self.packets.get() for _ in range(20)]
                if heard(sound, *hertz) == wanted:
                    return

    async def close(self) -> None:
        """Hang up."""
        await self.connection.close()
