"""Commands on a hub's data while it does not serve: backup, audit, keys, first users."""

import json
import os
import shutil
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy.engine import make_url

from config.foundation import Foundation, lay_foundation, master_key
from config.problems import CannotStart, ExitCode
from config.settings import Settings
from hub.adapters.clock import SystemClock
from hub.adapters.ids import RandomIds
from hub.domain.errors import Invalid, Unavailable
from hub.journey.users.given import require_login
from hub.security import audit, audit_anchor
from hub.security.audit import Verdict
from hub.security.audit_anchor import Anchor
from hub.security.key_store import add_data_key
from hub.security.keyring import Purpose
from hub.security.roles import Role
from hub.security.rotate import reseal_chunk
from hub.security.sealed_columns import sealed_columns
from hub.store.process_lock import ProcessLock
from hub.store.rows import find, put
from hub.store.sqlite_backup import check_database, copy_database
from hub.store.tables import AuditEntry, Customer, User
from hub.store.unit import Unit

CHUNK = 2_000
Told = Callable[[int, int], None]


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Foundation]:
    """Open store and keys for one command; refused while a hub serves from them."""
    foundation = await lay_foundation(settings, SystemClock())
    try:
        yield foundation
    finally:
        await foundation.close()


async def verify_chains(settings: Settings) -> list[tuple[str, Verdict]]:
    """Check the chain of every node against the key and the signed anchors."""
    async with opened(settings) as foundation:
        rows = await foundation.store.reader.heavy(find(AuditEntry, "node"))
        return [(node, await _verify(foundation, node)) for node in sorted({r[0] for r in rows})]


async def _verify(foundation: Foundation, node: str) -> Verdict:
    reader, key = foundation.store.reader, foundation.audit_key
    public = audit_anchor.signing_key(key).public_key()
    rows = await reader.rows(audit_anchor.anchors_of_node(of_node=node))
    anchors = audit_anchor.trusted_hashes((Anchor(*row) for row in rows), public)
    verdict: Verdict | None = None
    while True:
        after = verdict.entries if verdict else 0
        call = audit.entries_of_node(of_node=node, after_n=after, most=CHUNK)
        entries = await reader.heavy(call)
        verdict = audit.verify(entries, key, anchors=anchors, after=verdict)
        if len(entries) < CHUNK or not verdict.holds:
            return audit.check_tail(verdict, anchors)


async def rotate_data_key(settings: Settings, told: Told) -> tuple[str, int]:
    """Make a new data key and seal every value under it; return its id and how many were sealed."""
    async with opened(settings) as foundation:
        journal, ring = foundation.store.journal, foundation.ring
        master = master_key(settings, may_create=False)
        at = foundation.clock.now()
        key = await journal.run(add_data_key(ring, Purpose.SEAL, master, at))
        ring.add(key)
        foundation.vault.use_current_key()
        columns, count = list(sealed_columns()), 0
        for n, column in enumerate(columns):
            after: tuple[object, ...] | None = None
            while step := await journal.run(reseal_chunk(foundation.vault, column, after)):
                after, count = step.after, count + step.resealed
            told(n + 1, len(columns))
        return key.id, count


async def begin_bank(settings: Settings, login: str, name: str, password: str) -> str:
    """Make an empty bank with a first administrator; refused where anybody is known already."""
    return await add_staff(settings, login, name, [Role.ADMINISTRATOR], password, is_first=True)


async def _require_empty(foundation: Foundation, settings: Settings) -> None:
    for record in (User, Customer):
        if await foundation.store.reader.rows(find(record, "id")):
            raise CannotStart(
                ExitCode.DATABASE,
                f"{settings.data_dir} holds a bank already; name another folder with HUB_DATA_DIR, "
                "or add somebody with `hub add-user`",
            )


async def add_staff(
    settings: Settings, login: str, name: str, roles: Sequence[str], password: str,
    *, is_first: bool = False,
) -> str:  # fmt: skip
    """Add a user of the hub; return the identifier."""
    unknown = set(roles) - {role.value for role in Role}
    if unknown:
        raise CannotStart(ExitCode.USAGE, f"no such role: {', '.join(sorted(unknown))}")
    async with opened(settings) as foundation:
        if is_first:
            await _require_empty(foundation, settings)
        user_id = RandomIds()("usr")
        try:
            stored_login = require_login(login)
            hashed = await foundation.passwords.hash(password)
        except Invalid as error:
            raise CannotStart(ExitCode.USAGE, error.detail) from None
        at = foundation.clock.now()

        def unit() -> Unit[None]:
            yield put(
                User,
                id=user_id,
                login=stored_login,
                name=json.dumps({"en": name, "zh": name}, ensure_ascii=False),
                roles=json.dumps(sorted(roles)),
                password_hash=hashed,
                created_at=at,
            )
            yield from audit.record(
                foundation.audit_key, settings.node, at=at, actor="command_line",
                action="user_added", subject=user_id, details={"roles": sorted(roles)},
            )  # fmt: skip

        await foundation.store.journal.run(unit())
        return user_id


# -- backup of the embedded database -----------------------------------------------------------


def back_up(settings: Settings, target: Path, told: Told) -> int:
    """Copy the embedded database, also while a hub serves from it; return bytes written."""
    source = _database_file(settings)
    if not source.exists():
        raise CannotStart(ExitCode.DATABASE, f"there is no database at {source}")
    if target.exists():
        raise CannotStart(ExitCode.USAGE, f"{target} is there already; name a new file")
    draft = target.with_name(target.name + ".part")
    try:
        size = copy_database(source, draft, told)
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)
    return size


def put_back(settings: Settings, source: Path) -> Path | None:
    """Put a backup in place of the database; return where the database before it is kept."""
    target = _database_file(settings)
    try:
        check_database(source)
    except Invalid as error:
        raise CannotStart(ExitCode.DATABASE, error.detail) from None
    lock = ProcessLock(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        lock.take()
    except Unavailable as error:
        raise CannotStart(ExitCode.DATABASE, error.detail) from None
    try:
        return _swap(source, target)
    finally:
        lock.release()


def _swap(source: Path, target: Path) -> Path | None:
    draft = target.with_name(target.name + ".part")
    shutil.copyfile(source, draft)
    os.chmod(draft, 0o600)
    kept = target.with_name(target.name + ".before-restore") if target.exists() else None
    if kept is not None:
        # With its log beside it: the newest commits may still be there only.
        for end in ("", "-wal", "-shm"):
            beside = target.with_name(target.name + end)
            if beside.exists():
                beside.replace(kept.with_name(kept.name + end))
    draft.replace(target)
    return kept


def _database_file(settings: Settings) -> Path:
    url = make_url(settings.store_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise CannotStart(
            ExitCode.USAGE, "this works on the embedded database; use pg_dump for PostgreSQL"
        )
    return Path(url.database)
