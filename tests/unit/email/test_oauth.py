"""Access tokens: asked for shortly before they end, refused in words that help."""

from typing import Any

import httpx2 as httpx
import pytest

from channels.email.oauth import OAuth, TokenHook
from channels.email.settings import mailbox_from
from hub.domain.errors import Invalid
from hub.ports import NeedsAttention, SendLater
from tests.support.clock import ManualClock

ASKED = OAuth(
    url="https://login.example/token", client_id="hub", client_secret="hush", refresh_token="r1"
)


class Server(httpx.AsyncBaseTransport):
    """Gives tokens, and a new refresh token each time."""

    def __init__(self) -> None:
        self.forms: list[dict[str, str]] = []
        self.status = 200
        self.answer: Any = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        form = dict(httpx.QueryParams((await request.aread()).decode()))
        self.forms.append(form)
        number = len(self.forms)
        said = {"access_token": f"a{number}", "expires_in": 3600, "refresh_token": f"r{number + 1}"}
        return httpx.Response(self.status, json=self.answer or said)


async def test_a_token_is_kept_until_shortly_before_its_end(clock: ManualClock) -> None:
    server = Server()
    hook = TokenHook(ASKED, clock, server)
    assert [await hook(), await hook()] == ["a1", "a1"]
    assert hook.ends_at == clock.now() + 3600
    await clock.advance(3500)
    assert await hook() == "a2"
    assert [form["refresh_token"] for form in server.forms] == ["r1", "r2"]
    assert server.forms[0]["grant_type"] == "refresh_token"


async def test_a_program_signs_in_without_a_refresh_token(clock: ManualClock) -> None:
    server = Server()
    oauth = OAuth(url=ASKED.url, client_id="hub", client_secret="hush", scope="mail")
    assert await TokenHook(oauth, clock, server)() == "a1"
    assert server.forms == [
        {"grant_type": "client_credentials", "client_id": "hub", "client_secret": "hush",
         "scope": "mail"}
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("status", "answer", "error"),
    [
        (400, {"error": "invalid_grant"}, NeedsAttention),
        (200, {"said": "nothing"}, NeedsAttention),
        (200, [1], NeedsAttention),
        (503, {"error": "later"}, SendLater),
    ],
)
async def test_what_the_server_says_decides_who_has_to_act(
    clock: ManualClock, status: int, answer: Any, error: type[Exception]
) -> None:
    server = Server()
    server.status, server.answer = status, answer
    with pytest.raises(error) as refused:
        await TokenHook(ASKED, clock, server)()
    assert str(refused.value) == ("token_away" if error is SendLater else "token_refused")


def test_what_can_give_no_token_is_refused() -> None:
    def described(**oauth: str) -> None:
        relay = {"host": "smtp.bank.example", "port": 587, "oauth": oauth}
        mailbox_from({"address": "a@bank.example", "queue": "cards", "relay": relay})

    described(url="https://login.example/token", client_id="hub", client_secret="hush")
    for wrong in (
        {"url": "http://login.example/token", "client_id": "hub", "client_secret": "hush"},
        {"url": "https://login.example/token", "client_secret": "hush"},
        {"url": "https://login.example/token", "client_id": "hub"},
    ):
        with pytest.raises(Invalid):
            described(**wrong)
    assert "hush" not in repr(ASKED)
