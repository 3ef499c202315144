"""A card number typed in pieces: the last piece is stored masked, and those before with it."""

import json
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import bindparam, select, update

from hub.domain.events import MessageMasked
from hub.domain.states import Speaker
from hub.journey.context import Hub
from hub.security.split_cards import mask_tail, split_over, tail_digits
from hub.store.rows import table_of
from hub.store.tables import Message
from hub.store.unit import Append, Prepared, Unit

PIECES: Final = 4
"""So many messages before may hold the beginning: a card has four groups, and some have five."""
NEWEST_SEQ: Final = 2**31 - 1
"""For a text that has no number yet."""
TOGETHER_SECONDS: Final = 600.0
"""Later than this, digits do not go on from those before."""

_m = table_of(Message).c
_before = Prepared(
    select(_m.key, _m.seq, _m.contact_id, _m.body_sealed)
    .where(_m.conversation_id == bindparam("of"), _m.seq < bindparam("before_seq"))
    .where(_m.speaker == Speaker.CUSTOMER.value, _m.kind == "text", _m.at >= bindparam("since"))
    .order_by(_m.seq.desc())
    .limit(PIECES)
)
_store = Prepared(
    update(table_of(Message))
    .where(_m.conversation_id == bindparam("of"), _m.key == bindparam("sent_as"))
    .values(body_sealed=bindparam("body_sealed"))
)


def without_split_card(
    hub: Hub, conversation_id: str, before_seq: int, text: str, at: float
) -> Unit[str]:
    """Return the customer's text without the rest of a card number that was begun before it.

    `before_seq` is the number the text gets. Call it only for texts that `may_complete`: it reads.
    """
    rows = yield _before(of=conversation_id, before_seq=before_seq, since=at - TOGETHER_SECONDS)
    pieces = [_Piece(hub, conversation_id, row) for row in reversed(rows)]
    begun = ""
    for piece in pieces:
        begun = tail_digits(piece.text, begun)
    found = split_over(begun, text)
    left = found.previous_digits
    for piece in reversed(pieces):
        if left == 0:
            break
        count = min(left, len(tail_digits(piece.text)))
        left -= count
        yield from piece.masked(count, at)
    return found.text


class _Piece:
    """A message that may hold the beginning of a card number."""

    def __init__(self, hub: Hub, conversation_id: str, row: Sequence[Any]) -> None:
        self._hub, self._conversation_id = hub, conversation_id
        self._key, self._seq, self._contact_id, sealed = row
        self._place = ("message", "body", f"{conversation_id}/{self._key}")
        self._body: dict[str, Any] = json.loads(hub.vault.open(sealed, *self._place))

    @property
    def text(self) -> str:
        """Its words."""
        text: str = self._body.get("text", "")
        return text

    def masked(self, digits: int, at: float) -> Unit[None]:
        """Store it anew without its last digits, and tell the pages that show it."""
        body = self._body | {"text": mask_tail(self.text, digits)}
        words = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        yield _store(
            of=self._conversation_id,
            sent_as=self._key,
            body_sealed=self._hub.vault.seal(words, *self._place),
        )
        yield Append(
            MessageMasked(
                at=at,
                contact_id=self._contact_id,
                conversation_id=self._conversation_id,
                seq=self._seq,
            )
        )
