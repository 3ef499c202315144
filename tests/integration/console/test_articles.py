"""Articles over HTTP: a guest is given what everybody may read, an agent finds the rest too."""

from functools import partial
from typing import Any

from hub.domain.articles import Audience
from hub.journey.articles import learn
from hub.journey.articles.bring_in import bring_in
from hub.journey.articles.disturb import disturbed_now
from hub.journey.articles.name import Name
from hub.journey.articles.read import in_force
from hub.store.rows import change
from hub.store.tables import User
from hub.store.unit import Unit
from knowledge_base.library import Library
from tests.integration.console.served import Served
from tests.unit.kb.library import SHELF

SECRETS = ("script", "premier", "lake-only")
WORDS = "secret fraud steps lounge premier lost cards"
DOCUMENT = {"title": "Quokka card", "body": "Costs **nothing**.", "category": "cards"}


def library(served: Served) -> Library:
    """Put the usual articles on the shelves of the hub."""
    found = served.world.hub.articles
    assert isinstance(found, Library)
    found.fill(SHELF)
    return found


async def test_nothing_that_is_not_public_reaches_a_guest(served: Served) -> None:
    library(served)
    guest = served.person().http
    asked = {"words": WORDS, "language": "en"}
    found = (await guest.post("/api/help/search", json=asked)).json()
    assert [hit["slug"] for hit in found["hits"]] == ["lost-card"]
    assert found["total"] == 1
    listed = (await guest.get("/api/help/articles?language=en")).json()
    slugs = [one["slug"] for topic in listed["categories"] for one in topic["articles"]]
    assert slugs == ["abroad", "lost-card"]
    shown = (await guest.get("/api/help/articles/lost-card?language=en")).json()
    assert shown["twin"] is True
    assert "<strong>Open</strong>" in shown["html"]
    unknown = await guest.get("/api/help/articles/nowhere?language=en")
    for slug in SECRETS:
        told = await guest.get(f"/api/help/articles/{slug}?language=en")
        assert (told.status_code, told.json()) == (404, unknown.json()), "as if it did not exist"
        verdict = {"language": "en", "helped": True}
        assert (
            await guest.post(f"/api/help/articles/{slug}/verdict", json=verdict)
        ).status_code == 404


async def test_verdicts_and_vain_searches_are_counted(served: Served) -> None:
    library(served)
    guest = served.person().http
    for helped in (True, False, False):
        told = await guest.post(
            "/api/help/articles/lost-card/verdict", json={"language": "en", "helped": helped}
        )
        assert told.status_code == 200
    for _ in range(learn.SHOWN_FROM):
        asked = {"words": "zeppelin parking 4929", "language": "en"}
        assert (await guest.post("/api/help/search", json=asked)).json()["total"] == 0
    rosa = await served.signed_in("rosa", "supervisor")
    listed = (await rosa.http.get("/api/article-desk")).json()
    assert [(one["words"], one["times"]) for one in listed["misses"]] == [("zeppelin parking", 3)]
    assert await learn.verdicts(served.world.hub) == {("lost-card", "en", 1): (1, 2)}


async def test_an_agent_reads_internal_articles_and_can_give_none_of_them(served: Served) -> None:
    library(served)
    amara = (await served.signed_in("amara", "agent")).http
    hits = (await amara.post("/api/articles/search", json={"words": WORDS})).json()["hits"]
    assert {hit["slug"]: hit["for_customers"] for hit in hits} == {
        "script": False, "premier": True, "lost-card": True,
    }  # fmt: skip

    async def read(slug: str) -> Any:
        return (await amara.get(f"/api/articles/{slug}/en")).json()

    script, premier, lost = [await read(slug) for slug in ("script", "premier", "lost-card")]
    assert "Secret steps" in script["html"]
    assert (script["text"], script["link"]) == (None, None)
    assert (premier["text"], premier["link"]) == ("Customers wait in the lounge.", None)
    assert (await amara.get("/api/articles/lake-only/en")).status_code == 404
    assert lost["link"] == "/help/lost-card?language=en"
    assert "*" not in lost["text"]


