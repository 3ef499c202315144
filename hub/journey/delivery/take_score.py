"""What answers the survey of a talk that is over: a number, never again, call me; stored there."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import bindparam, update

from hub.customers.opt_outs import Purpose
from hub.domain.states import Speaker
from hub.journey.context import Hub
from hub.journey.delivery.ask_survey import CONSENT, Asked, asked, takes_numbers, thanks
from hub.journey.delivery.compose import address_of
from hub.journey.messages import Draft, Posted, add_message
from hub.journey.opt_out import note_in_unit
from hub.journey.survey import score_given
from hub.journey.threads import Thread
from hub.journey.work.open import NewTask, add_task
from hub.store.rows import find, put, table_of
from hub.store.tables import Consent, Contact
from hub.store.unit import Prepared, Unit
from hub.text.survey_score import score_in
from hub.text.survey_wishes import Wish, wish_in

_s = table_of(Consent).c
_NO_MORE: Final = Prepared(
    update(table_of(Consent))
    .where(_s.customer_id == bindparam("of"), _s.code == bindparam("code_of"))
    .values(given=False, at=bindparam("at"))
)
GRANTED: Final[Mapping[Wish, Mapping[str, str]]] = {
    Wish.NEVER: {
        "en": "We will not ask you again. Thank you for telling us.",
        "zh": "好的，我们不会再发送调查。感谢告知。",
    },
    Wish.CALL: {
        "en": "Thank you. A colleague will call you back.",
        "zh": "好的，同事会尽快给您回电。",
    },
}


def take_score(
    hub: Hub, thread: Thread, channel: str, key: str, text: str, at: float
) -> Unit[Posted | None]:
    """Take a message as the answer it is; None when it is none, and belongs to a new Contact."""
    score, wish = score_in(text), wish_in(text)
    if score is not None and not takes_numbers(hub, channel):
        score = None
    if score is None and wish is None:
        return None
    waiting = yield from asked(hub, thread.conversation_id, channel)
    if waiting is None:
        return None
    said = Draft(key=key, speaker=Speaker.CUSTOMER, body={"text": text})
    ids = (thread.conversation_id, waiting.contact_id)
    posted = yield from add_message(hub, *ids, said, at)
    if score is not None:
        yield from score_given(hub, waiting.survey_id, score)
        yield from add_message(hub, *ids, thanks(hub, waiting.language), at)
    elif wish is not None:
        yield from _grant(hub, thread, channel, waiting, wish, at)
    return posted


def _grant(
    hub: Hub, thread: Thread, channel: str, waiting: Asked, wish: Wish, at: float
) -> Unit[None]:
    last = thanks(hub, waiting.language, GRANTED[wish])
    yield from add_message(hub, thread.conversation_id, waiting.contact_id, last, at)
    rows = yield find(Contact, "customer_id", "queue_id", id=waiting.contact_id)
    customer_id, queue_id = rows[0]
    if wish is Wish.NEVER:
        _, _, address_id, sealed = (yield address_of(thread.conversation_id))[0]
        address = hub.vault.open(sealed, "address", "value", address_id)
        yield from note_in_unit(
            hub, channel=channel, address=address, by="customer", proof=waiting.contact_id,
            purposes=[Purpose.SURVEY],
        )  # fmt: skip
        if customer_id is not None:
            yield from _refuse_all(customer_id, at)
        return
    yield from add_task(
        hub,
        NewTask(
            kind="callback", by="system", due_at=at, contact_id=waiting.contact_id,
            customer_id=customer_id, queue_id=queue_id, language=waiting.language,
        ),
    )  # fmt: skip


def _refuse_all(customer_id: str, at: float) -> Unit[None]:
    """Who is known is asked on no other channel either."""
    if not (yield _NO_MORE(of=customer_id, code_of=CONSENT, at=at)):
        yield put(Consent, customer_id=customer_id, code=CONSENT, given=False, at=at)
