"""Which engines of calls this node has; channels fill it when they start."""

import asyncio
from collections.abc import Iterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from hub.ports import LiveCall, NeedsAttention

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


class Engines:
    """Engines by name, and the order in which events of one Leg are heard on this node."""

    def __init__(self) -> None:
        self._by_name: dict[str, LiveCall] = {}
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def add(self, engine: LiveCall) -> None:
        """Take an engine in; one of the same name is replaced."""
        self._by_name[engine.name] = engine

    def get(self, name: str) -> LiveCall | None:
        """The engine, if this node has it."""
        return self._by_name.get(name)

    def __getitem__(self, name: str) -> LiveCall:
        """The engine; raise `NeedsAttention` when it is not set up here."""
        engine = self._by_name.get(name)
        if engine is None:
            raise NeedsAttention(f"no engine {name} is set up")
        return engine

    def __iter__(self) -> Iterator[LiveCall]:
        """All of them."""
        return iter(self._by_name.values())

    @asynccontextmanager
    async def alone(self, leg_id: str) -> "AsyncIterator[None]":
        """Hear one event of a Leg after the other; the store decides between nodes."""
        turn = self._turns.get(leg_id)
        if turn is None:
            turn = self._turns[leg_id] = asyncio.Lock()
        async with turn:
            yield
