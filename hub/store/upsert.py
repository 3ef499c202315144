"""INSERT ... ON CONFLICT for both databases.

PostgreSQL and SQLite write it alike, and SQLAlchemy compiles PostgreSQL's construct for SQLite
too, so one statement serves both:

    new = upsert(table)
    Prepared(new.on_conflict_do_update(index_elements=["id"], set_={"at": new.excluded.at}))
"""

from sqlalchemy.dialects.postgresql import insert as upsert

__all__ = ["upsert"]
