"""Fixtures of the console's tests."""

from tests.integration.console.desk import console
from tests.integration.console.served import served

__all__ = ["console", "served"]
