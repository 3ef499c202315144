"""Matters that people settle: a complaint, a disputed payment. Each opens a Case with its clock."""

from collections.abc import Mapping
from typing import Final

from hub.domain.errors import Refused
from hub.journey.cases.cases import open_case
from hub.journey.context import Hub
from hub.journey.days import day_text
from hub.journey.errands import words
from hub.journey.errands.answer import Answer, done, refused
from hub.journey.errands.known import NotProved, speaker_of
from hub.ports import SelfServiceContact
from hub.store.rows import find
from hub.store.tables import Case

BY: Final = "self_service"
DISPUTE_WORDS: Final = ("amount", "date", "card_tail", "merchant")


async def complaint(hub: Hub, contact: SelfServiceContact, arguments: Mapping[str, str]) -> Answer:
    """Open a complaint with the customer's own words; a claim of who it is suffices."""
    return await _open(hub, contact, "complaint", arguments.get("complaint_text", ""))


async def dispute_charge(
    hub: Hub, contact: SelfServiceContact, arguments: Mapping[str, str]
) -> Answer:
    """Open a dispute about a payment of who is proved to speak."""
    try:
        await speaker_of(hub, contact)
    except NotProved:
        return refused(contact, "proof_needed")
    told = (f"{name}: {arguments[name]}" for name in DISPUTE_WORDS if arguments.get(name))
    return await _open(hub, contact, "dispute", "; ".join(told))


async def _open(hub: Hub, contact: SelfServiceContact, kind: str, said: str) -> Answer:
    """One Case of a kind per Contact: asked twice it is told again."""
    rows = await hub.reader.rows(find(Case, "id", contact_id=contact.contact_id, kind=kind))
    try:
        case_id = (
            rows[0][0]
            if rows
            else await open_case(
                hub, contact_id=contact.contact_id, kind=kind, words=said, by=BY, tells=False
            )
        )
    except Refused as error:
        return refused(contact, "proof_needed" if error.code == "no_customer" else error.code)
    ((number, due_at),) = await hub.reader.rows(find(Case, "number", "due_at", id=case_id))
    day = day_text(hub, due_at, contact.language)
    return done(contact, words.CASE_OPENED, number=number, day=day)
