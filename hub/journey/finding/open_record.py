"""Open a record that no Contact brought: with a reason, and in the audit."""

from typing import Any

from hub.customers.warnings import in_force, is_restricted
from hub.domain.errors import Forbidden, Invalid, NotFound
from hub.domain.states import IdentityLevel
from hub.journey.audited import audited
from hub.journey.context import Hub, Viewer
from hub.journey.finding.search import customers_in_hand
from hub.journey.record import read_record, screen_pop
from hub.journey.record_views import pop_of
from hub.security.roles import Right, require
from hub.store.rows import find
from hub.store.tables import Customer
from hub.store.unit import Unit


async def open_record(
    hub: Hub, viewer: Viewer, customer_id: str, *, reason: str = ""
) -> dict[str, Any]:
    """Return a ScreenPop without a Contact (`contact_id` is empty).

    Nobody has proved anything here, so fields open as far as a claim opens them and nothing can
    be revealed. A Customer of a Contact in hand needs no reason, and is shown as that Contact is.
    Raises `Invalid("reason_needed")` for all others.
    """
    require(viewer.roles, Right.SEE_CUSTOMERS)
    hand = await customers_in_hand(hub, viewer.user_id)
    why = reason.strip()
    if customer_id not in hand and not 3 <= len(why) <= 200:
        raise Invalid("reason_needed", "say why, in 3 to 200 characters")
    kept_id = await follow_merge(hub, customer_id)
    rows = await hub.reader.rows(find(Customer, "warnings", id=kept_id))
    if not rows:
        raise NotFound("no_customer")
    if is_restricted(in_force(rows[0][0]), viewer.roles):
        await hub.journal.run(_note(hub, viewer, "record_refused", kept_id, why))
        raise Forbidden("restricted_record", "this is the record of a colleague")
    await hub.journal.run(_note(hub, viewer, "record_opened", kept_id, why))
    if customer_id in hand:
        return await screen_pop(hub, hand[customer_id], viewer)
    nobody = ("", "", kept_id, IdentityLevel.CLAIMED, None, None, None)
    return pop_of(hub, nobody, await read_record(hub, kept_id), viewer)


async def follow_merge(hub: Hub, customer_id: str) -> str:
    """Return the record that this one became part of, or itself."""
    for _ in range(10):
        rows = await hub.reader.rows(find(Customer, "merged_into", id=customer_id))
        if not rows or rows[0][0] is None:
            return customer_id
        customer_id = rows[0][0]
    raise NotFound("no_customer")


def _note(hub: Hub, viewer: Viewer, action: str, customer_id: str, why: str) -> Unit[None]:
    yield from audited(hub, viewer.user_id, action, customer_id, reason=why)
