"""From draft over review to the version in force: whoever wrote it does not publish it."""

import json
from typing import Any, Final

from sqlalchemy import bindparam, func, select

from hub.domain.articles import ArticleText, VersionState
from hub.domain.dated_values import named_in
from hub.domain.errors import Invalid, NotFound, Refused
from hub.domain.events import ArticlePublished, ArticleRetired
from hub.journey.articles.lock import require_not_held
from hub.journey.articles.name import Name
from hub.journey.articles.read import as_json
from hub.journey.audited import audited
from hub.journey.context import Hub, Viewer
from hub.journey.waiting import TimerKind, arm, disarm, ring
from hub.security.roles import Right, require
from hub.store.rows import change, change_if, find, put, table_of
from hub.store.tables import ArticleVersion, DatedValueRow
from hub.store.unit import Append, Prepared, Unit

WHY_MOST: Final = 200
_v = table_of(ArticleVersion)
_last_number = Prepared(
    select(func.max(_v.c.number)).where(
        _v.c.slug == bindparam("of"), _v.c.language == bindparam("spoken")
    )
)


async def save(hub: Hub, viewer: Viewer, name: Name, text: ArticleText, *, seen: int) -> int:
    """Keep a draft and return its revision; `seen` is the revision it began from, 0 for none.

    Raises `Refused("draft_changed")` when somebody saved meanwhile, `Refused("held_by_other")`
    while somebody else edits it. A version in review becomes
    a draft again.
    """
    require(viewer.roles, Right.EDIT_ARTICLES)
    name.require_sound()
    return await hub.journal.run(lambda: _save(hub, viewer.user_id, name, text, seen))


def _save(hub: Hub, by: str, name: Name, text: ArticleText, seen: int) -> Unit[int]:
    now = hub.clock.now()
    yield from require_not_held(hub, by, name)
    held = yield from _being_changed(name)
    if (held["revision"] if held else 0) != seen:
        raise Refused("draft_changed", "somebody saved meanwhile: read it again")
    if held is None:
        number = yield from _next_number(name)
        yield put(
            ArticleVersion, id=hub.new_id("art"), slug=name.slug, language=name.language,
            number=number, state=VersionState.DRAFT.value, text=as_json(text), saved_at=now,
            saved_by=by,
        )  # fmt: skip
        return 1
    yield change(
        ArticleVersion, held["id"], text=as_json(text), revision=seen + 1, saved_at=now,
        saved_by=by, state=VersionState.DRAFT.value, submitted_by=None,
    )  # fmt: skip
    return seen + 1


async def submit(hub: Hub, viewer: Viewer, name: Name, *, seen: int) -> None:
    """Ask a second person to read and publish the draft."""
    require(viewer.roles, Right.EDIT_ARTICLES)
    await hub.journal.run(lambda: _submit(viewer.user_id, name, seen))


def _submit(by: str, name: Name, seen: int) -> Unit[None]:
    held = yield from _require_seen(name, seen, VersionState.DRAFT)
    yield from _require_known_values(held["text"])
    yield change(ArticleVersion, held["id"], state=VersionState.REVIEW.value, submitted_by=by)


async def send_back(hub: Hub, viewer: Viewer, name: Name, *, seen: int, why: str) -> None:
    """Return a version in review to its author, with a reason."""
    require(viewer.roles, Right.EDIT_ARTICLES)
    _require_reason(why)
    await hub.journal.run(lambda: _send_back(name, seen, why.strip()))


def _send_back(name: Name, seen: int, why: str) -> Unit[None]:
    held = yield from _require_seen(name, seen, VersionState.REVIEW)
    yield change(ArticleVersion, held["id"], state=VersionState.DRAFT.value, why=why)


