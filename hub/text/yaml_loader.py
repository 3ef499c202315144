"""The safe YAML reader in C, ten times as fast as the one in Python that stands in for it."""

from typing import Any, Final

import yaml

SAFE_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""For `yaml.load`, `yaml.compose` and `yaml.scan`; nodes and their lines are the same."""
