"""The operator's choices about the console; `config` fills them."""

from dataclasses import dataclass
from pathlib import Path

STATIC_FOLDER = Path(__file__).parent / "static"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleSettings:
    """Where the console is reached, and its limits."""

    origins: frozenset[str]
    """Allowed `Origin`s in lower case, such as `https://hub.example`."""
    hosts: frozenset[str]
    """Allowed `Host`s in lower case, such as `hub.example:8000`."""
    connect_to: tuple[str, ...] = ()
    """Other places that staff pages may talk to: the voice of a provider's softphone."""
    static_folder: Path = STATIC_FOLDER
    file_link_seconds: float = 3600.0
    upload_seconds: float = 300.0
    publish_alone: bool = False
    """Whether who wrote a phone flow may also put it in force."""
    commands_per_second: float = 20.0
    commands_at_once: int = 60

    @property
    def secure(self) -> bool:
        """Whether browsers reach us by https only."""
        return all(origin.startswith("https://") for origin in self.origins)

    @property
    def cookie(self) -> str:
        """Name of the session cookie; the prefix makes browsers refuse it without https."""
        return "__Host-hub-session" if self.secure else "hub-session"
