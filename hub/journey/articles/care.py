"""What articles need, as Tasks of those who answer for them: found each night, told once each.

An article that ends soon, whose twin is newer, that nobody checked for a year or that does not
help is its owner's; words that many look for in vain are for whoever steers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from hub.domain.articles import Article
from hub.domain.work import Both
from hub.journey.articles.learn import misses, verdicts
from hub.journey.articles.read import all_in_force, all_newest
from hub.journey.context import Hub
from hub.journey.standing.nightly import next_night
from hub.journey.waiting import TimerKind, arm, ring
from hub.journey.work.open import NewTask, add_task
from hub.journey.work.task_row import NO_WORDS, Words
from hub.store.rows import find, put
from hub.store.tables import ArticleCare, Timer, User
from hub.store.unit import Unit

KIND: Final = "article_care"
SUBJECT: Final = "night"
DAY_SECONDS: Final = 86_400.0
AHEAD_SECONDS: Final = 14 * DAY_SECONDS
"""So long before its end an owner is told."""
UNCHECKED_SECONDS: Final = 365 * DAY_SECONDS
TIME_SECONDS: Final = 7 * DAY_SECONDS
"""What has no end of its own is to be done within a week."""
NOT_HELPED_LEAST: Final = 5
MISSED_LEAST: Final = 5
AT_ONCE: Final = 50
PAUSE_SECONDS: Final = 0.2
TITLES: Final[dict[str, Both]] = {
    "ends": {"en": "Article ends soon: {}", "zh": "文章即将失效：{}"},
    "twin": {"en": "Article behind its twin: {}", "zh": "文章落后于另一语言版本：{}"},
    "unchecked": {"en": "Article not checked for a year: {}", "zh": "文章一年未核对：{}"},
    "not_helping": {"en": "Article does not help: {}", "zh": "文章帮助不大：{}"},
    "missed": {"en": "Looked for in vain", "zh": "多人搜索无结果"},
}


@dataclass(frozen=True, slots=True)
class Need:
    """One thing to be done; `key` is the same as long as it is the same thing."""

    key: str
    what: str
    due_at: float
    owner: str = ""
    """A login; of nobody who works here: for whoever steers."""
    title: str = ""
    words: Words = NO_WORDS


async def keep_caring(hub: Hub) -> None:
    """Arm the next night unless one is armed; called once at start."""
    await hub.journal.run(lambda: _arm_first(hub))


def _arm_first(hub: Hub) -> Unit[None]:
    if not (yield find(Timer, "id", kind=TimerKind.ARTICLE_CARE.value)):
        yield arm(TimerKind.ARTICLE_CARE, SUBJECT, _next_night(hub))


async def look(hub: Hub, _subject: str) -> None:
    """Timer `article_care`: open Tasks for what nobody was told of yet."""
    known = {row[0] for row in await hub.reader.heavy(find(ArticleCare, "key"))}
    new = [one for one in await needs(hub) if one.key not in known]
    await hub.journal.run(lambda: _tell(hub, new))


def _tell(hub: Hub, new: Sequence[Need]) -> Unit[None]:
    if not (yield ring(hub, TimerKind.ARTICLE_CARE, SUBJECT)):
        return
    now = hub.clock.now()
    for need in new[:AT_ONCE]:
        if not (yield find(ArticleCare, "key", key=need.key)):
            task_id = yield from _open(hub, need)
            yield put(ArticleCare, key=need.key, task_id=task_id, told_at=now)
    more = len(new) > AT_ONCE
    yield arm(TimerKind.ARTICLE_CARE, SUBJECT, now + PAUSE_SECONDS if more else _next_night(hub))


def _open(hub: Hub, need: Need) -> Unit[str]:
    rows: Any = yield find(User, "id", login=need.owner, enabled=True)
    owner = rows[0][0] if rows and hub.staff.name_of(rows[0][0]) else None
    title = {code: words.format(need.title) for code, words in TITLES[need.what].items()}
    task = NewTask(
        kind=KIND, by="system", due_at=need.due_at, owner_id=owner, title=title, words=need.words
    )
    return (yield from add_task(hub, task))


async def needs(hub: Hub) -> list[Need]:
    """Return everything that articles need now, told or not."""
    now = hub.clock.now()
    found = [need for article in await all_in_force(hub.reader) for need in _of_dates(article, now)]
    found += _of_rows(await all_newest(hub), await verdicts(hub), now)
    for miss in await misses(hub):
        if miss.times >= MISSED_LEAST:
            key = hub.lookup.of("article_care", f"{miss.language}/{miss.words}")
            words = Words(miss.words, (("searched", str(miss.times)),))
            found.append(Need(f"missed/{key}", "missed", now + TIME_SECONDS, words=words))
    return found


def _of_dates(article: Article, now: float) -> Iterator[Need]:
    text, name = article.text, f"{article.slug}/{article.language}"
    ends = text.valid_until_at
    if ends is not None and now < ends <= now + AHEAD_SECONDS:
        yield Need(f"ends/{name}/{ends:.0f}", "ends", ends, text.owner, text.title)
    if text.reviewed and _day(text.reviewed) + UNCHECKED_SECONDS <= now:
        key = f"unchecked/{name}/{text.reviewed}"
        yield Need(key, "unchecked", now + TIME_SECONDS, text.owner, text.title)


def _of_rows(
    rows: Sequence[dict[str, Any]], judged: dict[tuple[str, str, int], tuple[int, int]], now: float
) -> Iterator[Need]:
    for row in rows:
        name, number = f"{row['slug']}/{row['language']}", row["version_in_force"]
        due_at, owner, title = now + TIME_SECONDS, row["owner"], row["title"]
        if row["is_stale"]:
            yield Need(f"twin/{name}/{number}", "twin", due_at, owner, title)
        helped, not_helped = judged.get((row["slug"], row["language"], number), (0, 0))
        if number and not_helped >= NOT_HELPED_LEAST and not_helped > helped:
            told = Words("", (("helped", str(helped)), ("not_helped", str(not_helped))))
            yield Need(f"not_helping/{name}/{number}", "not_helping", due_at, owner, title, told)


def _day(reviewed: str) -> float:
    try:
        return datetime.strptime(reviewed, "%Y-%m-%d").replace(tzinfo=UTC).timestamp()
    except ValueError:
        return float("inf")


def _next_night(hub: Hub) -> float:
    return next_night(hub.clock.now(), hub.banking.calendar.zone)
