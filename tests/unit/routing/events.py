"""Short ways to say what happened, for tests that tell a story."""

from typing import Any

from hub.domain import events as ev
from hub.domain.routing import AgentProfile, Requirement, Reserve

NOW = 1_800_000_000.0


def needs(**levels: int) -> tuple[Requirement, ...]:
    return tuple(Requirement(skill, level) for skill, level in levels.items())


def profile(agent_id: str, *, at: float = NOW, **fields: Any) -> ev.AgentProfileSet:
    chosen: dict[str, Any] = {"queues": ("cards",)} | fields
    return ev.AgentProfileSet(at=at, profile=AgentProfile(agent_id=agent_id, **chosen))


def phone(agent_id: str, *, is_up: bool, at: float = NOW) -> ev.AgentPhoneChanged:
    return ev.AgentPhoneChanged(at=at, agent_id=agent_id, device="browser", is_up=is_up)


def presence(agent_id: str, what: str = "available", *, at: float = NOW) -> ev.PresenceChanged:
    return ev.PresenceChanged(at=at, agent_id=agent_id, presence=what)


def queued(contact_id: str, *, at: float = NOW, **fields: Any) -> ev.ContactQueued:
    chosen: dict[str, Any] = {
        "queue_id": "cards",
        "channel": "web_chat",
        "language": "en",
        "cause": "handed_off",
        "queued_at": at,
    }
    return ev.ContactQueued(
        at=at, contact_id=contact_id, conversation_id="talk", **(chosen | fields)
    )


def offered(decision: Reserve, *, at: float = NOW, reservation_id: str = "r") -> ev.ReservationMade:
    return ev.ReservationMade(
        at=at,
        contact_id=decision.contact_id,
        conversation_id="talk",
        reservation_id=reservation_id,
        agent_id=decision.agent_id,
        channel="web_chat",
        queue_id=decision.queue_id,
        expires_at=at + decision.offer_seconds,
        because=decision.because,
    )


def declined(decision: Reserve, *, at: float, reservation_id: str = "r") -> ev.ReservationDeclined:
    return ev.ReservationDeclined(
        at=at,
        contact_id=decision.contact_id,
        conversation_id="talk",
        reservation_id=reservation_id,
        agent_id=decision.agent_id,
        channel="web_chat",
        reason="busy",
    )


def assigned(
    contact_id: str, agent_id: str, assignment_id: str, *, at: float = NOW, **fields: Any
) -> ev.ContactAssigned:
    chosen: dict[str, Any] = {"queue_id": "cards", "channel": "web_chat", "waited_seconds": 0.0}
    return ev.ContactAssigned(
        at=at,
        contact_id=contact_id,
        conversation_id="talk",
        agent_id=agent_id,
        assignment_id=assignment_id,
        **(chosen | fields),
    )


def unassigned(
    agent_id: str, assignment_id: str, *, at: float, wrap_up_until: float | None = None
) -> ev.ContactUnassigned:
    return ev.ContactUnassigned(
        at=at,
        contact_id="gone",
        conversation_id="talk",
        agent_id=agent_id,
        assignment_id=assignment_id,
        channel="web_chat",
        cause="closed",
        wrap_up_until=wrap_up_until,
    )


def wrapped_up(agent_id: str, assignment_id: str, *, at: float) -> ev.WrapUpFinished:
    return ev.WrapUpFinished(
        at=at,
        contact_id="gone",
        conversation_id="talk",
        agent_id=agent_id,
        assignment_id=assignment_id,
        channel="web_chat",
        disposition="answered",
    )
