"""What a script may do with an engine: people at their ends, and time."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from hub.journey.context import Hub
from hub.ports import LiveCall


class Person(Protocol):
    """Somebody who calls the bank."""

    @property
    def leg_id(self) -> str:
        """Their Leg."""

    @property
    def texts(self) -> Sequence[str]:
        """What they heard in words, in order."""

    @property
    def is_over(self) -> bool:
        """Whether their line is down."""

    async def press(self, digits: str) -> None:
        """Press keys, once the bank listens."""

    async def hang_up(self) -> None:
        """Put the phone down."""


class Rig(Protocol):
    """A hub with the small menu and an engine; agents `amara` and `ben` have headsets."""

    @property
    def hub(self) -> Hub:
        """The hub behind it."""

    @property
    def engine(self) -> LiveCall:
        """The engine that is tried."""

    async def call(self, number: str) -> Person:
        """Somebody calls, and hears the menu."""

    async def accept(self, agent_id: str) -> None:
        """The agent takes the Offer on the screen."""

    async def until(self, true: Callable[[], Any]) -> None:
        """Let everything run, and time pass, until it is so (it may be awaitable)."""

    async def rest(self) -> None:
        """Let everything come to its end that takes no time."""

    async def unplug(self, agent_id: str, *, is_out: bool) -> None:
        """An agent's headset answers no more, or again."""
