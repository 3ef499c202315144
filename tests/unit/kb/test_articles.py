"""The demo bank's articles: twins that say the same, to the same readers, and true to config."""

import re
import tomllib
from functools import cache
from pathlib import Path

from config.dated_values import read_values
from config.demo.staff import EVERYBODY
from hub.domain.articles import ArticleText, Audience, is_for_customers
from hub.domain.dated_values import named_in
from hub.journey.articles.name import Name
from knowledge_base.files import read_folder

CONFIG = Path(__file__).parents[3] / "config"
SUBJECTS_LEAST = 150
LANGUAGES = ("en", "zh")
LOGINS = {one.login for one in EVERYBODY}
TEAMS = {one.team for one in EVERYBODY if one.team}
HAN = re.compile(r"[\u4e00-\u9fff]")
ENGLISH_WORDS = (60, 220)
CHINESE_CHARACTERS = (90, 420)


@cache
def articles() -> dict[Name, ArticleText]:
    return read_folder(CONFIG / "articles")


def slugs() -> list[str]:
    return sorted({name.slug for name in articles()})


def twins(slug: str) -> tuple[ArticleText, ArticleText]:
    return articles()[Name(slug, "en")], articles()[Name(slug, "zh")]


def numbers(text: str) -> set[str]:
    """Every number of a text as digits: 20,000 and 2万 are the same; months have names."""
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    text = re.sub(
        r"(\d+(?:\.\d+)?)万", lambda found: str(round(float(found[1]) * 10_000)), text
    )  # fmt: skip
    return set(re.findall(r"\d+(?:\.\d+)?", re.sub(r"\d+月", "", text)))


def test_there_are_enough_for_a_bank() -> None:
    assert len(slugs()) >= SUBJECTS_LEAST
    audiences = {text.audience for text in articles().values()}
    assert audiences >= {Audience.PUBLIC, Audience.CUSTOMERS, Audience.AGENTS}


def test_every_article_has_its_twin() -> None:
    found = {
        language: {n.slug for n in articles() if n.language == language} for language in LANGUAGES
    }
    assert found["en"] == found["zh"]


def test_twins_are_for_the_same_readers() -> None:
    for slug in slugs():
        english, chinese = (
            (one.category, one.tags, one.audience, one.products, one.owner, one.reviewed)
            for one in twins(slug)
        )
        assert english == chinese, slug


def test_twins_name_the_same_numbers() -> None:
    for slug in slugs():
        english, chinese = twins(slug)
        assert numbers(english.body) == numbers(chinese.body), slug


def test_an_article_is_short_and_in_its_language() -> None:
    for slug in slugs():
        english, chinese = twins(slug)
        assert not HAN.search(english.title + english.body), slug
        assert HAN.search(chinese.title), slug
        words = len(re.findall(r"[A-Za-z0-9']+", english.body))
        assert ENGLISH_WORDS[0] <= words <= ENGLISH_WORDS[1], slug
        characters = len(HAN.findall(chinese.body))
        assert CHINESE_CHARACTERS[0] <= characters <= CHINESE_CHARACTERS[1], slug


def test_somebody_answers_for_every_article() -> None:
    for name, text in articles().items():
        assert text.owner in LOGINS, name
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.reviewed), name
        assert len(text.questions) >= 2, name


def test_what_is_for_agents_is_for_nobody_else() -> None:
    for name, text in articles().items():
        is_internal = name.slug.startswith("agent-")
        assert is_for_customers(text.audience) != is_internal, name
        assert (text.audience is Audience.TEAM) == (text.team in TEAMS), name
        assert (text.category == "internal") == is_internal, name


def test_every_value_that_a_text_names_is_in_the_price_list() -> None:
    known = {one.name for one in read_values(CONFIG / "articles")}
    told = [text.body for text in articles().values()]
    told += [path.read_text("utf-8") for path in (CONFIG / "bot" / "responses").glob("*.yml")]
    named = {one.name for text in told for one in named_in(text)}
    assert named <= known
    assert "fee.card.replacement" in named


def test_branches_are_those_where_customers_may_come() -> None:
    english, chinese = twins("branches")
    told = tomllib.loads((CONFIG / "branches.toml").read_text(encoding="utf-8"))["branches"]
    for branch in told:
        hours = f"{branch['opens']:%-H:%M}-{branch['closes']:%-H:%M}"
        for text, language in ((english, "en"), (chinese, "zh")):
            line = next(
                line for line in text.body.splitlines() if f"| {branch['name'][language]} |" in line
            )
            assert branch["address"][language] in line
            assert hours in line


def test_limits_are_those_of_the_orders() -> None:
    orders = tomllib.loads((CONFIG / "banking.toml").read_text(encoding="utf-8"))["orders"]
    limit = orders["change_limit"]
    for slug in ("transfer-limits", "agent-limit-changes"):
        assert {limit["approval_above"], limit["most"]} <= numbers(twins(slug)[0].body)


def test_answers_come_when_cases_are_due() -> None:
    cases = tomllib.loads((CONFIG / "work.toml").read_text(encoding="utf-8"))["cases"]
    english, _ = twins("follow-a-case")
    rows = {"card": "Card service", "complaint": "Complaint", "dispute": "Disputed payment"}
    for kind, label in rows.items():
        assert f"| {label} | {cases[kind]['due_hours'] // 24} days |" in english.body


def test_another_number_in_a_twin_would_be_noticed() -> None:
    assert numbers("up to 20,000 CNY in 2 days") == numbers("2天内2万元")
    assert numbers("up to 20,000 CNY") != numbers("2.5万元以内")
