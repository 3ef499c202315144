"""Articles in the chat: found, read and judged by pages of our sites; secrets through no door."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import httpx2 as httpx
import pytest

from bot.article_cards import ArticleCards
from hub.domain.steps import Choice, Heard, Menu, ShowArticles, Step, TakenFor
from hub.journey.articles import learn
from hub.journey.messages import messages_of
from hub.journey.self_serve import Front
from knowledge_base.library import Library
from tests.support.world import World
from tests.unit.kb.library import SHELF
from tests.unit.web_chat.page import ORIGIN, Site, site
from tests.unit.web_chat.test_files import browser

ASKED = {"words": "secret fraud steps lounge premier lost cards", "language": "en"}
SECRETS = ("script", "premier", "lake-only")
ENDS: Sequence[Step] = (
    TakenFor(said="", language="en", outcome="missed"),
    Menu(text="What is it about?", choices=(Choice(value="cards", label="Cards"),)),
)


@pytest.fixture
def store_url(sqlite_url: str) -> str:
    """What is tested here is the same on every store."""
    return sqlite_url


@asynccontextmanager
async def stocked(world: World) -> AsyncIterator[tuple[Site, httpx.AsyncClient]]:
    library = world.hub.articles
    assert isinstance(library, Library)
    library.fill(SHELF)
    async with site(world) as opened, browser(opened) as client:
        client.headers["Origin"] = ORIGIN
        yield opened, client


async def test_an_article_is_found_read_and_judged(world: World) -> None:
    async with stocked(world) as (_, client):
        found = await client.post("/chat/articles/search", json=ASKED)
        assert found.headers["access-control-allow-origin"] == ORIGIN
        (hit,) = found.json()["hits"]
        assert (hit["slug"], hit["title"]) == ("lost-card", "Report a card that is gone")
        assert ["lost", True] in hit["passage"]
        told = (await client.get("/chat/articles/lost-card/en")).json()
        assert told["blocks"][0] == ["p", ["Call us at once."]]
        assert told["blocks"][1][0] == "ol"
        path = "/chat/articles/lost-card/en/verdict"
        assert (await client.post(path, json={"helped": True})).status_code == 200
        assert await learn.verdicts(world.hub) == {("lost-card", "en", 1): (1, 0)}


async def test_secrets_leave_through_no_door_of_a_guest(world: World) -> None:
    async with stocked(world) as (opened, client):
        found = (await client.post("/chat/articles/search", json=ASKED)).json()
        assert (found["total"], [hit["slug"] for hit in found["hits"]]) == (1, ["lost-card"])
        unknown = await client.get("/chat/articles/nowhere/en")
        for slug in SECRETS:
            told = await client.get(f"/chat/articles/{slug}/en")
            assert (told.status_code, told.json()) == (404, unknown.json())
            path = f"/chat/articles/{slug}/en/verdict"
            assert (await client.post(path, json={"helped": True})).status_code == 404
        cards = ArticleCards(world.hub.articles)
        for words in ("secret steps", "premier lounge", "lost cards"):
            front = Front("con_1", "web_chat", "en", identity_level=2)
            steps = await cards.beside(front, Heard(text=words), ENDS)
            shown = [
                one for step in steps if isinstance(step, ShowArticles) for one in step.articles
            ]
            assert not {one.slug for one in shown} & {*SECRETS}
        page, welcome = await opened.greeted()
        page.send(type="begin", id="b2", articles=[*SECRETS, "lost-card"])
        await page.next("done", id="b2")
        told_staff = await messages_of(world.hub, welcome["conversation"])
        (line,) = [one.body for one in told_staff if one.body.get("event") == "articles_read"]
        assert line["data"] == {"titles": "Report a card that is gone"}
        assert "articles_read" not in str(page.seen), "a line for staff"


async def test_only_pages_of_our_sites_ask_and_never_too_much(world: World) -> None:
    async with stocked(world) as (_, client):
        foreign = {"Origin": "https://evil.example"}
        path = "/chat/articles/search"
        assert (await client.post(path, json=ASKED, headers=foreign)).status_code == 403
        allowed = await client.options(path)
        assert allowed.headers["access-control-allow-headers"] == "content-type"
        for body in ({}, {"words": "", "language": "en"}, {"words": 1, "language": "en"},
                     {**ASKED, "language": "xx"}, {**ASKED, "reader": "agents"}):  # fmt: skip
            assert (await client.post(path, json=body)).status_code == 400
        assert (await client.post(path, content=b"[" * 9_000)).status_code == 400
        codes = [(await client.post(path, json=ASKED)).status_code for _ in range(60)]
        assert codes[-1] == 429


async def test_what_finds_nothing_is_counted(world: World) -> None:
    async with stocked(world) as (_, client):
        asked = {"words": "zeppelin parking", "language": "en"}
        for _ in range(learn.SHOWN_FROM):
            assert (await client.post("/chat/articles/search", json=asked)).json()["total"] == 0
        assert [one.words for one in await learn.misses(world.hub)] == ["zeppelin parking"]
