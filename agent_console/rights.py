"""What a viewer may be shown: the one place that decides it for feed, commands and HTTP."""

from typing import Final

from agent_console.reading.contacts import ContactFacts
from agent_console.views.contact import role_of
from hub.domain.errors import Forbidden
from hub.journey.context import Hub, Viewer
from hub.security.roles import Right, Role, may

DESK: Final = "desk"
WALLBOARD: Final = "wallboard"

_RIGHT_OF_TOPIC: Final = {DESK: Right.HANDLE_CONTACTS, WALLBOARD: Right.SEE_WALLBOARD}
_COLLECTION_OF_ROLE: Final = {
    DESK: frozenset({"owner", "wrap_up", "consulted", "joined"}),
    WALLBOARD: frozenset({"watching", "joined"}),
}
COLLECTION_OF_TOPIC: Final = {DESK: "contacts", WALLBOARD: "watched"}


def viewer_now(hub: Hub, user_id: str) -> Viewer:
    """Return the user with today's roles; raise `Forbidden` for one who is gone or disabled."""
    member = hub.staff.get(user_id)
    if member is None or not member.enabled:
        raise Forbidden("no_user", "the account is disabled")
    roles = frozenset(Role(role) for role in member.roles)
    return Viewer(user_id=user_id, roles=roles)


def require_topic(viewer: Viewer, topic: str) -> None:
    """Raise `Forbidden` unless the viewer may have this feed."""
    if not may(viewer.roles, _RIGHT_OF_TOPIC[topic]):
        raise Forbidden("no_right", f"the {topic} is not for your role")


def shows_contact(viewer: Viewer, topic: str, contact: ContactFacts) -> bool:
    """Tell whether this feed of the viewer holds the Contact, its messages and its record."""
    role = role_of(contact, viewer.user_id)
    if role == "watching" and not may(viewer.roles, Right.WATCH_CONTACTS):
        return False
    return role in _COLLECTION_OF_ROLE[topic]


def shows_title(viewer: Viewer) -> bool:
    """Tell whether the viewer may see customers' masked names on the wallboard."""
    return may(viewer.roles, Right.WATCH_CONTACTS)
