"""Alembic's entry: runs the revisions on the connection that `upgrade` holds."""

from typing import Any, Literal

from alembic import context
from sqlmodel import AutoString, SQLModel

import hub.store.tables  # noqa: F401  fills the metadata
from hub.store.migrations.comparison import options


def render(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write SQLModel's string type as what it is; revisions then need no SQLModel."""
    return "sa.String()" if kind == "type" and isinstance(item, AutoString) else False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    # SQLite cannot alter a table in place; Alembic then copies it.
    render_as_batch=True,
    render_item=render,
    **options(connection),
)
with context.begin_transaction():
    context.run_migrations()
