"""Where a caller is in a flow, and what the reducer may know of the world."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from hub.domain.states import IdentityLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The world at this moment, as arguments."""

    language: str = "en"
    """The Contact's language."""
    identity_level: int = IdentityLevel.UNKNOWN
    open_queues: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """One caller's place in a flow. Holds no secret digit and no answer that was not asked for."""

    flow: str = ""
    version: int = 0
    at: str = ""
    """The node that waits; empty: the flow begins."""
    errand: str = ""
    """What the node waits for; empty: for the caller."""
    language: str = ""
    knows_language: bool = False
    """The caller chose it, now or on an earlier call."""
    trail: tuple[str, ...] = ()
    """Questions that led here, the present one last: the way of *."""
    misses: int = 0
    replay: str = ""
    """From where # says it again; nothing that was done is done again."""
    values: Mapping[str, str] = field(default_factory=dict)
    tried: tuple[str, ...] = ()
    """What self-service answered, for the agent."""

    def to_state(self) -> dict[str, Any]:
        """Return it as JSON values."""
        state = {one.name: getattr(self, one.name) for one in fields(self)}
        lists = {"trail": list(self.trail), "tried": list(self.tried)}
        return state | lists | {"values": dict(self.values)}

    @staticmethod
    def from_state(state: Mapping[str, Any]) -> "Walk":
        """Return the place kept in a state; an empty state is a flow that begins."""
        known = {one.name for one in fields(Walk)}
        kept = {name: value for name, value in state.items() if name in known}
        lists = {name: tuple(kept.get(name, ())) for name in ("trail", "tried")}
        return Walk(**(kept | lists))
