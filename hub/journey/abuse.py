"""Abuse and spam: a warning, an end with its code, a block for a time that a supervisor reviews."""

from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import bindparam, select, update

from hub.domain.conduct import word_in
from hub.domain.errors import Invalid, Refused
from hub.domain.events import AbuseWarned, AddressBlocked, AddressUnblocked
from hub.domain.states import UNKIND, ContactState, Speaker
from hub.journey.audited import audited
from hub.journey.close import end_contact
from hub.journey.contact_row import ContactRow, load_owned
from hub.journey.context import Hub
from hub.journey.messages import Draft, add_message
from hub.journey.wrap_up import finish_as
from hub.store.rows import change, find, put, table_of
from hub.store.tables import AddressBlock, Conversation
from hub.store.unit import Append, Prepared, Unit

BLOCKS_SHOWN: Final = 200

_b, _v = table_of(AddressBlock).c, table_of(Conversation).c
_of_conversation = select(_v.address_id).where(_v.id == bindparam("conversation")).scalar_subquery()
_in_force = Prepared(
    select(_b.id).where(
        _b.address_id == _of_conversation, _b.lifted_at.is_(None), _b.until > bindparam("now")
    )
)
_end_expired = Prepared(
    update(table_of(AddressBlock))
    .where(_b.address_id == bindparam("of"), _b.lifted_at.is_(None))
    .values(lifted_at=_b.until, lifted_by="system")
)
_newest = Prepared(
    select(
        _b.id, _b.contact_id, _b.channel, _b.reason, _b.by, _b.at, _b.until, _b.reviewed_at,
        _b.reviewed_by, _b.lifted_at, _b.lifted_by,
    )
    .order_by(_b.at.desc())
    .limit(BLOCKS_SHOWN)
)  # fmt: skip


async def warn(hub: Hub, agent_id: str, *, contact_id: str, key: str) -> None:
    """Say the bank's warning to the customer, in the customer's language."""
    await hub.journal.run(lambda: _warn(hub, agent_id, contact_id, key))


def _warn(hub: Hub, agent_id: str, contact_id: str, key: str) -> Unit[None]:
    contact = yield from load_owned(contact_id, agent_id)
    at = hub.clock.now()
    draft = Draft(
        key=key, speaker=Speaker.AGENT, agent_id=agent_id,
        body={"text": word_in(hub.conduct.abuse_warning, contact.language)},
    )  # fmt: skip
    yield from add_message(hub, contact.conversation_id, contact.id, draft, at)
    yield Append(AbuseWarned(at=at, agent_id=agent_id, **_ids(contact)))


async def end_for(
    hub: Hub, agent_id: str, *, contact_id: str, code: str, block_hours: int, reason: str = ""
) -> None:
    """End a Contact with `abuse` or `spam`, its wrap-up with it, and block its Address for a time.

    It asks no survey and counts in no service level. The block waits for a supervisor's review.
    """
    if code not in UNKIND:
        raise Invalid("bad_code", "choose abuse or spam")
    if block_hours not in hub.conduct.block_hours:
        raise Invalid("bad_block", f"choose one of {list(hub.conduct.block_hours)} hours")
    await hub.journal.run(lambda: _end_for(hub, agent_id, contact_id, code, block_hours, reason))


def _end_for(
    hub: Hub, agent_id: str, contact_id: str, code: str, block_hours: int, reason: str
) -> Unit[None]:
    contact = yield from load_owned(contact_id, agent_id)
    if contact.state != ContactState.ASSIGNED:
        raise Refused("contact_over", "the contact is not in a talk any more")
    at = hub.clock.now()
    if block_hours:
        yield from block_address(hub, contact, agent_id, code, at, at + block_hours * 3600.0)
    yield from end_contact(hub, contact, at, by=agent_id, reason=code)
    yield from finish_as(hub, agent_id, contact_id, code)
    details = {"code": code, "block_hours": block_hours}
    yield from audited(
        hub, agent_id, "contact_ended_for", contact_id, reason=reason, details=details
    )


def block_address(
    hub: Hub, contact: ContactRow, by: str, code: str, at: float, until: float
) -> Unit[None]:
    """Let an Address open no Contact until then; a supervisor reviews it."""
    address_id = (yield find(Conversation, "address_id", id=contact.conversation_id))[0][0]
    yield _end_expired(of=address_id)
    block_id = hub.new_id("blk")
    yield put(
        AddressBlock, id=block_id, address_id=address_id, contact_id=contact.id,
        channel=contact.channel, reason=code, by=by, at=at, until=until,
    )  # fmt: skip
    when = datetime.fromtimestamp(until, UTC).strftime("%Y-%m-%d %H:%M")
    text = word_in(hub.conduct.blocked, contact.language).format(until=when)
    draft = Draft(key=block_id, speaker=Speaker.SYSTEM, body={"text": text})
    yield from add_message(hub, contact.conversation_id, contact.id, draft, at)
    yield Append(AddressBlocked(at=at, block_id=block_id, until=until, by=by, **_ids(contact)))


def require_open_address(conversation_id: str, at: float) -> Unit[None]:
    """Raise `Refused("address_blocked")` for an Address that may not open a Contact now."""
    if (yield _in_force(conversation=conversation_id, now=at)):
        raise Refused("address_blocked", "this address is blocked for a time")


async def blocks(hub: Hub) -> list[dict[str, Any]]:
    """Read the newest blocks, for the supervisor's review; no address is in them."""
    names = (
        "id", "contact_id", "channel", "reason", "by", "at", "until", "reviewed_at",
        "reviewed_by", "lifted_at", "lifted_by",
    )  # fmt: skip
    now = hub.clock.now()
    found = [dict(zip(names, row, strict=True)) for row in await hub.reader.rows(_newest())]
    return [
        one
        | {
            "by_name": hub.staff.name_of(one["by"]),
            "in_force": one["lifted_at"] is None and one["until"] > now,
        }
        for one in found
    ]


async def review_block(hub: Hub, supervisor_id: str, block_id: str, *, lift: bool) -> None:
    """Let a block stand, or lift it; either is written down with the supervisor's name."""
    await hub.journal.run(lambda: _review(hub, supervisor_id, block_id, lift=lift))


def _review(hub: Hub, supervisor_id: str, block_id: str, *, lift: bool) -> Unit[None]:
    at = hub.clock.now()
    changes: dict[str, Any] = {"reviewed_at": at, "reviewed_by": supervisor_id}
    if lift:
        changes |= {"lifted_at": at, "lifted_by": supervisor_id}
    rows = yield find(AddressBlock, "lifted_at", lock=True, id=block_id)
    if not rows or rows[0][0] is not None:
        raise Refused("block_over", "the block is not there, or lifted already")
    yield change(AddressBlock, block_id, **changes)
    action = "block_lifted" if lift else "block_confirmed"
    yield from audited(hub, supervisor_id, action, block_id)
    if lift:
        yield Append(AddressUnblocked(at=at, block_id=block_id, by=supervisor_id))


def _ids(contact: ContactRow) -> dict[str, str]:
    return {"contact_id": contact.id, "conversation_id": contact.conversation_id}
