"""A small IMAP server: one folder, enough of RFC 3501 and IDLE for a reader, and faults on request.

It counts what it was asked to read, so that a test sees that a large folder is not read whole.
"""

import asyncio
import re
from collections.abc import Callable
from typing import Final

USER: Final = "service"
PASSWORD: Final = "long and secret"
TOKEN: Final = "fresh-token"
_FETCH: Final = re.compile(r"FETCH ([\d,]+) \((.*)\)", re.IGNORECASE)
_RANGE: Final = re.compile(r"UID (\d+):(\d+)( UNSEEN)?", re.IGNORECASE)


class ImapServer:
    """`deliver` puts a mail into the folder, as the bank's own server would."""

    def __init__(self) -> None:
        self.uid_validity = 7
        self.uid_next = 1
        self.mails: dict[int, bytes] = {}
        self.seen: set[int] = set()
        self.fetched: list[int] = []
        """UIDs whose bytes were asked for, in order."""
        self.sessions = 0
        self.refuses_sign_in = False
        self.idles = 0
        self.news_with_idle = False
        """Once, news come in one packet with the answer to IDLE."""
        self.body_of: Callable[[int], bytes] | None = None
        """Makes the mails of a folder too large to keep."""
        self._idle: set[asyncio.Event] = set()
        self._writers: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None

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
        """Break every connection."""
        for writer in list(self._writers):
            writer.close()

    @property
    def is_waited_at(self) -> bool:
        """Whether a reader waits for news; it hears of a mail that comes now."""
        return bool(self._idle)

    def deliver(self, raw: bytes, *, seen: bool = False) -> int:
        """Put a mail into the folder and tell who waits; returns its UID."""
        uid, self.uid_next = self.uid_next, self.uid_next + 1
        self.mails[uid] = raw
        if seen:
            self.seen.add(uid)
        for waiting in self._idle:
            waiting.set()
        return uid

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.sessions += 1
        self._writers.add(writer)
        writer.write(b"* OK ready\r\n")
        try:
            while line := await reader.readline():
                tag, _, said = line.decode().strip().partition(" ")
                await self._answer(tag, said, reader, writer)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            self._writers.discard(writer)
            writer.close()

    async def _answer(
        self, tag: str, said: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        verb = said.partition(" ")[0].upper()
        if verb == "IDLE":
            await self._wait(tag, reader, writer)
            return
        if verb == "AUTHENTICATE":
            writer.write(b"+ \r\n")
            said += " " + (await reader.readline()).decode()
        result = "OK" if verb not in ("LOGIN", "AUTHENTICATE") or self._lets_in(said) else "NO"
        for part in self._told(verb, said):
            writer.write(part)
        writer.write(f"{tag} {result} done\r\n".encode())

    def _lets_in(self, said: str) -> bool:
        if self.refuses_sign_in:
            return False
        return said.upper().startswith("AUTHENTICATE") or PASSWORD in said

    def _told(self, verb: str, said: str) -> list[bytes]:
        match verb:
            case "CAPABILITY":
                return [b"* CAPABILITY IMAP4rev1 IDLE AUTH=XOAUTH2\r\n"]
            case "SELECT":
                return [f"* {len(self.mails)} EXISTS\r\n".encode()]
            case "STATUS":
                state = f"UIDVALIDITY {self.uid_validity} UIDNEXT {self.uid_next}"
                return [f'* STATUS "INBOX" ({state})\r\n'.encode()]
            case "UID":
                return self._by_uid(said[4:])
        return []

    def _by_uid(self, said: str) -> list[bytes]:
        if found := _FETCH.match(said):
            return [line for uid in _uids(found[1]) for line in self._fetch(uid, found[2])]
        if said.upper().startswith("STORE"):
            self.seen.update(_uids(said.split()[1]))
            return []
        found = _RANGE.search(said)
        assert found is not None, said
        first, last = int(found[1]), min(int(found[2]), self.uid_next - 1)
        uids = [uid for uid in range(first, last + 1) if not (found[3] and uid in self.seen)]
        return [("* SEARCH " + " ".join(map(str, uids)) + "\r\n").encode()]

    def _fetch(self, uid: int, what: str) -> list[bytes]:
        raw = self.body_of(uid) if self.body_of else self.mails.get(uid)
        if raw is None:
            return []
        if "SIZE" in what.upper():
            return [f"* {uid} FETCH (UID {uid} RFC822.SIZE {len(raw)})\r\n".encode()]
        assert "PEEK" in what.upper(), "reading must not mark it as seen"
        self.fetched.append(uid)
        head = f"* {uid} FETCH (UID {uid} BODY[] {{{len(raw)}}}\r\n".encode()
        return [head, raw, b")\r\n"]

    async def _wait(
        self, tag: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Say that there is something new as soon as there is, until the reader says DONE."""
        news = asyncio.Event()
        self._idle.add(news)
        self.idles += 1
        early, self.news_with_idle = self.news_with_idle, False
        writer.write(b"+ idling\r\n" + (b"* 1 EXISTS\r\n" if early else b""))
        await writer.drain()
        told = asyncio.create_task(self._tell(news, writer))
        try:
            await reader.readline()
        finally:
            told.cancel()
            self._idle.discard(news)
        writer.write(f"{tag} OK done\r\n".encode())

    async def _tell(self, news: asyncio.Event, writer: asyncio.StreamWriter) -> None:
        while True:
            await news.wait()
            news.clear()
            writer.write(f"* {len(self.mails)} EXISTS\r\n".encode())
            await writer.drain()


def _uids(told: str) -> list[int]:
    return [int(uid) for uid in told.split(",")]
