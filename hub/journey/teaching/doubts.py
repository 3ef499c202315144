"""Words the assistant was at a loss with: counted once per wording, redacted, sealed, forgotten."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Integer, bindparam, select, update

from hub.customers.profile import open_profile
from hub.domain.events import WordsWeighed
from hub.domain.steps import Step, TakenFor
from hub.journey.audited import audited
from hub.journey.contact_row import ContactRow
from hub.journey.context import Hub
from hub.journey.teaching.redact import redacted_words
from hub.store.rows import find, table_of
from hub.store.tables import BotDoubt, Customer
from hub.store.unit import Append, Prepared, Unit
from hub.store.upsert import upsert
from hub.text.fold import fold, words

LESSONS: Final = frozenset({"missed", "unsure", "outside"})
"""Outcomes of which there is something to learn."""
WRONG: Final = "wrong"
OPEN: Final = "open"
TAUGHT: Final = "taught"
IGNORED: Final = "ignored"
WORDS_MOST: Final = 300
LISTED_MOST: Final = 300
KEPT_SECONDS: Final = 60 * 86_400.0
"""So long after they were said last; then `pruning` deletes them."""

_d = table_of(BotDoubt)
_new = upsert(_d)
_keep = Prepared(
    _new.on_conflict_do_update(
        index_elements=["key"],
        set_={
            "times": _d.c.times + 1,
            **{name: _new.excluded[name] for name in ("last_at", "intent", "probability", "by")},
        },
    )
)
_COLUMNS: Final = (
    "key", "kind", "language", "channel", "words_sealed", "intent", "probability", "by", "times",
    "first_at", "last_at", "reported_by",
)  # fmt: skip
_open = Prepared(
    select(*(_d.c[name] for name in _COLUMNS))
    .where(_d.c.state == OPEN)
    .order_by(_d.c.last_at.desc())
    .limit(bindparam("most", type_=Integer))
)
_settle = Prepared(
    update(_d)
    .where(_d.c.key.in_(bindparam("keys", expanding=True)), _d.c.state == OPEN)
    .values(state=bindparam("to"), settled_by=bindparam("who"), settled_at=bindparam("now"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Words to learn from."""

    key: str
    kind: str
    """missed | outside | unsure | wrong"""
    language: str
    channel: str
    said: str
    answer: str
    """Of a report what the assistant said."""
    note: str
    """Of a report what the reporter adds."""
    intent: str
    probability: float
    by: str
    times: int
    first_at: float
    last_at: float
    reported_by: str | None


def note_taken(hub: Hub, contact: ContactRow, steps: Sequence[Step], at: float) -> Unit[None]:
    """Log what words were taken for; keep those the assistant was at a loss with."""
    for step in steps:
        if not isinstance(step, TakenFor):
            continue
        ids = {"contact_id": contact.id, "conversation_id": contact.conversation_id}
        yield Append(WordsWeighed(at=at, intent=step.intent, outcome=step.outcome, **ids))
        if step.outcome in LESSONS:
            yield from _keep_doubt(hub, contact, step, at)


def _keep_doubt(hub: Hub, contact: ContactRow, step: TakenFor, at: float) -> Unit[None]:
    said = yield from without_names(hub, contact.customer_id, step.said)
    compared = " ".join(words(fold(said)))
    if not compared:
        return
    key = hub.lookup.of("bot_doubt", f"{step.outcome}/{step.language}/{compared}")
    yield keep_call(
        hub, key, {"said": said}, kind=step.outcome, language=step.language,
        channel=contact.channel, intent=step.intent, probability=step.probability, by=step.by,
        at=at,
    )  # fmt: skip


def keep_call(
    hub: Hub, key: str, texts: dict[str, str], *, at: float, by: str = "", **columns: Any
) -> Any:
    """Return the statement that keeps one, or counts it once more."""
    text = json.dumps({name: one[:WORDS_MOST] for name, one in texts.items()}, ensure_ascii=False)
    known = {"intent": "", "probability": 0.0, "reported_by": None, **columns}
    sealed = hub.vault.seal(text, "bot_doubt", "words", key)
    return _keep(
        key=key, words_sealed=sealed, by=by, times=1, first_at=at, last_at=at, state=OPEN,
        settled_by=None, settled_at=None, **known,
    )  # fmt: skip


def without_names(hub: Hub, customer_id: str | None, text: str) -> Unit[str]:
    """Redact, with the names of the Customer where it is known."""
    names: tuple[str, ...] = ()
    if customer_id is not None:
        rows = yield find(Customer, "profile_sealed", id=customer_id)
        profile = open_profile(hub.vault, rows[0][0], customer_id) if rows else {}
        names = (profile.get("name", ""), profile.get("name_zh", ""))
    return redacted_words(text[:WORDS_MOST], names)


async def doubts(hub: Hub) -> list[Doubt]:
    """Return what waits to be looked at, the newest first."""
    return [_doubt(hub, row) for row in await hub.reader.rows(_open(most=LISTED_MOST))]


def _doubt(hub: Hub, row: tuple[Any, ...]) -> Doubt:
    known = dict(zip(_COLUMNS, row, strict=True))
    texts = hub.vault.open_json(known.pop("words_sealed"), "bot_doubt", "words", known["key"])
    told = {name: texts.get(name, "") for name in ("said", "answer", "note")}
    return Doubt(**known, **told)


async def settle_doubts(hub: Hub, user_id: str, keys: Sequence[str], *, to: str) -> int:
    """Mark them as `taught` or `ignored`; returns how many were still open."""
    return await hub.journal.run(lambda: _settle_unit(hub, user_id, list(keys), to))


def _settle_unit(hub: Hub, user_id: str, keys: list[str], to: str) -> Unit[int]:
    count: int = yield _settle(keys=keys, to=to, who=user_id, now=hub.clock.now())
    if count:
        details = {"count": count}
        yield from audited(hub, user_id, f"doubts_{to}", "assistant/taught", details=details)
    return count
