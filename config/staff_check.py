"""Queues that nobody on the staff list can serve: told at start, an error in `hub check`."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

import structlog
from sqlalchemy.engine import make_url

from config.problems import CannotStart, ExitCode
from config.settings import Settings
from hub.domain.routing import AgentProfile
from hub.journey.staff import StaffDirectory, StaffMember
from hub.store.sqlite_reader import SqliteReader
from routing.policy import load
from routing.set_up import Problem, SetUpError

log = structlog.get_logger()


def profiles(members: Iterable[StaffMember]) -> list[AgentProfile]:
    """Return what those who may sign in and work for a queue can do, as routing will hear it."""
    return [one.profile for one in members if one.enabled and one.profile.queues]


def unserved(folder: Path, staff: list[AgentProfile]) -> list[Problem]:
    """Return what the staff cannot serve of the set-up in `folder`.

    An empty list of staff says nothing: before the first agent is added no queue can be served.
    """
    if not staff:
        return []
    try:
        load(folder, staff)
    except SetUpError as error:
        return error.problems
    return []


def warn_unserved(folder: Path, members: Iterable[StaffMember]) -> None:
    """Say at start which queues would only fill; the hub starts all the same."""
    for one in unserved(folder, profiles(members)):
        log.warning(
            "queue_unserved", file=one.file, line=one.line, text=one.text, remedy=one.remedy
        )


async def refuse_unserved(settings: Settings) -> bool:
    """Raise `CannotStart` naming queues nobody can serve; False when no staff list can be read.

    Reads beside a hub that serves. A store shared by nodes is asked at start only.
    """
    members = await _members(settings)
    problems = unserved(settings.set_up_dir, profiles(members or ()))
    if problems:
        raise CannotStart(ExitCode.SET_UP, "\n".join(map(str, problems)))
    return members is not None


async def _members(settings: Settings) -> list[StaffMember] | None:
    path = _database_file(settings.store_url)
    if path is None:
        return None
    try:
        reader = SqliteReader(path)
        try:
            directory = StaffDirectory(reader)
            await directory.load()
        finally:
            await reader.close()
    except sqlite3.Error as error:
        raise CannotStart(ExitCode.DATABASE, f"{path}: the staff cannot be read: {error}") from None
    return directory.all()


def _database_file(store_url: str) -> Path | None:
    url = make_url(store_url)
    path = Path(url.database or "").absolute()
    return path if url.get_backend_name() == "sqlite" and path.is_file() else None
