"""One IMAP connection, in a thread of its own: `imap_tools` waits where the event loop may not."""

import imaplib
import re
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import suppress
from io import BufferedReader
from typing import Any, Final, NamedTuple, cast

from imap_tools.errors import ImapToolsError, MailboxLoginError
from imap_tools.mailbox import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted

from channels.email.settings import Relay
from hub.adapters.certificates import certificate_end
from hub.ports import NeedsAttention, SendLater

IDLE_SECONDS_MOST: Final = 25 * 60.0
_UID: Final = re.compile(rb"\bUID (\d+)")
_SIZE: Final = re.compile(rb"\bRFC822\.SIZE (\d+)")
FAILURES: Final = (ImapToolsError, imaplib.IMAP4.error, OSError, EOFError, ValueError)


class FolderState(NamedTuple):
    """What a folder says of itself; UIDs mean nothing under another `uid_validity`."""

    uid_validity: int
    uid_next: int


class ImapSession:
    """Signed in, with one folder chosen. Raises `SendLater`, or `NeedsAttention` at the sign-in."""

    def __init__(self, relay: Relay, folder: str, token: str) -> None:
        self._folder = folder
        try:
            self._box = _connect(relay)
        except ssl.SSLCertVerificationError as error:
            raise NeedsAttention(code="certificate_refused") from error
        except FAILURES as error:
            raise SendLater("imap_away") from error
        try:
            if relay.token is not None:
                self._box.xoauth2(relay.user, token, initial_folder=folder)
            else:
                self._box.login(relay.user, relay.password, initial_folder=folder)
        except MailboxLoginError as error:
            self.close()
            raise NeedsAttention(code="sign_in_refused") from error
        except imaplib.IMAP4.abort as error:
            self.close()
            raise SendLater("imap_away") from error
        except imaplib.IMAP4.error as error:
            self.close()
            raise NeedsAttention(code="sign_in_refused") from error
        except FAILURES as error:
            self.close()
            raise SendLater("folder_away") from error
        self.certificate_ends_at = certificate_end(self._box.client.sock)
        self.can_idle = b"IDLE" in b" ".join(
            one.encode() if isinstance(one, str) else one for one in self._box.client.capabilities
        )

    def state(self) -> FolderState:
        """Ask how far the folder is."""
        # STATUS of the folder that is open may tell what was there when it was last looked at.
        self._box.client.noop()
        found = self._box.folder.status(self._folder, ("UIDVALIDITY", "UIDNEXT"))
        return FolderState(found["UIDVALIDITY"], found["UIDNEXT"])

    def uids(self, first: int, last: int, *, unseen: bool) -> list[int]:
        """Return the UIDs between two, both counted; reads no mail."""
        criteria = f"UID {first}:{last}" + (" UNSEEN" if unseen else "")
        found = sorted(int(uid) for uid in self._box.uids(criteria, charset=None))
        return [uid for uid in found if first <= uid <= last]

    def small_enough(self, uids: Sequence[int], max_bytes: int) -> list[int]:
        """Return those of some mails that are there and not too large; reads no mail."""
        told = self._fetch(uids, "RFC822.SIZE")
        lines = b"\n".join(part for part in told if isinstance(part, bytes))
        sizes = {int(uid): int(size) for uid, size in _sizes(lines)}
        return [uid for uid in uids if sizes.get(uid, max_bytes + 1) <= max_bytes]

    def fetch(self, uid: int) -> bytes | None:
        """Return a mail as it is, without marking it as seen; None for one that is gone."""
        found = self._fetch([uid], "BODY.PEEK[]")
        return next((part[1] for part in found if isinstance(part, tuple)), None)

    def mark_seen(self, uids: Sequence[int]) -> None:
        """Mark mails as seen, after they were taken."""
        answer, _ = self._box.client.uid("STORE", _set(uids), "+FLAGS.SILENT", r"(\Seen)")
        if answer != "OK":
            raise imaplib.IMAP4.error("STORE")

    def wait(self, seconds: float) -> None:
        """Wait until the server says that something is new, or the time is over."""
        idle: Any = self._box.idle
        idle.start()
        try:
            if not self._has_read_ahead():
                idle.poll(timeout=min(seconds, IDLE_SECONDS_MOST))
        finally:
            idle.stop()

    def _has_read_ahead(self) -> bool:
        """Whether news came together with the answer to IDLE: the socket alone would not tell."""
        client = self._box.client
        before = client.sock.gettimeout()
        client.sock.settimeout(0)
        try:
            return bool(cast(BufferedReader, client.file).peek(1))
        except ssl.SSLWantReadError:
            return False
        finally:
            client.sock.settimeout(before)

    def close(self) -> None:
        """Hang up; whoever waits in another thread is woken by it."""
        with suppress(OSError):
            self._box.client.sock.shutdown(socket.SHUT_RDWR)
        with suppress(*FAILURES):
            self._box.client.shutdown()

    def _fetch(self, uids: Sequence[int], what: str) -> list[bytes | tuple[bytes, bytes] | None]:
        answer, found = self._box.client.uid("FETCH", _set(uids), f"({what})")
        if answer != "OK":
            raise imaplib.IMAP4.error("FETCH")
        return list(found)


def _set(uids: Sequence[int]) -> str:
    return ",".join(map(str, uids))


def _sizes(lines: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Read UIDs and sizes, which a server may tell in either order."""
    for line in lines.splitlines():
        uid, size = _UID.search(line), _SIZE.search(line)
        if uid and size:
            yield uid[1], size[1]


def _connect(relay: Relay) -> BaseMailBox:
    seconds = relay.timeout_seconds
    if relay.tls == "none":
        return MailBoxUnencrypted(relay.host, relay.port, timeout=seconds)
    trusted = ssl.create_default_context()
    if relay.tls == "implicit":
        return MailBox(relay.host, relay.port, timeout=seconds, ssl_context=trusted)
    return MailBoxStartTls(relay.host, relay.port, timeout=seconds, ssl_context=trusted)
