"""What is wrong with the demo's core today; the demo's page chooses. Pure."""

from dataclasses import dataclass

MOST_DELAY_SECONDS = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """How the core behaves. Counting begins anew with every choice."""

    delay_seconds: float = 0.0
    """Every answer comes so much later."""
    fail_every: int = 0
    """Every n-th request fails before anything is done; 0: none."""
    drop_after_applying: int = 0
    """So many next orders are applied, and then the connection breaks without an answer."""
    seen: int = 0


def chosen(delay_seconds: float, fail_every: int, drop_after_applying: int) -> Faults:
    """Return the choice within its bounds."""
    return Faults(
        delay_seconds=min(max(delay_seconds, 0.0), MOST_DELAY_SECONDS),
        fail_every=min(max(fail_every, 0), 100),
        drop_after_applying=min(max(drop_after_applying, 0), 100),
    )
