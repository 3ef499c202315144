"""A number that several customers share belongs to none of them: listed, and nothing opens."""

from hub.journey.calls.candidates import candidates_of
from hub.journey.context import Viewer
from hub.journey.record import screen_pop
from hub.security.roles import Role
from tests.integration.finding.people import LIN, LINDA, add
from tests.support.letters import CUSTOMER
from tests.support.secure import Secure


async def test_a_shared_number_is_nobodys(secure: Secure) -> None:
    for number, profile in (("20418807", LIN), ("20418808", LINDA)):
        await add(secure.post.world, number, profile | {"phone": CUSTOMER})
    talk = await secure.post.talking()
    columns = ("customer_id", "identity_level")
    assert await secure.post.contact(talk.contact_id, *columns) == (None, 0)
    amara = Viewer(user_id="amara", roles=frozenset({Role.AGENT}))
    pop = await screen_pop(secure.post.hub, talk.contact_id, amara)
    assert (pop["customer"], pop["candidates"]) == (None, 2)
    listed = await candidates_of(secure.post.hub, amara, contact_id=talk.contact_id)
    assert len(listed["customers"]) == 2
