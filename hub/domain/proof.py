"""What proofs are worth, and how many misses are too many; pure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from hub.domain.states import IdentityLevel


class ProofMethod(StrEnum):
    """How a customer proves who speaks."""

    CODE = "code"
    QUESTIONS = "questions"
    PIN = "pin"
    """The telephone PIN, pressed and never spoken."""
    BIRTH_DATE = "birth_date"
    """With the number of the record: a claim only, for many know it."""


SECURE_PAGE: Final = "secure_page"
"""A Contact's proof when its customer spoke on the page of a secure message: a mail or SMS that
comes after it from the same Address proves nothing, and the level falls."""

CLAIMS: Final = frozenset({ProofMethod.BIRTH_DATE})
"""Methods that make it likelier and prove nothing."""

BETWEEN_PROOFS = "+"
TAKEN_BACK = "taken_back"
"""Stands where a proof stood that no longer holds: what proved before does not do so again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofRules:
    """The operator's choices about proving identity inside a Contact."""

    code_seconds: float = 300.0
    resend_seconds: float = 30.0
    codes_per_hour: int = 5
    """To one Customer, over all Contacts: nobody is flooded with messages."""
    answer_seconds: float = 300.0
    misses_allowed: int = 3
    """Over Contacts and methods; the last of them locks."""
    lock_seconds: float = 24 * 3600.0
    """A lock ends by itself after this; a supervisor can end it before."""


def raised(level: int, proof: str | None, method: str) -> tuple[int, str]:
    """Return level and proof after one more proof: two different ones are two factors."""
    if method in CLAIMS:
        return max(level, IdentityLevel.CLAIMED), proof or method
    before = proof.split(BETWEEN_PROOFS) if proof and level >= IdentityLevel.PROVED else []
    if method in before:
        return max(level, IdentityLevel.PROVED), proof or method
    both = [*before, method]
    now = IdentityLevel.STRONG if len(both) > 1 else IdentityLevel.PROVED
    return max(level, now), BETWEEN_PROOFS.join(both)


def lowered(level: int) -> int:
    """Return the level after another person began to speak: at most a claim."""
    return min(level, IdentityLevel.CLAIMED)
