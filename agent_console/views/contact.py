"""ContactView: one Contact as one viewer has it."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, NamedTuple

from agent_console.feed.encoding import quote
from agent_console.reading.contacts import AssignmentFacts, ContactFacts
from agent_console.setup import target_seconds
from agent_console.views.call import call_view
from agent_console.views.outgoing import outgoing_view
from hub.customers import warnings
from hub.domain.calls import CHANNEL as PHONE
from hub.domain.states import IdentityLevel, ParticipantRole, WrapUpState
from hub.domain.work import TASK_CHANNEL
from hub.journey.context import Hub, Viewer
from hub.journey.messages import MessageRead
from hub.journey.work.numbers import outlined
from hub.security.field_rights import view

PREVIEW_CHARACTERS = 120
_SPOKEN = frozenset({"text", "menu", "file"})


class Tail(NamedTuple):
    """What the newest messages make of a ContactView: all that changes with every word."""

    last_seq: int = 0
    last_speaker: str | None = None
    last_text: str = ""
    last_at: float | None = None
    unanswered_at: float | None = None
    """When the customer wrote first since the last answer."""

    def after(self, message: MessageRead) -> "Tail":
        """Take one more message; an old one changes nothing."""
        if message.seq <= self.last_seq:
            return self
        if message.kind not in _SPOKEN or message.audience != "everyone":
            return self._replace(last_seq=message.seq)
        speaker, unanswered_at = message.speaker, self.unanswered_at
        if speaker == "customer":
            unanswered_at = message.at if unanswered_at is None else unanswered_at
        elif speaker == "agent":
            unanswered_at = None
        return Tail(message.seq, speaker, preview(message), message.at, unanswered_at)


def tail_of(messages: list[MessageRead]) -> Tail:
    """Fold messages in their order."""
    tail = Tail()
    for message in messages:
        tail = tail.after(message)
    return tail


def preview(message: MessageRead) -> str:
    """Return the first words of a message; a file shows its name."""
    if message.kind == "file":
        return str(message.body["file"]["name"])[:PREVIEW_CHARACTERS]
    return str(message.body.get("text", ""))[:PREVIEW_CHARACTERS]


def role_of(facts: ContactFacts, viewer_id: str) -> str | None:
    """Return how the viewer has the Contact; None when not at all."""
    mine = [a for a in facts.assignments if a.agent_id == viewer_id]
    if any(a.ended_at is None for a in mine):
        return "owner"
    if mine:
        return "wrap_up"
    return dict(facts.participants).get(viewer_id)


def contact_view(hub: Hub, facts: ContactFacts, viewer: Viewer, *, present: bool) -> dict[str, Any]:
    """Build the view but for its `Tail`; the viewer must have a role in the Contact."""
    role = role_of(facts, viewer.user_id)
    mine = _assignment_of(facts, viewer.user_id)
    title, title_zh = titles(facts, viewer)
    return {
        "id": facts.id,
        "conversation_id": facts.conversation_id,
        "channel": facts.channel,
        "account": facts.account,
        "state": facts.state,
        "my_role": role,
        "assignment_id": mine.id if mine else None,
        "queue_id": facts.queue_id,
        "language": facts.language,
        "title": title,
        "title_zh": title_zh,
        "known": facts.customer_id is not None,
        "segment": facts.segment,
        "arrived_at": facts.arrived_at,
        "queued_at": facts.queued_at,
        "assigned_at": facts.assigned_at,
        "closed_at": facts.closed_at,
        "waited_seconds": _waited(facts),
        "target_seconds": _target(hub, facts),
        "answer_due_at": facts.answer_due_at,
        "seen_by_customer_seq": facts.seen_by_customer_seq,
        "seen_by_staff_seq": facts.seen_by_staff_seq,
        "customer_present": present,
        "participants": _participants(hub, facts),
        "hand_off": _hand_off(facts),
        "transfer_note": facts.transfer_note,
        "wrap_up": _wrap_up(hub, mine) if role == "wrap_up" and mine else None,
        "ended": {"ending": facts.ending, "reason": facts.end_reason or ""}
        if facts.ending
        else None,
        "call": call_view(hub, facts, viewer),
        **({"composer": {"closed": facts.closed}} if facts.closed else {}),
        **_written_parts(hub, facts),
    }


def _written_parts(hub: Hub, facts: ContactFacts) -> dict[str, Any]:
    """What only mail and messages have, where there is any."""
    parts: dict[str, Any] = {}
    if facts.outgoing:
        parts["outgoing"] = [outgoing_view(hub, one) for one in facts.outgoing]
    if facts.joins:
        parts["joins"] = [
            {**asdict(one), "by": both(hub.staff.name_of(one.by))} for one in facts.joins
        ]
    return parts


def tail_fields(shown: dict[str, Any], tail: Tail) -> dict[str, Any]:
    """Return the fields of a view that its newest messages decide."""
    return {
        "last_speaker": tail.last_speaker,
        "last_text": tail.last_text,
        "last_at": tail.last_at,
        "reply_due_at": _due(shown, tail),
        "last_seq": tail.last_seq,
    }


def encode_tail(shown: dict[str, Any], tail: Tail) -> str:
    """Return the same fields as JSON; by hand, for it is done for every message."""
    due = _due(shown, tail)
    speaker = "null" if tail.last_speaker is None else f'"{tail.last_speaker}"'
    at = "null" if tail.last_at is None else repr(tail.last_at)
    return (
        f'{{"last_speaker":{speaker},"last_text":{quote(tail.last_text)},"last_at":{at},'
        f'"reply_due_at":{"null" if due is None else repr(due)},"last_seq":{tail.last_seq}}}'
    )


def titles(facts: ContactFacts, viewer: Viewer) -> tuple[str, str]:
    """Return the customer's name as the viewer may see it, in both languages; a guest's number."""
    if facts.person is not None:
        is_restricted = warnings.is_restricted(facts.person.warnings, viewer.roles)
        level = IdentityLevel.UNKNOWN if is_restricted else facts.identity_level
        name = view("name", facts.person.name, viewer.roles, level).text
        name_zh = view("name_zh", facts.person.name_zh, viewer.roles, level).text
        return name or "", name_zh or ""
    if facts.channel == TASK_CHANNEL:
        return "Task", "任务"
    return f"Guest {facts.guest_number}", f"访客 {facts.guest_number}"


def _due(shown: dict[str, Any], tail: Tail) -> float | None:
    """The promise runs from the customer's word, for an agent not before the Contact is theirs.

    Of a letter it is what the hub keeps; until it is read again, the hours after the word.
    On the phone nobody waits for a written word.
    """
    if shown["channel"] == PHONE:
        return None
    target = shown["target_seconds"]
    if tail.unanswered_at is None or target is None or shown["ended"] is not None:
        return None
    if shown["answer_due_at"] is not None:
        owed: float = shown["answer_due_at"]
        return owed
    due: float = max(tail.unanswered_at, shown["assigned_at"] or 0.0) + target
    return due


def _target(hub: Hub, facts: ContactFacts) -> float | None:
    """Who writes a letter waits for hours of business, not for the seconds of a talk."""
    if facts.channel in hub.writers:
        return hub.letters.of(facts.queue_id).answer_seconds
    return target_seconds(hub.setup, facts.queue_id)


def _assignment_of(facts: ContactFacts, viewer_id: str) -> AssignmentFacts | None:
    mine = [a for a in facts.assignments if a.agent_id == viewer_id]
    return next((a for a in mine if a.ended_at is None), mine[0] if mine else None)


def _waited(facts: ContactFacts) -> float | None:
    if facts.queued_at is None or facts.first_assigned_at is None:
        return None
    return max(0.0, facts.first_assigned_at - facts.queued_at)


def _participants(hub: Hub, facts: ContactFacts) -> list[dict[str, Any]]:
    """The owner first, then who was invited or joined; who only watches is not shown."""
    people = [(facts.owner_agent_id, "owner")] if facts.owner_agent_id else []
    people += [p for p in facts.participants if p[1] != ParticipantRole.WATCHING]
    return [
        {"agent_id": agent, "name": both(hub.staff.name_of(agent)), "role": role}
        for agent, role in people
    ]


def _hand_off(facts: ContactFacts) -> dict[str, Any] | None:
    learned = facts.hand_off
    if learned is None:
        return None
    collected = list(learned["collected"].items())
    if learned.get("task"):
        collected = outlined(collected)
    return {
        "wants": learned["wants"],
        "collected": [{"label": k, "value": v} for k, v in collected],
        "tried": learned["tried"],
        "task": learned.get("task"),
        "bot_seq_from": facts.first_seq,
        "bot_seq_to": facts.last_bot_seq or facts.first_seq,
    }


def _wrap_up(hub: Hub, mine: AssignmentFacts) -> dict[str, Any] | None:
    if mine.wrap_up != WrapUpState.OPEN or mine.wrap_up_until is None:
        return None
    return {
        "until": mine.wrap_up_until,
        "started_at": mine.ended_at,
        "extended": mine.wrap_up_extended,
        "dispositions": dispositions(hub, mine.queue_id),
    }


def dispositions(hub: Hub, queue_id: str | None) -> list[dict[str, Any]]:
    """Return the outcome codes that a Queue offers."""
    queue = hub.setup.queues.get(queue_id) if queue_id else None
    codes = queue.dispositions if queue else {}
    return [{"code": code, "label": dict(label)} for code, label in codes.items()]


def both(name: Mapping[str, str] | None) -> dict[str, str]:
    """Return a name per language; nobody's is empty."""
    return dict(name) if name else {"en": "", "zh": ""}
