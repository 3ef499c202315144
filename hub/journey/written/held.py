"""Held letters: taken for spam by their channel, kept whole, no work until one is released."""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any, Final, Literal

from sqlalchemy import BindParameter, bindparam, func, select

from hub.domain.errors import Invalid, NotFound, Refused
from hub.domain.letter import Letter
from hub.domain.steps import InboundFact
from hub.domain.written import DAY_SECONDS
from hub.journey.audited import audited
from hub.journey.context import Hub
from hub.journey.messages import Posted
from hub.journey.waiting import TimerKind, arm, disarm, ring
from hub.journey.written.approval import take_in_asked
from hub.journey.written.lists import COUNT_MOST, END, PAGE, Key
from hub.store.rows import change, find, put, table_of
from hub.store.tables import HeldLetter, SenderRule
from hub.store.unit import Prepared, Unit

SenderWord = Literal["none", "trust", "block"]
RULE_DAYS: Final = (30, 90, 365)
"""So long a word about a sender holds."""
TEXT_SHOWN: Final = 2_000
HELD, RELEASED, REJECTED, EXPIRED = "held", "released", "rejected", "expired"

_h, _s = table_of(HeldLetter).c, table_of(SenderRule).c
_at: BindParameter[float] = bindparam("key_at")
_id: BindParameter[str] = bindparam("key_id")
_page = Prepared(
    select(
        _h.id, _h.channel, _h.account, _h.letter_sealed, _h.reasons, _h.score, _h.came_at,
        _h.expires_at,
    )
    .where(_h.state == HELD)
    .where((_h.came_at < _at) | ((_h.came_at == _at) & (_h.id < _id)))
    .order_by(_h.came_at.desc(), _h.id.desc())
    .limit(bindparam("most"))
)  # fmt: skip
_some = select(_h.id).where(_h.state == HELD).limit(COUNT_MOST).subquery()
_count = Prepared(select(func.count()).select_from(_some))
_rule = Prepared(
    select(_s.is_blocked)
    .where(_s.channel == bindparam("channel"), _s.sender_key == bindparam("key"))
    .where(_s.lifted_at.is_(None), _s.until > bindparam("now"))
    .order_by(_s.at.desc())
    .limit(1)
)


# -- for the channel -------------------------------------------------------------------------------


async def word_about(hub: Hub, channel: str, sender: str) -> bool | None:
    """Return what staff decided about a sender: True blocked, False trusted, None nothing."""
    key = hub.lookup.of("address", sender)
    rows = await hub.reader.rows(_rule(channel=channel, key=key, now=hub.clock.now()))
    return bool(rows[0][0]) if rows else None


async def hold(
    hub: Hub,
    fact: InboundFact,
    conversation_id: str,
    *,
    score: float,
    reasons: Sequence[tuple[str, float]],
    keep_seconds: float,
    asks_for: str = "",
) -> str:
    """Keep a letter back; the same one again is held once. Answers after COMMIT.

    `asks_for` is the Conversation of somebody else that it would be let into: its release asks.
    """
    return await hub.journal.run(
        lambda: _hold(hub, fact, conversation_id, score, list(reasons), keep_seconds, asks_for)
    )


def _hold(
    hub: Hub,
    fact: InboundFact,
    conversation_id: str,
    score: float,
    reasons: list[tuple[str, float]],
    keep_seconds: float,
    asks_for: str,
) -> Unit[str]:
    known = yield find(HeldLetter, "id", channel=fact.channel, key=fact.key)
    if known:
        return str(known[0][0])
    at, held_id = hub.clock.now(), hub.new_id("hel")
    text = json.dumps({"fact": asdict(fact), "asks_for": asks_for}, ensure_ascii=False)
    yield put(
        HeldLetter, id=held_id, channel=fact.channel, account=fact.account, key=fact.key,
        conversation_id=conversation_id,
        letter_sealed=hub.vault.seal(text, "held_letter", "letter", held_id),
        reasons=json.dumps(reasons), score=score, came_at=at, expires_at=at + keep_seconds,
    )  # fmt: skip
    yield arm(TimerKind.HELD_LETTER, held_id, at + keep_seconds)
    return held_id


# -- for staff -------------------------------------------------------------------------------------


async def held_lines(hub: Hub, after: Key | None) -> list[dict[str, Any]]:
    """Return up to a page, the newest first, and one more, which says that the list goes on."""
    begin = after or END
    rows = await hub.reader.heavy(_page(key_at=begin.at, key_id=begin.id, most=PAGE + 1))
    return [_line(hub, row) for row in rows]


async def count_held(hub: Hub) -> int:
    """Return how many are held, up to `COUNT_MOST`."""
    return int((await hub.reader.rows(_count()))[0][0])


