"""Articles as the store has them: those in force, and those being changed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from sqlalchemy import bindparam, select

from hub.domain.articles import Article, ArticleText, Audience, VersionState
from hub.domain.errors import Invalid, NotFound
from hub.journey.context import Hub
from hub.store.reader import Reader
from hub.store.rows import find, table_of
from hub.store.tables import ArticleVersion
from hub.store.unit import Prepared

TITLE_MOST: Final = 160
BODY_MOST: Final = 40_000
WORDS_MOST: Final = 20
"""So many tags, products or questions of one article."""

TWIN: Final = {"en": "zh", "zh": "en"}
TOGETHER_SECONDS: Final = 3_600.0
"""Twins published within an hour were changed together."""

_v = table_of(ArticleVersion)
_IN_FORCE: Final = (_v.c.slug, _v.c.language, _v.c.number, _v.c.published_at, _v.c.text)
_all_in_force = Prepared(select(*_IN_FORCE).where(_v.c.state == "published"))
_one_in_force = Prepared(
    select(*_IN_FORCE).where(
        _v.c.slug == bindparam("of"), _v.c.language == bindparam("spoken"),
        _v.c.state == "published",
    )
)  # fmt: skip
_moved = Prepared(
    select(_v.c.slug, _v.c.language, _v.c.moved_to)
    .where(_v.c.state == "retired", _v.c.moved_to != "")
    .order_by(_v.c.number)
)
_newest = Prepared(
    select(
        _v.c.slug,
        _v.c.language,
        _v.c.number,
        _v.c.state,
        _v.c.saved_at,
        _v.c.saved_by,
        _v.c.text,
        _v.c.published_at,
    )
    .where(_v.c.state.in_(["draft", "review", "scheduled", "published", "retired"]))
    .order_by(_v.c.slug, _v.c.language, _v.c.number)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRead:
    """A version with its story."""

    number: int
    state: VersionState
    revision: int
    saved_at: float
    saved_by: str
    submitted_by: str | None
    published_at: float | None
    published_by: str | None
    why: str
    text: ArticleText


def text_of(raw: Mapping[str, Any]) -> ArticleText:
    """Return what a document says; raise `Invalid("bad_article")` naming the field."""
    for name, most in (("title", TITLE_MOST), ("body", BODY_MOST), ("category", TITLE_MOST)):
        if not isinstance(raw.get(name), str) or not 0 < len(raw[name].strip()) <= most:
            raise Invalid("bad_article", f"{name}: 1 to {most} characters")
    lists = {name: _words(raw, name) for name in ("tags", "products", "questions")}
    try:
        audience = Audience(raw.get("audience", "public"))
    except ValueError:
        raise Invalid("bad_article", f"audience: one of {', '.join(Audience)}") from None
    team = str(raw.get("team") or "").strip()
    if (audience is Audience.TEAM) != bool(team) or len(team) > TITLE_MOST:
        raise Invalid("bad_article", "team: its name, with audience team and no other")
    begins, ends = raw.get("valid_from_at"), raw.get("valid_until_at")
    if begins is not None and ends is not None and ends <= begins:
        raise Invalid("bad_article", "valid_until_at: later than valid_from_at")
    return ArticleText(
        title=raw["title"].strip(), body=raw["body"].strip() + "\n",
        category=raw["category"].strip(), audience=audience, team=team,
        owner=str(raw.get("owner", "")), reviewed=str(raw.get("reviewed", "")),
        valid_from_at=begins, valid_until_at=ends, **lists,
    )  # fmt: skip


def _words(raw: Mapping[str, Any], name: str) -> tuple[str, ...]:
    given = raw.get(name) or ()
    if not isinstance(given, list | tuple) or len(given) > WORDS_MOST:
        raise Invalid("bad_article", f"{name}: a list of up to {WORDS_MOST}")
    words = tuple(str(one).strip() for one in given)
    if any(not 0 < len(one) <= TITLE_MOST for one in words):
        raise Invalid("bad_article", f"{name}: each 1 to {TITLE_MOST} characters")
    return words


def as_json(text: ArticleText) -> str:
    """Return the text as it is stored."""
    return json.dumps(asdict(text), ensure_ascii=False, sort_keys=True)


async def all_in_force(reader: Reader) -> list[Article]:
    """Return every article in force, whatever its dates."""
    return [_article(*row) for row in await reader.heavy(_all_in_force())]


async def all_moved(reader: Reader) -> dict[tuple[str, str], str]:
    """Return where readers of retired articles are led, by slug and language."""
    rows = await reader.heavy(_moved())
    return {(slug, language): moved_to for slug, language, moved_to in rows}


async def in_force(hub: Hub, slug: str, language: str) -> Article | None:
    """Return the version in force; None when there is none."""
    rows = await hub.reader.rows(_one_in_force(of=slug, spoken=language))
    return _article(*rows[0]) if rows else None


async def all_newest(hub: Hub) -> Sequence[dict[str, Any]]:
    """Return a row per article: its newest version, and which one is in force."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for slug, language, number, state, at, by, text, out_at in await hub.reader.heavy(_newest()):
        said = json.loads(text)
        row = found.setdefault((slug, language), {"version_in_force": 0, "in_force_at": None})
        if state == VersionState.PUBLISHED:
            row |= {"version_in_force": number, "in_force_at": out_at}
        row |= {"slug": slug, "language": language, "number": number, "state": state,
                "saved_at": at, "saved_by": by, "title": said["title"],
                "category": said["category"], "audience": said["audience"],
                "team": said.get("team", ""), "owner": said["owner"],
                "reviewed": said["reviewed"]}  # fmt: skip
    for (slug, language), row in found.items():
        row["is_stale"] = _is_stale(row, found.get((slug, TWIN[language])))
    return list(found.values())


def _is_stale(row: Mapping[str, Any], twin: Mapping[str, Any] | None) -> bool:
    """Whether the twin in the other language has changed since: its readers are told otherwise."""
    mine, other = row["in_force_at"], twin and twin["in_force_at"]
    return mine is not None and bool(other) and other - mine > TOGETHER_SECONDS


async def versions_of(hub: Hub, slug: str, language: str) -> list[VersionRead]:
    """Return all versions, the newest first; raise `NotFound("no_article")` without any."""
    rows = await hub.reader.rows(
        find(
            ArticleVersion, "number", "state", "revision", "saved_at", "saved_by", "submitted_by",
            "published_at", "published_by", "why", "text", slug=slug, language=language,
        )
    )  # fmt: skip
    if not rows:
        raise NotFound("no_article")
    names = ("number", "state", "revision", "saved_at", "saved_by", "submitted_by",
             "published_at", "published_by", "why")  # fmt: skip
    read = [
        VersionRead(**dict(zip(names, row[:-1], strict=True)), text=text_of(json.loads(row[-1])))
        for row in rows
    ]
    return sorted(read, key=lambda one: -one.number)


def _article(slug: str, language: str, number: int, at: float, text: str) -> Article:
    return Article(
        slug=slug, language=language, version=number, published_at=at,
        text=text_of(json.loads(text)),
    )  # fmt: skip
