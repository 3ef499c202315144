"""A real IMAP server, Debian's Dovecot, on loopback and in a folder of its own.

    dovecot.fill(100_000, unseen=range(50_001, 53_001))
    dovecot.append(b"Subject: new\r\n\r\nhello")

Mails are plain files below `home`, so that a large mailbox is filled without a protocol. It says
in its log how many mails a session has read (`bodies_read`).
"""

import base64
import getpass
import grp
import imaplib
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from tests.support import child

PASSWORD: Final = "long-and-secret"
PROGRAM: Final = Path("/usr/sbin/dovecot")
TOKEN_SECRET: Final = b"a secret between the bank and its mail server"
START_SECONDS: Final = 20.0
FIRST_NAME_AT: Final = 1_700_000_000
_BODIES: Final = re.compile(r"bodies=(\d+)")

CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain xoauth2
mail_location = maildir:~/Maildir
first_valid_uid = 1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
imap_logout_format = bodies=%{{fetch_body_count}}
passdb {{
  driver = static
  mechanisms = plain
  args = password={password}
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {home}/oauth2
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


class Dovecot:
    """A running server; whoever signs in with the password has a mailbox."""

    def __init__(self, home: Path, port: int) -> None:
        self.home, self.port = home, port
        self._count = 0

    def mailbox(self) -> "DovecotMailbox":
        """Return a mailbox that nobody has used."""
        self._count += 1
        return DovecotMailbox(self, f"box{self._count}@bank.example")


class DovecotMailbox:
    """One mailbox, as its owner and an administrator see it."""

    def __init__(self, server: Dovecot, user: str) -> None:
        self._server, self.user, self.port = server, user, server.port

    def folder(self, name: str = "INBOX") -> Path:
        """Where the mails of a folder lie."""
        top = self._server.home / "mail" / self.user / "Maildir"
        return top if name == "INBOX" else top / f".{name}"

    def session(self) -> imaplib.IMAP4:
        """Sign in as another mail program would."""
        found = imaplib.IMAP4("127.0.0.1", self.port, timeout=START_SECONDS)
        found.login(self.user, PASSWORD)
        return found

    def append(self, raw: bytes, *, folder: str = "INBOX") -> None:
        """Put a mail into a folder, as a delivery does."""
        with self.session() as session:
            if folder != "INBOX":
                session.create(folder)
            answer, told = session.append(folder, "", "", raw)
            assert answer == "OK", told

    def fill(self, count: int, *, unseen: range, mail: Callable[[int], bytes]) -> None:
        """Fill the inbox with so many mails; UIDs are 1 to `count`, all seen but some."""
        with self.session() as session:
            session.select()
        place = self.folder() / "cur"
        owner = place.stat()
        for uid in range(1, count + 1):
            flags = "" if uid in unseen else "S"
            file = place / f"{FIRST_NAME_AT + uid}.M{uid}P1.bank:2,{flags}"
            file.write_bytes(mail(uid))
            os.chown(file, owner.st_uid, owner.st_gid)

    def seen(self, folder: str = "INBOX") -> set[int]:
        """UIDs that are marked as seen."""
        with self.session() as session:
            session.select(folder, readonly=True)
            return {int(one) for one in session.uid("SEARCH", "SEEN")[1][0].split()}

    def forget_uids(self) -> None:
        """Lose the list of UIDs, as after a restored backup: UIDVALIDITY changes."""
        self.end_sessions()
        for file in self.folder().glob("dovecot[.-]*"):
            # Without this one it might give the same number within the same second.
            if not file.name.startswith("dovecot-uidvalidity"):
                file.unlink()

    def end_sessions(self) -> None:
        """End what is open, as an administrator does; nothing open is fine, too."""
        config = str(self._server.home / "dovecot.conf")
        command = ["doveadm", "-c", config, "kick", self.user]
        subprocess.run(command, check=False, capture_output=True)

    def bodies_read(self) -> list[int]:
        """How many mails each session has read that is over."""
        log = (self._server.home / "log").read_text()
        mine = f"imap({self.user})"
        told = (_BODIES.search(line) for line in log.splitlines() if mine in line)
        return [int(found[1]) for found in told if found]


def token(user: str, *, seconds: float = 3600.0) -> str:
    """Return an access token as the bank's identity provider signs it."""
    at = int(time.time())
    claims = {"email": user, "sub": user, "iat": at - 7200, "exp": at + int(seconds)}
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(TOKEN_SECRET))


@pytest.fixture(scope="session")
def dovecot_server() -> Iterator[Dovecot]:
    """A server for this test process."""
    if not PROGRAM.exists():
        pytest.skip("no Dovecot here: apt-get install dovecot-imapd")
    with running() as found:
        yield found


@pytest.fixture
def dovecot(dovecot_server: Dovecot) -> DovecotMailbox:
    """A mailbox that nobody has used."""
    return dovecot_server.mailbox()


@contextmanager
def running() -> Iterator[Dovecot]:
    """Run a server that ends with the block."""
    home = Path(tempfile.mkdtemp(prefix="hub-dovecot-"))
    try:
        for _ in range(5):
            port = child.free_port()
            _set_up(home, port)
            config = home / "dovecot.conf"
            process = child.start([PROGRAM, "-F", "-c", config], log=home / "log")
            try:
                if _answers(port, process):
                    yield Dovecot(home, port)
                    return
            finally:
                child.stop(process)
        raise RuntimeError(f"Dovecot does not start:\n{(home / 'log').read_text()}")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _set_up(home: Path, port: int) -> None:
    is_root = os.geteuid() == 0
    uid, gid = (child.NOBODY, child.NOBODY) if is_root else (os.getuid(), os.getgid())
    user = "nobody" if is_root else getpass.getuser()
    home.chmod(0o755)
    for name in ("run", "state", "mail", "keys/default/HS256"):
        (home / name).mkdir(parents=True, exist_ok=True)
    os.chown(home / "mail", uid, gid)
    told = {"home": home, "port": port, "uid": uid, "gid": gid, "user": user,
            "password": PASSWORD}  # fmt: skip
    config = CONFIG.format(**told, group=grp.getgrgid(gid).gr_name)
    (home / "dovecot.conf").write_text(config)
    secret = base64.b64encode(TOKEN_SECRET)
    (home / "keys/default/HS256/default").write_bytes(secret)
    (home / "oauth2").write_text(
        "introspection_mode = local\nusername_attribute = email\n"
        f"local_validation_key_dict = fs:posix:prefix={home}/keys/\n"
    )


def _answers(port: int, process: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            imaplib.IMAP4("127.0.0.1", port, timeout=START_SECONDS).logout()
        except (OSError, imaplib.IMAP4.error):
            time.sleep(0.02)
        else:
            return True
    return False
