"""Articles found by what words mean: joined with the words, never beyond the reader's rights."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pytest

from hub.domain.articles import Audience
from knowledge_base.library import Library
from knowledge_base.meanings import NEAREST, ROWS, Floats, Meanings
from knowledge_base.stretches import LONG, STRETCHES_MOST, key_of, stretches
from tests.support.clock import ManualClock
from tests.unit.kb.library import SHELF, article

GUEST: Final = Audience.PUBLIC
LOST: Final = (1.0, 0.0, 0.0)
PAID: Final = (0.0, 1.0, 0.0)
MEANS: Final[Mapping[str, tuple[float, float, float]]] = {
    "my purse vanished": LOST,
    "lost purse": LOST,
    "what is the price": PAID,
    "hello": (0.0, 0.0, 1.0),
}


class Dictionary:
    """An `Embedder` that knows a few sentences; any other breaks it."""

    name = "dictionary"

    def vectors(self, sentences: Sequence[str]) -> Floats:
        """Return what they mean."""
        return np.array([MEANS[one] for one in sentences], np.float32)


def read_library() -> Library:
    """Return the usual articles, of which two public and the secret one have a meaning."""
    made = Library(ManualClock(), embedder=Dictionary())
    made.fill(SHELF)
    meant = {"lost-card": LOST, "abroad": PAID, "script": LOST}
    for one in made.unread():
        if one.language == "en" and one.slug in meant:
            made.give_meaning(one, np.array([meant[one.slug]], np.float32))
    return made


async def slugs(made: Library, words: str, reader: Audience = GUEST) -> list[str]:
    found = await made.find(words, reader=reader, language="en")
    assert found.total == len(found.hits)
    return [hit.article.slug for hit in found.hits]


@pytest.mark.parametrize(
    ("words", "slug"), [("my purse vanished", "lost-card"), ("what is the price", "abroad")]
)
async def test_a_meaning_is_found_without_a_common_word(words: str, slug: str) -> None:
    made = read_library()
    assert made.search(words, reader=GUEST, language="en").total == 0
    assert await slugs(made, words) == [slug]
    found = await made.find(words, reader=GUEST, language="en")
    assert found.hits[0].is_sure


async def test_what_is_far_from_everything_finds_nothing() -> None:
    assert await slugs(read_library(), "hello") == []


async def test_secrets_leave_no_trace_in_what_is_near() -> None:
    made = read_library()
    assert await slugs(made, "my purse vanished", Audience.AGENTS) == ["lost-card", "script"]
    told = await made.find("my purse vanished", reader=GUEST, language="en")
    made.drop("script", "en")
    assert told == await made.find("my purse vanished", reader=GUEST, language="en")


async def test_words_and_meaning_together_put_the_right_one_first() -> None:
    made = read_library()
    made.put(article("purse", "en", "Lost and found", "A purse lost in a branch is kept."))
    assert (await slugs(made, "lost purse"))[0] == "lost-card"
    assert made.search("lost purse", reader=GUEST).hits[0].article.slug == "purse"


async def test_a_broken_model_costs_the_meaning_and_nothing_else() -> None:
    assert await slugs(read_library(), "lost cards") == ["lost-card"]


async def test_a_new_version_is_found_by_words_until_it_is_read() -> None:
    made = read_library()
    old = made.article("lost-card", reader=GUEST, language="en")
    assert old is not None
    made.put(article("lost-card", "en", "Holidays", "We are closed."))
    assert await slugs(made, "my purse vanished") == []
    made.give_meaning(old, np.array([LOST], np.float32))
    assert await slugs(made, "my purse vanished") == [], "vectors of a version that is gone"
    assert "lost-card" in {one.slug for one in made.unread()}


async def test_dates_hold_for_what_is_near_too() -> None:
    clock = ManualClock()
    made = Library(clock, embedder=Dictionary())
    made.fill([article("price", "en", "Price", "Ten.", valid_from_at=clock.now() + 5)])
    for one in made.unread():
        made.give_meaning(one, np.array([PAID], np.float32))
    assert await slugs(made, "what is the price") == []
    await clock.advance(5)
    assert await slugs(made, "what is the price") == ["price"]


def test_rows_are_given_up_and_taken_again() -> None:
    rows = Meanings()
    for n in range(ROWS + 2):
        rows.put(f"a{n}", np.array([PAID, PAID], np.float32))
    rows.put("wanted", np.array([LOST], np.float32))
    nearest = rows.nearest(np.array(LOST, np.float32))
    assert nearest["wanted"] == 1.0
    assert len(nearest) <= NEAREST
    rows.drop("wanted")
    rows.drop("wanted")
    rows.put("other", np.array([LOST], np.float32))
    nearest = rows.nearest(np.array(LOST, np.float32))
    assert "wanted" not in nearest
    assert nearest["other"] == 1.0


def test_a_long_article_is_read_in_stretches_of_its_lines() -> None:
    short = article("a", "en", "Title", "One **line**.", questions=("Why?",)).text
    assert stretches(short) == ["Title\nWhy?\nOne line."]
    long = article("a", "en", "Title", "\n\n".join(["words " * 40] * 30)).text
    parts = stretches(long)
    assert parts[0] == "Title"
    assert len(parts) == STRETCHES_MOST
    assert all(len(part) <= LONG for part in parts)
    assert key_of("m", parts) != key_of("m", parts[:2])
    assert key_of("m", parts) != key_of("n", parts)
