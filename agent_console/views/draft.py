"""DraftView: what somebody writes, as one viewer sees it."""

from typing import Any

from agent_console.views.contact import both
from hub.journey.context import Hub, Viewer
from hub.journey.drafts import Draft, as_colleagues_see


def draft_view(hub: Hub, draft: Draft, viewer: Viewer) -> dict[str, Any]:
    """Build the view: one's own as it is written, a colleague's with secrets hidden."""
    is_mine = draft.agent_id == viewer.user_id
    return {
        "agent_id": draft.agent_id,
        "name": both(hub.staff.name_of(draft.agent_id)),
        "kind": draft.kind.value,
        "text": draft.text if is_mine else as_colleagues_see(draft.text),
        "page": draft.page,
        "at": draft.at,
        "taken_by": both(hub.staff.name_of(draft.taken_by)) if draft.taken_by else None,
    }
