import pytest

from hub.domain.errors import Invalid
from hub.security.keyring import KeyRing, fresh_key_ring
from hub.security.lookup import LookupKey


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("phone", "+86 138-0013-2716", "008613800132716"),
        ("phone", "＋８６ １３８００１３２７１６", "+8613800132716"),
        ("mail", " Lin@Example.COM ", "lin@example.com"),
        ("id_number", "310101 1990 0307 042x", "31010119900307042X"),
    ],
)
def test_one_value_written_in_two_ways_is_found(
    ring: KeyRing, kind: str, one: str, other: str
) -> None:
    key = LookupKey(ring)
    assert key.of(kind, one) == key.of(kind, other)


def test_hashes_differ_by_value_kind_and_key(ring: KeyRing) -> None:
    key, stranger = LookupKey(ring), LookupKey(fresh_key_ring())
    hashes = {
        key.of("mail", "a@example.com"),
        key.of("mail", "b@example.com"),
        key.of("chat", "a@example.com"),
        stranger.of("mail", "a@example.com"),
    }
    assert len(hashes) == 4
    assert all(len(found) == 45 and found.startswith("1.") for found in hashes)


@pytest.mark.parametrize("number", ["13800132716", "+0", "", "call me", "+861380013271612345"])
def test_a_number_without_country_code_is_refused(ring: KeyRing, number: str) -> None:
    with pytest.raises(Invalid):
        LookupKey(ring).of("phone", number)
