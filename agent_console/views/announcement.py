"""AnnouncementView: what is said to all; with its readers for who said it."""

from collections.abc import Collection
from typing import Any, Final

from agent_console.views.contact import both
from hub.journey.context import Hub
from hub.journey.floor.announcements import Told, meant

NAMES_MOST: Final = 50


def announcement_view(hub: Hub, told: Told) -> dict[str, Any]:
    """Build the view for a reader."""
    return {
        "id": told.id,
        "audience": told.audience,
        "team": told.team,
        "queue_id": told.queue_id,
        "must_confirm": told.must_confirm,
        "text": dict(told.words),
        "by": both(hub.staff.name_of(told.given_by) or {}),
        "given_at": told.given_at,
        "until_at": told.until_at,
    }


def counted_view(hub: Hub, told: Told, readers: Collection[str]) -> dict[str, Any]:
    """Build the view for the wallboard: how many are meant, how many have read it, who has not.

    Names of those who have not, at most so many: a bank may have hundreds of agents.
    """
    all_meant = meant(hub, told)
    missing = [user for user in all_meant if user not in readers]
    names = [both(hub.staff.name_of(user) or {}) for user in missing[:NAMES_MOST]]
    return announcement_view(hub, told) | {
        "meant": len(all_meant), "read": len(all_meant) - len(missing), "missing": names,
    }  # fmt: skip
