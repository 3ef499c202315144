"""Which columns are sealed, and under which row id: read from the tables, so none is forgotten."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Table
from sqlmodel import SQLModel

import hub.store.tables  # noqa: F401  (defines the tables)

_ROW_ID: Final = {"message": ("conversation_id", "key")}
"""Row ids that are not the primary key: a message is sealed before its number is known."""


@dataclass(frozen=True)
class SealedColumn:
    """A column whose values the vault seals as `(table.name, name, row id)`."""

    table: Table
    column: str

    @property
    def name(self) -> str:
        """What the vault is told: the column without its ending, such as `body`."""
        return self.column.removesuffix("_sealed")

    @property
    def key_columns(self) -> tuple[str, ...]:
        """Names of the primary key's columns."""
        return tuple(column.name for column in self.table.primary_key.columns)

    @property
    def row_columns(self) -> tuple[str, ...]:
        """Names of the columns whose values, joined by `/`, are the row id."""
        return _ROW_ID.get(self.table.name, self.key_columns)


def row_id(*values: object) -> str:
    """Return the row id of the values of a sealed column's `row_columns`."""
    return "/".join(map(str, values))


def sealed_columns() -> list[SealedColumn]:
    """Return every column named `*_sealed`."""
    return [
        SealedColumn(table, column.name)
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if column.name.endswith("_sealed")
    ]
