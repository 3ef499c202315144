import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.security.keyring import KeyRing, Purpose, fresh_key_ring, new_data_key
from hub.security.signed_link import ANYBODY, BadLink, SignedLinks

LINKS = SignedLinks(fresh_key_ring())


def code_of(links: SignedLinks, purpose: str, token: str, viewer: str, now: float) -> str:
    with pytest.raises(BadLink) as refused:
        links.read(purpose, token, viewer=viewer, now=now)
    return refused.value.code


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_link_leads_its_viewer_to_its_subject(subject: str, viewer: str) -> None:
    token = LINKS.sign("file", subject, viewer=viewer, expires_at=100.0)
    assert LINKS.read("file", token, viewer=viewer, now=99.0) == subject
    assert token.replace(".", "").replace("-", "").replace("_", "").isalnum()


def test_a_link_is_for_one_purpose_one_viewer_and_a_while() -> None:
    token = LINKS.sign("file", "fil_1", viewer="usr_1", expires_at=100.0)
    assert code_of(LINKS, "file", token, "usr_1", 100.0) == "expired"
    assert code_of(LINKS, "file", token, "usr_2", 1.0) == "forged"
    assert code_of(LINKS, "file", token, ANYBODY, 1.0) == "forged"
    assert code_of(LINKS, "survey", token, "usr_1", 1.0) == "forged"
    assert code_of(SignedLinks(fresh_key_ring()), "file", token, "usr_1", 1.0) == "forged"
    assert "usr_1" not in token


@given(st.data())
def test_every_changed_character_is_found(data: st.DataObject) -> None:
    token = LINKS.sign("survey", "svy_1", viewer=ANYBODY, expires_at=100.0)
    at = data.draw(st.integers(0, len(token) - 1))
    new = data.draw(st.sampled_from("AZaz09-_."))
    if new != token[at]:
        changed = token[:at] + new + token[at + 1 :]
        assert code_of(LINKS, "survey", changed, ANYBODY, 1.0) == "forged"


@pytest.mark.parametrize("token", ["", ".", "a.b", "é.é", "W10.W10", "W" * 5000, "\ud800.x"])
def test_rubbish_is_refused(token: str) -> None:
    assert code_of(LINKS, "file", token, "usr_1", 1.0) == "forged"


def test_a_link_outlives_a_key_rotation(ring: KeyRing) -> None:
    links = SignedLinks(ring)
    token = links.sign("file", "fil_1", viewer="usr_1", expires_at=100.0)
    ring.add(new_data_key(Purpose.LINK, 2))
    assert links.read("file", token, viewer="usr_1", now=1.0) == "fil_1"
    assert links.sign("file", "fil_1", viewer="usr_1", expires_at=100.0) != token
