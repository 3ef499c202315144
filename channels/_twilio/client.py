"""The official client on our HTTP library: one pool, our time limits, our three errors.

The package is large and imported when the first client is made. `base_url` sends every request to
another place than Twilio, such as the carrier simulator, with nothing else changed.
"""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

import httpx2 as httpx

from hub.ports import NeedsAttention, SendLater, SendNever

PROVIDER: Final = "https://api.twilio.com"
CONNECT_SECONDS: Final = 3.0
ANSWER_SECONDS: Final = 10.0
GONE_CODES: Final = frozenset({20404, 21220, 21221})
"""There is no such call, or it is over."""
STORES: Final = (".twiliocdn.com", ".twilio.com")
_LATER: Final = frozenset({408, 409, 425, 429, 503})
"""It says itself that it did not take the request."""
_ATTENTION: Final = frozenset({401, 403})


class Gone(Exception):
    """What the request was about is not there any more."""


class Unsure(Exception):
    """No answer came: it may have been done or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Who we are at the provider."""

    account_sid: str
    key_sid: str
    key_secret: str = field(repr=False)
    base_url: str | None = None
    """Where the REST resources are; None: at the provider."""


class Provider:
    """REST of one account; `rest` is the official client, used by its `*_async` methods."""

    def __init__(self, account: Account, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self.account = account
        self._http = httpx.AsyncClient(
            transport=transport,
            timeout=httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS),
            trust_env=False,
        )
        self._rest: Any = None

    @property
    def rest(self) -> Any:
        """Return the official client."""
        if self._rest is None:
            self._rest = _client(self.account, self._http)
        return self._rest

    async def warm_up(self) -> None:
        """Import the package in a thread, so that the first call does not wait for it."""
        await asyncio.to_thread(lambda: self.rest)

    async def media(self, path: str, most_bytes: int) -> bytes:
        """Return a file of the account; the address is ours, never one that a request named.

        The provider may send us on once, to its own store of files and nowhere else.
        """
        account = self.account
        url = f"{account.base_url or PROVIDER}/2010-04-01/Accounts/{account.account_sid}/{path}"
        auth = (account.key_sid, account.key_secret)
        try:
            answer = await self._file(url, most_bytes, auth)
            if isinstance(answer, str):
                answer = await self._file(answer, most_bytes, None)
        except (httpx.HTTPError, httpx.InvalidURL):
            raise SendLater("provider_away") from None
        if isinstance(answer, str):
            raise SendNever("media_elsewhere")
        return answer

    async def _file(self, url: str, most_bytes: int, auth: tuple[str, str] | None) -> bytes | str:
        chunks, size = [], 0
        async with self._http.stream("GET", url, auth=auth) as answer:
            if answer.is_redirect:
                return _own_store(answer.headers.get("location", ""))
            _refuse(answer.status_code)
            async for chunk in answer.aiter_bytes():
                size += len(chunk)
                if size > most_bytes:
                    raise SendNever("media_too_long")
                chunks.append(chunk)
        return b"".join(chunks)

    async def close(self) -> None:
        """Close the pool."""
        await self._http.aclose()


async def asked(request: Awaitable[Any]) -> Any:
    """Return what a request gives; raise `Gone`, `Unsure` or one of a channel's three errors."""
    from twilio.base.exceptions import TwilioException, TwilioRestException  # noqa: PLC0415  large

    try:
        return await request
    except TwilioRestException as error:
        if error.code in GONE_CODES:
            raise Gone from None
        code = str(error.code)
        _refuse(error.status, f"provider_{code}", code)
        raise SendNever(f"provider_{code}", code=code) from None
    except TwilioException as error:  # a list says so otherwise: the answer is its second word
        _refuse(getattr(error.args[-1], "status_code", 400))
        raise SendNever("provider_refused") from None
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
        raise SendLater("provider_away") from None
    except httpx.HTTPError:
        raise Unsure from None


def _refuse(status: int, detail: str = "", code: str = "") -> None:
    if status < 400:
        return
    if status == 404:
        raise Gone
    if status in _ATTENTION:
        raise NeedsAttention(f"provider_{status}")
    if status in _LATER:
        raise SendLater(f"provider_{status}")
    if status >= 500:
        raise Unsure
    raise SendNever(detail or f"provider_{status}", code=code or str(status))


def _own_store(url: str) -> str:
    """Return an address that the provider sends us to; only its own hosts are believed."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise SendNever("media_elsewhere") from None
    if parts.scheme != "https" or not host.endswith(STORES) or port not in (None, 443):
        raise SendNever("media_elsewhere")
    return url


def _client(account: Account, http: httpx.AsyncClient) -> Any:
    from twilio.http import AsyncHttpClient  # noqa: PLC0415  38 MB that only a Twilio hub needs
    from twilio.http.response import Response  # noqa: PLC0415  as above
    from twilio.rest import Client  # noqa: PLC0415  as above

    class OurHttp(AsyncHttpClient):  # type: ignore[misc]  # the package has no types
        """Requests of the official client, sent by ours."""

        async def request(
            self, method: str, uri: str, params: Any = None, data: Any = None, headers: Any = None,
            auth: Any = None, *_limits: Any, **_more: Any,
        ) -> Any:  # fmt: skip
            answer = await http.request(
                method, _moved(uri, account.base_url), params=params, data=data, headers=headers,
                auth=auth, follow_redirects=False,
            )  # fmt: skip
            return Response(answer.status_code, answer.text, answer.headers)

    import logging  # noqa: PLC0415  the package's own logger would tell what it sends

    quiet = logging.getLogger("twilio.quiet")
    return Client(
        account.key_sid, account.key_secret, account.account_sid,
        http_client=OurHttp(quiet, True), environment={"TWILIO": "from our settings only"},
    )  # fmt: skip


def _moved(uri: str, base_url: str | None) -> str:
    if base_url is None:
        return uri
    parts = urlsplit(uri)
    return base_url.rstrip("/") + parts.path + (f"?{parts.query}" if parts.query else "")