def _line(hub: Hub, row: tuple[Any, ...]) -> dict[str, Any]:
    held_id, channel, account, sealed, reasons, score, came_at, expires_at = row
    fact = _opened(hub, held_id, sealed)[0]
    letter = Letter.of(fact.channel_data) or Letter()
    return {
        "key": [came_at, held_id],
        "id": held_id,
        "channel": channel,
        "account": account,
        "sender": letter.sender or fact.address,
        "sender_name": letter.sender_name,
        "subject": letter.subject,
        "language": fact.language or "en",
        "text": (fact.text or "")[:TEXT_SHOWN],
        "score": score,
        "reasons": json.loads(reasons),
        "came_at": came_at,
        "expires_at": expires_at,
    }


def _opened(hub: Hub, held_id: str, sealed: bytes) -> tuple[InboundFact, str]:
    """The letter, and whose thread it asks for."""
    found = hub.vault.open_json(sealed, "held_letter", "letter", held_id)
    return InboundFact(**found["fact"]), found["asks_for"]


async def decide(
    hub: Hub,
    user_id: str,
    held_id: str,
    *,
    release: bool,
    sender: SenderWord = "none",
    days: int = RULE_DAYS[0],
) -> str | None:
    """Release a held letter, or let it be spam; perhaps with a word about its sender for a time.

    A released one is work as of the moment it came; returns its Contact, or None where it waits for
    the word of the agent whose thread it asks for. Raises `NotFound("no_held_letter")`,
    `Refused("decided_already")`.
    """
    contrary = "block" if release else "trust"
    if days not in RULE_DAYS or sender == contrary:
        raise Invalid("bad_word", f"trust who is released, block who is not, for {RULE_DAYS} days")
    posted, fact = await hub.journal.run(
        lambda: _decide(hub, user_id, held_id, sender, days, release=release)
    )
    if posted is None:
        return None
    unpack = getattr(hub.writers.get(fact.channel), "unpack_released", None)
    if unpack is not None:
        await unpack(fact, posted)
    return posted.contact_id


def _decide(
    hub: Hub, user_id: str, held_id: str, sender: SenderWord, days: int, *, release: bool
) -> Unit[tuple[Posted | None, InboundFact]]:
    columns = ("state", "letter_sealed", "came_at")
    rows = yield find(HeldLetter, *columns, lock=True, id=held_id)
    if not rows:
        raise NotFound("no_held_letter")
    state, sealed, came_at = rows[0]
    if state != HELD:
        raise Refused("decided_already", "a colleague has decided, or its time was over")
    (fact, asks_for), at = _opened(hub, held_id, sealed), hub.clock.now()
    who_wrote, posted = fact, None
    if release:
        fact = replace(fact, came_at=came_at)
        posted, fact = yield from take_in_asked(hub, fact, asks_for)
    yield change(
        HeldLetter, held_id, state=RELEASED if release else REJECTED, decided_by=user_id,
        decided_at=at, contact_id=posted.contact_id if posted else None,
    )  # fmt: skip
    yield disarm(TimerKind.HELD_LETTER, held_id)
    if sender != "none":
        until = at + days * DAY_SECONDS
        yield from _say_of_sender(hub, user_id, who_wrote, at, until, is_blocked=sender == "block")
    details = {"sender": sender, "days": days if sender != "none" else 0}
    action = "held_letter_released" if release else "held_letter_rejected"
    yield from audited(hub, user_id, action, held_id, details=details)
    return posted, fact


def _say_of_sender(
    hub: Hub, user_id: str, fact: InboundFact, at: float, until: float, *, is_blocked: bool
) -> Unit[None]:
    rule_id = hub.new_id("snd")
    yield put(
        SenderRule, id=rule_id, channel=fact.channel,
        sender_key=hub.lookup.of("address", fact.address),
        sender_sealed=hub.vault.seal(fact.address, "sender_rule", "sender", rule_id),
        is_blocked=is_blocked, by=user_id, at=at, until=until,
    )  # fmt: skip


async def forget_held(hub: Hub, held_id: str) -> None:
    """Timer `held_letter`: nobody wanted it; its words go, that it came stays."""
    await hub.journal.run(lambda: _forget(hub, held_id))


def _forget(hub: Hub, held_id: str) -> Unit[None]:
    taken = yield ring(hub, TimerKind.HELD_LETTER, held_id)
    rows = yield find(HeldLetter, "state", lock=True, id=held_id)
    if not taken or not rows or rows[0][0] != HELD:
        return
    empty = hub.vault.seal("{}", "held_letter", "letter", held_id)
    yield change(
        HeldLetter, held_id, state=EXPIRED, decided_at=hub.clock.now(), letter_sealed=empty
    )
