"""One viewer's sight of one record: `hub/security/field_rights`, asked field by field."""

from typing import Any, Final

from hub.journey.context import Viewer
from hub.security import field_rights
from hub.security.field_rights import ClosedBecause, Sight
from hub.security.roles import Right, may

NOT_THE_SPEAKERS: Final = "not_the_speakers"
SPEAKER_UNKNOWN: Final = "speaker_unknown"


class Eye:
    """Sees a customer who is proved to one level, and remembers what it was not shown."""

    def __init__(self, viewer: Viewer, level: int) -> None:
        self._roles, self._level = viewer.roles, level
        self.denied: set[str] = set()
        """Names of fields that were kept from the viewer, whole or in part."""

    def field(
        self, name: str, value: str | None, *, path: str | None = None, closed: str | None = None
    ) -> dict[str, Any]:
        """The `Field` of the feed contract; `closed` is a reason beyond role and level."""
        if closed is not None:
            self.denied.add(name)
            return {"shown": Sight.CLOSED.value, "value": None, "why": closed, "reveal": None}
        seen, text = field_rights.view(name, value or "", self._roles, self._level)
        why = seen.why
        if why is not None and value:
            self.denied.add(name)
        return {
            "shown": seen.sight.value,
            "value": text,
            "why": why,
            "reveal": (path or name) if seen.may_reveal and value else None,
        }

    def text(self, name: str, value: str) -> str:
        """The value as this viewer may read it; empty when closed."""
        return field_rights.view(name, value, self._roles, self._level).text or ""

    def sees(self, name: str) -> bool:
        """Whether the field is shown in full."""
        is_shown = field_rights.visible(name, self._roles, self._level).sight is Sight.SHOWN
        if not is_shown:
            self.denied.add(name)
        return is_shown

    def may_do(self, right: Right, level: int) -> str | None:
        """Why the viewer may not do a thing that needs a right and a level; None when they may."""
        if not may(self._roles, right):
            return ClosedBecause.ROLE.value
        return None if self._level >= level else f"identity_level_{level}"

    def why(self, name: str) -> str | None:
        """Why a field is closed, as a code."""
        why: str | None = self.field(name, "")["why"]
        return why
