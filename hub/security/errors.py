"""Refusals of this folder. The docstring of each says how to repair."""

from hub.domain.errors import HubError, Unavailable


class WrongKey(HubError):
    """Start with the master key this database was made with, or restore the key file."""


class Tampered(HubError):
    """A sealed value was changed or moved: restore the row from backup and read the audit."""


class BadKeyFile(HubError):
    """The key file or variable is missing, broken or readable by others; the detail says which."""


class TooMany(Unavailable):
    """Too many tries; wait `retry_after_seconds`."""

    def __init__(self, code: str, retry_after_seconds: float) -> None:
        super().__init__(code, f"try again in {retry_after_seconds:.0f} s")
        self.retry_after_seconds = retry_after_seconds
