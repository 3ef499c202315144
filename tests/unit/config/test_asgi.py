"""Dispatch, last resort and request ids around any application."""

import json
from typing import Any

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from config.asgi import Dispatch, LastResort, close_unknown
from tests.support.ids import SeededIds


def answering(text: str) -> Any:
    return PlainTextResponse(text)


async def broken(scope: Scope, receive: Receive, send: Send) -> None:
    raise ZeroDivisionError("the customer's name would stand here")


async def reached(app: Any, kind: str, path: str) -> list[Any]:
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": f"{kind}.connect"}

    async def send(message: Any) -> None:
        sent.append(message)

    await app({"type": kind, "path": path, "headers": [], "method": "GET"}, receive, send)
    return sent


async def named(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "named", "app": "chat"})


async def console(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "named", "app": "console"})


async def rest(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "named", "app": "rest"})


@pytest.mark.parametrize(
    ("kind", "path", "app"),
    [
        ("websocket", "/chat/socket", "chat"),
        ("websocket", "/console/socket.io/", "console"),
        ("http", "/console/socket.io/", "console"),
        ("http", "/chat/socket", "rest"),
        ("http", "/console", "rest"),
    ],
)
async def test_each_path_reaches_its_part(kind: str, path: str, app: str) -> None:
    dispatch = Dispatch({"/chat/socket": named}, console, rest)
    assert await reached(dispatch, kind, path) == [{"type": "named", "app": app}]


async def test_a_socket_to_nowhere_is_refused() -> None:
    dispatch = Dispatch({}, console, rest)
    assert await reached(dispatch, "websocket", "/nowhere") == [
        {"type": "websocket.close", "code": 1008}
    ]
    assert close_unknown is not None


def test_what_breaks_is_told_without_a_word_of_it(new_id: SeededIds) -> None:
    answer = TestClient(LastResort(broken, new_id)).get("/")
    body = json.loads(answer.text)
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert body["detail"].endswith(answer.headers["x-request-id"])
    assert "name" not in answer.text


def test_every_answer_has_a_number_of_its_own(new_id: SeededIds) -> None:
    client = TestClient(LastResort(answering("hello"), new_id))
    first, second = client.get("/"), client.get("/")
    assert first.headers["x-request-id"] != second.headers["x-request-id"]
