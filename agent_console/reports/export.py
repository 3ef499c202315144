"""Exports: made in the background day by day, fetched once they are done, soon forgotten."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final, Literal

import structlog

from agent_console.reports.calendar import Day
from agent_console.reports.files import CsvFile, SheetFile, XlsxFile
from agent_console.reports.reading import fold_days
from agent_console.reports.selection import Selection
from agent_console.reports.sheets import COLUMNS, SHEETS, Writing, rows_of, sheet_title, title
from hub.domain.errors import NotFound, Refused
from hub.journey.audited import audited
from hub.journey.context import Hub
from hub.reports.day_lines import DayReport
from hub.store.unit import Unit

KEPT_SECONDS: Final = 900.0
MOST_OF_ONE: Final = 3
FOLDER: Final = "exports"
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to export; a CSV holds one sheet."""

    days: Sequence[Day]
    chosen: Selection
    form: Literal["csv", "xlsx"]
    sheets: Sequence[str] = SHEETS
    language: str = "en"

    @property
    def name(self) -> str:
        """What the file is called when it is saved."""
        what = f"-{self.sheets[0]}" if self.form == "csv" else ""
        return f"report{what}-{self.days[0].name}-{self.days[-1].name}.{self.form}"


@dataclass(slots=True)
class Export:
    """One file in the making."""

    id: str
    owner_id: str
    wanted: Wanted
    path: Path
    started_at: float
    state: Literal["working", "ready", "failed"] = "working"
    done_ratio: float = 0.0
    rows: int = 0
    task: asyncio.Task[None] | None = field(default=None, repr=False)


class Exports:
    """Those of this node; another node knows nothing of them."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._folder = hub.files_folder.parent / FOLDER
        self._exports: dict[str, Export] = {}
        self._one_at_a_time = asyncio.Lock()

    async def begin(self, owner_id: str, wanted: Wanted, writing: Writing) -> str:
        """Start an export, with its audit entry; `Refused` when one person asks for too many."""
        await self._forget_old()
        working = [one for one in self._exports.values() if one.owner_id == owner_id]
        if sum(one.state == "working" for one in working) >= MOST_OF_ONE:
            raise Refused("too_many_exports", "wait until the others are done")
        await self._hub.journal.run(lambda: _note(self._hub, owner_id, wanted))
        export_id = self._hub.new_id("exp")
        export = Export(
            export_id, owner_id, wanted, self._folder / export_id, self._hub.clock.now()
        )
        self._exports[export_id] = export
        export.task = asyncio.create_task(self._make(export, writing))
        return export_id

    def get(self, owner_id: str, export_id: str) -> Export:
        """Return an export of its owner; raise `NotFound` for any other."""
        export = self._exports.get(export_id)
        if export is None or export.owner_id != owner_id:
            raise NotFound("no_export", "it is not there any more: export again")
        return export

    async def _make(self, export: Export, writing: Writing) -> None:
        try:
            async with self._one_at_a_time:
                await self._write(export, writing)
            export.state = "ready"
        except Exception:  # whatever failed, its owner is told on the page and may ask again
            log.exception("export_failed")
            export.state = "failed"
            export.path.unlink(missing_ok=True)

    async def _write(self, export: Export, writing: Writing) -> None:
        wanted = export.wanted

        def told(ratio: float) -> None:
            export.done_ratio = ratio

        file = await asyncio.to_thread(self._open, export)
        async for report in fold_days(self._hub, wanted.days, told):
            # Beside the loop: a day has up to some ten thousand rows.
            export.rows += await asyncio.to_thread(_write_day, file, report, wanted, writing)
        await asyncio.to_thread(file.end)
        export.done_ratio = 1.0

    def _open(self, export: Export) -> SheetFile:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        wanted = export.wanted
        file = CsvFile(export.path) if wanted.form == "csv" else XlsxFile(export.path)
        export.path.touch(mode=0o600)
        for sheet in wanted.sheets:
            columns = [title(one, wanted.language) for one in COLUMNS[sheet]]
            file.begin(sheet, sheet_title(sheet, wanted.language), columns)
        return file

    async def _forget_old(self) -> None:
        before = self._hub.clock.now() - KEPT_SECONDS
        for export in tuple(self._exports.values()):
            if export.state != "working" and export.started_at < before:
                del self._exports[export.id]
        known = {one.id for one in self._exports.values()}
        await asyncio.to_thread(partial(_remove_others, self._folder, known))


def _write_day(file: SheetFile, report: DayReport, wanted: Wanted, writing: Writing) -> int:
    return sum(
        file.write(sheet, rows_of(sheet, report, wanted.chosen, writing)) for sheet in wanted.sheets
    )


def _remove_others(folder: Path, known: set[str]) -> None:
    """What an earlier process left behind goes too."""
    if folder.is_dir():
        for path in folder.iterdir():
            if path.name not in known:
                path.unlink(missing_ok=True)


def _note(hub: Hub, by: str, wanted: Wanted) -> Unit[None]:
    chosen = wanted.chosen
    yield from audited(
        hub, by, "report_exported", f"{wanted.days[0].name}/{wanted.days[-1].name}",
        details={
            "form": wanted.form, "sheets": list(wanted.sheets), "queue_id": chosen.queue_id,
            "channel": chosen.channel, "of_team": chosen.agent_ids is not None,
        },
    )  # fmt: skip
