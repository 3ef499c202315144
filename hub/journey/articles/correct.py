"""Who answers with an article notices what is wrong in it, says so, and sees what became of it."""

import json
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import bindparam, select

from hub.domain.errors import Invalid, NotFound, Refused
from hub.journey.articles.name import Name
from hub.journey.audited import audited
from hub.journey.context import Hub, Viewer
from hub.security.redaction import redact_cards
from hub.security.roles import Right, require
from hub.store.rows import change, find, put, table_of
from hub.store.tables import ArticleCorrection, ArticleVersion
from hub.store.unit import Prepared, Unit

WORDS_MOST: Final = 500
ANSWER_MOST: Final = 200
LISTED_MOST: Final = 100
OPEN, TAKEN, REFUSED = "open", "taken", "refused"
_c = table_of(ArticleCorrection).c
_columns = (
    _c.id, _c.slug, _c.language, _c.version, _c.words_sealed, _c.proposed_by, _c.proposed_at,
    _c.state, _c.answer, _c.decided_by,
)  # fmt: skip
_open = Prepared(select(*_columns).where(_c.state == OPEN).order_by(_c.proposed_at))
_of = Prepared(
    select(*_columns)
    .where(_c.proposed_by == bindparam("by"))
    .order_by(_c.proposed_at.desc())
    .limit(LISTED_MOST)
)


@dataclass(frozen=True, slots=True)
class CorrectionRead:
    """What somebody says is wrong, and what became of it."""

    id: str
    slug: str
    language: str
    version: int
    words: str
    proposed_by: str
    proposed_at: float
    state: str
    answer: str
    decided_by: str | None


async def propose_correction(hub: Hub, viewer: Viewer, name: Name, words: str) -> str:
    """Tell the authors what is wrong in the version in force; returns the id."""
    require(viewer.roles, Right.HANDLE_CONTACTS)
    if not 0 < len(words.strip()) <= WORDS_MOST:
        raise Invalid("need_words", f"say what is wrong, in up to {WORDS_MOST} characters")
    return await hub.journal.run(lambda: _propose(hub, viewer.user_id, name, words.strip()))


def _propose(hub: Hub, by: str, name: Name, words: str) -> Unit[str]:
    rows = yield find(
        ArticleVersion, "number", "text", slug=name.slug, language=name.language,
        state="published",
    )  # fmt: skip
    if not rows or not _may_read(hub, by, json.loads(rows[0][1]).get("team", "")):
        raise NotFound("no_article")
    correction_id, (kept, _) = hub.new_id("cor"), redact_cards(words)
    yield put(
        ArticleCorrection, id=correction_id, slug=name.slug, language=name.language,
        version=rows[0][0],
        words_sealed=hub.vault.seal(kept, "article_correction", "words", correction_id),
        proposed_by=by, proposed_at=hub.clock.now(),
    )  # fmt: skip
    return correction_id


def _may_read(hub: Hub, by: str, team: str) -> bool:
    """Whether the article is his team's, or everybody's: of another's he is told nothing."""
    member = hub.staff.get(by)
    return not team or (member is not None and member.team == team)


async def decide_correction(
    hub: Hub, viewer: Viewer, correction_id: str, *, take: bool, answer: str
) -> None:
    """Say what becomes of it; who proposed it reads the answer."""
    require(viewer.roles, Right.EDIT_ARTICLES)
    if not 0 < len(answer.strip()) <= ANSWER_MOST:
        raise Invalid("need_reason", f"answer in up to {ANSWER_MOST} characters")
    state = TAKEN if take else REFUSED
    await hub.journal.run(
        lambda: _decide(hub, viewer.user_id, correction_id, state, answer.strip())
    )


def _decide(hub: Hub, by: str, correction_id: str, state: str, answer: str) -> Unit[None]:
    rows = yield find(ArticleCorrection, "state", "slug", lock=True, id=correction_id)
    if not rows:
        raise NotFound("no_correction")
    if rows[0][0] != OPEN:
        raise Refused("decided_meanwhile", "somebody decided: read it again")
    yield change(
        ArticleCorrection, correction_id, state=state, answer=answer, decided_by=by,
        decided_at=hub.clock.now(),
    )  # fmt: skip
    yield from audited(hub, by, f"correction_{state}", str(rows[0][1]), reason=answer)


async def open_corrections(hub: Hub) -> list[CorrectionRead]:
    """Return what waits for an author, the oldest first."""
    return [_read(hub, row) for row in await hub.reader.rows(_open())]


async def corrections_of(hub: Hub, user_id: str) -> list[CorrectionRead]:
    """Return what somebody proposed, the newest first."""
    return [_read(hub, row) for row in await hub.reader.rows(_of(by=user_id))]


def _read(hub: Hub, row: Any) -> CorrectionRead:
    correction_id, slug, language, version, sealed, *rest = row
    words = hub.vault.open(sealed, "article_correction", "words", correction_id)
    return CorrectionRead(correction_id, slug, language, version, words, *rest)
