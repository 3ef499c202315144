"""A secure message opened from the bank's own signed-in page: its word is the proof, once."""

from typing import Final

from hub.domain.errors import Refused
from hub.journey.context import Hub
from hub.journey.finding.open_record import follow_merge
from hub.journey.secure.opening import Opened, opened
from hub.journey.secure.row import hold
from hub.journey.widget_keys import WidgetKeys
from hub.security.widget_token import BadToken, VisitorClaims
from hub.store.rows import find, put
from hub.store.tables import Customer, Receipt
from hub.store.unit import Unit

_SPENT: Final = "web_chat.jti."
"""One word of the bank is one proof, wherever it is shown first."""


async def open_signed_in(
    hub: Hub, keys: WidgetKeys, secure_id: str, *, widget: str, algorithm: str, token: str
) -> Opened:
    """Open it for who is signed in at the bank; raises `Refused` for anybody but its customer.

    Codes: not_signed_in (forged, old or spent word), not_yours, secure_expired, secure_locked.
    """
    try:
        claims = await keys.check(widget, algorithm, token)
    except BadToken:
        claims = None
    if claims is None:
        raise Refused("not_signed_in", "sign in at the bank's page again")
    rows = await hub.reader.rows(find(Customer, "id", "merged_into", number=claims.customer_number))
    customer_id = rows[0][0] if rows else ""
    if rows and rows[0][1] is not None:
        customer_id = await follow_merge(hub, rows[0][1])
    return await hub.journal.run(lambda: _open(hub, secure_id, widget, claims, str(customer_id)))


def _open(
    hub: Hub, secure_id: str, widget: str, claims: VisitorClaims, customer_id: str
) -> Unit[Opened]:
    row, at = (yield from hold(hub, secure_id)), hub.clock.now()
    if row.customer_id != customer_id:
        raise Refused("not_yours", "it is for another customer")
    scope = f"{_SPENT}{widget}"
    if (yield find(Receipt, "at", scope=scope, key=claims.jti)):
        raise Refused("not_signed_in", "that word was used")
    yield put(Receipt, scope=scope, key=claims.jti, at=at)
    return (yield from opened(hub, row, "signed_in_page", at))
