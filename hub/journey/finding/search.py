"""Find a Customer by words; what was looked for is audited by its kind, never by the words."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, select

from hub.customers.profile import open_profile
from hub.customers.search.find import find_customers
from hub.customers.search.forms import Findable, findable, forms_of
from hub.customers.search.query import Query, query_of
from hub.customers.warnings import in_force, is_restricted
from hub.domain.errors import Invalid
from hub.domain.states import IdentityLevel, ParticipantRole, WrapUpState
from hub.journey.audited import audited
from hub.journey.context import Hub, Viewer
from hub.security import field_rights
from hub.security.masks import mask_number
from hub.security.roles import Right, require
from hub.store.rows import find, table_of
from hub.store.tables import Assignment, Case, Contact, Customer, CustomerNumber, Participant
from hub.store.unit import Prepared, Unit

RESULTS_MOST: Final = 20
READ_MOST: Final = 40
"""Some are left out by rights; who may not see them must not see a shorter page either."""
_c, _u, _a, _p = (table_of(one).c for one in (Contact, Customer, Assignment, Participant))
_COLUMNS = (
    _u.id, _u.number, _u.segment, _u.lifecycle, _u.language, _u.profile_sealed, _u.warnings,
)  # fmt: skip
_cards_of = Prepared(
    select(*_COLUMNS, _u.merged_into).where(_u.id.in_(bindparam("ids", expanding=True)))
)
_merged = Prepared(
    select(_u.merged_into, _u.number).where(_u.merged_into.in_(bindparam("ids", expanding=True)))
)
_in_hand = Prepared(
    select(_c.customer_id, _c.id)
    .join_from(table_of(Assignment), table_of(Contact), _c.id == _a.contact_id)
    .where(_a.agent_id == bindparam("agent"))
    .where(_a.ended_at.is_(None) | (_a.wrap_up == WrapUpState.OPEN.value))
    .union_all(
        select(_c.customer_id, _c.id)
        .join_from(table_of(Participant), table_of(Contact), _c.id == _p.contact_id)
        .where(_p.agent_id == bindparam("agent"), _p.role != ParticipantRole.WATCHING.value)
    )
)


class _Card(NamedTuple):
    """What a list may need of a Customer, before rights."""

    id: str
    number: str
    segment: str
    lifecycle: str
    language: str
    profile_sealed: bytes
    warnings: str
    numbers: tuple[str, ...]
    """Its own, and those of records merged into it."""


async def search(hub: Hub, viewer: Viewer, words: str) -> dict[str, Any]:
    """Return candidates as this viewer may see them, never a guess of one.

    `customers`: outline of the name, tail of the number, segment and `why` it matched. `more` and
    `too_common` say that the words should be narrowed; restricted records are not counted.
    """
    require(viewer.roles, Right.SEE_CUSTOMERS)
    query = query_of(words)
    if not query:
        raise Invalid("words_needed", "type a name, a number, a phone, a mail or a reference")
    found = await find_customers(hub.reader, hub.lookup.words, query, READ_MOST)
    direct = await _by_case_and_reference(hub, query)
    for customer_id in await _by_saved_number(hub, words):
        direct.setdefault(customer_id, []).append("phone")
    ids = list(dict.fromkeys([*direct, *found.customer_ids]))
    cards = [one for one in await _cards(hub, ids) if _may_know(viewer, one)]
    hand = await customers_in_hand(hub, viewer.user_id)
    shown = []
    for card in cards[:RESULTS_MOST]:
        profile = open_profile(hub.vault, card.profile_sealed, card.id)
        why = [*_why(query, findable(card.numbers, profile)), *direct.get(card.id, [])]
        if why:
            shown.append(_outline(viewer, card, profile, why, in_hand=hand.get(card.id)))
    await hub.journal.run(_note(hub, viewer, query, len(shown)))
    more = found.more or len(cards) > RESULTS_MOST
    return {"customers": shown, "more": more, "too_common": found.too_common}


async def customers_in_hand(hub: Hub, agent_id: str) -> dict[str, str]:
    """Return the Customers of the agent's current Contacts, each with one of these Contacts."""
    rows = await hub.reader.rows(_in_hand(agent=agent_id))
    return {customer_id: contact_id for customer_id, contact_id in rows if customer_id}


async def _by_case_and_reference(hub: Hub, query: Query) -> dict[str, list[str]]:
    """Customers whom a case's number or a Contact's reference leads to."""
    led: dict[str, list[str]] = {}
    if query.code is not None:
        for row in await hub.reader.rows(find(Case, "customer_id", number=query.code)):
            led.setdefault(row[0], []).append("case")
    if query.reference is not None:
        rows = await hub.reader.rows(find(Contact, "customer_id", reference=query.reference))
        for row in rows:
            if row[0] is not None:
                led.setdefault(row[0], []).append("reference")
    return led


async def _by_saved_number(hub: Hub, words: str) -> list[str]:
    """Customers who asked us to keep this number, beside the one that the bank has."""
    try:
        key = hub.lookup.of("phone", words)
    except Invalid:
        return []
    rows = await hub.reader.rows(find(CustomerNumber, "customer_id", number_key=key))
    return [row[0] for row in rows]


async def _cards(hub: Hub, ids: Sequence[str]) -> list[_Card]:
    """Read what a list needs, in the order of `ids`; shells of merged records are left out."""
    if not ids:
        return []
    rows, merged = await hub.reader.gather([_cards_of(ids=list(ids)), _merged(ids=list(ids))])
    numbers: dict[str, list[str]] = {}
    for kept_id, number in merged:
        numbers.setdefault(kept_id, []).append(number)
    found = {
        row[0]: _Card._make([*row[:-1], (row[1], *numbers.get(row[0], ()))])
        for row in rows
        if row[-1] is None
    }
    return [found[customer_id] for customer_id in ids if customer_id in found]


def _may_know(viewer: Viewer, card: _Card) -> bool:
    return not is_restricted(in_force(card.warnings), viewer.roles)


def _why(query: Query, one: Findable) -> list[str]:
    """Name the fields that the words were found in."""
    forms = {
        "name": forms_of(Findable(numbers=(), name=one.name, name_zh=one.name_zh)),
        "number": forms_of(Findable(numbers=one.numbers)),
        "phone": forms_of(Findable(numbers=(), phone=one.phone)),
        "mail": forms_of(Findable(numbers=(), email=one.email)),
    }
    everything = set().union(*forms.values())
    for terms in query.passes:
        if all(not everything.isdisjoint(term.forms) for term in terms):
            return [
                field
                for field, held in forms.items()
                if any(not held.isdisjoint(term.forms) for term in terms)
            ]
    return []


def _outline(
    viewer: Viewer,
    card: _Card,
    profile: Mapping[str, str],
    why: list[str],
    *,
    in_hand: str | None,
) -> dict[str, Any]:
    """A Customer in a list: enough to choose, too little to use."""

    def outline(field: str) -> str:
        text = profile.get(field, "")
        level = IdentityLevel.UNKNOWN
        return field_rights.view(field, text, viewer.roles, level).text or "" if text else ""

    return {
        "id": card.id,
        "name": outline("name"),
        "name_zh": outline("name_zh"),
        "number": mask_number(card.number),
        "segment": card.segment,
        "lifecycle": card.lifecycle,
        "language": card.language,
        "why": why,
        "contact_id": in_hand,
    }


def _note(hub: Hub, viewer: Viewer, query: Query, count: int) -> Unit[None]:
    kinds = query.kinds
    yield from audited(
        hub, viewer.user_id, "customers_searched", "customers",
        details={"kinds": kinds, "found": count},
    )  # fmt: skip
