"""What Alembic compares between a database and the table classes."""

from typing import Any

from sqlalchemy import Connection


def options(connection: Connection) -> dict[str, Any]:
    """Return the options of every comparison with this database."""
    dialect = connection.dialect.name

    def include(item: Any, *_: Any) -> bool:
        """Leave out what exists on the other kind of database only; Alembic ignores `ddl_if`."""
        only_on = getattr(item, "info", {}).get("only_on", dialect)
        return bool(only_on == dialect)

    return {"compare_type": True, "include_object": include}
