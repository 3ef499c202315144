"""Drafts on the desks: one's own in all one's tabs, those of colleagues in the same Contact."""

from collections.abc import Iterable

from agent_console.feed.encoding import drop
from agent_console.feed.needs import Needs
from agent_console.feed.stream import Stream
from agent_console.rights import DESK
from agent_console.views.draft import draft_view
from hub.domain.events import (
    ContactClosed,
    ContactUnassigned,
    Event,
    ParticipantLeft,
    WrapUpFinished,
)
from hub.journey import drafts
from hub.journey.drafts import COLLEAGUES_SEE, Draft, DraftKind

COLLECTION = "drafts"
_MAY_SEE_OTHERS = frozenset({"owner", "consulted", "joined"})


def hear_draft(needs: Needs, payload: str) -> None:
    """Take what some node published, and show it to whom it concerns here."""
    contact_id = drafts.hear(needs.hub, payload)
    for stream in tuple(needs.streams.holding(contact_id)):
        put_drafts(needs, stream, contact_id)
        stream.flush()


def end_drafts(needs: Needs, event: Event) -> None:
    """A draft ends with its writer's part in the Contact."""
    forget = needs.hub.drafts.forget
    match event:
        case ContactClosed():
            forget(event.contact_id, COLLEAGUES_SEE)
        case ContactUnassigned() | ParticipantLeft():
            forget(event.contact_id, COLLEAGUES_SEE, event.agent_id)
        case WrapUpFinished():
            forget(event.contact_id, DraftKind, event.agent_id)
        case _:
            return
    for stream in needs.streams.holding(event.contact_id):
        put_drafts(needs, stream, event.contact_id)


def put_drafts(needs: Needs, stream: Stream, contact_id: str) -> None:
    """Put what the viewer may see of the drafts of a Contact on the page."""
    shown = stream.shown.get(contact_id)
    if stream.topic != DESK or shown is None or shown.view is None:
        return
    views = [
        draft_view(needs.hub, draft, stream.viewer)
        for draft in _visible(needs.hub.drafts.of(contact_id), stream, shown.view["my_role"])
    ]
    if views:
        stream.put_once(COLLECTION, contact_id, views)
    else:
        drop_drafts(stream, contact_id)


def drop_drafts(stream: Stream, contact_id: str) -> None:
    """The page holds none of this Contact any more."""
    if stream.last.pop((COLLECTION, contact_id), None) is not None:
        stream.op(drop(COLLECTION, contact_id))


def _visible(all_drafts: Iterable[Draft], stream: Stream, role: str) -> list[Draft]:
    """One's own, emptied ones too; of colleagues what is written to customer or colleagues."""
    mine = stream.viewer.user_id
    sees_others = role in _MAY_SEE_OTHERS
    return [
        one
        for one in all_drafts
        if one.agent_id == mine or (sees_others and one.text and one.kind in COLLEAGUES_SEE)
    ]
