"""Messages of the REST API."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from channels._twilio.carrier.texting import Refused, Text, Texts
from channels._twilio.carrier.views import Json, page, when

MEDIA_PATH: Final = "/2010-04-01/Accounts/{account}/Messages/{text}/Media/{sid}"
Told = Mapping[str, list[str]]
Path = Mapping[str, str]


class TextResources:
    """What each operation does."""

    def __init__(self, texts: Texts, account_sid: str) -> None:
        self._texts, self._account = texts, account_sid

    def answers(self) -> dict[str, Callable[[Path, Told], Awaitable[Json | None]]]:
        """Return the operations by name."""
        return {
            "GET Messages": self.texts,
            "POST Messages": self.send,
            "GET Messages/{Sid}": self.text,
        }

    async def texts(self, _path: Path, told: Told) -> Json:
        """Texts by their ends, the newest first."""
        to, from_ = _one(told, "To"), _one(told, "From")
        found = [
            text_view(one, self._account)
            for one in reversed(self._texts.texts.values())
            if to in ("", one.to) and from_ in ("", one.from_)
        ]
        return page("messages", found, "Messages.json")

    async def send(self, _path: Path, told: Told) -> Json:
        """Take a text."""
        text = self._texts.send(
            from_=_one(told, "From"),
            to=_one(told, "To"),
            body=_one(told, "Body"),
            callback_url=_one(told, "StatusCallback"),
        )
        return text_view(text, self._account)

    async def text(self, path: Path, _told: Told) -> Json:
        """One text."""
        text = self._texts.texts.get(path["Sid"])
        if text is None:
            raise Refused(20404, "no such text") from LookupError(path["Sid"])
        return text_view(text, self._account)

    def media(self, request: Request) -> Response:
        """Answer with a file of a text."""
        params = request.path_params
        one = self._texts.media(params["text"], params["sid"])
        if one is None or params["account"] != self._account:
            return Response(status_code=404)
        return Response(one.data, media_type=one.media_type)


def text_view(text: Text, account_sid: str) -> Json:
    """Return a text as the API shows it."""
    return {
        "sid": text.sid,
        "account_sid": account_sid,
        "from": text.from_,
        "to": text.to,
        "body": text.body,
        "status": text.status,
        "direction": text.direction,
        "error_code": int(text.error_code) if text.error_code else None,
        "num_media": str(len(text.media)),
        "num_segments": "1",
        "date_created": when(text.created_at),
        "api_version": "2010-04-01",
    }


def _one(told: Told, name: str) -> str:
    return told.get(name, [""])[0]
