"""What a flow may name besides its own steps; the set-up gives it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ivr.flow.errands import ERRANDS, ErrandKind
from ivr.flow.fields import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Queues, recordings and flows that exist."""

    queues: Mapping[str, Texts]
    always_open: frozenset[str] = frozenset()
    flows: frozenset[str] = frozenset()
    recordings: frozenset[str] = frozenset()
    errands: Mapping[str, ErrandKind] = field(default_factory=lambda: ERRANDS)
