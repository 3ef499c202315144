"""What keeps the hub from starting, in words for the operator, each with its exit code."""

from enum import IntEnum
from pathlib import Path

from hub.domain.errors import HubError, Invalid, Unavailable
from hub.security.errors import BadKeyFile, WrongKey


class ExitCode(IntEnum):
    """Exit status of `hub`; scripts may rely on it."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    SETTINGS = 3
    SET_UP = 4
    PORT_TAKEN = 5
    KEY = 6
    DATABASE = 7
    DEMO_EXPOSED = 8
    AUDIT_BROKEN = 9
    ROWS_REFUSED = 10


MEANING = {
    ExitCode.DONE: "done",
    ExitCode.FAILED: "something broke; the log says what",
    ExitCode.USAGE: "wrong use of the command line",
    ExitCode.SETTINGS: "a setting is wrong or unknown",
    ExitCode.SET_UP: "a set-up file (queues, skills, hours ...) is wrong",
    ExitCode.PORT_TAKEN: "the address is not ours to listen on",
    ExitCode.KEY: "the master key is missing, open to others, or not this database's",
    ExitCode.DATABASE: "the database is newer, in use, or out of reach",
    ExitCode.DEMO_EXPOSED: "demo accounts would be reachable from outside",
    ExitCode.AUDIT_BROKEN: "the audit chain does not hold",
    ExitCode.ROWS_REFUSED: "some rows of a file were refused; the report says which and why",
}


class CannotStart(Exception):
    """A reason not to start: what is wrong, where, and what to do."""

    def __init__(self, code: ExitCode, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def explained(error: HubError) -> CannotStart:
    """Turn a refusal of a part of the hub into a reason not to start."""
    if isinstance(error, WrongKey | BadKeyFile):
        return CannotStart(ExitCode.KEY, error.detail)
    if isinstance(error, Unavailable) or error.code in ("schema_newer", "store_url"):
        return CannotStart(ExitCode.DATABASE, error.detail or error.code)
    if isinstance(error, Invalid):
        return CannotStart(ExitCode.SET_UP, error.detail or error.code)
    return CannotStart(ExitCode.FAILED, str(error))


def require_writable(folder: Path) -> None:
    """Make the data folder; raise `CannotStart` when it cannot be written to."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (probe := folder / ".writable").touch()
        probe.unlink()
    except OSError as error:
        raise CannotStart(
            ExitCode.DATABASE, f"{folder} cannot be written to ({error.strerror}); set HUB_DATA_DIR"
        ) from None
