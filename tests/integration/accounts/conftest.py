"""What the tests of accounts share."""

from tests.integration.console.served import served
from tests.support.accounts import post

__all__ = ["post", "served"]
