import pytest

from hub.security.csrf import (
    csrf_matches,
    csrf_token,
    fetch_site_allowed,
    host_allowed,
    origin_allowed,
)
from hub.security.tokens import new_token

OURS = frozenset({"https://hub.example", "http://127.0.0.1:8000"})
HOSTS = frozenset({"hub.example", "127.0.0.1:8000", "[::1]:8000"})


def test_a_token_belongs_to_one_session() -> None:
    mine, other = new_token(), new_token()
    assert csrf_matches(mine, csrf_token(mine))
    assert not csrf_matches(other, csrf_token(mine))


@pytest.mark.parametrize("given", [None, "", "x", "é", "\ud800"])
def test_no_token_is_no_token(given: str | None) -> None:
    assert not csrf_matches(new_token(), given)
    assert not csrf_matches("", csrf_token(""))


@pytest.mark.parametrize(
    "origin", ["https://hub.example", "HTTPS://HUB.example", "http://127.0.0.1:8000"]
)
def test_our_origins_are_allowed(origin: str) -> None:
    assert origin_allowed(origin, OURS)


@pytest.mark.parametrize(
    "origin",
    [
        None, "", "null", "https://evil.example", "http://hub.example",
        "https://hub.example.evil.example", "https://hub.example:444",
        "https://evil.example/https://hub.example", "https://hub.example@evil.example",
    ],
)  # fmt: skip
def test_other_origins_are_not(origin: str | None) -> None:
    assert not origin_allowed(origin, OURS)


@pytest.mark.parametrize("host", ["hub.example", "HUB.example", "127.0.0.1:8000", "[::1]:8000"])
def test_our_hosts_are_allowed(host: str) -> None:
    assert host_allowed(host, HOSTS)


@pytest.mark.parametrize(
    "host",
    [None, "", "evil.example", "hub.example/x", "hub.example?x", "hub.example#", "a b",
     "hub.example:"],
)  # fmt: skip
def test_other_and_odd_hosts_are_not(host: str | None) -> None:
    assert not host_allowed(host, HOSTS)
    assert not host_allowed(host, {host or ""}) or host == "evil.example"


def test_a_request_made_by_another_site_is_told() -> None:
    assert fetch_site_allowed(None)
    assert fetch_site_allowed("same-origin")
    assert not fetch_site_allowed("cross-site")
    assert not fetch_site_allowed("same-site")
