"""The customer's cards; orders that self-service may give: block, replace, a new address."""

from collections.abc import Coroutine, Mapping
from typing import Any

from hub.domain.errors import Forbidden, Invalid, NotFound, Refused
from hub.journey.banking.ask import Asked, ask_address_change
from hub.journey.banking.ask import block_card as order_block
from hub.journey.banking.ask import replace_card as order_replace
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
    card_id, reason = arguments.get("card_id", ""), arguments.get("reason", "lost")
    order = order_block(
        hub, SELF_SERVICE, contact_id=contact.contact_id, key=f"block-{card_id}",
        card_id=card_id, reason=reason,
    )  # fmt: skip
    return await _ordered(hub, contact, order, words.BLOCKED, card_id)


async def replace_card(
    hub: Hub, contact: SelfServiceContact, arguments: Mapping[str, str]
) -> Answer:
    """Order a new card for one; asked twice in one Contact it is one order."""
    card_id, reason = arguments.get("card_id", ""), arguments.get("reason", "lost")
    order = order_replace(
        hub, SELF_SERVICE, contact_id=contact.contact_id, key=f"replace-{card_id}",
        card_id=card_id, reason=reason,
    )  # fmt: skip
    return await _ordered(hub, contact, order, words.REPLACED, card_id)


async def change_address(
    hub: Hub, contact: SelfServiceContact, arguments: Mapping[str, str]
) -> Answer:
    """Hand a new address to the back office, which checks it and writes to the old one too."""
    order = ask_address_change(
        hub, SELF_SERVICE, contact_id=contact.contact_id, key="address",
        address=arguments.get("new_address", ""),
    )  # fmt: skip
    return await _ordered(hub, contact, order, words.ADDRESS_ASKED)


async def _ordered(
    hub: Hub,
    contact: SelfServiceContact,
    order: Coroutine[Any, Any, Asked],
    said: words.Both,
    card_id: str = "",
) -> Answer:
    """Give the order if who speaks is proved; tell its reference."""
    try:
        await speaker_of(hub, contact)
    except NotProved:
        order.close()
        return refused(contact, "proof_needed")
    try:
        asked = await order
    except (Forbidden, NotFound):
        return refused(contact, "none")
    except (Refused, Invalid) as error:
        return refused(contact, "core_away" if error.code == "no_core" else error.code)
    rows = await hub.reader.rows(find(Card, "last_four", id=card_id)) if card_id else []
    tail = rows[0][0] if rows else ""
    return done(contact, said, tail=tail, reference=reference(asked.order_id))
