"""The oracle on waiting: who is told of other ways, and when time alone matters."""

from typing import TYPE_CHECKING

from hub.domain.routing import Decision, OfferCallback

if TYPE_CHECKING:
    from tests.unit.routing.oracle import Agent, Contact, Oracle


def tell(oracle: "Oracle", c: "Contact", now: float, out: list[Decision], *, is_new: bool) -> None:
    limit = _limit(oracle, c)
    if limit is None:
        return
    nobody = nobody_can(oracle, c)
    place = oracle.position(c.queued.contact_id) or 0
    wait = _expected(oracle, c, place, now)
    is_late = c.queued.queued_at + limit <= now
    if is_late or (is_new and (nobody or (wait is not None and wait > limit))):
        c.told = True
        out.append(
            OfferCallback(
                contact_id=c.queued.contact_id,
                cause="nobody_skilled" if nobody else "long_wait",
                position=place,
                estimate_seconds=wait,
            )
        )


def out_of_reach(oracle: "Oracle", c: "Contact") -> "list[Agent]":
    here = [a for a in oracle.agents.values() if a.presence == "available" and oracle.able(c, a)]
    return [a for a in here if c.queued.channel == "phone" and not a.phone_is_up]


def nobody_can(oracle: "Oracle", c: "Contact") -> bool:
    signed_in = [a for a in oracle.agents.values() if a.presence != "offline"]
    return c.owner is None and not any(oracle.able(c, a) for a in signed_in)


def _expected(oracle: "Oracle", c: "Contact", place: int, now: float) -> float | None:
    """Place x time between the last 50 answers of half an hour; fewer than 3 say nothing."""
    recent = [t for t in oracle.answers.get(c.queued.queue_id, [])[-50:] if t > now - 1800.0]
    if len(recent) < 3:
        return None
    return place * (max(now - recent[0], 0.0) / len(recent))


def _limit(oracle: "Oracle", c: "Contact") -> float | None:
    limits = dict(oracle.queue(c.queued.queue_id).offer_callback_after_seconds)
    return None if c.told else limits.get(c.queued.channel)


def wakes_of(oracle: "Oracle", c: "Contact") -> list[float]:
    q, since = oracle.queue(c.queued.queue_id), c.queued.queued_at
    dues = [since + s.after_seconds for s in q.relaxations]
    dues = sorted(dues)[c.level : c.level + 1]
    if c.owner is not None:
        dues.append(c.owner_until)
    limit = _limit(oracle, c)
    if limit is not None:
        dues.append(since + limit)
    for rule in q.overflows:
        if rule.queue_id not in c.overflows:
            if rule.wait_seconds_over is not None:
                dues.append(since + rule.wait_seconds_over)
            if rule.when_closed and q.queue_id in oracle.closed:
                dues.append(oracle.closed[q.queue_id])
    return dues
