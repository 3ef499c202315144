"""The door of `hub import customers` on a live hub: only this process writes to its database.

The command line proves itself by a short-lived token that is signed with a key of this database:
who can read the master key may import.
"""

from datetime import UTC, datetime
from typing import Annotated, Any, Final

from pydantic import Field, StringConstraints

from agent_console.http.endpoint import Api, Call, Endpoint, Strict
from hub.customers.import_.judge import Judged
from hub.customers.import_.read import CELL_MOST
from hub.customers.import_.store import ROWS_AT_ONCE, store_rows
from hub.journey.audited import audited
from hub.journey.context import Hub
from hub.security.signed_link import SignedLinks

PURPOSE: Final = "import_customers"
VIEWER: Final = "command_line"
Cell = Annotated[str, StringConstraints(strict=True, max_length=CELL_MOST)]
Word = Annotated[str, StringConstraints(strict=True, max_length=40)]


class ImportRow(Strict):
    """A row that the command line has judged."""

    number: Word
    profile: dict[Word, Cell]
    plain: dict[Word, Word | int]


class ImportRows(Strict):
    """A chunk of rows; `dry` writes nothing."""

    rows: Annotated[list[ImportRow], Field(max_length=ROWS_AT_ONCE)]
    dry: bool


class ImportResults(Strict):
    """What became of each row: created, updated, unchanged or refused, and why."""

    results: list[tuple[str, str]]


class ImportEnd(Strict):
    """The sum of an import, for the audit."""

    counts: dict[Word, int]


class Noted(Strict):
    """It is in the audit."""


class ImportRoutes:
    """`/api/import/customers`."""

    def __init__(self, hub: Hub, links: SignedLinks) -> None:
        self._hub, self._links = hub, links

    def add_to(self, api: Api) -> None:
        """Add the routes."""
        for path, handler, body, answer in (
            ("", self.rows, ImportRows, ImportResults),
            ("/end", self.end, ImportEnd, Noted),
        ):
            api.add(
                Endpoint(
                    method="POST", path=f"/api/import/customers{path}", handler=handler,
                    body=body, answer=answer, public=True, tag="import",
                )
            )  # fmt: skip

    async def rows(self, call: Call) -> ImportResults:
        """Store a chunk of rows."""
        self._require_operator(call)
        body: ImportRows = call.body
        hub, at = self._hub, self._hub.clock.now()
        judged = [Judged(row.number, row.profile, row.plain) for row in body.rows]
        year = datetime.fromtimestamp(at, UTC).year
        results = await hub.journal.run(
            lambda: store_rows(
                hub.vault, hub.lookup, hub.new_id, judged, at=at, year=year, dry=body.dry
            )
        )
        return ImportResults(results=list(results))

    async def end(self, call: Call) -> Noted:
        """Note in the audit that customers were imported."""
        self._require_operator(call)
        details: dict[str, Any] = dict(call.body.counts)
        await self._hub.journal.run(
            audited(self._hub, VIEWER, "customers_imported", "customers", details=details)
        )
        return Noted()

    def _require_operator(self, call: Call) -> None:
        token = call.request.headers.get("authorization", "").removeprefix("Bearer ")
        self._links.read(PURPOSE, token, viewer=VIEWER, now=self._hub.clock.now())
