"""Fresh OAuth access tokens for a mailbox whose server takes no password (RFC 6749).

With a refresh token we act for a person who has agreed; without one, as a program of the bank.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

import httpx2 as httpx

from hub.domain.errors import Invalid
from hub.ports import Clock, NeedsAttention, SendLater

ANSWER_SECONDS: Final = 10.0
EARLY_SECONDS: Final = 120.0
"""A token is replaced so long before its end."""
USUAL_SECONDS: Final = 3600.0
"""How long a token is good when the server does not say."""
ANSWER_MOST_BYTES: Final = 64 * 1024
LOCAL: Final = frozenset({"127.0.0.1", "localhost", "::1"})
SERVER_ERROR: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuth:
    """Where tokens come from, and who asks."""

    url: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    refresh_token: str = field(default="", repr=False)
    scope: str = ""

    def check(self, place: str) -> None:
        """Raise `Invalid` for what cannot give a token."""
        parts = urlsplit(self.url)
        is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOCAL)
        if not parts.hostname or not is_safe:
            raise Invalid("bad_token_url", f"{place}.url: https, or http on this machine only")
        if not self.client_id:
            raise Invalid("missing_setting", f"{place}.client_id is needed")
        if not self.client_secret and not self.refresh_token:
            raise Invalid("missing_setting", f"{place}: a client_secret or a refresh_token")


class TokenHook:
    """Gives the token of now; asks for a new one shortly before its end."""

    def __init__(
        self, oauth: OAuth, clock: Clock, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._oauth, self._clock, self._transport = oauth, clock, transport
        self._refresh_token = oauth.refresh_token
        self._token = ""
        self._line = asyncio.Lock()
        self.ends_at: float | None = None
        """When the token of now is over."""

    async def __call__(self) -> str:
        """Return a token; raise `SendLater`, or `NeedsAttention("token_refused")`."""
        async with self._line:
            now = self._clock.now()
            if self.ends_at is None or now > self.ends_at - EARLY_SECONDS:
                self._token, seconds = await self._ask()
                self.ends_at = now + seconds
            return self._token

    async def _ask(self) -> tuple[str, float]:
        oauth, refresh = self._oauth, self._refresh_token
        form = {
            "grant_type": "refresh_token" if refresh else "client_credentials",
            "client_id": oauth.client_id,
            "client_secret": oauth.client_secret, "refresh_token": refresh, "scope": oauth.scope,
        }  # fmt: skip
        try:
            async with httpx.AsyncClient(
                timeout=ANSWER_SECONDS, trust_env=False, transport=self._transport
            ) as http:
                answer = await http.post(oauth.url, data={k: v for k, v in form.items() if v})
        except httpx.HTTPError as error:
            raise SendLater("token_away") from error
        if answer.status_code >= SERVER_ERROR:
            raise SendLater("token_away")
        if not answer.is_success or len(answer.content) > ANSWER_MOST_BYTES:
            raise NeedsAttention(code="token_refused")
        return self._read(answer)

    def _read(self, answer: httpx.Response) -> tuple[str, float]:
        try:
            said = answer.json()
            token = str(said["access_token"])
            seconds = float(said.get("expires_in", USUAL_SECONDS))
        except (ValueError, KeyError, TypeError):
            raise NeedsAttention(code="token_refused") from None
        # Some servers give a new one each time, and the old one is worth nothing then.
        self._refresh_token = str(said.get("refresh_token") or self._refresh_token)
        return token, seconds
