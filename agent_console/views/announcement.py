"""AnnouncementView: what is said to all; with its readers for who said it."""

from typing import Any

from agent_console.views.contact import both
from hub.journey.context import Hub
from hub.journey.floor.announcements import Told, meant


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


def counted_view(hub: Hub, told: Told, read: int) -> dict[str, Any]:
    """Build the view for the wallboard: how many are meant, and how many have read it."""
    return announcement_view(hub, told) | {"meant": len(meant(hub, told)), "read": read}