async def publish(hub: Hub, viewer: Viewer, name: Name, *, seen: int, why: str) -> int:
    """Put the version in review in force; returns its number.

    One with a first day to come takes over on that day, unless another decision comes before it.
    Raises `Refused("same_person")` for who wrote it or handed it in.
    """
    require(viewer.roles, Right.EDIT_ARTICLES)
    _require_reason(why)
    return await hub.journal.run(lambda: _publish(hub, viewer.user_id, name, seen, why.strip()))


def _publish(hub: Hub, by: str, name: Name, seen: int, why: str) -> Unit[int]:
    held = yield from _require_seen(name, seen, VersionState.REVIEW)
    if by in (held["saved_by"], held["submitted_by"]):
        raise Refused("same_person", "somebody else publishes it")
    yield from _require_known_values(held["text"])
    yield from _withdraw_scheduled(name)
    begins_at = json.loads(held["text"])["valid_from_at"] or 0.0
    if begins_at > hub.clock.now() and (yield from _one(name, VersionState.PUBLISHED)):
        yield from _schedule(hub, name, held["id"], begins_at, by, why)
    else:
        yield from _take_down(name, VersionState.REPLACED)
        yield from _put_up(hub, name, held["id"], held["number"], by, why)
    return int(held["number"])


def _schedule(
    hub: Hub, name: Name, version_id: str, begins_at: float, by: str, why: str
) -> Unit[None]:
    yield change(
        ArticleVersion, version_id, state=VersionState.SCHEDULED.value, published_by=by, why=why
    )
    yield arm(TimerKind.ARTICLE_BEGINS, str(name), begins_at)
    yield from audited(
        hub, by, "article_scheduled", str(name), reason=why, details={"begins_at": begins_at}
    )


def _withdraw_scheduled(name: Name) -> Unit[None]:
    """A later decision holds: what waited for its day does not come over it."""
    waiting = yield from _one(name, VersionState.SCHEDULED)
    if waiting is not None:
        yield change(ArticleVersion, waiting["id"], state=VersionState.REPLACED.value)
        yield disarm(TimerKind.ARTICLE_BEGINS, str(name))


async def begin(hub: Hub, subject: str) -> None:
    """Timer `article_begins`: the version that waited for its first day takes over."""
    await hub.journal.run(lambda: _begin(hub, subject))


def _begin(hub: Hub, subject: str) -> Unit[None]:
    if not (yield ring(hub, TimerKind.ARTICLE_BEGINS, subject)):
        return
    name = Name.of(subject)
    waiting = yield from _one(name, VersionState.SCHEDULED)
    if waiting is not None:
        yield from _take_down(name, VersionState.REPLACED)
        by, why = waiting["published_by"], waiting["why"]
        yield from _put_up(hub, name, waiting["id"], waiting["number"], by, why)


async def retire(hub: Hub, viewer: Viewer, name: Name, *, why: str, moved_to: str = "") -> None:
    """Take an article out of force; its readers are led to `moved_to`, if that is given.

    Raises `Refused("not_in_force")` when none is, `Invalid("bad_redirect")` for one that readers
    of this article could not read.
    """
    require(viewer.roles, Right.EDIT_ARTICLES)
    _require_reason(why)
    await hub.journal.run(lambda: _retire(hub, viewer.user_id, name, why.strip(), moved_to))


def _retire(hub: Hub, by: str, name: Name, why: str, moved_to: str) -> Unit[None]:
    held = yield find(ArticleVersion, "id", slug=name.slug, language=name.language,
                      state=VersionState.PUBLISHED.value)  # fmt: skip
    if moved_to:
        yield from _require_goal(name, moved_to)
    yield from _withdraw_scheduled(name)
    if not (yield from _take_down(name, VersionState.RETIRED)):
        raise Refused("not_in_force")
    yield change(ArticleVersion, held[0][0], moved_to=moved_to)
    yield from audited(hub, by, "article_retired", str(name), reason=why)
    at = hub.clock.now()
    yield Append(
        ArticleRetired(at=at, slug=name.slug, language=name.language, by=by, moved_to=moved_to)
    )


