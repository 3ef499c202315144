"""Warnings on a record: set and removed in a Contact by who may, with a reason, audited."""

import json

from hub.customers import warnings
from hub.domain.errors import Forbidden, Invalid, NotFound, Refused
from hub.domain.events import WarningsChanged
from hub.journey.audited import audited
from hub.journey.contact_row import load_contact
from hub.journey.context import Hub, Viewer
from hub.journey.converse import require_part
from hub.journey.identity.misses import open_contacts_of
from hub.journey.identity.release import check_reason
from hub.store.rows import change, find, put
from hub.store.tables import Customer, CustomerWarning
from hub.store.unit import Append, Unit


async def set_warning(hub: Hub, viewer: Viewer, *, contact_id: str, kind: str, reason: str) -> None:
    """Put a warning on the record of the Contact's customer."""
    if kind not in warnings.KINDS:
        raise Invalid("bad_warning", "there is no such warning")
    if not warnings.may_set(kind, viewer.roles):
        raise Forbidden("no_right", "a supervisor sets this warning")
    check_reason(reason)
    await hub.journal.run(lambda: _set(hub, viewer, contact_id, kind, reason.strip()))


async def remove_warning(
    hub: Hub, viewer: Viewer, *, contact_id: str, kind: str, reason: str
) -> None:
    """Take a warning off the record of the Contact's customer."""
    if not warnings.may_remove(kind, viewer.roles):
        raise Forbidden("no_right", "a supervisor removes this warning")
    check_reason(reason)
    await hub.journal.run(lambda: _remove(hub, viewer, contact_id, kind, reason.strip()))


def _set(hub: Hub, viewer: Viewer, contact_id: str, kind: str, reason: str) -> Unit[None]:
    customer_id, listed = yield from _hold(hub, viewer, contact_id)
    if kind in listed:
        raise Refused("warned_already", "the record has this warning")
    yield put(
        CustomerWarning, id=hub.new_id("wrn"), customer_id=customer_id, kind=kind,
        set_by=viewer.user_id, set_at=hub.clock.now(),
    )  # fmt: skip
    yield from _write(hub, viewer, customer_id, [*listed, kind])
    details = {"kind": kind, "customer": customer_id}
    yield from audited(
        hub, viewer.user_id, "warning_set", contact_id, reason=reason, details=details
    )


def _remove(hub: Hub, viewer: Viewer, contact_id: str, kind: str, reason: str) -> Unit[None]:
    customer_id, listed = yield from _hold(hub, viewer, contact_id)
    if kind not in listed:
        raise Refused("not_warned", "the record has no such warning")
    rows = yield find(CustomerWarning, "id", "removed_at", customer_id=customer_id, kind=kind)
    for warning_id in [row[0] for row in rows if row[1] is None]:
        yield change(
            CustomerWarning, warning_id, removed_by=viewer.user_id, removed_at=hub.clock.now()
        )
    yield from _write(hub, viewer, customer_id, [one for one in listed if one != kind])
    details = {"kind": kind, "customer": customer_id}
    yield from audited(
        hub, viewer.user_id, "warning_removed", contact_id, reason=reason, details=details
    )


def _hold(hub: Hub, viewer: Viewer, contact_id: str) -> Unit[tuple[str, list[str]]]:
    contact = yield from load_contact(contact_id)
    yield from require_part(contact, viewer.user_id)
    if contact.customer_id is None:
        raise Refused("no_customer", "find the customer first")
    rows = yield find(Customer, "warnings", lock=True, id=contact.customer_id)
    if not rows:
        raise NotFound("no_record")
    listed = warnings.in_force(rows[0][0])
    if warnings.is_restricted(listed, viewer.roles):
        raise Forbidden("restricted", "a colleague's record: ask a supervisor")
    return contact.customer_id, listed


def _write(hub: Hub, viewer: Viewer, customer_id: str, listed: list[str]) -> Unit[None]:
    yield change(Customer, customer_id, warnings=json.dumps(listed))
    for contact_id, conversation_id in (yield from open_contacts_of(customer_id)):
        ids = {"contact_id": contact_id, "conversation_id": conversation_id}
        yield Append(
            WarningsChanged(at=hub.clock.now(), customer_id=customer_id, by=viewer.user_id, **ids)
        )
