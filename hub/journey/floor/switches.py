"""A supervisor switches an intent, an errand or the whole assistant off; it ends by itself."""

from dataclasses import dataclass
from typing import Final

from hub.domain.errors import Invalid, NotFound, Refused
from hub.domain.events import SelfServiceSwitchedOff, SelfServiceSwitchedOn
from hub.domain.switches import ASSISTANT, ERRAND, INTENT, KINDS
from hub.journey.audited import audited
from hub.journey.context import Hub
from hub.journey.floor.switched_off import same_off
from hub.journey.waiting import TimerKind, arm, disarm, ring
from hub.security.redaction import redact_cards
from hub.store.rows import change, find, put
from hub.store.tables import SwitchedOff
from hub.store.unit import Append, Unit

REASON_MAX_CHARACTERS: Final = 200
LEAST_SECONDS: Final = 60.0
LONGEST_SECONDS: Final = 7 * 86_400.0
STAY_ON: Final = frozenset(
    {
        "set_language",
        "know_caller",
        "check_pin",
        "check_birth_date",
        "send_code",
        "check_code",
        "cards",
        "cards_to_replace",
        "limit_accounts",
        "limit_summary",
        "visits",
        "visit_branches",
        "visit_topics",
        "visit_days",
        "visit_times",
        "visit_summary",
        "mail_arrived",
    }
)
"""Errands that others need: who the customer is, what there is to choose, that a letter came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSwitch:
    """What is to be off, where, why, until when."""

    kind: str
    reason: str
    until_at: float
    name: str = ""
    channel: str = ""


def parts_of(hub: Hub) -> dict[str, list[str]]:
    """Return what can be switched off, by kind; `channel` lists the channels."""
    front = hub.self_service
    return {
        INTENT: sorted(getattr(front, "matters", ())),
        ERRAND: sorted(hub.errands.keys() - STAY_ON),
        "channel": sorted(getattr(front, "channels", ())),
    }


async def switch_off(hub: Hub, supervisor_id: str, new: NewSwitch) -> str:
    """Switch it off at once on every node; returns the switch's id.

    Raises `Invalid` for what cannot be off, `Refused` for what is off there already.
    """
    _require_sound(hub, new)
    return await hub.journal.run(lambda: _off(hub, supervisor_id, new))


def _require_sound(hub: Hub, new: NewSwitch) -> None:
    now, parts = hub.clock.now(), parts_of(hub)
    known = [""] if new.kind == ASSISTANT else parts.get(new.kind, [])
    if new.kind not in KINDS or new.name not in known:
        raise Invalid("bad_switch", "name an intent, an errand, or the assistant")
    if new.channel and new.channel not in parts["channel"]:
        raise Invalid("no_channel", f"self-service does not speak on {new.channel}")
    if not 0 < len(new.reason.strip()) <= REASON_MAX_CHARACTERS:
        raise Invalid("no_reason", f"say why, with at most {REASON_MAX_CHARACTERS} characters")
    if not now + LEAST_SECONDS <= new.until_at <= now + LONGEST_SECONDS:
        raise Invalid("bad_time", "name an end from a minute to a week from now")


def _off(hub: Hub, supervisor_id: str, new: NewSwitch) -> Unit[str]:
    switch_id, at = hub.new_id("swi"), hub.clock.now()
    what = {"kind": new.kind, "name": new.name, "channel": new.channel}
    if (yield same_off(now=at, **what)):
        raise Refused("already_off", "this is switched off already")
    reason = redact_cards(new.reason.strip())[0]
    yield put(
        SwitchedOff,
        id=switch_id,
        reason_sealed=hub.vault.seal(reason, "switched_off", "reason", switch_id),
        given_by=supervisor_id,
        given_at=at,
        until_at=new.until_at,
        **what,
    )
    yield arm(TimerKind.SWITCH_END, switch_id, new.until_at)
    details = {**what, "until_at": new.until_at}
    yield from audited(
        hub, supervisor_id, "switched_off", switch_id, reason=reason, details=details
    )
    yield Append(SelfServiceSwitchedOff(at=at, switch_id=switch_id, until_at=new.until_at, **what))
    return switch_id


async def switch_on(hub: Hub, supervisor_id: str, *, switch_id: str) -> None:
    """Switch it on again before its time; a second time changes nothing."""
    await hub.journal.run(lambda: _on(hub, switch_id, supervisor_id))


async def run_out(hub: Hub, switch_id: str) -> None:
    """Timer `switch_end`: its time is over."""
    await hub.journal.run(lambda: _run_out(hub, switch_id))


def _run_out(hub: Hub, switch_id: str) -> Unit[None]:
    if (yield ring(hub, TimerKind.SWITCH_END, switch_id)):
        yield from _on(hub, switch_id, "system")


def _on(hub: Hub, switch_id: str, by: str) -> Unit[None]:
    rows = yield find(SwitchedOff, "kind", "name", "channel", "ended_at", lock=True, id=switch_id)
    if not rows:
        raise NotFound("no_switch")
    kind, name, channel, ended_at = rows[0]
    if ended_at is not None:
        return
    at = hub.clock.now()
    what = {"kind": kind, "name": name, "channel": channel}
    yield change(SwitchedOff, switch_id, ended_at=at, ended_by=by)
    yield disarm(TimerKind.SWITCH_END, switch_id)
    yield from audited(hub, by, "switched_on", switch_id, details=what)
    yield Append(SelfServiceSwitchedOn(at=at, switch_id=switch_id, **what))
