"""Customers for tests, written the product's own way."""

from typing import Any

from hub.customers.profile import add_customer
from hub.journey.context import Viewer
from hub.security.roles import Role
from hub.store.rows import change, find
from hub.store.tables import AuditEntry, Contact
from tests.support.world import World

AMY = Viewer(user_id="amy", roles=frozenset({Role.AGENT}))
BOB = Viewer(user_id="bob", roles=frozenset({Role.AGENT}))
SUE = Viewer(user_id="sue", roles=frozenset({Role.SUPERVISOR}))
ADA = Viewer(user_id="ada", roles=frozenset({Role.ADMINISTRATOR}))

LIN = {
    "name": "Lin Wei", "name_zh": "林薇", "phone": "+8613800002716",
    "email": "lin.wei@mail.example", "id_number": "310199199004120077",
    "birth_date": "1990-04-12", "address": "16 Lake Road",
}  # fmt: skip
LINDA = {"name": "Linda Weiss", "phone": "+493012345678", "email": "linda@mail.example"}


async def add(world: World, number: str, profile: dict[str, str], **columns: Any) -> str:
    """Add a customer; the id is made of the number."""
    customer_id = f"cus_{number}"
    plain: dict[str, Any] = {
        "segment": "premier", "lifecycle": "active", "language": "zh", "since_year": 2016,
        "created_at": world.clock.now(), "warnings": "[]",
    }  # fmt: skip
    hub = world.hub
    await hub.journal.run(
        add_customer(
            hub.vault, hub.lookup, customer_id, number=number, profile=profile, **(plain | columns)
        )
    )
    return customer_id


async def audit_of(world: World, action: str) -> list[tuple[Any, ...]]:
    """Return subject, actor, reason and details of the entries of an action."""
    return await world.hub.reader.rows(
        find(AuditEntry, "subject", "actor", "reason", "details", action=action)
    )


async def guest_in_hand(world: World, agent_id: str) -> str:
    """A guest asks for a person and the agent accepts; returns the Contact."""
    from hub.journey import answer  # noqa: PLC0415  beside its only use

    if world.hub.staff.get(agent_id) is None:
        await world.add_agent(agent_id)
    posted = await world.customer_says("agent please", visitor=f"guest-of-{agent_id}")
    offer = await world.offer_of(agent_id)
    assert offer is not None
    await answer.accept(world.hub, agent_id, offer)
    return posted.contact_id


async def column(world: World, contact_id: str, *names: str) -> tuple[Any, ...]:
    """Columns of a Contact."""
    return (await world.hub.reader.rows(find(Contact, *names, id=contact_id)))[0]


async def put_in_hand(world: World, contact_id: str, customer_id: str) -> None:
    """Make the Contact this Customer's without a proof, as a test needs it."""

    def unit() -> Any:
        yield change(Contact, contact_id, customer_id=customer_id)

    await world.hub.journal.run(unit())
