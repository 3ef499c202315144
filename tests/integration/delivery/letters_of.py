"""A customer of the bank who can be written to."""

import json

from hub.store.rows import put
from hub.store.tables import Consent, Customer
from hub.store.unit import Unit
from tests.support.letters import CUSTOMER, Post

MEI = "cus_mei"


async def add_customer(post: Post, *, phone: str = CUSTOMER, surveys: bool | None = None) -> None:
    """Put a record with a number into the bank."""
    profile = {"name": "Mei Tan", "name_zh": "谭梅", "phone": phone, "email": "mei@mail.example"}
    vault = post.hub.vault

    def unit() -> Unit[None]:
        yield put(
            Customer, id=MEI, number="90000001", segment="everyday", lifecycle="active",
            language="zh", since_year=2019, created_at=post.world.clock.now(),
            profile_sealed=vault.seal(json.dumps(profile), "customer", "profile", MEI),
        )  # fmt: skip
        if surveys is not None:
            yield put(Consent, customer_id=MEI, code="surveys", given=surveys)

    await post.hub.journal.run(unit())
