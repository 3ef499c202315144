"""What became of each matter: contained, solved when it was not brought again within a week."""

from typing import Any

from hub.domain import events as e
from hub.reports.topics import REPEAT_SECONDS, TopicFold

DAY = 86_400.0


def ids(contact: str, conversation: str) -> dict[str, Any]:
    return {"contact_id": contact, "conversation_id": conversation}


def bring(
    fold: TopicFold, at: float, contact: str, intent: str, ending: str, *,
    conversation: str = "talk", outcome: str = "understood", customer: str | None = None,
) -> None:  # fmt: skip
    """One Contact that brings one matter and ends a minute later."""
    of = ids(contact, conversation)
    fold.apply(
        e.ContactArrived(
            at=at, channel="web_chat", account="a", language="en", customer_id=customer, **of
        )
    )  # fmt: skip
    fold.apply(e.WordsWeighed(at=at, intent=intent, outcome=outcome, **of))
    if ending == "handled":
        fold.apply(
            e.ContactAssigned(
                at=at, agent_id="amara", assignment_id="asg", queue_id="cards",
                channel="web_chat", waited_seconds=1.0, **of,
            )
        )  # fmt: skip
    fold.apply(
        e.ContactClosed(
            at=at + 60, ending=ending, reason="solved", channel="web_chat", queue_id=None, **of
        )
    )


def figures(fold: TopicFold, now: float) -> dict[str, tuple[int, ...]]:
    return {
        intent: (one.contacts, one.contained, one.handed_over, one.solved, one.repeated,
                 one.pending)
        for intent, one in fold.topics(now).items()
    }  # fmt: skip


def test_a_matter_is_solved_when_nobody_brings_it_again() -> None:
    fold = TopicFold(0.0)
    bring(fold, 100, "c1", "fees", "contained")
    bring(fold, 200, "c2", "fees", "contained", conversation="other")
    assert figures(fold, 300) == {"fees": (2, 2, 0, 0, 0, 2)}
    bring(fold, 2 * DAY, "c3", "fees", "handled")
    assert figures(fold, 2 * DAY + 60) == {"fees": (3, 2, 1, 0, 1, 1)}
    assert figures(fold, 200 + 60 + REPEAT_SECONDS) == {"fees": (3, 2, 1, 1, 1, 0)}


def test_a_repeat_counts_by_customer_over_conversations_and_by_matter() -> None:
    fold = TopicFold(0.0)
    bring(fold, 100, "c1", "fees", "contained", customer="mei")
    bring(fold, DAY, "c2", "balance", "contained", customer="mei", conversation="phone")
    bring(fold, 2 * DAY, "c3", "fees", "contained", customer="mei", conversation="phone")
    later = 2 * DAY + 60 + REPEAT_SECONDS
    assert figures(fold, later) == {"fees": (2, 2, 0, 1, 1, 0), "balance": (1, 1, 0, 1, 0, 0)}


def test_a_week_later_is_no_repeat_and_what_was_missed_is_no_matter() -> None:
    fold = TopicFold(0.0)
    bring(fold, 100, "c1", "fees", "contained")
    bring(fold, 100 + 60 + REPEAT_SECONDS + 1, "c2", "fees", "abandoned")
    bring(fold, 300, "c3", "balance", "contained", outcome="missed")
    assert figures(fold, 30 * DAY) == {"fees": (2, 1, 0, 1, 0, 0)}


def test_only_what_ended_in_the_span_counts() -> None:
    fold = TopicFold(DAY)
    bring(fold, 100, "c1", "fees", "contained")
    bring(fold, 2 * DAY, "c2", "fees", "contained")
    assert figures(fold, 30 * DAY) == {"fees": (1, 1, 0, 1, 0, 0)}
