"""A real mail server of others, Debian's Exim, on loopback and in a folder of its own.

    exim.mails()                # what lies in its one maildir, byte for byte
    exim.let("held", be=True)   # what it takes waits in its queue
    exim.kill()                 # all of it, at once; `exim.start()` brings it back

It insists on STARTTLS and on a sign-in before it takes a mail for anybody.
"""

import getpass
import grp
import os
import shutil
import signal
import smtplib
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from tests.support import child
from tests.support.certificate import server_context

PROGRAM: Final = Path("/usr/sbin/exim4")
USER: Final = "hub"
PASSWORD: Final = "long-and-secret"
START_SECONDS: Final = 20.0

CONFIG = """
primary_hostname = mx.mail.example
exim_path = {home}/exim
exim_user = {user}
exim_group = {group}
never_users =
keep_environment =
spool_directory = {home}/spool
log_file_path = {home}/log/%slog
pid_file_path = {home}/exim.pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = {port}
tls_certificate = {home}/server.pem
tls_privatekey = {home}/server.key
tls_advertise_hosts = *
auth_advertise_hosts = ${{if def:tls_in_cipher {{*}}}}
smtputf8_advertise_hosts = *
deliver_drop_privilege = true
queue_only_file = smtp{home}/held
smtp_accept_max = 20
acl_smtp_rcpt = rcpt
acl_smtp_data = data

begin acl
rcpt:
  accept encrypted = *
         authenticated = *
  deny message = sign in first
data:
  warn condition = ${{if exists{{{home}/slow}}}}
       logwrite = a mail is here and nobody was told
       delay = 60s
  accept

begin routers
all:
  driver = accept
  transport = maildir

begin transports
maildir:
  driver = appendfile
  directory = {home}/mail
  maildir_format
  use_crlf
  user = {user}
  group = {group}

begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and {{ {{eq{{$auth2}}{{{name}}}}} {{eq{{$auth3}}{{{password}}}}} }}}}
  server_set_id = $auth2
"""


class Exim:
    """A running server with one mailbox, to which it delivers whatever it takes."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, child.free_port()
        self.certificate = home / "server.pem"
        self._process: subprocess.Popen[bytes] | None = None
        self._set_up()

    def start(self) -> None:
        """Listen, and look into the queue of before."""
        for _ in range(5):
            command: list[str | Path] = [
                self.home / "exim",
                "-C",
                self.home / "exim.conf",
                "-bdf",
                "-q1s",
            ]
            as_nobody = os.geteuid() == 0
            self._process = child.start(command, log=self.home / "told", as_nobody=as_nobody)
            if self._answers():
                return
            self.kill()
            # Somebody else took the port meanwhile.
            self.port = child.free_port()
            self._set_up()
        raise RuntimeError(f"Exim does not start:\n{(self.home / 'told').read_text()}")

    def kill(self) -> None:
        """End all of its processes, as a power cut does."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def mails(self) -> list[bytes]:
        """What it has delivered, the oldest first."""
        files = (self.home / "mail" / "new").glob("*")
        return [file.read_bytes() for file in sorted(files, key=lambda one: one.stat().st_mtime_ns)]

    @property
    def queue(self) -> int:
        """How many mails it has taken and not delivered."""
        return len(list((self.home / "spool" / "input").glob("*-H")))

    @property
    def is_silent(self) -> bool:
        """Whether it has all of a mail and has not said so."""
        log = self.home / "log" / "mainlog"
        return log.exists() and "nobody was told" in log.read_text()

    def let(self, name: str, *, be: bool) -> None:
        """`held`: what it takes waits in its queue; `slow`: it has a mail and does not say so."""
        flag = self.home / name
        flag.touch() if be else flag.unlink(missing_ok=True)

    def _set_up(self) -> None:
        is_root = os.geteuid() == 0
        gid = child.NOBODY if is_root else os.getgid()
        user = "nobody" if is_root else getpass.getuser()
        told = {"home": self.home, "port": self.port, "user": user, "name": USER,
                "password": PASSWORD, "group": grp.getgrgid(gid).gr_name}  # fmt: skip
        server_context(self.home)
        # Without the rights of the installed one: it needs none, and its rights would hide the
        # settings of a test from it.
        shutil.copyfile(PROGRAM, self.home / "exim")
        (self.home / "exim").chmod(0o755)
        (self.home / "exim.conf").write_text(CONFIG.format(**told))
        for name in ("spool", "log", "mail"):
            (self.home / name).mkdir(exist_ok=True)
        if is_root:
            for path in (self.home, *self.home.rglob("*")):
                os.chown(path, child.NOBODY, child.NOBODY)

    def _answers(self) -> bool:
        deadline = time.monotonic() + START_SECONDS
        process = self._process
        assert process is not None
        while process.poll() is None and time.monotonic() < deadline:
            try:
                with smtplib.SMTP("127.0.0.1", self.port, timeout=START_SECONDS):
                    return True
            except (OSError, smtplib.SMTPException):
                time.sleep(0.02)
        return False


@pytest.fixture(scope="session")
def exim_server() -> Path:
    """The program; each test runs its own."""
    if not PROGRAM.exists():
        pytest.skip("no Exim here: apt-get install exim4-daemon-light")
    return PROGRAM


@pytest.fixture
def exim(exim_server: Path) -> Iterator[Exim]:
    """A server that nobody has used."""
    assert exim_server.exists()
    with running() as found:
        yield found


@contextmanager
def running() -> Iterator[Exim]:
    """Run a server that ends with the block."""
    home = Path(tempfile.mkdtemp(prefix="hub-exim-"))
    server = Exim(home)
    try:
        server.start()
        yield server
    finally:
        server.kill()
        shutil.rmtree(home, ignore_errors=True)
