"""A customer who answers a menu with its number, where there are no buttons to press."""

from sqlalchemy import bindparam, select

from hub.domain.states import Audience, Speaker
from hub.journey.context import Hub
from hub.journey.delivery.text import chosen
from hub.store.rows import table_of
from hub.store.tables import Message
from hub.store.unit import Prepared, Unit

_m = table_of(Message).c
_last_said = Prepared(
    select(_m.key, _m.kind, _m.body_sealed)
    .where(
        _m.conversation_id == bindparam("of"),
        _m.speaker.in_((Speaker.BOT.value, Speaker.AGENT.value)),
        _m.audience == Audience.EVERYONE.value,
        _m.kind != "event",
    )
    .order_by(_m.seq.desc())
    .limit(1)
)


def choice_in(hub: Hub, conversation_id: str, text: str) -> Unit[str | None]:
    """Return the value that an answer picks from a menu, when that was our last word."""
    rows = yield _last_said(of=conversation_id)
    if not rows or rows[0][1] != "menu":
        return None
    key, _, sealed = rows[0]
    body = hub.vault.open_json(sealed, "message", "body", f"{conversation_id}/{key}")
    return chosen(text, body.get("choices", ()))
