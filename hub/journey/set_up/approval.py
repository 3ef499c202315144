"""A second person before set-up comes into force: handed in, looked at, published or sent back."""

from typing import Final

from sqlalchemy import bindparam, update

from hub.domain.errors import Refused
from hub.journey.audited import audited
from hub.journey.context import Hub
from hub.journey.set_up.drafts import held_draft
from hub.journey.set_up.rules import TOPIC, Sound, require_reason
from hub.store.rows import table_of
from hub.store.tables import SetupDraft
from hub.store.unit import Prepared, Unit

_d = table_of(SetupDraft)
_ASKED: Final = ("asked_at", "asked_by", "asked_why", "returned_by", "returned_why")
_mark = Prepared(
    update(_d)
    .where(_d.c.kind == bindparam("of"), _d.c.name == bindparam("named"))
    .values({name: bindparam(f"new_{name}") for name in _ASKED})
)


async def hand_in(
    hub: Hub, actor: str, kind: str, name: str, *, revision: int, why: str, require_sound: Sound
) -> None:
    """Ask somebody else to publish the draft as it stands.

    Raises `Refused("draft_changed")`, or what `require_sound` raises.
    """
    reason = require_reason(why)
    await hub.journal.run(lambda: _hand_in(hub, actor, kind, name, revision, reason, require_sound))
    await hub.signal.publish(TOPIC, kind)


def _hand_in(
    hub: Hub, actor: str, kind: str, name: str, revision: int, why: str, require_sound: Sound
) -> Unit[None]:
    draft = yield from held_draft(kind, name, revision)
    require_sound(draft.document)
    yield _mark(
        of=kind, named=name, new_asked_at=hub.clock.now(), new_asked_by=actor, new_asked_why=why,
        new_returned_by=None, new_returned_why="",
    )  # fmt: skip
    yield from _told(hub, actor, "set_up_handed_in", kind, name, why, revision)


async def send_back(hub: Hub, actor: str, kind: str, name: str, *, revision: int, why: str) -> None:
    """Give a draft that was handed in back to its author, who reads the reason.

    Raises `Refused("draft_changed")` or `Refused("not_handed_in")`.
    """
    reason = require_reason(why)
    await hub.journal.run(lambda: _send_back(hub, actor, kind, name, revision, reason))
    await hub.signal.publish(TOPIC, kind)


def _send_back(hub: Hub, actor: str, kind: str, name: str, revision: int, why: str) -> Unit[None]:
    draft = yield from held_draft(kind, name, revision)
    if draft.asked_by is None:
        raise Refused("not_handed_in")
    yield _mark(
        of=kind, named=name, new_asked_at=None, new_asked_by=None, new_asked_why=draft.asked_why,
        new_returned_by=actor, new_returned_why=why,
    )  # fmt: skip
    yield from _told(hub, actor, "set_up_sent_back", kind, name, why, revision)


def _told(
    hub: Hub, actor: str, action: str, kind: str, name: str, why: str, revision: int
) -> Unit[None]:
    subject, details = f"{kind}/{name}", {"revision": revision}
    yield from audited(hub, actor, action, subject, reason=why, details=details)
