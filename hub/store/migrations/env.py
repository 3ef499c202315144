"""Alembic's entry: runs the revisions on the connection that `upgrade` holds."""

from alembic import context
from sqlmodel import SQLModel

import hub.store.tables  # noqa: F401  fills the metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    # SQLite cannot alter a table in place; Alembic then copies it.
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
