"""Fixtures of the console's tests."""

from tests.integration.console.desk import console

__all__ = ["console"]