def _require_goal(name: Name, moved_to: str) -> Unit[None]:
    rows = yield find(ArticleVersion, "id", slug=moved_to, language=name.language,
                      state=VersionState.PUBLISHED.value)  # fmt: skip
    if moved_to == name.slug or not rows:
        raise Invalid("bad_redirect", "name an article in force, in the same language")


def put_in_force(hub: Hub, name: Name, text: ArticleText, by: str) -> Unit[int]:
    """Put a text in force at once, as the operator's file says; returns its number."""
    number = yield from _next_number(name)
    yield from _take_down(name, VersionState.REPLACED)
    version_id = hub.new_id("art")
    yield put(
        ArticleVersion, id=version_id, slug=name.slug, language=name.language, number=number,
        state=VersionState.DRAFT.value, text=as_json(text), saved_at=hub.clock.now(), saved_by=by,
    )  # fmt: skip
    yield from _put_up(hub, name, version_id, number, by, "")
    return number


def _put_up(hub: Hub, name: Name, version_id: str, number: int, by: str, why: str) -> Unit[None]:
    at = hub.clock.now()
    yield change(
        ArticleVersion, version_id, state=VersionState.PUBLISHED.value, published_at=at,
        published_by=by, why=why,
    )  # fmt: skip
    yield from audited(
        hub, by, "article_published", str(name), reason=why, details={"version": number}
    )
    yield Append(
        ArticlePublished(at=at, slug=name.slug, language=name.language, by=by, version=number)
    )


def _take_down(name: Name, state: VersionState) -> Unit[bool]:
    rows = yield find(
        ArticleVersion, "id", slug=name.slug, language=name.language,
        state=VersionState.PUBLISHED.value,
    )  # fmt: skip
    if not rows:
        return False
    was = {"state": VersionState.PUBLISHED.value}
    if not (yield change_if(ArticleVersion, rows[0][0], was, state=state.value)):
        raise Refused("published_meanwhile")
    return True


def _one(name: Name, state: VersionState) -> Unit[dict[str, Any] | None]:
    columns = ("id", "number", "published_by", "why")
    rows = yield find(
        ArticleVersion, *columns, slug=name.slug, language=name.language, state=state.value
    )
    return dict(zip(columns, rows[0], strict=True)) if rows else None


def _being_changed(name: Name) -> Unit[dict[str, Any] | None]:
    columns = ("id", "number", "state", "revision", "saved_by", "submitted_by", "text")
    rows = yield find(
        ArticleVersion, *columns, lock=True, slug=name.slug, language=name.language
    )  # fmt: skip
    found = (dict(zip(columns, row, strict=True)) for row in rows)
    open_states = (VersionState.DRAFT, VersionState.REVIEW)
    return next((one for one in found if one["state"] in open_states), None)


def _require_seen(name: Name, seen: int, state: VersionState) -> Unit[dict[str, Any]]:
    held = yield from _being_changed(name)
    if held is None:
        raise NotFound("no_draft")
    if held["revision"] != seen or held["state"] != state:
        raise Refused("draft_changed", "somebody changed it meanwhile: read it again")
    return held


def _require_known_values(text: str) -> Unit[None]:
    """Raise `Invalid("unknown_value")` with the line: a price that nobody knows helps nobody."""
    for one in named_in(json.loads(text)["body"]):
        if not (yield find(DatedValueRow, "id", name=one.name, state="published")):
            raise Invalid("unknown_value", f"line {one.line}: {{{{{one.name}}}}} is no value")


def _next_number(name: Name) -> Unit[int]:
    rows = yield _last_number(of=name.slug, spoken=name.language)
    return int(rows[0][0] or 0) + 1


def _require_reason(why: str) -> None:
    if not 0 < len(why.strip()) <= WHY_MOST:
        raise Invalid("need_reason", f"say why, in up to {WHY_MOST} characters")
