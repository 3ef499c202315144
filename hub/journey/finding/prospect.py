"""Make a record for somebody who is no customer of the bank yet."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from hub.customers.profile import add_customer
from hub.domain.errors import Invalid
from hub.domain.events import CustomerAdded
from hub.domain.reference import reference_of
from hub.journey.audited import audited
from hub.journey.context import Hub, Viewer
from hub.security.lookup import normalise_mail, normalise_phone
from hub.security.roles import Right, require
from hub.store.rows import find
from hub.store.tables import Customer
from hub.store.unit import Append, Unit

LIFECYCLE: Final = "prospect"
SEGMENT: Final = "everyday"
NUMBER_BEGINS: Final = "P-"
_MOST: Final = {"name": 120, "name_zh": 60, "phone": 40, "email": 200}


async def create_prospect(
    hub: Hub, viewer: Viewer, fields: Mapping[str, str], *, language: str, anyway: bool = False
) -> tuple[str | None, list[str]]:
    """Return the new record's id, or None and those who have this phone or mail already.

    Nothing is guessed: who looks known is listed, and `anyway` makes the record all the same.
    """
    require(viewer.roles, Right.HANDLE_CONTACTS)
    profile = _checked(fields)
    known = [] if anyway else await _known(hub, profile)
    if known:
        return None, known
    customer_id = hub.new_id("cus")
    await hub.journal.run(lambda: _create(hub, viewer, customer_id, profile, language))
    return customer_id, []


def _checked(fields: Mapping[str, str]) -> dict[str, str]:
    profile = {name: " ".join(fields.get(name, "").split()) for name in _MOST}
    if not profile["name"] and not profile["name_zh"]:
        raise Invalid("name_needed", "write a name")
    for name, most in _MOST.items():
        if len(profile[name]) > most:
            raise Invalid("too_long", f"{name}: at most {most} characters")
    if profile["phone"]:
        profile["phone"] = normalise_phone(profile["phone"])
    if profile["email"]:
        profile["email"] = normalise_mail(profile["email"])
        if profile["email"].count("@") != 1 or " " in profile["email"]:
            raise Invalid("bad_mail", "write the mail address as name@example.org")
    return profile


async def _known(hub: Hub, profile: Mapping[str, str]) -> list[str]:
    """Who has this phone or mail."""
    found: dict[str, None] = {}
    calls = []
    if profile["phone"]:
        key = hub.lookup.of("phone", profile["phone"])
        calls.append(find(Customer, "id", "merged_into", phone_key=key))
    if profile["email"]:
        key = hub.lookup.of("mail", profile["email"])
        calls.append(find(Customer, "id", "merged_into", email_key=key))
    for rows in await hub.reader.gather(calls) if calls else []:
        found |= dict.fromkeys(row[1] or row[0] for row in rows)
    return list(found)


def _create(
    hub: Hub, viewer: Viewer, customer_id: str, profile: Mapping[str, str], language: str
) -> Unit[None]:
    at = hub.clock.now()
    yield from add_customer(
        hub.vault,
        hub.lookup,
        customer_id,
        number=NUMBER_BEGINS + reference_of(customer_id),
        profile=profile,
        segment=SEGMENT,
        lifecycle=LIFECYCLE,
        language=language,
        since_year=datetime.fromtimestamp(at, UTC).year,
        created_at=at,
    )
    yield Append(CustomerAdded(at=at, customer_id=customer_id, by=viewer.user_id))
    yield from audited(hub, viewer.user_id, "customer_added", customer_id)
