"""A value is proposed by one and published by another; one that holds already is never changed."""

from typing import Any, Final

from hub.domain.dated_values import NAME, DatedValue
from hub.domain.errors import Invalid, NotFound, Refused
from hub.domain.events import ValuePublished, ValueWithdrawn
from hub.journey.audited import audited
from hub.journey.context import Hub, Viewer
from hub.security.roles import Right, require
from hub.store.rows import change, find, put
from hub.store.tables import DatedValueRow
from hub.store.unit import Append, Unit

TEXT_MOST: Final = 80
WHY_MOST: Final = 200
PROPOSED, PUBLISHED, WITHDRAWN = "proposed", "published", "withdrawn"


async def propose(hub: Hub, viewer: Viewer, value: DatedValue, *, why: str) -> str:
    """Keep a value for somebody else to publish; returns its id. Raises `Invalid`."""
    require(viewer.roles, Right.EDIT_ARTICLES)
    require_sound(value)
    if not 0 < len(why.strip()) <= WHY_MOST:
        raise Invalid("need_reason", f"say why, in up to {WHY_MOST} characters")
    return await hub.journal.run(lambda: _propose(hub, viewer.user_id, value, why.strip()))


def require_sound(value: DatedValue) -> None:
    """Raise `Invalid("bad_value")` naming the field."""
    if not NAME.fullmatch(value.name) or len(value.name) > TEXT_MOST:
        raise Invalid("bad_value", "name: words with dots between, such as fee.card.replacement")
    for field in ("en", "zh"):
        told = getattr(value, field)
        if not 0 < len(told.strip()) <= TEXT_MOST or "{{" in told or "\n" in told:
            raise Invalid("bad_value", f"{field}: one line of up to {TEXT_MOST} characters")


def _propose(hub: Hub, by: str, value: DatedValue, why: str) -> Unit[str]:
    now = hub.clock.now()
    if value.valid_from_at < now - 60.0 and (
        yield find(DatedValueRow, "id", name=value.name, state=PUBLISHED)
    ):
        raise Invalid("bad_time", "what was told cannot change: choose a moment to come")
    value_id = hub.new_id("val")
    yield put(
        DatedValueRow, id=value_id, name=value.name, en=value.en.strip(), zh=value.zh.strip(),
        valid_from_at=value.valid_from_at, state=PROPOSED, proposed_by=by, proposed_at=now,
        why=why,
    )  # fmt: skip
    return value_id


async def publish(hub: Hub, viewer: Viewer, value_id: str) -> None:
    """Let a value hold from its moment on; raises `Refused("same_person")` for who proposed it."""
    require(viewer.roles, Right.EDIT_ARTICLES)
    await hub.journal.run(lambda: _publish(hub, viewer.user_id, value_id))


def _publish(hub: Hub, by: str, value_id: str) -> Unit[None]:
    held = yield from _require(value_id, PROPOSED)
    if held["proposed_by"] == by:
        raise Refused("same_person", "somebody else publishes it")
    at = hub.clock.now()
    # A value that waited too long for its second person holds from now on, not from the past.
    begins = max(held["valid_from_at"], at) if held["has_past"] else held["valid_from_at"]
    yield change(
        DatedValueRow, value_id, state=PUBLISHED, published_by=by, published_at=at,
        valid_from_at=begins,
    )  # fmt: skip
    details = {"valid_from_at": begins}
    yield from audited(hub, by, "value_published", held["name"], details=details)
    yield Append(ValuePublished(at=at, name=held["name"], by=by, valid_from_at=begins))


async def withdraw(hub: Hub, viewer: Viewer, value_id: str, *, why: str) -> None:
    """Take back what was proposed, or published and does not hold yet."""
    require(viewer.roles, Right.EDIT_ARTICLES)
    if not 0 < len(why.strip()) <= WHY_MOST:
        raise Invalid("need_reason", f"say why, in up to {WHY_MOST} characters")
    await hub.journal.run(lambda: _withdraw(hub, viewer.user_id, value_id, why.strip()))


def _withdraw(hub: Hub, by: str, value_id: str, why: str) -> Unit[None]:
    held = yield from _require(value_id, PROPOSED, PUBLISHED)
    at = hub.clock.now()
    if held["state"] == PUBLISHED and held["valid_from_at"] <= at:
        raise Refused("holds_already", "propose another value that takes its place")
    yield change(DatedValueRow, value_id, state=WITHDRAWN, why=why)
    yield from audited(hub, by, "value_withdrawn", held["name"], reason=why)
    yield Append(ValueWithdrawn(at=at, name=held["name"], by=by))


def _require(value_id: str, *states: str) -> Unit[dict[str, Any]]:
    columns = ("name", "state", "proposed_by", "valid_from_at")
    rows = yield find(DatedValueRow, *columns, lock=True, id=value_id)
    if not rows:
        raise NotFound("no_value")
    held: dict[str, Any] = dict(zip(columns, rows[0], strict=True))
    if held["state"] not in states:
        raise Refused("value_changed", "somebody decided meanwhile: read it again")
    past = yield find(DatedValueRow, "id", name=held["name"], state=PUBLISHED)
    return held | {"has_past": bool(past)}
