"""A network that changes under a call: the voice of a page goes through relays that can be cut.

The page's own addresses are kept from the media process, so that every packet takes the relay.
`cut` is the end of all ways there are; a connection that is made afterwards finds a new one.
"""

import asyncio
from typing import Final

from playwright.async_api import BrowserContext

HERE: Final = "127.0.0.1"
_SCRIPT: Final = """
(() => {
  const Real = window.RTCPeerConnection;
  const place = "a=candidate:1 1 udp 2130706431 127.0.0.1 ";
  const isPlace = (line) => line.startsWith("a=candidate:");
  const moved = (sdp, port) => {
    const lines = sdp.split("\\r\\n");
    const first = lines.findIndex(isPlace);
    const others = lines.filter((line, at) => at === first || !isPlace(line));
    return others.map((line) => (isPlace(line) ? `${place}${port} typ host` : line)).join("\\r\\n");
  };
  window.RTCPeerConnection = class extends Real {
    async setLocalDescription(...given) {
      this.way = await window.newWay();
      return super.setLocalDescription(...given);
    }
    get localDescription() {
      const real = super.localDescription;
      return real && { type: real.type, sdp: moved(real.sdp, this.way.far) };
    }
    async setRemoteDescription({ type, sdp }) {
      const line = sdp.split("\\r\\n").find((one) => isPlace(one) && one.includes(" 127.0.0.1 "));
      await window.leadWay(this.way.near, Number(line.split(" ")[5]));
      return super.setRemoteDescription({ type, sdp: moved(sdp, this.way.near) });
    }
  };
})();
"""


class _Way:
    """One relay: its near end is what the page speaks with, its far end the media process."""

    def __init__(self) -> None:
        self.is_cut = False
        self.near, self.far = _End(self), _End(self)

    async def open(self) -> None:
        """Take two ports of this machine."""
        loop = asyncio.get_running_loop()
        at = (HERE, 0)
        self.near.transport, _ = await loop.create_datagram_endpoint(lambda: self.near, at)
        self.far.transport, _ = await loop.create_datagram_endpoint(lambda: self.far, at)

    def carry(self, data: bytes, come_in: "_End") -> None:
        """Hand a packet on to whoever is at the other end."""
        other = self.far if come_in is self.near else self.near
        if not self.is_cut and other.peer is not None:
            other.transport.sendto(data, other.peer)


class _End(asyncio.DatagramProtocol):
    """One end of a way."""

    transport: asyncio.DatagramTransport

    def __init__(self, way: _Way) -> None:
        self._way = way
        self.peer: tuple[str, int] | None = None

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        """Whoever speaks here is answered here."""
        self.peer = addr
        self._way.carry(data, self)

    @property
    def port(self) -> int:
        """Where it is found."""
        return int(self.transport.get_extra_info("sockname")[1])


class Wire:
    """The network of one person."""

    def __init__(self) -> None:
        self._ways: dict[int, _Way] = {}

    async def lead(self, person: BrowserContext) -> None:
        """Every page of this person speaks through it."""
        await person.expose_function("newWay", self._new_way)
        await person.expose_function("leadWay", self._lead_way)
        await person.add_init_script(_SCRIPT)

    def cut(self) -> None:
        """All ways there are lead nowhere from now on."""
        for way in self._ways.values():
            way.is_cut = True

    def close(self) -> None:
        """Give the ports back."""
        for way in self._ways.values():
            way.near.transport.close()
            way.far.transport.close()

    @property
    def ways(self) -> int:
        """How many there ever were."""
        return len(self._ways)

    async def _new_way(self) -> dict[str, int]:
        way = _Way()
        await way.open()
        self._ways[way.near.port] = way
        return {"near": way.near.port, "far": way.far.port}

    async def _lead_way(self, near: int, port: int) -> None:
        self._ways[near].far.peer = (HERE, port)
