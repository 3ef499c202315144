"""Articles in files: `LANGUAGE/SLUG.md`, YAML between two lines of `---`, then Markdown."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import yaml

from hub.domain.articles import ArticleText
from hub.domain.errors import Invalid
from hub.journey.articles.name import LANGUAGES, Name
from hub.journey.articles.read import text_of
from hub.text.yaml_loader import SAFE_LOADER

FENCE: Final = "---"
BYTES_MOST: Final = 256 * 1024
_FIELDS: Final = """title category tags audience team products questions keywords owner reviewed
valid_from valid_until"""
_KNOWN: Final = frozenset(_FIELDS.split())
_SYNONYMS: Final = "synonyms.yaml"


class BadArticles(Invalid):
    """Files that are no articles; `detail` tells each with its file and what to do."""


def read_folder(folder: Path) -> dict[Name, ArticleText]:
    """Return the articles of a folder; raise `BadArticles` with every mistake in it."""
    found: dict[Name, ArticleText] = {}
    mistakes: list[str] = []
    for language in LANGUAGES:
        for path in sorted((folder / language).glob("*.md")):
            try:
                name = Name(path.stem, language)
                name.require_sound()
                found[name] = read_article(path.read_bytes())
            except (Invalid, OSError) as error:
                told = error.detail if isinstance(error, Invalid) else str(error)
                mistakes.append(f"{path}: {told}")
    if mistakes:
        raise BadArticles("bad_articles", "\n".join(mistakes))
    return found


def read_article(data: bytes) -> ArticleText:
    """Return what a file says; raise `Invalid` with what to mend."""
    if len(data) > BYTES_MOST:
        raise Invalid("bad_article", f"at most {BYTES_MOST:,} bytes")
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise Invalid("bad_article", "save it as UTF-8") from None
    opening, _, rest = text.partition("\n")
    head, fence, body = rest.partition(f"\n{FENCE}\n")
    if opening.strip() != FENCE or not fence:
        raise Invalid("bad_article", f"begin with {FENCE}, title and category, and {FENCE}")
    return text_of(_document(_fields(head), body))


def read_synonyms(folder: Path) -> Sequence[Sequence[str]]:
    """Return groups of words that mean the same; none without the file."""
    path = folder / _SYNONYMS
    if not path.is_file():
        return ()
    try:
        groups = yaml.load(path.read_text("utf-8"), SAFE_LOADER)
    except (yaml.YAMLError, UnicodeDecodeError):
        groups = None
    if not isinstance(groups, list) or not all(isinstance(one, list) for one in groups):
        raise BadArticles("bad_synonyms", f"{path}: write lists such as - [lost, stolen]")
    return [[str(word) for word in group] for group in groups]


def _fields(head: str) -> Mapping[str, Any]:
    try:
        fields = yaml.load(head, SAFE_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        at = f"line {mark.line + 2}: " if mark else ""
        raise Invalid("bad_article", f"{at}the part between {FENCE} is no YAML") from None
    if not isinstance(fields, dict):
        raise Invalid("bad_article", f"name title and category between the two {FENCE}")
    if unknown := sorted(map(str, fields.keys() - _KNOWN)):
        raise Invalid("bad_article", f"unknown {', '.join(unknown)}: take it out")
    return fields


def _document(fields: Mapping[str, Any], body: str) -> dict[str, Any]:
    asked = [*(fields.get("questions") or ()), *(fields.get("keywords") or ())]
    return {
        "title": str(fields.get("title", "")),
        "body": body,
        "category": str(fields.get("category", "")),
        "audience": fields.get("audience", "public"),
        "team": fields.get("team"),
        "tags": fields.get("tags"),
        "products": fields.get("products"),
        "questions": list(dict.fromkeys(map(str, asked))),
        "owner": fields.get("owner", ""),
        "reviewed": fields.get("reviewed", ""),
        "valid_from_at": _moment(fields.get("valid_from")),
        "valid_until_at": _moment(fields.get("valid_until")),
    }


def _moment(day: Any) -> float | None:
    """A day begins at midnight UTC; a time says its own zone."""
    if day is None:
        return None
    if isinstance(day, datetime):
        return (day if day.tzinfo else day.replace(tzinfo=UTC)).timestamp()
    if isinstance(day, date):
        return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()
    raise Invalid("bad_article", "valid_from, valid_until: a date such as 2026-12-01")
