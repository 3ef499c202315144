"""OutgoingView: words of staff that wait before they leave."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from hub.domain.letter import Letter
from hub.journey.context import Hub
from hub.journey.delivery.compose import files_of
from hub.journey.outgoing.read import OutgoingRead


def outgoing_view(hub: Hub, one: OutgoingRead) -> dict[str, Any]:
    """Build the view; who sees the Contact sees it."""
    return {
        "id": one.id,
        "contact_id": one.contact_id,
        "agent_id": one.agent_id,
        "name": hub.staff.name_of(one.agent_id),
        "kind": one.kind,
        **words_view(one.body),
        "files": [file["name"] for file in files_of(one.body)],
        "scheduled": one.is_scheduled,
        "heard_seq": one.heard_seq,
        "written_at": one.written_at,
        "leaves_at": one.leaves_at,
        "state": one.state,
        "why": one.why,
    }


def words_view(body: Mapping[str, Any]) -> dict[str, Any]:
    """What an agent wrote, as the composer wants it back."""
    letter = Letter.of(body.get("channel_data", {}))
    head = asdict(letter) if letter else {}
    return {
        "text": body.get("text", ""),
        "language": body.get("language"),
        "letter": {name: head[name] for name in ("subject", "to", "cc", "bcc")} if head else None,
    }
