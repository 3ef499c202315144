"""The customer's cards, and blocking one at once."""

from collections.abc import Mapping

from hub.domain.errors import Forbidden, Invalid, NotFound, Refused
from hub.journey.banking.ask import block_card as order_block
from hub.journey.banking.orders import SELF_SERVICE, reference
from hub.journey.context import Hub
from hub.journey.errands import words
from hub.journey.errands.answer import YES, Answer, done, refused
from hub.journey.errands.known import NotProved, speaker_of
from hub.ports import SelfServiceContact
from hub.store.rows import find
from hub.store.tables import Card

CARDS_SAID = 4


async def cards(hub: Hub, contact: SelfServiceContact, _: Mapping[str, str]) -> Answer:
    """Name the cards that can be blocked: `card_1_id`, `card_1_tail`, `card_1_text` ..."""
    try:
        speaker = await speaker_of(hub, contact)
    except NotProved:
        return refused(contact, "proof_needed")
    rows = await hub.reader.rows(
        find(Card, "id", "kind", "last_four", customer_id=speaker.customer_id, state="active")
    )
    if not rows:
        return refused(contact, "none", count="0")
    told = {"ok": YES, "count": str(min(len(rows), CARDS_SAID))}
    for place, (card_id, kind, tail) in enumerate(sorted(rows)[:CARDS_SAID], 1):
        name = words.of(words.CARD_KINDS.get(kind, words.OTHER_CARD), contact.language)
        said = words.of(words.CARD, contact.language, kind=name, tail=tail)
        told |= {f"card_{place}_id": card_id, f"card_{place}_tail": tail}
        told |= {f"card_{place}_text": said}
    return told


async def block_card(hub: Hub, contact: SelfServiceContact, arguments: Mapping[str, str]) -> Answer:
    """Block a card; asked twice in one Contact it is one order."""
    try:
        await speaker_of(hub, contact)
    except NotProved:
        return refused(contact, "proof_needed")
    card_id, reason = arguments.get("card_id", ""), arguments.get("reason", "lost")
    try:
        asked = await order_block(
            hub, SELF_SERVICE, contact_id=contact.contact_id, key=f"block-{card_id}",
            card_id=card_id, reason=reason,
        )  # fmt: skip
    except (Forbidden, NotFound):
        return refused(contact, "none")
    except (Refused, Invalid) as error:
        return refused(contact, "core_away" if error.code == "no_core" else error.code)
    rows = await hub.reader.rows(find(Card, "last_four", id=card_id))
    return done(contact, words.BLOCKED, tail=rows[0][0], reference=reference(asked.order_id))
