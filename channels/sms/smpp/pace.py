"""Not more texts a second than the carrier has agreed to."""

from typing import Final

from hub.ports import Clock, SendLater

PATIENCE_SECONDS: Final = 8.0
"""Who would wait longer for a turn is tried again later instead of holding a place."""


class Pace:
    """Gives turns at even distances; one that is not taken is lost, so that there are no bursts."""

    def __init__(self, per_second: float, clock: Clock) -> None:
        """Take the most turns a second; 0 means as many as come."""
        self._seconds = 1.0 / per_second if per_second else 0.0
        self._clock = clock
        self._next_at = 0.0

    async def turn(self, *, is_patient: bool) -> None:
        """Wait for a turn; raise `SendLater` when it is far away, unless one has to wait."""
        now = self._clock.monotonic()
        mine = max(now, self._next_at)
        if mine - now > PATIENCE_SECONDS and not is_patient:
            raise SendLater("too_fast")
        self._next_at = mine + self._seconds
        if mine > now:
            await self._clock.sleep(mine - now)
