"""The schema's history (Alembic), and how to bring a database up to date."""

from hub.store.migrations.upgrade import migrate

__all__ = ["migrate"]
