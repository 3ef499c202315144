"""A wire to a server that can be cut in the middle of an answer, or change what it says."""

import asyncio
from contextlib import suppress


class CutWire:
    """Listens on loopback and passes everything on, both ways."""

    def __init__(self, port: int) -> None:
        self._to = port
        self.cut_after_bytes: int | None = None
        """Once, after so many bytes from the server, counted from now, the line is dead."""
        self.hidden = b""
        """Words that the server's answers lose on the way."""
        self.cuts = 0
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()

    async def open(self) -> int:
        """Listen; returns the port."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Stop."""
        assert self._server is not None
        self._server.close()
        self.cut()
        await self._server.wait_closed()

    def cut(self) -> None:
        """Break what is open."""
        for writer in list(self._writers):
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self._to)
        self._writers |= {writer, back}
        try:
            await asyncio.gather(self._pass(reader, back), self._answer(there, writer))
        finally:
            for one in (writer, back):
                self._writers.discard(one)
                one.close()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(65_536):
                writer.write(data)
                await writer.drain()
        writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(65_536):
                data = data.replace(self.hidden, b"") if self.hidden else data
                if self.cut_after_bytes is not None and len(data) > self.cut_after_bytes:
                    writer.write(data[: self.cut_after_bytes])
                    await writer.drain()
                    self.cut_after_bytes, self.cuts = None, self.cuts + 1
                    break
                if self.cut_after_bytes is not None:
                    self.cut_after_bytes -= len(data)
                writer.write(data)
                await writer.drain()
        writer.close()
