"""What the operator decides about web chat; `config` reads it, this folder obeys it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from hub.domain.errors import Invalid

CHANNEL = "web_chat"
FRAME_MAX_BYTES = 64 * 1024
DAY_SECONDS = 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Widget:
    """One ChannelAccount: where it may appear and whose word it takes."""

    id: str
    origins: frozenset[str]
    """Sites that may embed it, such as `https://bank.example`."""
    algorithm: str = "HS256"
    """Of the keys that check the bank's word for who is signed in; the hub keeps them."""
    resume_seconds: float = 30 * DAY_SECONDS
    """How long a guest's browser may come back to its Conversation."""
    signed_in_seconds: float = 12 * 3600.0
    """The same for a signed-in page; shorter, for it shows a known Customer's talk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebChatSettings:
    """Limits of the sockets; every number is per node."""

    widgets: Mapping[str, Widget]
    hello_seconds: float = 10.0
    hellos_most: int = 3
    frames_per_second: float = 20.0
    frames_burst: int = 60
    busy_most: int = 200
    """Refusals in a row for haste, after which the socket is cut."""
    faults_most: int = 20
    """Frames that break the protocol, after which the socket is cut."""
    in_flight_most: int = 64
    """Messages of one socket that wait for their COMMIT."""
    sockets_per_address: int = 200
    """Open sockets per network address; a branch behind one address has many people."""
    queued_frames_most: int = 256
    queued_bytes_most: int = 1024 * 1024
    """What one slow reader may keep waiting for it; beyond, it is cut off with `resync`."""
    position_seconds: float = 4.0
    """How often a changed place in line is told."""
    page_messages: int = 50
    page_bytes: int = 256 * 1024
    replay_most: int = 500
    """A longer gap is answered with a fresh page instead of a replay."""
    upload_ticket_seconds: float = 120.0
    file_link_seconds: float = 60.0
    time_zone: str = "UTC"
    """Of the times in a transcript."""
    file_max_bytes: int = 10 * 1024 * 1024
    file_media_types: tuple[str, ...] = ()

    @property
    def origins(self) -> frozenset[str]:
        """Sites that may embed any of the widgets."""
        return frozenset().union(*(widget.origins for widget in self.widgets.values()))


def settings_from(options: Mapping[str, Any]) -> WebChatSettings:
    """Return the settings from the operator's plain values; raise `Invalid` naming the key."""
    _refuse_unknown(options, WebChatSettings, "channels.web_chat")
    widgets = {name: _widget(name, one) for name, one in options.get("widgets", {}).items()}
    return WebChatSettings(**{**options, "widgets": widgets})


def _widget(name: str, options: Mapping[str, Any]) -> Widget:
    _refuse_unknown(options, Widget, f"widgets.{name}")
    rest = dict(options)
    origins = frozenset(str(origin).lower() for origin in rest.pop("origins", ()))
    return Widget(id=name, origins=origins, **rest)


def _refuse_unknown(options: Mapping[str, Any], known: type[Any], place: str) -> None:
    names = {field.name for field in fields(known)}
    if unknown := sorted(set(options) - names):
        raise Invalid("unknown_setting", f"{place} has no {unknown}; it has {sorted(names)}")
