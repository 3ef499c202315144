"""Who is there: callers' pages by Leg, desks by member of staff."""

from collections.abc import Mapping
from typing import Any, Protocol

LEG_NOTES_FOR_STAFF = frozenset({"leg", "quality"})


class Page(Protocol):
    """One open socket."""

    def send(self, frame: Mapping[str, Any]) -> None:
        """Send a frame, or cut off who does not read."""

    def replaced(self) -> None:
        """A newer page of the same person took its place."""


class Pages:
    """Open pages of this node."""

    def __init__(self) -> None:
        self.callers: dict[str, Page] = {}
        self.staff: dict[str, Page] = {}

    def join_caller(self, leg_id: str, page: Page) -> None:
        """Show a Leg on this page, and on no other."""
        before = self.callers.get(leg_id)
        self.callers[leg_id] = page
        if before is not None and before is not page:
            before.replaced()

    def join_staff(self, user_id: str, page: Page) -> None:
        """This page has the member of staff's phone."""
        before = self.staff.get(user_id)
        self.staff[user_id] = page
        if before is not None and before is not page:
            before.replaced()

    def leave(self, page: Page) -> None:
        """Forget a page that is gone."""
        for table in (self.callers, self.staff):
            for key in [key for key, other in table.items() if other is page]:
                del table[key]

    def show(self, message: Mapping[str, Any]) -> None:
        """Pass on what the media process notes."""
        note, leg_id, user_id = message["note"], message.get("leg"), message.get("user")
        if leg_id is None:
            page = self.staff.get(str(user_id))
        elif user_id:
            page = self.staff.get(user_id) if note.get("type") in LEG_NOTES_FOR_STAFF else None
        else:
            page = self.callers.get(leg_id)
        if page is not None:
            page.send({"leg": leg_id, **note} if leg_id is not None else note)