async def test_what_is_for_one_team_is_found_by_it_alone(served: Served) -> None:
    library(served)
    texts = {Name(one.slug, one.language): one.text for one in SHELF}
    await bring_in(served.world.hub, texts, dry=False)
    for who, team in (("amara", "harbour"), ("tom", "lake")):
        person = (await served.signed_in(who, "agent")).http
        await served.world.hub.journal.run(partial(_join, who, team))
        await served.world.hub.staff.load()
        is_his = team == "lake"
        hits = (await person.post("/api/articles/search", json={"words": WORDS})).json()["hits"]
        assert ("lake-only" in {hit["slug"] for hit in hits}) == is_his
        read = await person.get("/api/articles/lake-only/en")
        assert read.status_code == (200 if is_his else 404)
        path = "/api/articles/lake-only/en/correction"
        wrong = await person.post(path, json={"words": "old"})
        assert wrong.status_code == (200 if is_his else 404)
    asked = {"words": WORDS, "audience": "team"}
    (hit,) = (await person.post("/api/articles/search", json=asked)).json()["hits"]
    assert (hit["slug"], hit["for_customers"]) == ("lake-only", False)
    assert read.json()["text"] is None


def _join(who: str, team: str) -> Unit[None]:
    yield change(User, who, team=team)


async def test_two_people_bring_an_article_into_force(served: Served) -> None:
    rosa = (await served.signed_in("rosa", "supervisor")).http
    path = "/api/article-desk/quokka-card/en"
    saved = await rosa.post(f"{path}/save", json={"document": DOCUMENT, "seen": 0})
    assert saved.json() == {"revision": 1}, saved.text
    assert (await rosa.post(f"{path}/submit", json={"seen": 1})).status_code == 200
    why = {"seen": 1, "why": "read it"}
    assert (await rosa.post(f"{path}/publish", json=why)).json()["code"] == "same_person"
    chen = (await served.signed_in("chen", "supervisor")).http
    assert (await chen.post(f"{path}/publish", json=why)).json() == {"version": 1}
    article = await in_force(served.world.hub, "quokka-card", "en")
    assert article is not None
    assert article.text.audience is Audience.PUBLIC
    opened = (await chen.get(path)).json()
    assert opened["html"] == "<p>Costs <strong>nothing</strong>.</p>\n"
    assert (opened["twin"], opened["versions"][0]["mine"]) == (False, False)
    shown = await rosa.post("/api/article-desk/preview", json={"body": "<script>x</script>"})
    assert "<script" not in shown.json()["html"]
    assert (await chen.post(f"{path}/retire", json={"why": "not offered"})).status_code == 200


async def test_a_price_is_handed_in_by_one_and_published_by_another(served: Served) -> None:
    rosa = (await served.signed_in("rosa", "supervisor")).http
    chen = (await served.signed_in("chen", "supervisor")).http
    now = served.world.clock.now()
    price = {
        "name": "fee.card",
        "en": "20 CNY",
        "zh": "20元",
        "valid_from_at": now - 5,
        "why": "new",
    }
    value_id = (await rosa.post("/api/values", json=price)).json()["value_id"]
    path = f"/api/values/{value_id}"
    assert (await rosa.post(f"{path}/publish", json={})).json()["code"] == "same_person"
    (row,) = (await rosa.get("/api/values")).json()["values"]
    assert (row["state"], row["mine"], row["holds"]) == ("proposed", True, False)
    assert (await chen.post(f"{path}/publish", json={})).status_code == 200
    (row,) = (await chen.get("/api/values")).json()["values"]
    assert (row["state"], row["mine"], row["holds"]) == ("published", False, True)
    assert (await chen.post(f"{path}/withdraw", json={"why": "x"})).json()[
        "code"
    ] == "holds_already"


async def test_readers_are_told_what_does_not_work_until_its_end(served: Served) -> None:
    shelves = library(served)
    rosa = (await served.signed_in("rosa", "supervisor")).http
    guest, clock = served.person().http, served.world.clock
    told = {"en": "Blocking is down", "zh": "挂失暂停", "about": ["lost-card"]}
    unknown = await rosa.post("/api/disturbances", json={**told, "until_at": clock.now() + 60})
    assert unknown.json()["code"] == "bad_articles", "the shelf is not the store"
    everywhere = {**told, "about": [], "until_at": clock.now() + 60}
    assert (await rosa.post("/api/disturbances", json=everywhere)).status_code == 200
    shelves.disturbances = await disturbed_now(served.world.hub)
    path = "/api/help/articles/lost-card?language=zh"
    assert (await guest.get(path)).json()["disturbances"][0]["text"] == "挂失暂停"
    listed = (await guest.get("/api/help/articles?language=en")).json()
    assert listed["disturbances"][0]["text"] == "Blocking is down"
    await clock.advance(61)
    assert (await guest.get(path)).json()["disturbances"] == []
    assert (await rosa.get("/api/disturbances")).json()["disturbances"] == []
