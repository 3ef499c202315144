"""The head of what an agent writes where a channel knows subjects and copies."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from hub.domain.errors import Invalid, Refused
from hub.domain.letter import Letter
from hub.domain.states import Speaker
from hub.journey.context import Hub
from hub.journey.delivery.compose import answer_to
from hub.journey.guarding import Guard
from hub.journey.messages import messages_of
from hub.store.rows import find
from hub.store.tables import Contact
from hub.store.unit import Unit

LOOKED_AT_MOST = 200


async def require_known_copies(
    hub: Hub, contact_id: str, copies: Sequence[str], *, sure: Collection[Guard]
) -> None:
    """Raise for who would read the words besides the customer, unless staff insist.

    `Refused("new_copy")` for who has not been in this talk's mails, `Refused("reply_all")` for whom
    only the customer has named; the detail has an address a line. Colleagues are no strangers.
    """
    rows = await hub.reader.rows(find(Contact, "conversation_id", "channel", id=contact_id))
    others = outside(hub, rows[0][1], copies) if rows else ()
    if not others:
        return
    of_us, of_customer = await _named(hub, rows[0][0])
    new = [one for one in others if one not in of_us | of_customer]
    if new and Guard.NEW_COPY not in sure:
        raise Refused(Guard.NEW_COPY, "\n".join(new))
    theirs = [one for one in others if one in of_customer - of_us]
    if theirs and Guard.REPLY_ALL not in sure:
        raise Refused(Guard.REPLY_ALL, "\n".join(theirs))


def outside(hub: Hub, channel: str, copies: Iterable[str]) -> tuple[str, ...]:
    """Return the addresses, each once and in small letters, that are not of the bank's domains."""
    own = {one.id.rpartition("@")[2].casefold() for one in hub.writers.accounts(channel)}
    small = dict.fromkeys(one.casefold() for one in copies)
    return tuple(one for one in small if one.rpartition("@")[2] not in own)


async def _named(hub: Hub, conversation_id: str) -> tuple[set[str], set[str]]:
    """Who was named in the talk's mails by us, and by whoever wrote to us."""
    of_us, of_customer = set[str](), set[str]()
    for one in await messages_of(hub, conversation_id, limit=LOOKED_AT_MOST):
        letter = Letter.of(one.body.get("channel_data", {}))
        if letter is None:
            continue
        named = of_us if one.speaker == Speaker.AGENT else of_customer
        everybody = (letter.sender, *letter.to, *letter.cc, *letter.bcc)
        named |= {address.casefold() for address in everybody}
    return of_us, of_customer


def headed(hub: Hub, conversation_id: str, letter: Letter) -> Unit[dict[str, str]]:
    """Return the `channel_data` of an agent's Message; to whom it goes is read, never told."""
    channel, _, to = yield from answer_to(hub, conversation_id)
    if channel not in hub.writers:
        raise Invalid("no_heading", "nothing is written on this channel")
    return replace(letter, to=(to,)).channel_data()
