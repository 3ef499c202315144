"""What the tests of written channels share."""

from tests.integration.console.desk import console

__all__ = ["console"]
