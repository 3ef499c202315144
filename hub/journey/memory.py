"""What self-service remembers of a Contact between two turns: sealed, as it may hold an address.

`bot` and `visit` are self-service's own; the rest is ours: `heard_seq`, the number of the last
Message it heard, `answered`, whether it has answered anything yet, and `visit_paused`.
"""

import json
from collections.abc import Mapping
from typing import Any

from hub.journey.context import Hub

_PLACE = ("contact", "bot_state")


def remembered(hub: Hub, contact_id: str, sealed: bytes | None) -> dict[str, Any]:
    """Open `Contact.bot_state_sealed`; nothing kept is nothing remembered."""
    if sealed is None:
        return {}
    state: dict[str, Any] = hub.vault.open_json(sealed, *_PLACE, contact_id)
    return state


def remember(hub: Hub, contact_id: str, state: Mapping[str, Any]) -> bytes:
    """Seal a state for `Contact.bot_state_sealed`."""
    return hub.vault.seal(json.dumps(state, ensure_ascii=False), *_PLACE, contact_id)
