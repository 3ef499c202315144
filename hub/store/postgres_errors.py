"""What PostgreSQL's errors mean to a caller."""

import asyncpg

from hub.domain.errors import HubError, Invalid, Refused, Unavailable

AWAY = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.OperatorInterventionError,
    asyncpg.InternalClientError,
)
"""The server is not there, or has ended our connection; the last: in the middle of a statement."""
CONNECT_SECONDS = 5.0
"""A server that is just going down may take a connection and say nothing for ever."""

RACES = (asyncpg.DeadlockDetectedError, asyncpg.SerializationError, asyncpg.UniqueViolationError)
"""Lost to another transaction; a unit made anew would see what the other one did."""

_UNAVAILABLE = {
    asyncpg.DiskFullError: "disk_full",
    asyncpg.InsufficientResourcesError: "database_exhausted",
    asyncpg.ReadOnlySQLTransactionError: "database_read_only",
    asyncpg.LockNotAvailableError: "database_busy",
    asyncpg.QueryCanceledError: "database_busy",
    **dict.fromkeys(AWAY, "database_away"),
}


def translated(error: Exception) -> Exception:
    """Return what to raise at the caller; errors of the unit itself stay as they are."""
    found = _meaning(error)
    if found is None:
        return error
    found.__cause__ = error
    return found


def _meaning(error: Exception) -> HubError | None:
    name = type(error).__name__
    for kind, code in _UNAVAILABLE.items():
        if isinstance(error, kind):
            return Unavailable(code, name)
    if isinstance(error, (*RACES, asyncpg.IntegrityConstraintViolationError)):
        return Refused("conflict", getattr(error, "constraint_name", None) or name)
    if isinstance(error, asyncpg.DataError):
        return Invalid("value", name)
    return None
