"""The customer's cards; orders that self-service may give: block, replace, a new address."""

from collections.abc import Callable, Collection, Coroutine, Mapping, Sequence
from typing import Any, Final, NamedTuple

from hub.domain.errors import Forbidden, Invalid, NotFound, Refused
from hub.journey.banking.ask import Asked, ask_address_change
from hub.journey.banking.ask import block_card as order_block
from hub.journey.banking.ask import replace_card as order_replace
from hub.journey.banking.orders import SELF_SERVICE, reference
from hub.journey.context import Hub
from hub.journey.errands import words
from hub.journey.errands.answer import Answer, done, offered, refused
from hub.journey.errands.known import NotProved, Speaker, record_of, speaker_of, stale_since
from hub.ports import SelfServiceContact

CARDS_SAID = 4
TO_BLOCK: Final = ("active", "frozen")
TO_REPLACE: Final = ("active", "frozen", "blocked", "expired")
_WHY_NONE: Final = ("blocked", "expired", "replaced")
"""States in which a card cannot be blocked, the one that matters most first."""


class OwnCard(NamedTuple):
    """A card of who speaks; `name` is what the customer says for it."""

    id: str
    kind: str
    tail: str
    state: str
    name: str


async def cards(hub: Hub, contact: SelfServiceContact, _: Mapping[str, str]) -> Answer:
    """Name the cards that can be blocked: `choice_1` ..., on the phone `card_1_id`, `card_1_tail`,
    `card_1_text` ...
    """
    return await _offer(hub, contact, TO_BLOCK)


async def cards_to_replace(hub: Hub, contact: SelfServiceContact, _: Mapping[str, str]) -> Answer:
    """Name the cards that a new one can be sent for."""
    return await _offer(hub, contact, TO_REPLACE)


async def _offer(hub: Hub, contact: SelfServiceContact, states: Collection[str]) -> Answer:
    try:
        speaker = await speaker_of(hub, contact)
    except NotProved:
        return refused(contact, "proof_needed")
    own = await _cards_of(hub, speaker)
    fit = [one for one in own if one.state in states][:CARDS_SAID]
    if not fit:
        return _why_none(contact, own)
    told = dict(offered([(one.name, _label(contact, one)) for one in fit]))
    for place, one in enumerate(fit, 1):
        said = words.of(words.CARD, contact.language, kind=_kind(contact, one), tail=one.tail)
        told |= {f"card_{place}_id": one.id, f"card_{place}_tail": one.tail}
        told |= {f"card_{place}_text": said}
    return told


async def _cards_of(hub: Hub, speaker: Speaker) -> list[OwnCard]:
    rows = sorted((await record_of(hub, speaker)).cards, key=lambda row: str(row[0]))
    tails = [row[2] for row in rows]
    return [
        OwnCard(card_id, kind, tail, state, tail if tails.count(tail) == 1 else f"{tail}-{kind}")
        for card_id, kind, tail, state, _ in rows
    ]


def _why_none(contact: SelfServiceContact, own: Sequence[OwnCard]) -> Answer:
    """No card fits: because there is none, or because of what became of those that there are."""
    for state in _WHY_NONE:
        tails = [one.tail for one in own if one.state == state]
        if tails:
            between = "、" if contact.language == "zh" else ", "
            return refused(contact, f"card_{state}", count="0", tail=between.join(tails))
    return refused(contact, "no_card", count="0")


def _kind(contact: SelfServiceContact, one: OwnCard) -> str:
    return words.of(words.CARD_KINDS.get(one.kind, words.OTHER_CARD), contact.language)


def _label(contact: SelfServiceContact, one: OwnCard) -> str:
    named = words.CARD_CHOICES.get(one.kind, words.OTHER_CHOICE)
    state = words.CARD_STATES.get(one.state)
    told = f" ({words.of(state, contact.language)})" if state else ""
    return words.of(named, contact.language, tail=one.tail) + told


async def block_card(hub: Hub, contact: SelfServiceContact, arguments: Mapping[str, str]) -> Answer:
    """Block the card `card_id` or `card_tail`; asked twice in one Contact it is one order."""

    def order(card_id: str) -> Coroutine[Any, Any, Asked]:
        return order_block(
            hub, SELF_SERVICE, contact_id=contact.contact_id, key=f"block-{card_id}",
            card_id=card_id, reason=arguments.get("reason", "lost"),
        )  # fmt: skip

    return await _of_card(hub, contact, arguments, order, (words.BLOCKED, words.BLOCK_LATE))


async def replace_card(
    hub: Hub, contact: SelfServiceContact, arguments: Mapping[str, str]
) -> Answer:
    """Order a new card for one; asked twice in one Contact it is one order."""

    def order(card_id: str) -> Coroutine[Any, Any, Asked]:
        return order_replace(
            hub, SELF_SERVICE, contact_id=contact.contact_id, key=f"replace-{card_id}",
            card_id=card_id, reason=arguments.get("reason", "lost"),
        )  # fmt: skip

    return await _of_card(hub, contact, arguments, order, (words.REPLACED, words.REPLACE_LATE))


async def change_address(
    hub: Hub, contact: SelfServiceContact, arguments: Mapping[str, str]
) -> Answer:
    """Hand a new address to the back office, which checks it and writes to the old one too."""
    order = ask_address_change(
        hub, SELF_SERVICE, contact_id=contact.contact_id, key="address",
        address=arguments.get("new_address", ""),
    )  # fmt: skip
    return await ordered(hub, contact, order, (words.ADDRESS_ASKED, words.ADDRESS_ASKED))


async def _of_card(
    hub: Hub,
    contact: SelfServiceContact,
    arguments: Mapping[str, str],
    order: Callable[[str], Coroutine[Any, Any, Asked]],
    said: tuple[words.Both, words.Both],
) -> Answer:
    """Give the order for the card that is meant, if it is one of who speaks."""
    try:
        own = await _cards_of(hub, await speaker_of(hub, contact))
    except NotProved:
        return refused(contact, "proof_needed")
    told = (arguments.get("card_id"), arguments.get("card_tail"))
    meant = next((one for one in own if one.id == told[0] or one.name == told[1]), None)
    if meant is None:
        return refused(contact, "no_such_card")
    return await ordered(hub, contact, order(meant.id), said, tail=meant.tail)


async def ordered(
    hub: Hub,
    contact: SelfServiceContact,
    order: Coroutine[Any, Any, Asked],
    said: tuple[words.Both, words.Both],
    **more: str,
) -> Answer:
    """Give the order if who speaks is proved; tell its reference.

    Of `said` the second is told while the bank's system is away: the order is kept, and not done.
    """
    try:
        speaker = await speaker_of(hub, contact)
    except NotProved:
        order.close()
        return refused(contact, "proof_needed")
    try:
        asked = await order
    except (Forbidden, NotFound):
        return refused(contact, "none")
    except (Refused, Invalid) as error:
        return refused(contact, "core_away" if error.code == "no_core" else error.code, **more)
    is_late = stale_since(await record_of(hub, speaker)) is not None
    return done(contact, said[is_late], reference=reference(asked.order_id), **more)
