"""Who calls: candidates by number, proved by a PIN, or half proved by a birth date.

A number alone proves nobody, the bank's own or one that was kept from a call: it can be forged and
shared. Misses count for the PIN of every
candidate, and the third locks this way of proving for a day; an agent can still ask in others.
"""

import hmac
from collections.abc import Callable, Mapping
from typing import NamedTuple

from sqlalchemy import bindparam, func, select, union

from hub.customers import phone_pin, warnings
from hub.customers.profile import open_profile
from hub.domain.errors import Invalid, Refused
from hub.domain.proof import ProofMethod
from hub.domain.states import ContactState
from hub.journey.audited import audited
from hub.journey.contact_row import ContactRow, load_contact
from hub.journey.context import Hub
from hub.journey.errands import words
from hub.journey.errands.answer import NO, YES, Answer, done, refused
from hub.journey.identity.level import raise_level
from hub.journey.language import customer_switches
from hub.ports import SelfServiceContact
from hub.store.rows import change, find, table_of
from hub.store.tables import (
    Address,
    Contact,
    Conversation,
    Customer,
    CustomerNumber,
    PhonePin,
)
from hub.store.unit import Prepared, Unit

BY = "self_service"
CANDIDATES_MOST = 5
"""A number that so many share tells nothing."""
_c, _p = table_of(Customer).c, table_of(PhonePin).c
_a, _v = table_of(Address).c, table_of(Conversation).c
_o, _n = table_of(Contact).c, table_of(CustomerNumber).c
_number = Prepared(
    select(_a.id, _a.value_sealed)
    .join_from(table_of(Address), table_of(Conversation), _v.address_id == _a.id)
    .where(_v.id == bindparam("of"))
)
_language_chosen = Prepared(
    select(_v.language)
    .join_from(table_of(Contact), table_of(Conversation), _v.id == _o.conversation_id)
    .where(_o.id == bindparam("of"), _v.language_chosen_at.is_not(None))
)
_own = select(_c.id).where(_c.phone_key == bindparam("key"))
_kept = select(_n.customer_id).where(_n.number_key == bindparam("key"))
"""Who had the number kept, from a call in which they were proved."""
_of_number = (
    select(
        _c.id, _c.segment, _c.profile_sealed, _c.warnings,
        _p.pin_key, func.coalesce(_p.misses, 0), func.coalesce(_p.first_missed_at, 0.0),
        _p.locked_until,
    )
    .join_from(table_of(Customer), table_of(PhonePin), _p.customer_id == _c.id, isouter=True)
    .where(_c.id.in_(union(_own, _kept)), _c.merged_into.is_(None))
    .order_by(_c.id)
    .limit(CANDIDATES_MOST + 1)
)  # fmt: skip
_candidates = Prepared(_of_number)
_held_candidates = Prepared(_of_number.with_for_update(of=table_of(Customer)))
"""Held, so that of two guesses at once both count."""


class Candidate(NamedTuple):
    """A Customer whose record has the number that calls, as the bank's own or as a kept one."""

    customer_id: str
    segment: str
    profile_sealed: bytes
    warnings: str
    pin_key: str | None
    misses: int
    first_missed_at: float
    locked_until: float | None

    def is_locked(self, at: float) -> bool:
        """Whether too many tries were wrong."""
        return self.locked_until is not None and at < self.locked_until


Matches = Callable[[Candidate], bool]


async def set_language(
    hub: Hub, contact: SelfServiceContact, arguments: Mapping[str, str]
) -> Answer:
    """Go on in the language that was chosen; the Conversation remembers it."""
    rows = await hub.reader.rows(find(Contact, "conversation_id", id=contact.contact_id))
    language = arguments.get("language", "")
    if not rows or language not in ("en", "zh"):
        return refused(contact, "failed")
    await customer_switches(hub, conversation_id=rows[0][0], language=language)
    await hub.journal.run(lambda: _chosen(rows[0][0], hub.clock.now()))
    return done(contact, language=language)


def _chosen(conversation_id: str, at: float) -> Unit[None]:
    yield change(Conversation, conversation_id, language_chosen_at=at)


async def know_caller(hub: Hub, contact: SelfServiceContact, _: Mapping[str, str]) -> Answer:
    """Say whether the number is in one record, in several or in none; opens nothing.

    Who has chosen a `language` on an earlier call is told it.
    """
    number = await number_of(hub, contact.contact_id)
    found = await hub.reader.rows(_candidates(key=_key(hub, number))) if number else []
    known = {0: "no", 1: "yes"}.get(len(found), "many")
    chosen = await hub.reader.rows(_language_chosen(of=contact.contact_id))
    return done(contact, known=known, **({"language": chosen[0][0]} if chosen else {}))


