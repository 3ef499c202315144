"""Letters that nobody has decided about when their talk ends: their timer rings at once."""

from sqlalchemy import bindparam, select

from hub.journey.waiting import TimerKind, arm
from hub.store.rows import table_of
from hub.store.tables import WaitingLetter
from hub.store.unit import Prepared, Unit

_w = table_of(WaitingLetter).c
_UNDECIDED = Prepared(select(_w.id).where(_w.contact_id == bindparam("of"), _w.state == "waiting"))


def let_undecided_go(contact_id: str, at: float) -> Unit[None]:
    """Let the letters that wait for the word of this Contact's agent wait no longer."""
    for (letter_id,) in (yield _UNDECIDED(of=contact_id)):
        yield arm(TimerKind.WAITING_LETTER, letter_id, at)
