"""A carrier's SMSC in a few lines: SMPP 3.4 read and written by hand, with troubles on demand.

async with Smsc() as smsc:
    ...  # smsc.port
    smsc.submitted[-1].text
"""

import asyncio
import itertools
import ssl
import struct
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

BIND, BOUND, SUBMIT, DELIVER, ENQUIRE, UNBIND = 0x9, 0x80000009, 0x4, 0x5, 0x15, 0x6
ANSWER: Final = 0x80000000
THROTTLED, BAD_NUMBER = 0x58, 0x0B


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """A segment that the hub gave."""

    ref: str
    source: str
    to: str
    text: str
    total: int
    number: int


@dataclass
class Smsc:
    """One listener on this machine."""

    port: int = 0
    submitted: list[Submitted] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    """Answers of the next submissions; all others are taken."""
    cuts_next: str = ""
    """`before` or `after` the next submission is kept the connection is cut."""
    cuts_window: int = 0
    """So many of the next submissions are kept and not answered; with the last it cuts."""
    tls: ssl.SSLContext | None = None
    is_silent: bool = False
    """It takes submissions and answers none."""
    acknowledged: int = 0
    """Deliveries that the hub has taken."""
    cuts_acknowledgement: bool = False
    binds: int = 0
    _writer: asyncio.StreamWriter | None = None
    _server: asyncio.Server | None = None

    async def __aenter__(self) -> "Smsc":
        self._numbers, self._refs = itertools.count(1), itertools.count(1)
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def open(self) -> None:
        """Listen, on the port of before if there was one."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port, ssl=self.tls)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Stop listening and cut the connection."""
        assert self._server is not None
        self._server.close()
        self.cut()
        await self._server.wait_closed()

    def cut(self) -> None:
        """Cut the connection."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    @property
    def is_bound(self) -> bool:
        """Whether the hub is here."""
        return self._writer is not None

    def deliver(
        self,
        source: str,
        to: str,
        text: str,
        *,
        esm: int = 0,
        sar: tuple[int, int, int] = (0, 0, 0),
    ) -> None:
        """Bring a text, or a receipt (`esm` 4), or a part of a text: reference, number, total."""
        ref, number, total = sar
        header = bytes([5, 0, 3, ref, total, number]) if total else b""
        coding, said = _encoded(text)
        body = b"".join(
            (
                *(b"\0\1\1", source.lstrip("+").encode(), b"\0\1\1", to.lstrip("+").encode()),
                *(b"\0", bytes([esm | (0x40 if header else 0), 0, 0]), b"\0\0"),
                *(bytes([0, 0, coding, 0, len(header + said)]), header, said),
            )
        )
        self._write(DELIVER, 0, next(self._numbers), body)

    def receipt(self, ref: str, state: str = "DELIVRD", *, done: str = "2611230930") -> None:
        """Say what became of a segment."""
        said = f"id:{ref} sub:001 dlvrd:001 submit date:2611230930 done date:{done} stat:{state}"
        to = self.submitted[-1]
        self.deliver(to.to, to.source, f"{said} err:000 text:", esm=4)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                size, command, _, number = struct.unpack("!IIII", await reader.readexactly(16))
                body = await reader.readexactly(size - 16)
                if command != BIND and self._writer is not writer:
                    break  # what was on its way when the connection was cut is lost
                if command == BIND:
                    self._writer, self.binds = writer, self.binds + 1
                    self._write(BOUND, 0, number, b"smsc\0")
                elif command == SUBMIT:
                    self._submit(number, body)
                elif command == DELIVER | ANSWER:
                    self.acknowledged += 1
                elif command in (ENQUIRE, UNBIND):
                    self._write(command | ANSWER, 0, number)
        if self._writer is writer:
            self._writer = None
        writer.close()

    def _submit(self, number: int, body: bytes) -> None:
        if self.cuts_next == "before":
            self.cuts_next = ""
            self.cut()
            return
        status = self.statuses.pop(0) if self.statuses else 0
        if status:
            self._write(SUBMIT | ANSWER, status, number)
            return
        ref = f"M{next(self._refs)}"
        self.submitted.append(_submitted(ref, body))
        if self.cuts_window:
            self.cuts_window -= 1
            if not self.cuts_window:
                self.cut()
        elif self.cuts_next == "after":
            self.cuts_next = ""
            self.cut()
        elif not self.is_silent:
            self._write(SUBMIT | ANSWER, 0, number, ref.encode() + b"\0")

    def _write(self, command: int, status: int, number: int, body: bytes = b"") -> None:
        assert self._writer is not None, "the hub is not bound"
        self._writer.write(struct.pack("!IIII", 16 + len(body), command, status, number) + body)


def _encoded(text: str) -> tuple[int, bytes]:
    return (0, text.encode()) if text.isascii() else (8, text.encode("utf-16-be"))


def _submitted(ref: str, body: bytes) -> Submitted:
    _, rest = body.split(b"\0", 1)
    source, rest = rest[2:].split(b"\0", 1)
    to, rest = rest[2:].split(b"\0", 1)
    _, rest = rest[3:].split(b"\0", 1)
    _, rest = rest.split(b"\0", 1)
    coding, size = rest[2], rest[4]
    said, rest = rest[5 : 5 + size], rest[5 + size :]
    tags: dict[int, int] = {}
    while rest:
        tag, length = struct.unpack_from("!HH", rest)
        tags[tag] = int.from_bytes(rest[4 : 4 + length])
        rest = rest[4 + length :]
    text = said.decode("utf-16-be") if coding == 8 else said.decode("ascii")
    return Submitted(
        ref=ref, source=source.decode(), to=to.decode(), text=text,
        total=tags.get(0x020E, 1), number=tags.get(0x020F, 1),
    )  # fmt: skip
