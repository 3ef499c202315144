"""Real Rasa on loopback: one request per turn, never repeated, and never waited for too long.

Of a turn that failed one thing matters: could Rasa have taken it? A connection that was never made
says no (`RasaAway`): the turn may be taken elsewhere. Anything after that says perhaps
(`RasaSilent`): it may have run an errand, so nobody takes the turn again.
Protocol: the REST channel and the HTTP API of Rasa 3.6.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import httpx2 as httpx

from hub.adapters import breaker as circuit
from hub.adapters.breaker import Breaker, BreakerRules
from hub.ports import Clock
from hub.text.strict_json import BadJson, loads_strict

_NEVER_LEFT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
MOST_BYTES: Final = 1024 * 1024
DEEPEST: Final = 32
Event = Mapping[str, Any]
"""An event of Rasa's tracker, e.g. `{"event": "slot", "name": "language", "value": "zh"}`."""


class RasaAway(Exception):
    """Rasa did not take the turn."""


class RasaSilent(Exception):
    """Rasa may have taken the turn, and gave no answer that can be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RasaOptions:
    """How long to wait, and how many turns at once."""

    connect_seconds: float = 1.0
    answer_seconds: float = 20.0
    """Longer than any errand that a turn may run."""
    turns_at_once: int = 8
    """Rasa computes in one process: more only wait there."""
    place_seconds: float = 3.0
    """So long a turn waits for its place."""
    breaker: BreakerRules = field(default_factory=BreakerRules)


class RasaClient:
    """One Rasa server behind one address."""

    def __init__(
        self,
        url: str,
        token: str,
        clock: Clock,
        options: RasaOptions,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """`transport` takes the place of the network where Rasa is not a server."""
        self._token, self._clock, self._options = token, clock, options
        self.breaker = Breaker()
        self._places = asyncio.Semaphore(options.turns_at_once)
        self._http = httpx.AsyncClient(
            base_url=url,
            transport=transport,
            timeout=httpx.Timeout(options.answer_seconds, connect=options.connect_seconds),
            # Rasa is beside us, whatever proxy the machine uses for the world.
            trust_env=False,
        )

    async def close(self) -> None:
        """End all connections."""
        await self._http.aclose()

    async def parse(self, text: str) -> Mapping[str, Any]:
        """Return what Rasa's model takes the text for; raises `RasaAway` whatever failed."""
        try:
            return _mapping(await self._ask("/model/parse", {"text": text}))
        except RasaSilent as error:  # a reading changes nothing: it may be taken elsewhere
            raise RasaAway(str(error)) from None

    async def say(self, sender: str, text: str) -> Sequence[Mapping[str, Any]]:
        """Let Rasa hear a turn; returns its messages, at least one."""
        told = await self._ask("/webhooks/rest/webhook", {"sender": sender, "message": text})
        if not isinstance(told, list) or not told:
            # An action that failed is told to nobody: the answer is empty.
            raise RasaSilent("an empty answer")
        return [_mapping(one) for one in told]

    async def tell(self, sender: str, events: Sequence[Event]) -> None:
        """Add events to a tracker; raises `RasaAway` whatever failed: no turn was taken."""
        try:
            await self._ask(f"/conversations/{sender}/tracker/events", list(events))
        except RasaSilent as error:
            raise RasaAway(str(error)) from None

    async def memory(self, sender: str) -> Mapping[str, Any]:
        """Return the tracker without its events: slots, active loop, latest message."""
        return _mapping(await self._ask(f"/conversations/{sender}/tracker", None))

    async def _ask(self, path: str, body: Any) -> Any:
        try:
            async with asyncio.timeout(self._options.place_seconds):
                await self._places.acquire()
        except TimeoutError:
            raise RasaAway("all places are taken") from None
        try:
            return await self._through_breaker(path, body)
        finally:
            self._places.release()

    async def _through_breaker(self, path: str, body: Any) -> Any:
        now, rules = self._clock.monotonic, self._options.breaker
        self.breaker, is_admitted = circuit.admit(self.breaker, rules, now())
        if not is_admitted:
            raise RasaAway("left alone for a while")
        try:
            answer = await self._send(path, body)
        except BaseException:  # a cancelled probe must not leave the breaker half open
            self.breaker = circuit.failed(self.breaker, rules, now())
            raise
        self.breaker = circuit.succeeded(self.breaker, now())
        return answer

    async def _send(self, path: str, body: Any) -> Any:
        known = {"token": self._token, "include_events": "NONE"}
        try:
            if body is None:
                answer = await self._http.get(path, params=known)
            else:
                answer = await self._http.post(path, params=known, json=body)
        except _NEVER_LEFT as error:
            raise RasaAway(type(error).__name__) from None
        except httpx.HTTPError as error:
            raise RasaSilent(type(error).__name__) from None
        if not answer.is_success:
            raise RasaSilent(f"status {answer.status_code}")
        try:
            return loads_strict(answer.content, max_bytes=MOST_BYTES, max_depth=DEEPEST)
        except BadJson:
            raise RasaSilent("an answer nobody can read") from None


def _mapping(told: Any) -> Mapping[str, Any]:
    if not isinstance(told, dict):
        raise RasaSilent("an answer nobody understands")
    return told
