"""`hub import customers FILE`: into a stopped hub directly, into a live one by its own door."""

import asyncio
import csv
import http.client
import json
import os
import tomllib
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol, TextIO
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url

from agent_console.http.import_customers import PURPOSE, VIEWER
from config.foundation import Foundation, lay_foundation, master_key
from config.problems import CannotStart, ExitCode
from config.settings import Settings
from hub.adapters.clock import SystemClock
from hub.adapters.ids import RandomIds
from hub.customers.import_.columns import columns_of
from hub.customers.import_.judge import Judged, judge
from hub.customers.import_.read import BadRow, Row, encoding_of, rows_of
from hub.customers.import_.store import ROWS_AT_ONCE, Result, store_rows
from hub.domain.errors import Invalid, Unavailable
from hub.security import audit
from hub.security.keyring import KeyRing, unwrap
from hub.security.signed_link import SignedLinks
from hub.store.process_lock import ProcessLock
from hub.store.rows import find
from hub.store.sqlite_reader import SqliteReader
from hub.store.tables import DataKey

BODY_MOST_BYTES = 60_000
TOKEN_SECONDS = 60.0
Told = Callable[[int, int], None]


class Target(Protocol):
    """Where the rows go."""

    async def store(self, rows: Sequence[Judged], *, dry: bool) -> list[tuple[Result, str]]:
        """Store a chunk; returns what became of each."""

    async def end(self, counts: Mapping[str, int]) -> None:
        """Note the import in the audit."""


async def import_customers(
    settings: Settings, source: Path, report: Path, *, mapping: Path | None, dry: bool, told: Told
) -> Counter[str]:
    """Import a CSV; returns how many were created, updated, unchanged and refused."""
    try:
        encoding = encoding_of(source)
        rows = rows_of(source, encoding)
        header = next(rows, None)
        if not isinstance(header, Row):
            raise Invalid("empty_file", "the first line must name the columns")
        columns = columns_of(header.cells, _mapping(mapping))
    except (Invalid, OSError, tomllib.TOMLDecodeError) as error:
        detail = error.detail if isinstance(error, Invalid) else str(error)
        raise CannotStart(ExitCode.USAGE, f"{source}: {detail}") from None
    lines = _count_lines(source)
    async with _target(settings) as target:
        with _opened(report) as file:
            counts = await _walk(target, rows, columns, csv.writer(file), lines, told, dry=dry)
        if not dry:
            await target.end(counts)
    return counts


async def _walk(
    target: Target,
    rows: Iterator[Row | BadRow],
    columns: Mapping[str, int],
    report: Any,
    lines: int,
    told: Told,
    *,
    dry: bool,
) -> Counter[str]:
    report.writerow(("line", "number", "result", "reason", "field"))
    counts: Counter[str] = Counter(created=0, updated=0, unchanged=0, refused=0)
    seen: set[str] = set()
    held: list[tuple[int, Judged]] = []

    async def flush() -> None:
        results = await target.store([one for _, one in held], dry=dry) if held else []
        for (line, one), (result, code) in zip(held, results, strict=True):
            counts[result] += 1
            report.writerow((line, one.number, result, code, ""))
        held.clear()

    for row in rows:
        try:
            if isinstance(row, BadRow):
                raise Invalid(row.code)
            one = judge(row.cells, columns)
            if one.number in seen:
                raise Invalid("twice_in_file", "number")
            seen.add(one.number)
            held.append((row.number, one))
        except Invalid as refused:
            counts["refused"] += 1
            report.writerow((row.number, "", "refused", refused.code, refused.detail))
        if len(held) == ROWS_AT_ONCE:
            await flush()
            told(min(row.number, lines), lines)
    await flush()
    told(lines, lines)
    return counts


@asynccontextmanager
async def _target(settings: Settings) -> AsyncIterator[Target]:
    if await _is_live(settings):
        yield await _Live.of(settings)
        return
    foundation = await lay_foundation(settings, SystemClock())
    try:
        yield _Direct(foundation, settings.node)
    finally:
        await foundation.close()


class _Direct:
    """Writes into the store of a stopped hub, or of PostgreSQL beside others."""

    def __init__(self, foundation: Foundation, node: str) -> None:
        self._on, self._node, self._new_id = foundation, node, RandomIds()

    async def store(self, rows: Sequence[Judged], *, dry: bool) -> list[tuple[Result, str]]:
        """Store a chunk in one unit."""
        on, at = self._on, self._on.clock.now()
        year = datetime.fromtimestamp(at, UTC).year
        return await on.store.journal.run(
            lambda: store_rows(on.vault, on.lookup, self._new_id, rows, at=at, year=year, dry=dry)
        )

    async def end(self, counts: Mapping[str, int]) -> None:
        """Note it in the audit."""
        on = self._on
        await on.store.journal.run(
            audit.record(
                on.audit_key, self._node, at=on.clock.now(), actor=VIEWER,
                action="customers_imported", subject="customers", details=dict(counts),
            )
        )  # fmt: skip


