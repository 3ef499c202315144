"""What self-service remembers between two turns lies sealed and comes back whole."""

from typing import Any

import pytest

from hub.domain.steps import Say, Step
from hub.store.rows import find
from hub.store.tables import Contact
from tests.support.world import World

ADDRESS = "16 Lake Road, 湖滨路"


async def test_words_of_an_errand_are_remembered_and_not_readable(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    states = []

    def respond(state: dict[str, Any], _: Any) -> tuple[dict[str, Any], list[Step]]:
        states.append(state)
        return {"address": ADDRESS}, [Say(text="And the postcode?")]

    monkeypatch.setattr(world.hub.self_service, "_respond", respond)
    posted = await world.customer_says("I have moved")
    rows = await world.hub.reader.rows(find(Contact, "bot_state_sealed", id=posted.contact_id))
    assert ADDRESS.encode() not in rows[0][0]
    assert b"address" not in rows[0][0]
    await world.customer_says("200000")
    assert states[-1] == {"address": ADDRESS}
