"""Timers of the walk: every waiting state is armed here, and says so in one word."""

from enum import StrEnum

from hub.journey.context import Hub
from hub.store.timers import cancel_timer, set_timer, take_timer
from hub.store.unit import Call


class TimerKind(StrEnum):
    """What a timer is for; its subject is the id of the thing that waits."""

    SELF_SERVE = "self_serve"
    SILENCE = "silence"
    SILENCE_CLOSE = "silence_close"
    OPENING = "opening"
    OFFER = "offer"
    WRAP_UP = "wrap_up"
    SURVEY_LINK = "survey_link"
    NEWS = "news"
    PRUNE = "prune"
    AGENT_GRACE = "agent_grace"
    CUSTOMER_GRACE = "customer_grace"
    HOURS = "hours"
    ANCHOR = "anchor"
    TASK_DUE = "task_due"
    TASK_OVERDUE = "task_overdue"
    STANDING = "standing"
    CASE_DUE = "case_due"
    TRANSFER = "transfer"
    WAYS = "ways"
    ASSIST_END = "assist_end"
    ANNOUNCE = "announce"
    ANNOUNCE_END = "announce_end"
    SWITCH_END = "switch_end"
    CALL_CONNECT = "call_connect"
    CALL_HOLD = "call_hold"
    CALL_REDIAL = "call_redial"
    RECORDINGS = "recordings"
    ARTICLE_BEGINS = "article_begins"
    ARTICLE_CARE = "article_care"
    ASIDE = "aside"
    JOINT_CLOSE = "joint_close"
    HELD_LETTER = "held_letter"
    WAITING_LETTER = "waiting_letter"
    OUTGOING_LETTER = "outgoing_letter"


def arm(kind: TimerKind, subject: str, due_at: float) -> Call:
    """Set the timer, or move it when it is set already."""
    return set_timer(kind.value, subject, due_at)


def disarm(kind: TimerKind, subject: str) -> Call:
    """Take the timer away if it is set."""
    return cancel_timer(kind.value, subject)


def ring(hub: Hub, kind: TimerKind, subject: str) -> Call:
    """Claim a timer that is due: 1 row for the one who may act, 0 for anyone else."""
    return take_timer(kind.value, subject, hub.clock.now())