async def check_pin(hub: Hub, contact: SelfServiceContact, arguments: Mapping[str, str]) -> Answer:
    """Prove who calls by the telephone PIN."""
    digits = arguments.get("digits", "")

    def matches(one: Candidate) -> bool:
        tried = phone_pin.pin_key(hub.lookup, one.customer_id, digits)
        return one.pin_key is not None and hmac.compare_digest(one.pin_key, tried)

    return await _check(hub, contact, matches, ProofMethod.PIN)


async def check_birth_date(
    hub: Hub, contact: SelfServiceContact, arguments: Mapping[str, str]
) -> Answer:
    """Make it likelier that it is the customer: a birth date is known to many, so it only claims.

    `digits` is year, month and day, eight in all.
    """
    digits = arguments.get("digits", "")

    def matches(one: Candidate) -> bool:
        profile = open_profile(hub.vault, one.profile_sealed, one.customer_id)
        born = profile.get("birth_date", "").replace("-", "")
        return len(born) == 8 and born == digits

    return await _check(hub, contact, matches, ProofMethod.BIRTH_DATE)


async def number_of(hub: Hub, contact_id: str) -> str:
    """Return the number on the other end; empty for one that is withheld or no number."""
    rows = await hub.reader.rows(find(Contact, "conversation_id", id=contact_id))
    if not rows:
        return ""
    found = await hub.reader.rows(_number(of=rows[0][0]))
    if not found or found[0][1] is None:
        return ""
    value = hub.vault.open(found[0][1], "address", "value", found[0][0])
    value = value.partition(";")[0]  # of two calls from one number the second has its own thread
    return value if value.startswith("+") else ""


def _key(hub: Hub, number: str) -> str:
    try:
        return hub.lookup.of("phone", number)
    except Invalid:
        return ""


async def _check(
    hub: Hub, contact: SelfServiceContact, matches: Matches, method: ProofMethod
) -> Answer:
    number = await number_of(hub, contact.contact_id)
    try:
        return await hub.journal.run(
            lambda: _check_unit(hub, contact, _key(hub, number), matches, method)
        )
    except Refused as error:
        return refused(contact, error.code, locked=YES if error.code == "locked" else NO)


def _check_unit(
    hub: Hub, contact: SelfServiceContact, key: str, matches: Matches, method: ProofMethod
) -> Unit[Answer]:
    row = yield from load_contact(contact.contact_id)
    # An agent may send the caller to the keypad in the middle of the talk.
    if row.state not in (ContactState.IN_SELF_SERVICE, ContactState.ASSIGNED):
        raise Refused("failed")
    at = hub.clock.now()
    found = [Candidate(*one) for one in (yield _held_candidates(key=key))] if key else []
    able = [one for one in found if not one.is_locked(at)]
    if found and not able:
        raise Refused("locked")
    right = [one for one in able if matches(one)] if len(found) <= CANDIDATES_MOST else []
    if len(right) != 1 or warnings.DECEASED in warnings.in_force(right[0].warnings):
        return (yield from _miss(hub, contact, able, method, at))
    if right[0].misses:
        yield phone_pin.forget_misses(right[0].customer_id)
    yield from _link(hub, row, right[0], method, at)
    return done(contact, words.PROVED)


def _link(hub: Hub, row: ContactRow, one: Candidate, method: ProofMethod, at: float) -> Unit[None]:
    """The Contact is this Customer's now; the Address stays as it is, for numbers are shared."""
    if row.customer_id != one.customer_id:
        yield change(
            Contact, row.id, customer_id=one.customer_id, segment=one.segment,
            speaker_party_id=None,
        )  # fmt: skip
    row = row._replace(customer_id=one.customer_id, speaker_party_id=None)
    yield from raise_level(hub, row, method=method.value, by="", at=at)


def _miss(
    hub: Hub, contact: SelfServiceContact, able: list[Candidate], method: ProofMethod, at: float
) -> Unit[Answer]:
    rules = hub.settings.proof
    left = rules.misses_allowed - 1
    for one in able:
        is_old = one.locked_until is not None or at - one.first_missed_at >= rules.lock_seconds
        misses = 1 if is_old else one.misses + 1
        left = min(left, rules.misses_allowed - misses)
        yield phone_pin.count_misses(
            one.customer_id,
            misses=misses,
            first_missed_at=at if misses == 1 else one.first_missed_at,
            locked_until=None if misses < rules.misses_allowed else at + rules.lock_seconds,
        )
    details = {"method": method.value, "tries_left": left}
    yield from audited(hub, BY, "proof_missed", contact.contact_id, details=details)
    if left <= 0:
        return refused(contact, "locked", locked=YES, tries_left="0")
    said = words.of(words.WRONG, contact.language, tries_left=str(left))
    return {"ok": NO, "code": "wrong", "locked": NO, "tries_left": str(left), "text": said}
