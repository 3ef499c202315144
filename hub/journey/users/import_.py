"""Users from a file: new logins are added, known ones brought up to it, each row on its own."""

from collections.abc import Sequence
from typing import NamedTuple

from hub.domain.errors import HubError
from hub.journey.context import Hub
from hub.journey.users.add import add_unit, judged
from hub.journey.users.amend import amend_unit, amended
from hub.journey.users.given import NewUser, Vocabulary, columns_of, require_login
from hub.journey.users.sheet import Line, user_of
from hub.security.passwords import Passwords, temporary_password
from hub.store.rows import find
from hub.store.tables import User


class RowResult(NamedTuple):
    """What became of a row, or would; the password of an added User is shown this once."""

    line: int
    login: str
    outcome: str
    """`added`, `changed`, `unchanged` or `refused`."""
    code: str = ""
    detail: str = ""
    password: str = ""


async def import_lines(
    hub: Hub, actor: str, lines: Sequence[Line], *, known: Vocabulary, passwords: Passwords,
    dry: bool,
) -> list[RowResult]:  # fmt: skip
    """Bring in rows; `dry` judges them and writes nothing."""
    results = []
    seen: set[str] = set()
    for line in lines:
        try:
            results.append(await _import(hub, actor, line, seen, known, passwords, dry=dry))
        except HubError as error:
            login = line.cells.get("login", "")[:64]
            results.append(RowResult(line.number, login, "refused", error.code, error.detail))
    if not dry:
        await hub.staff.load()
    return results


async def _import(
    hub: Hub, actor: str, line: Line, seen: set[str], known: Vocabulary, passwords: Passwords,
    *, dry: bool,
) -> RowResult:  # fmt: skip
    new = user_of(line)
    login = require_login(new.login)
    if login in seen:
        return RowResult(line.number, login, "refused", "login_twice", "it stands above already")
    seen.add(login)
    rows = await hub.reader.rows(find(User, "id", login=login))
    if rows:
        return await _bring_up(hub, actor, line, login, rows[0][0], new, known, dry=dry)
    values = judged(known, new)
    if dry:
        return RowResult(line.number, login, "added")
    password = temporary_password()
    hashed, user_id = await passwords.hash(password), hub.new_id("usr")
    await hub.journal.run(lambda: add_unit(hub, actor, user_id, values, hashed))
    return RowResult(line.number, login, "added", password=password)


async def _bring_up(
    hub: Hub, actor: str, line: Line, login: str, user_id: str, new: NewUser, known: Vocabulary,
    *, dry: bool,
) -> RowResult:  # fmt: skip
    values = columns_of(known, new)
    make = amended if dry else amend_unit
    changed = await hub.journal.run(lambda: make(hub, actor, user_id, new, values))
    return RowResult(line.number, login, "changed" if changed else "unchanged")
