"""What a customer wishes beside a score: never to be asked again, or to be called."""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import bindparam, update

from hub.customers.opt_outs import Purpose
from hub.journey.context import Hub
from hub.journey.delivery.ask_survey import CONSENT
from hub.journey.delivery.compose import address_of
from hub.journey.opt_out import note_in_unit
from hub.journey.work.open import NewTask, add_task
from hub.store.rows import find, put, table_of
from hub.store.tables import Consent, Contact
from hub.store.unit import Prepared, Unit
from hub.text.survey_wishes import Wish

WRITTEN: Final = frozenset({"sms", "email"})
"""Channels whose address itself can refuse to be asked."""
CALLABLE: Final = frozenset({"sms", "phone"})
"""Channels whose address is a number that can be called."""
_s = table_of(Consent).c
_NO_MORE: Final = Prepared(
    update(table_of(Consent))
    .where(_s.customer_id == bindparam("of"), _s.code == bindparam("code_of"))
    .values(given=False, at=bindparam("at"))
)


def wishes_open_to(customer_id: str | None, channel: str) -> tuple[Wish, ...]:
    """Return what can be granted: a guest of the chat has neither a record nor a number."""
    places = {Wish.NEVER: WRITTEN, Wish.CALL: CALLABLE}
    return tuple(
        wish for wish, channels in places.items() if customer_id is not None or channel in channels
    )


def grant(hub: Hub, contact_id: str, wishes: Iterable[Wish], at: float) -> Unit[None]:
    """Do what the customer of a Contact that is over wishes; the rest of it cannot be done."""
    columns = ("conversation_id", "channel", "customer_id", "queue_id", "language")
    rows: Any = yield find(Contact, *columns, id=contact_id)
    thread_id, channel, customer_id, queue_id, language = rows[0]
    for wish in set(wishes) & set(wishes_open_to(customer_id, channel)):
        if wish is Wish.CALL:
            task = NewTask(
                kind="callback", by="system", due_at=at, contact_id=contact_id,
                customer_id=customer_id, queue_id=queue_id, language=language,
            )  # fmt: skip
            yield from add_task(hub, task)
            continue
        if channel in WRITTEN:
            _, _, address_id, sealed = (yield address_of(thread_id))[0]
            address = hub.vault.open(sealed, "address", "value", address_id)
            yield from note_in_unit(
                hub, channel=channel, address=address, by="customer", proof=contact_id,
                purposes=[Purpose.SURVEY],
            )  # fmt: skip
        if customer_id is not None:
            yield from _refuse_all(customer_id, at)


def _refuse_all(customer_id: str, at: float) -> Unit[None]:
    """Who is known is asked on no other channel either."""
    if not (yield _NO_MORE(of=customer_id, code_of=CONSENT, at=at)):
        yield put(Consent, customer_id=customer_id, code=CONSENT, given=False, at=at)
