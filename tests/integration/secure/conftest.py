"""What the tests of secure messages share."""

from tests.support.secure import secure

__all__ = ["secure"]
