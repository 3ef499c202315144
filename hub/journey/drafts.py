"""What staff write and have not sent: shared while it is written, never stored, never logged.

Each node holds the same drafts in memory, as it holds who is there: a page that comes back says
again what it has. Between nodes they travel sealed.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from hub.domain.errors import Forbidden, NotFound
from hub.domain.states import ParticipantRole
from hub.security.send_guard import guard
from hub.store.rows import find
from hub.store.tables import Contact, Participant

if TYPE_CHECKING:
    from hub.journey.context import Hub

TOPIC = "draft"
MOST_CONTACTS = 5_000
"""Far more than are open at once: what would be kept for nobody goes."""


class DraftKind(StrEnum):
    """Which box it is written in."""

    REPLY = "reply"
    NOTE = "note"
    WRAP_UP = "wrap_up"


COLLEAGUES_SEE = frozenset({DraftKind.REPLY, DraftKind.NOTE})


class Draft(NamedTuple):
    """One box of one agent. An empty text says that the box was emptied, and when."""

    agent_id: str
    kind: DraftKind
    text: str
    page: str
    """The tab that wrote it: the agent's other tabs take it over."""
    at: float
    taken_by: str | None = None
    """The colleague who has it now."""


class Drafts:
    """The drafts of this node by Contact; the newest of a box stands."""

    def __init__(self) -> None:
        self._of: dict[str, dict[tuple[str, DraftKind], Draft]] = {}

    def of(self, contact_id: str) -> Iterable[Draft]:
        """Return all drafts of a Contact."""
        return self._of.get(contact_id, {}).values()

    def find(self, contact_id: str, agent_id: str, kind: DraftKind) -> Draft | None:
        """Return one box."""
        return self._of.get(contact_id, {}).get((agent_id, kind))

    def put(self, contact_id: str, draft: Draft) -> None:
        """Keep it instead of what was in the box."""
        self._of.setdefault(contact_id, {})[draft.agent_id, draft.kind] = draft
        if len(self._of) > MOST_CONTACTS:
            del self._of[next(iter(self._of))]

    def forget(self, contact_id: str, kinds: Iterable[DraftKind], agent_id: str = "") -> None:
        """Drop these boxes of one agent, or of all."""
        boxes, gone = self._of.get(contact_id, {}), frozenset(kinds)
        left = {
            key: draft
            for key, draft in boxes.items()
            if key[1] not in gone or (agent_id and key[0] != agent_id)
        }
        if left:
            self._of[contact_id] = left
        else:
            self._of.pop(contact_id, None)


def hear(hub: "Hub", payload: str) -> str:
    """Take what some node published; returns the Contact."""
    said = json.loads(payload)
    contact_id, agent_id = said["contact_id"], said["agent_id"]
    text = hub.vault.open(b64decode(said["sealed"]), "draft", "text", f"{contact_id}:{agent_id}")
    draft = Draft(
        agent_id, DraftKind(said["kind"]), text, said["page"], said["at"], said["taken_by"]
    )
    hub.drafts.put(contact_id, draft)
    return str(contact_id)


async def write_draft(
    hub: "Hub", agent_id: str, *, contact_id: str, kind: DraftKind, text: str, page: str
) -> None:
    """Tell all nodes what is in a box now. That the agent is in the Contact is the caller's."""
    await _publish(hub, contact_id, Draft(agent_id, kind, text, page, hub.clock.now()))


async def take_draft(
    hub: "Hub", agent_id: str, *, contact_id: str, from_agent: str, kind: DraftKind
) -> str:
    """Take a colleague's words over: their box is emptied and names who has them now.

    Returns the words as the colleagues see them; raises `NotFound` when there are none any more.
    """
    await _require_hands(hub, agent_id, contact_id)
    draft = hub.drafts.find(contact_id, from_agent, kind) if kind in COLLEAGUES_SEE else None
    if draft is None or not draft.text or from_agent == agent_id:
        raise NotFound("no_draft", "it was sent, taken or emptied meanwhile")
    emptied = Draft(from_agent, kind, "", "", hub.clock.now(), taken_by=agent_id)
    await _publish(hub, contact_id, emptied)
    return as_colleagues_see(draft.text)


def as_colleagues_see(text: str) -> str:
    """Return a draft with what the send guard would stop hidden."""
    return guard(text).text


async def _publish(hub: "Hub", contact_id: str, draft: Draft) -> None:
    row = f"{contact_id}:{draft.agent_id}"
    sealed = b64encode(hub.vault.seal(draft.text, "draft", "text", row)).decode()
    word = {
        "contact_id": contact_id, "agent_id": draft.agent_id, "kind": draft.kind.value,
        "sealed": sealed, "page": draft.page, "at": draft.at, "taken_by": draft.taken_by,
    }  # fmt: skip
    await hub.signal.publish(TOPIC, json.dumps(word))


async def _require_hands(hub: "Hub", agent_id: str, contact_id: str) -> None:
    owner, roles = await hub.reader.gather(
        [
            find(Contact, "owner_agent_id", id=contact_id),
            find(Participant, "role", contact_id=contact_id, agent_id=agent_id),
        ]
    )
    if owner and owner[0][0] == agent_id:
        return
    if not roles or roles[0][0] == ParticipantRole.WATCHING:
        raise Forbidden("not_in_contact", "only who serves the customer may take a draft")
