"""What the operator decides about calls by browser: the table `[channels.phone.embedded]`."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final

from hub.domain.errors import Invalid

ENGINE: Final = "embedded"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallWidget:
    """Whose word is taken for who is signed in, as in the chat."""

    origins: frozenset[str]
    algorithm: str = "HS256"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedSettings:
    """Limits of the pages and of the media process; every number is per node."""

    is_on: bool = True
    starts_media: bool = False
    """Whether the hub starts `hub media` itself; else a service manager does."""
    addresses: tuple[str, ...] = ()
    """Where browsers reach the media process; none: every address of the machine."""
    calls_most: int = 100
    """Calls of two legs each that the process takes; more are refused."""
    may_name_number: bool = False
    """Whether a caller's page may say from which number it calls: only where it is a toy."""
    hello_seconds: float = 10.0
    frames_per_second: float = 20.0
    frames_burst: int = 60
    faults_most: int = 20
    """Frames that break the protocol or come too fast, after which the socket is cut."""
    sockets_per_address: int = 200
    queued_frames_most: int = 256
    grant_seconds: float = 60.0
    """So long a desk's grant opens the socket."""
    ask_seconds: float = 12.0
    """So long the media process may take to answer."""
    lost_seconds: float = 10.0
    """A media process that is away so long has lost its calls."""
    position_seconds: float = 4.0
    """How often a changed place in line is told."""
    folder: Path = Path("var")
    """The data folder, where the media process listens."""
    origins: frozenset[str] = frozenset()
    """The hub's own, where desks and the caller's page are."""
    widgets: Mapping[str, CallWidget] = field(default_factory=dict)
    media_command: tuple[str, ...] = ()
    """What starts the media process; empty: not our work."""

    @property
    def all_origins(self) -> frozenset[str]:
        """Sites whose pages may open the socket."""
        return self.origins.union(*(widget.origins for widget in self.widgets.values()))


def settings_from(options: Mapping[str, Any]) -> EmbeddedSettings:
    """Return the settings from the operator's plain values; raise `Invalid` naming the key."""
    names = {one.name for one in fields(EmbeddedSettings)}
    if unknown := sorted(set(options) - names):
        raise Invalid(
            "unknown_setting", f"channels.phone.embedded has no {unknown}; it has {sorted(names)}"
        )
    settings = EmbeddedSettings(**{**options, "addresses": tuple(options.get("addresses", ()))})
    if not 1 <= settings.calls_most <= 1000:
        raise Invalid("bad_setting", "channels.phone.embedded.calls_most is 1 to 1000")
    return settings
