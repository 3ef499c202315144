"""`CoreBanking` over REST. Reads are repeated when that is safe; an order never is.

Of a failed call one thing matters: could the core have done it? A connection that was never made,
429 and 503 say no (`CoreAway`). A broken or late answer and other 5xx say perhaps
(`OutcomeUnknown`). Refused credentials or an answer that nobody understands need a person.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

import httpx2 as httpx

from hub.adapters import breaker as circuit
from hub.adapters.breaker import Breaker, BreakerRules
from hub.adapters.core_banking import mapping
from hub.adapters.randomness import Randomness
from hub.domain.banking import CoreAnswer, CoreOrder, CoreRecord, CoreVerdict
from hub.ports import Clock, CoreAway, Health, NeedsAttention, OutcomeUnknown
from hub.text.strict_json import BadJson, loads_strict

T = TypeVar("T")
_NEVER_LEFT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_NOT_TAKEN: Final = frozenset({429, 503})
MOST_BYTES: Final = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreOptions:
    """How long to wait and how often to try."""

    connect_seconds: float = 2.0
    answer_seconds: float = 12.0
    read_attempts: int = 3
    pause_seconds: float = 0.2
    breaker: BreakerRules = field(default_factory=BreakerRules)


@dataclass(slots=True)
class CoreHealth:
    """`hub.ports.Health`."""

    ok: bool
    code: str


class RestCore:
    """One core banking system behind one address."""

    def __init__(
        self, url: str, token: str, clock: Clock, random: Randomness, options: CoreOptions
    ) -> None:
        self._clock, self._random, self._options = clock, random, options
        self.breaker = Breaker()
        self._http = httpx.AsyncClient(
            base_url=url,
            headers={"Authorization": f"Bearer {token}"},
            timeout=httpx.Timeout(options.answer_seconds, connect=options.connect_seconds),
            # The core is reached directly, whatever proxy the machine uses for the world.
            trust_env=False,
        )

    async def close(self) -> None:
        """End all connections."""
        await self._http.aclose()

    async def record_of(self, number: str, *, payments_since: float) -> CoreRecord | None:
        """Read a customer; the number travels in the body, not in a URL that logs keep."""
        asked = {"number": number, "payments_since": payments_since}
        answer = await self._read("POST", "/v1/records/read", json=asked)
        return None if answer.status_code == 404 else self._understood(mapping.record, answer)

    async def carry_out(self, order: CoreOrder) -> CoreAnswer:
        """Send an order once."""

        async def send() -> httpx.Response:
            return await self._http.post(
                "/v1/orders",
                json=mapping.order_body(order),
                headers={"Idempotency-Key": order.key},
            )

        try:
            answer = await self._through_breaker(send)
        except _NEVER_LEFT as error:
            raise CoreAway(type(error).__name__) from None
        except httpx.HTTPError as error:
            raise OutcomeUnknown(type(error).__name__) from None
        if answer.status_code in _NOT_TAKEN:
            raise CoreAway(f"status {answer.status_code}")
        if answer.status_code >= 500:
            raise OutcomeUnknown(f"status {answer.status_code}")
        try:
            return self._understood(mapping.answer, answer)
        except NeedsAttention:
            if answer.is_success:
                raise OutcomeUnknown("an answer nobody understands") from None
            raise

    async def state_of(self, key: str) -> CoreAnswer | None:
        """Ask what became of an order."""
        answer = await self._read("GET", f"/v1/orders/{key}")
        return None if answer.status_code == 404 else self._understood(mapping.answer, answer)

    async def take_verdict(self, verdict: CoreVerdict) -> None:
        """Send a verdict; under its key it may be sent again, so it is repeated like a question."""
        answer = await self._read(
            "POST",
            "/v1/verdicts",
            json=mapping.verdict_body(verdict),
            headers={"Idempotency-Key": verdict.key},
        )
        if not answer.is_success:
            raise NeedsAttention(f"the core answers {answer.status_code}")

    async def check(self) -> Health:
        """Ask for health, once."""
        try:
            answer = await self._through_breaker(lambda: self._http.get("/v1/health"))
        except (CoreAway, httpx.HTTPError) as error:
            return CoreHealth(ok=False, code=type(error).__name__)
        return CoreHealth(ok=answer.is_success, code=str(answer.status_code))

    # -- calling -------------------------------------------------------------------------------

    async def _read(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Ask, and ask again after a growing pause: a question changes nothing."""
        why = ""
        for attempt in range(self._options.read_attempts):
            if attempt:
                spread = 0.5 + self._random.random()
                await self._clock.sleep(self._options.pause_seconds * 2 ** (attempt - 1) * spread)
            try:
                answer = await self._through_breaker(
                    lambda: self._http.request(method, path, **more)
                )
            except httpx.HTTPError as error:
                why = type(error).__name__
                continue
            if answer.status_code < 500 and answer.status_code != 429:
                return answer
            why = f"status {answer.status_code}"
        raise CoreAway(why)

    async def _through_breaker(
        self, call: Callable[[], Awaitable[httpx.Response]]
    ) -> httpx.Response:
        rules = self._options.breaker
        self.breaker, may = circuit.admit(self.breaker, rules, self._clock.monotonic())
        if not may:
            raise CoreAway("the breaker is open")
        try:
            answer = await call()
        except BaseException:
            # Also when we were cancelled: a probe that nobody ends would stay for ever.
            self.breaker = circuit.failed(self.breaker, rules, self._clock.monotonic())
            raise
        if answer.status_code >= 500:
            self.breaker = circuit.failed(self.breaker, rules, self._clock.monotonic())
        else:
            self.breaker = circuit.succeeded(self.breaker, self._clock.monotonic())
        return answer

    def _understood(self, read: Callable[[Any], T], answer: httpx.Response) -> T:
        if not answer.is_success:
            raise NeedsAttention(f"the core answers {answer.status_code}")
        try:
            return read(loads_strict(answer.content, max_bytes=MOST_BYTES))
        except (BadJson, mapping.Malformed) as error:
            raise NeedsAttention(f"the core's answer does not fit: {error}") from None
