"""Does a mail prove that it answers one of ours? Asked without a running hub."""

from pathlib import Path
from typing import Literal

from sqlalchemy.engine import make_url

from channels.email.parse.mail import ParsedMail
from channels.email.thread import NAMES_READ_MOST, read_name
from config.foundation import master_key
from config.settings import Settings
from hub.adapters.clock import SystemClock
from hub.security.errors import BadKeyFile, WrongKey
from hub.security.keyring import KeyRing, unwrap
from hub.security.lookup import LookupKey
from hub.security.signed_link import SignedLinks
from hub.store.rows import find
from hub.store.sqlite_reader import SqliteReader
from hub.store.tables import DataKey


async def thread_proof(
    settings: Settings, mail: ParsedMail
) -> Literal["token", "other_sender", "none"]:
    """Return `token` when the mail names one of ours to its sender, `other_sender` when to another.

    Without an embedded database, or without its master key, nothing is proved. What only a running
    hub remembers (names of mails that came to it) is not asked.
    """
    names = (*mail.references, *mail.in_reply_to)[-NAMES_READ_MOST:]
    ring = await _keys(settings) if names else None
    if ring is None:
        return "none"
    signed, now = SignedLinks(ring), SystemClock().now()
    found = [read for name in names if (read := read_name(name, signed, now=now))]
    if not found:
        return "none"
    mark = LookupKey(ring).of("mail", mail.sender) if mail.sender else ""
    return "token" if any(one[1] == mark for one in found) else "other_sender"


async def _keys(settings: Settings) -> KeyRing | None:
    path = _database(settings)
    if path is None:
        return None
    reader = SqliteReader(path)
    try:
        master = master_key(settings, may_create=False)
        rows = await reader.rows(find(DataKey, "id", "wrapped", "retired_at"))
        return KeyRing(unwrap(row[0], bytes(row[1]), master, retired=bool(row[2])) for row in rows)
    except (BadKeyFile, WrongKey):
        return None
    finally:
        await reader.close()


def _database(settings: Settings) -> Path | None:
    url = make_url(settings.store_url)
    path = Path(url.database or "")
    return path if url.drivername.startswith("sqlite") and path.is_file() else None
