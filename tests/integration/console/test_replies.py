"""Saved replies: kept by authors over HTTP, checked, and on every desk at once."""

from typing import Any

import pytest

from tests.integration.console.served import Person, Served

HELLO: dict[str, Any] = {
    "code": "hello",
    "title": {"en": "Greeting", "zh": "问候"},
    "text": {"en": "Hello {customer_name}", "zh": "{customer_name}，您好"},
    "queues": ["cards"],
    "intents": [],
}


@pytest.fixture
def store_url(sqlite_url: str) -> str:
    """One store: what is told here is the same on both."""
    return sqlite_url


async def save(author: Person, *replies: dict[str, Any], seen: int, why: str = "fits") -> Any:
    body = {"replies": list(replies), "seen": seen, "why": why}
    return await author.http.post("/api/replies", json=body)


async def test_what_an_author_saves_is_on_the_desks_at_once_and_can_be_put_back(
    served: Served,
) -> None:
    agent = await served.signed_in("amara")
    await agent.connect()
    await agent.hello()
    assert agent.state["setup"]["setup"]["replies"] == []
    rosa = await served.signed_in("rosa", "supervisor")
    before = (await rosa.http.get("/api/replies")).json()
    assert before["blanks"] == ["customer_name", "agent_name", "queue"]
    saved = await save(rosa, HELLO, seen=before["version"], why="people greet alike")
    assert saved.status_code == 200, saved.text
    assert saved.json()["replies"] == [HELLO]
    newest = saved.json()["history"][0]
    assert (newest["by"]["en"], newest["why"]) == ("rosa", "people greet alike")
    await agent.until(lambda: agent.state["setup"]["setup"]["replies"])
    assert agent.state["setup"]["setup"]["replies"][0]["text"] == HELLO["text"]
    late = await save(rosa, seen=before["version"])
    assert (late.status_code, late.json()["code"]) == (409, "published_meanwhile")
    back = {"version": before["version"], "why": "too soon"}
    told = await rosa.http.post("/api/replies/roll-back", json=back)
    assert told.json()["replies"] == []
    await agent.until(lambda: not agent.state["setup"]["setup"]["replies"])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"text": {"en": "Hello {customer}", "zh": "您好"}}, "{customer}"),
        ({"text": {"en": "{% if x %}", "zh": "您好"}}, "{% if x %}"),
        ({"text": {"en": "Hello {", "zh": "您好"}}, "{"),
        ({"text": {"en": "Hello", "zh": " "}}, "zh"),
        ({"title": {"en": "", "zh": "问候"}}, "en"),
        ({"queues": ["nowhere"]}, "nowhere"),
        ({"code": "Hello there"}, "short name"),
    ],
)
async def test_what_is_wrong_is_named_and_nothing_changes(
    served: Served, change: dict[str, Any], said: str
) -> None:
    rosa = await served.signed_in("rosa", "supervisor")
    version = (await rosa.http.get("/api/replies")).json()["version"]
    told = await save(rosa, HELLO | change, seen=version)
    assert (told.status_code, told.json()["code"]) == (422, "bad_reply")
    assert said in told.json()["detail"]
    twice = await save(rosa, HELLO, HELLO, seen=version)
    assert "two" in twice.json()["detail"]
    assert (await rosa.http.get("/api/replies")).json()["version"] == version
