"""Blocked addresses, for a supervisor's review."""

from typing import Any, Literal

from agent_console.http.endpoint import Api, Call, Endpoint, Strict
from hub.journey.abuse import blocks, review_block
from hub.journey.context import Hub
from hub.security.roles import Right


class Blocks(Strict):
    """The newest blocks first; no address is named."""

    blocks: list[dict[str, Any]]


class Review(Strict):
    """Lift it, or let it stand."""

    block_id: str
    lift: bool


class Done(Strict):
    """It is done."""

    ok: Literal[True] = True


class BlockRoutes:
    """`/api/blocks`, `/api/blocks/review`."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def add_to(self, api: Api) -> None:
        """Add the routes."""
        api.add(
            Endpoint(
                method="GET", path="/api/blocks", handler=self.list, answer=Blocks,
                right=Right.STEER_CONTACTS, tag="oversight",
            )
        )  # fmt: skip
        api.add(
            Endpoint(
                method="POST", path="/api/blocks/review", handler=self.review, body=Review,
                answer=Done, right=Right.STEER_CONTACTS, tag="oversight",
            )
        )  # fmt: skip

    async def list(self, call: Call) -> Blocks:
        """List blocks in force and over."""
        return Blocks(blocks=await blocks(self._hub))

    async def review(self, call: Call) -> Done:
        """Decide about a block."""
        asked: Review = call.body
        await review_block(self._hub, call.user.viewer.user_id, asked.block_id, lift=asked.lift)
        return Done()
