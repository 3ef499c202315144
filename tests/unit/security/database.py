"""A database in memory that runs units, each as one transaction."""

from typing import TypeVar

from sqlalchemy import create_engine
from sqlmodel import SQLModel

import hub.store.tables  # noqa: F401
from hub.store.unit import Append, Call, Unit

T = TypeVar("T")


class Database:
    def __init__(self) -> None:
        self.engine = create_engine("sqlite://")
        SQLModel.metadata.create_all(self.engine)

    def run(self, unit: Unit[T]) -> T:
        with self.engine.begin() as connection:
            result: object = None
            while True:
                try:
                    op = unit.send(result)
                except StopIteration as end:
                    done: T = end.value
                    return done
                if isinstance(op, Append):
                    result = None
                    continue
                assert isinstance(op, Call), "the door writes one row at a time"
                cursor = connection.execute(op.prepared.core, op.values)
                rows = op.prepared.returns_rows
                result = [tuple(row) for row in cursor] if rows else cursor.rowcount

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        with self.engine.begin() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(sql)]

    def execute(self, sql: str, *values: object) -> None:
        with self.engine.begin() as connection:
            connection.exec_driver_sql(sql, values)

    def close(self) -> None:
        self.engine.dispose()
