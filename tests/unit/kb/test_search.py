"""What customers type, well or badly, finds the article that answers it."""

import pytest

from hub.domain.articles import Audience
from knowledge_base.library import Library
from knowledge_base.near import one_slip
from tests.support.naughty import naughty_strings
from tests.unit.kb.library import article, library

EVERYTHING = ("abroad", "atm", "lost-card", "premier", "script")


def found(shelves: Library, words: str, reader: Audience = Audience.PUBLIC) -> list[str]:
    """Return the slugs found, the best first."""
    return [hit.article.slug for hit in shelves.search(words, reader=reader).hits]


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("LOST CARDS", "lost-card"),
        ("my card was stolen", "lost-card"),
        ("blok my card", "lost-card"),
        ("blocking", "lost-card"),
        ("chrages abroad", "abroad"),
        ("transferred", "abroad"),
        ("挂失", "lost-card"),
        ("我要掛失信用卡", "lost-card"),
        ("guashi", "lost-card"),
        ("gua shi", "lost-card"),
        ("挂湿", "lost-card"),
        ("ＡＴＭ", "atm"),
        ("取款机 限额", "atm"),
    ],
)
def test_ways_of_writing_one_thing(words: str, slug: str) -> None:
    assert found(library(), words)[0] == slug


@pytest.mark.parametrize(
    "words", ["", "   ", "🙂🙂", "the of 的 吗", "xylophone", "%_*\"' OR 1=1 --"]
)
def test_nothing_is_found_without_words_that_tell(words: str) -> None:
    assert library().search(words, reader=Audience.AGENTS).total == 0


def test_a_hostile_length_costs_no_more_than_a_long_query() -> None:
    assert found(library(), "lost card " * 20_000)[0] == "lost-card"


def test_no_string_breaks_a_search_or_finds_what_is_not_for_its_reader() -> None:
    shelves = library()
    for text in naughty_strings():
        for words in (text, f"lost {text} fraud premier"):
            slugs = found(shelves, words)
            assert {*slugs} <= {"abroad", "atm", "lost-card"}, words
    assert found(shelves, "lost \0 card ' OR 1=1; --")[0] == "lost-card"


@pytest.mark.parametrize(
    ("reader", "seen"),
    [
        (Audience.PUBLIC, {"abroad", "atm", "lost-card"}),
        (Audience.CUSTOMERS, {"abroad", "atm", "lost-card", "premier"}),
        (Audience.AGENTS, {*EVERYTHING}),
    ],
)
def test_each_reader_is_given_no_more_than_is_meant_for_him(
    reader: Audience, seen: set[str]
) -> None:
    shelves = library()
    words = "lost card fraud secret script lounge premier fees 取款机 挂失"
    result = shelves.search(words, reader=reader, limit=50)
    assert {hit.article.slug for hit in result.hits} <= seen
    assert result.total == len(result.hits)
    listed = {a.slug for lang in ("en", "zh") for a in shelves.listed(reader=reader, language=lang)}
    assert listed == seen
    for slug in EVERYTHING:
        got = [shelves.article(slug, reader=reader, language=lang) for lang in ("en", "zh")]
        assert any(got) == (slug in seen)


async def test_what_is_for_one_team_is_for_nobody_else() -> None:
    shelves, words = library(), "secret steps of the lake for lost premier cards"
    for reader, team in (
        (Audience.PUBLIC, "lake"), (Audience.CUSTOMERS, "lake"), (Audience.AGENTS, ""),
        (Audience.AGENTS, "harbour"), (Audience.TEAM, ""),
    ):  # fmt: skip
        hits = (await shelves.find(words, reader=reader, team=team)).hits
        assert "lake-only" not in {hit.article.slug for hit in hits}
        assert shelves.article("lake-only", reader=reader, language="en", team=team) is None
    mine = await shelves.find(words, reader=Audience.AGENTS, team="lake")
    assert mine.hits[0].article.slug == "lake-only"
    assert shelves.article("lake-only", reader=Audience.AGENTS, language="en", team="lake")
    shelves.put(article("lake-only", "en", "Steps", "For all.", audience="agents"))
    assert shelves.article("lake-only", reader=Audience.AGENTS, language="en")


async def test_a_search_may_be_for_one_audience() -> None:
    shelves, words = library(), "lost card fraud secret script lounge premier"
    for only, slugs in (
        (Audience.AGENTS, {"script"}), (Audience.CUSTOMERS, {"premier"}),
        (Audience.TEAM, {"lake-only"}),
    ):  # fmt: skip
        found = await shelves.find(words, reader=Audience.AGENTS, team="lake", only=only)
        assert ({hit.article.slug for hit in found.hits}, found.total) == (slugs, 1)
    assert (await shelves.find(words, reader=Audience.PUBLIC, only=Audience.AGENTS)).total == 0


def test_what_a_reader_may_not_see_changes_nothing_for_him() -> None:
    """Not even the order: secret articles weigh on nobody's words."""
    secrets = [
        article(f"s{n}", "en", "Fees abroad", "fees cards lost", audience="agents")
        for n in range(30)
    ]
    full, bare = library(*SHELF_OF_TWO, *secrets), library(*SHELF_OF_TWO)
    for words in ("fees", "lost cards", "cards abroad fees", "secret"):
        one = full.search(words, reader=Audience.PUBLIC)
        other = bare.search(words, reader=Audience.PUBLIC)
        assert (one.total, one.hits) == (other.total, other.hits)


SHELF_OF_TWO = (
    article("a", "en", "Fees", "Fees for cards abroad."),
    article("b", "en", "Lost cards", "A lost card costs no fee."),
)


def test_the_passage_that_answers_is_marked() -> None:
    (hit,) = library().search("lost cards", reader=Audience.PUBLIC, language="en").hits[:1]
    assert "".join(piece.text for piece in hit.passage).startswith("Tap Cards, then Block")
    assert [piece.text.lower() for piece in hit.passage if piece.is_hit] == [
        "cards",
        "lost",
        "cards",
    ]


def test_dates_keep_a_price_back_until_its_day() -> None:
    now = library()._clock.now()
    shelves = library(
        article("now", "en", "Card price", "9 EUR", valid_until_at=now + 10),
        article("later", "en", "Card price", "12 EUR", valid_from_at=now + 10),
    )
    assert found(shelves, "card price") == ["now"]
    assert shelves.article("later", reader=Audience.AGENTS, language="en") is None


def test_a_new_version_takes_the_place_of_the_old_one_even_for_others() -> None:
    shelves = library()
    shelves.put(article("script", "en", "Steps for everybody", "Nothing secret."))
    assert found(shelves, "fraud", Audience.AGENTS) == []
    assert found(shelves, "everybody") == ["script"]
    shelves.drop("script", "en")
    assert found(shelves, "everybody") == []


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("card", "cart", True), ("card", "cards", True), ("card", "crad", True),
        ("card", "car", True), ("card", "cords", False), ("card", "drac", False),
    ],
)  # fmt: skip
def test_one_slip(one: str, other: str, *, is_one: bool) -> None:
    assert one_slip(one, other) is is_one
    assert one_slip(other, one) is is_one