class _Live:
    """Asks the hub that serves from this store."""

    def __init__(self, settings: Settings, links: SignedLinks) -> None:
        self._settings, self._links, self._clock = settings, links, SystemClock()

    @classmethod
    async def of(cls, settings: Settings) -> "_Live":
        """Read the keys; the master key is the proof that we may."""
        reader = SqliteReader(_database(settings))
        try:
            rows = await reader.rows(find(DataKey, "id", "wrapped", "retired_at"))
        finally:
            await reader.close()
        master = master_key(settings, may_create=False)
        ring = KeyRing(unwrap(row[0], bytes(row[1]), master, retired=bool(row[2])) for row in rows)
        return cls(settings, SignedLinks(ring))

    async def store(self, rows: Sequence[Judged], *, dry: bool) -> list[tuple[Result, str]]:
        """Send a chunk, in as many requests as it needs."""
        results: list[tuple[Result, str]] = []
        for part in _parts(rows):
            answer = await asyncio.to_thread(self._post, "", {"rows": part, "dry": dry})
            results += [(result, code) for result, code in answer["results"]]
        return results

    async def end(self, counts: Mapping[str, int]) -> None:
        """Note it in the audit."""
        await asyncio.to_thread(self._post, "/end", {"counts": dict(counts)})

    def _post(self, path: str, body: Mapping[str, Any]) -> Any:
        expires_at = self._clock.now() + TOKEN_SECONDS
        token = self._links.sign(PURPOSE, "customers", viewer=VIEWER, expires_at=expires_at)
        origin = self._settings.origins[0]
        host = self._settings.host
        address = "127.0.0.1" if host in ("0.0.0.0", "::") else host
        connection = http.client.HTTPConnection(address, self._settings.port, timeout=60)
        headers = {
            "Host": urlsplit(origin).netloc, "Origin": origin, "Content-Type": "application/json",
            "Authorization": f"Bearer {token}",
        }  # fmt: skip
        try:
            data = json.dumps(body, ensure_ascii=False).encode()
            connection.request("POST", f"/api/import/customers{path}", data, headers)
            reply = connection.getresponse()
            answer = json.loads(reply.read())
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise CannotStart(
                ExitCode.FAILED,
                f"the hub at {origin} does not answer ({type(error).__name__}); what was "
                "stored stays, run the command again",
            ) from None
        finally:
            connection.close()
        if reply.status != 200:
            raise CannotStart(ExitCode.FAILED, f"the hub refused: {answer.get('code')}")
        return answer


def _parts(rows: Sequence[Judged]) -> Iterator[list[dict[str, Any]]]:
    part: list[dict[str, Any]] = []
    size = 0
    for row in rows:
        one = asdict(row)
        bytes_of_one = len(json.dumps(one, ensure_ascii=False).encode()) + 2
        if part and size + bytes_of_one > BODY_MOST_BYTES:
            yield part
            part, size = [], 0
        part.append(one)
        size += bytes_of_one
    if part:
        yield part


async def _is_live(settings: Settings) -> bool:
    """Whether a process serves from the embedded database now."""
    if not settings.store_url.startswith("sqlite"):
        return False
    path = _database(settings)
    if not path.exists():
        return False
    lock = ProcessLock(path)
    try:
        lock.take()
    except Unavailable:
        return True
    lock.release()
    return False


def _database(settings: Settings) -> Path:
    return Path(make_url(settings.store_url).database or "")


def _mapping(path: Path | None) -> dict[str, str] | None:
    """Read `[columns]` of a mapping file: field = "header"."""
    if path is None:
        return None
    columns = tomllib.loads(path.read_text("utf-8")).get("columns")
    if not isinstance(columns, dict) or not all(isinstance(v, str) for v in columns.values()):
        raise Invalid("mapping", f'{path} needs a table [columns] with lines field = "header"')
    return columns


def _count_lines(path: Path) -> int:
    with path.open("rb") as file:
        return max(1, sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b"")))


def _opened(report: Path) -> TextIO:
    """Open the report for us alone: it names customers' numbers."""
    descriptor = os.open(report, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    return os.fdopen(descriptor, "w", encoding="utf-8", newline="")
