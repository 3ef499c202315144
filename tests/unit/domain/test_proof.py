"""What proofs are worth together."""

import pytest

from hub.domain.proof import lowered, raised


@pytest.mark.parametrize(
    ("level", "proof", "method", "expected"),
    [
        (0, None, "code", (2, "code")),
        (1, "agent", "code", (2, "code")),
        (2, "code", "code", (2, "code")),
        (2, "code", "questions", (3, "code+questions")),
        (2, "signed_in_page", "code", (3, "signed_in_page+code")),
        (3, "signed_in_page+code", "questions", (3, "signed_in_page+code+questions")),
        (3, "signed_in_page+code", "code", (3, "signed_in_page+code")),
        (2, None, "questions", (2, "questions")),
    ],
)
def test_two_different_proofs_are_two_factors(
    level: int, proof: str | None, method: str, expected: tuple[int, str]
) -> None:
    assert raised(level, proof, method) == expected


@pytest.mark.parametrize(("level", "after"), [(0, 0), (1, 1), (2, 1), (3, 1)])
def test_another_speaker_has_claimed_at_most(level: int, after: int) -> None:
    assert lowered(level) == after
