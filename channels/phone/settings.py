"""What the operator decides about the phone channel; each engine checks its own table."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from hub.domain.errors import Invalid

RESYNC_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneSettings:
    """Options of the channel."""

    engines: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Table per engine, as it stands in `[channels.phone.NAME]`."""


def settings_from(options: Mapping[str, Any], engines: set[str]) -> PhoneSettings:
    """Return the settings; raise `Invalid` for an engine that is not there."""
    if unknown := sorted(set(options) - engines):
        raise Invalid(
            "unknown_setting", f"channels.phone has no engine {unknown}; it has {sorted(engines)}"
        )
    return PhoneSettings(engines={name: dict(options.get(name) or {}) for name in engines})
