"""The same matter by two channels: who writes a mail and a text about it gets one answer, not two.

A letter's Address is compared with the records: that is a claim, so all that is said of it is the
reference of the other Contact, to staff alone. Nothing of any record is opened by it.
"""

from typing import Final

from sqlalchemy import BindParameter, bindparam, or_, select

from hub.customers.profile import open_profile
from hub.domain.errors import Invalid
from hub.domain.reference import shown_reference
from hub.domain.states import Speaker
from hub.journey.context import Hub
from hub.journey.messages import add_message, event_draft
from hub.store.rows import table_of
from hub.store.tables import Address, Contact, Conversation, Customer, Message
from hub.store.unit import Prepared, Unit
from hub.text.fold import fold

WITHIN_SECONDS: Final = 3600.0
ALIKE_RATIO: Final = 0.6
COMPARED_MOST: Final = 5
_LETTERS: Final = 3
"""Texts are compared by their runs of so many letters: it serves both languages."""

_c, _v, _a, _u, _m = (
    table_of(one).c for one in (Contact, Conversation, Address, Customer, Message)
)
_owners = Prepared(
    select(_u.id, _u.profile_sealed)
    .where(or_(_u.phone_key == bindparam("phone"), _u.email_key == bindparam("mail")))
    .where(_u.merged_into.is_(None))
    .limit(2)
)
_keys: BindParameter[list[str]] = bindparam("keys", expanding=True)
_others = Prepared(
    select(_c.id, _c.conversation_id, _c.channel, _m.key, _m.body_sealed)
    .join_from(table_of(Contact), table_of(Conversation), _v.id == _c.conversation_id)
    .join(table_of(Address), _a.id == _v.address_id)
    .join(
        table_of(Message),
        (_m.conversation_id == _c.conversation_id) & (_m.contact_id == _c.id)
        & (_m.speaker == Speaker.CUSTOMER.value) & (_m.kind == "text"),
    )
    .where(_c.arrived_at > bindparam("since"), _c.channel != bindparam("channel"))
    .where(or_(_c.customer_id == bindparam("customer"), _a.value_key.in_(_keys)))
    .order_by(_c.arrived_at.desc(), _m.seq)
    .limit(COMPARED_MOST)
)  # fmt: skip


def link_twins(
    hub: Hub,
    contact_id: str,
    conversation_id: str,
    channel: str,
    address: str,
    text: str,
    at: float,
) -> Unit[None]:
    """Name to each other what one customer wrote by two channels within an hour."""
    mail, phone = (hub.lookup.of("mail", address), "") if "@" in address else ("", address)
    try:
        owners = yield _owners(phone=hub.lookup.of("phone", phone) if phone else "", mail=mail)
    except Invalid:
        return
    if len(owners) != 1:
        return  # nobody's address, or that of several
    customer_id, sealed = owners[0]
    profile = open_profile(hub.vault, sealed, customer_id)
    keys = [
        hub.lookup.of("address", profile[one]) for one in ("phone", "email") if profile.get(one)
    ]
    others = yield _others(
        since=at - WITHIN_SECONDS, channel=channel, customer=customer_id, keys=keys or [""]
    )
    for other_id, other_thread, other_channel, key, body_sealed in others:
        body = hub.vault.open_json(body_sealed, "message", "body", f"{other_thread}/{key}")
        if not alike(text, str(body.get("text", ""))):
            continue
        yield from _tell(hub, conversation_id, contact_id, other_id, other_channel, at)
        yield from _tell(hub, other_thread, other_id, contact_id, channel, at)
        return


def _tell(
    hub: Hub, conversation_id: str, contact_id: str, other_id: str, channel: str, at: float
) -> Unit[None]:
    data = {"reference": shown_reference(other_id), "channel": channel}
    line = event_draft(hub, "same_matter", data, staff_only=True)
    yield from add_message(hub, conversation_id, contact_id, line, at)


def alike(one: str, other: str) -> bool:
    """Tell whether two texts say mostly the same; short ones only when they are equal."""
    first, second = _runs(one), _runs(other)
    if not first or not second:
        return fold(one).strip() == fold(other).strip() != ""
    return len(first & second) / len(first | second) >= ALIKE_RATIO


def _runs(text: str) -> set[str]:
    folded = "".join(character for character in fold(text) if character.isalnum())
    return {folded[at : at + _LETTERS] for at in range(len(folded) - _LETTERS + 1)}
