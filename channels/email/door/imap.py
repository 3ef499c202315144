"""A folder of a mailbox elsewhere: what is new is taken, then marked as seen, then remembered.

The cursor (UIDVALIDITY and next UID) lies in the store: after a restart the folder is not read
anew. At the first sight of a folder what is unseen in it is taken. A mail that is read again is
known (`taking.py`).
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final, NamedTuple, Self, TypeVar

import structlog

from channels.email.door.imap_session import FAILURES, FolderState, ImapSession
from channels.email.door.smtp import Takes
from channels.email.settings import CHANNEL, Imap, Mailbox, Relay
from hub.domain.errors import HubError
from hub.journey.channel_state import ChannelState
from hub.journey.context import Hub
from hub.ports import NeedsAttention, SendLater

WINDOW: Final = 20_000
"""UIDs asked for at once: a folder of a million mails answers in lines that can be read."""
AGAIN_SECONDS: Final = (5.0, 15.0, 60.0, 300.0)
T = TypeVar("T")
log = structlog.get_logger(__name__)


class Cursor(NamedTuple):
    """How far a folder was taken; below `unseen_below` only what nobody has seen is."""

    uid_validity: int
    next_uid: int
    unseen_below: int

    @classmethod
    def read(cls, text: str | None, state: FolderState) -> Self:
        """Return the stored cursor, or the one of a folder seen for the first time."""
        parts = [int(part) for part in text.split(":")] if text else []
        if len(parts) == len(cls._fields) and parts[0] == state.uid_validity:
            return cls(*parts)
        return cls(state.uid_validity, 1, state.uid_next)

    def text(self) -> str:
        """Return it as it is stored."""
        return ":".join(str(part) for part in self)


class ImapFolder:
    """Follows one folder until it is cancelled."""

    def __init__(
        self, hub: Hub, box: Mailbox, imap: Imap, folder: str, behind: Takes, max_bytes: int
    ) -> None:
        self._hub, self._box, self._imap, self._folder = hub, box, imap, folder
        self._behind, self._max_bytes = behind, max_bytes
        self._memory = ChannelState(hub, CHANNEL, box.address)
        self._session: ImapSession | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="imap")
        self._had_success = False
        self._is_over = False
        self.trouble = "not_connected"
        """A code while the folder cannot be read; empty while it can."""
        self.since_at: float | None = None
        """Since when that is so."""
        self.certificate_ends_at: float | None = None

    async def run(self) -> None:
        """Take what comes; what fails is begun again, after longer and longer times."""
        failures = 0
        try:
            while True:
                try:
                    await self._follow()
                except (NeedsAttention, SendLater, HubError, *FAILURES) as error:
                    self._note(_code(error))
                    log.warning("imap_trouble", code=self.trouble, queue=self._box.queue)
                    await self._hang_up()
                except Exception:  # one mail that we cannot cope with must not end all mailboxes
                    self._note("imap_failed")
                    log.exception("imap_failed", queue=self._box.queue)
                    await self._hang_up()
                failures = 0 if self._had_success else failures + 1
                wait = AGAIN_SECONDS[min(failures, len(AGAIN_SECONDS) - 1)]
                await self._hub.clock.sleep(wait)
        finally:
            self._is_over = True
            if self._session is not None:
                self._session.close()
            self._thread.shutdown(wait=False, cancel_futures=True)

    async def _follow(self) -> None:
        self._had_success = False
        session = await self._connected()
        while True:
            await self._take_new(session)
            self._note("")
            self._had_success = True
            if session.can_idle:
                await self._in_thread(lambda: session.wait(self._imap.poll_seconds))
            else:
                await self._hub.clock.sleep(self._imap.poll_seconds)

    async def _connected(self) -> ImapSession:
        relay = self._imap.relay
        token = await relay.token() if relay.token is not None else ""
        made = await self._in_thread(partial(self._make, relay, token))
        self.certificate_ends_at = made.certificate_ends_at
        return made

    def _make(self, relay: Relay, token: str) -> ImapSession:
        """Sign in; who was cancelled meanwhile hangs up here, since nobody else would."""
        made = self._session = ImapSession(relay, self._folder, token)
        if self._is_over:
            made.close()
        return made

    def _note(self, code: str) -> None:
        at = self._hub.clock.now()
        if code:
            self._hub.accounts.failed(CHANNEL, self._box.address, code, at)
        if code != self.trouble or self.since_at is None:
            self.trouble, self.since_at = code, at

    async def _take_new(self, session: ImapSession) -> None:
        state = await self._in_thread(session.state)
        place = f"imap/{self._folder}"
        cursor = Cursor.read(await self._memory.recall(place), state)
        while cursor.next_uid < state.uid_next:
            last = min(cursor.next_uid + WINDOW, state.uid_next) - 1
            unseen = cursor.next_uid < cursor.unseen_below
            if unseen:
                last = min(last, cursor.unseen_below - 1)
            first = cursor.next_uid
            uids = await self._in_thread(partial(session.uids, first, last, unseen=unseen))
            for at in range(0, len(uids), self._imap.batch):
                batch = uids[at : at + self._imap.batch]
                await self._take_batch(session, batch)
                await self._memory.remember(place, cursor._replace(next_uid=batch[-1] + 1).text())
            cursor = cursor._replace(next_uid=last + 1)
            await self._memory.remember(place, cursor.text())

    async def _take_batch(self, session: ImapSession, batch: list[int]) -> None:
        """Take some mails; while one is stored the next is read.

        Marked as seen are all of them together: a server may look through the whole folder for
        each change. Those that a failure leaves unmarked are known when they are read again.
        """
        uids = await self._in_thread(partial(session.small_enough, batch, self._max_bytes))
        if left := sorted(set(batch) - set(uids)):
            log.warning("imap_mails_left", uids=left, queue=self._box.queue)
        if not uids:
            return
        coming = self._coming(session, uids[0])
        try:
            for at in range(len(uids)):
                raw = await coming
                if at + 1 < len(uids):
                    coming = self._coming(session, uids[at + 1])
                if raw is not None:
                    via = f"imap/{self._folder}"
                    await self._behind.take(raw, self._box.address, via=via)
        finally:
            coming.cancel()
            await asyncio.gather(coming, return_exceptions=True)
        await self._in_thread(partial(session.mark_seen, uids))

    def _coming(self, session: ImapSession, uid: int) -> asyncio.Task[bytes | None]:
        return asyncio.create_task(self._in_thread(partial(session.fetch, uid)))

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    async def _hang_up(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await self._in_thread(session.close)


def _code(error: BaseException) -> str:
    if isinstance(error, NeedsAttention | HubError):
        return error.code
    return str(error) if isinstance(error, SendLater) else "imap_away"
