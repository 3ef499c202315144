"""What a talk was about and what came of it, out of the log and the rows that it left.

Codes, not sentences: the page puts them into the agent's language, and the agent into the note.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from agent_console.reading.contacts import ContactFacts
from agent_console.setup import OutcomeRule
from hub.domain.banking import OrderState
from hub.domain.events import WordsWeighed
from hub.journey.context import Hub
from hub.store.rows import find
from hub.store.tables import BankOrder, Case, Task

UNDERSTOOD: Final = frozenset({"understood", "unsure"})
NOT_DONE: Final = frozenset(
    {OrderState.REFUSED.value, OrderState.FAILED.value, OrderState.CANCELLED.value}
)
PROMISED, FAILED = "promised:", "failed:"


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that was done or set going in the talk."""

    kind: str
    """order | case | task"""
    what: str
    """Its own kind, such as `block_card` or `complaint`."""
    reference: str = ""
    state: str = ""
    due_at: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A talk in short."""

    wants: str
    """The customer's own words for it, as self-service took them."""
    matters: tuple[str, ...] = ()
    deeds: tuple[Deed, ...] = ()
    promised: Mapping[str, str] = field(default_factory=dict)
    """Matter -> reference of what self-service set going."""
    failed: Mapping[str, str] = field(default_factory=dict)
    """Matter -> why self-service could not."""


async def summary_of(hub: Hub, facts: ContactFacts) -> Summary:
    """Read what the talk left behind."""
    hand_off = facts.hand_off or {}
    collected: Mapping[str, str] = hand_off.get("collected") or {}
    weighed = [
        logged.event.intent
        for logged in await hub.reader.events_of_contact(facts.id)
        if isinstance(logged.event, WordsWeighed) and logged.event.outcome in UNDERSTOOD
    ]
    matters = dict.fromkeys([*weighed, *filter(None, [collected.get("intent")])])
    return Summary(
        wants=str(hand_off.get("wants", "")) if not hand_off.get("task") else "",
        matters=tuple(matters),
        deeds=tuple(await _deeds(hub, facts)),
        promised=_told(collected, PROMISED),
        failed=_told(collected, FAILED),
    )


def outcome_of(
    summary: Summary, rules: Sequence[OutcomeRule], dispositions: Mapping[str, Any]
) -> str | None:
    """Return the outcome of the first rule that fits and that the queue has; None: no idea."""
    acts = {
        deed.what if deed.kind == "order" else f"{deed.kind}:{deed.what}"
        for deed in summary.deeds
        if deed.state not in NOT_DONE
    } | {f"{PROMISED}{matter}" for matter in summary.promised}
    for rule in rules:
        fits = not rule.acts or not acts.isdisjoint(rule.acts)
        fits = fits and (not rule.intents or not set(summary.matters).isdisjoint(rule.intents))
        if fits and rule.outcome in dispositions:
            return rule.outcome
    return None


def _told(collected: Mapping[str, str], kind: str) -> dict[str, str]:
    return {
        name.removeprefix(kind): value for name, value in collected.items() if name.startswith(kind)
    }


async def _deeds(hub: Hub, facts: ContactFacts) -> list[Deed]:
    orders = await hub.reader.rows(
        find(BankOrder, "kind", "id", "state", "asked_at", contact_id=facts.id)
    )
    found = [Deed("order", kind, "", state) for kind, _, state, _ in sorted(orders, key=_by_time)]
    if facts.customer_id is None:
        return found
    cases = await hub.reader.rows(
        find(Case, "contact_id", "kind", "number", "due_at", customer_id=facts.customer_id)
    )
    tasks = await hub.reader.rows(
        find(Task, "contact_id", "kind", "state", "due_at", customer_id=facts.customer_id)
    )
    found += [Deed("case", row[1], row[2], "", row[3]) for row in cases if row[0] == facts.id]
    found += [Deed("task", row[1], "", row[2], row[3]) for row in tasks if row[0] == facts.id]
    return found


def _by_time(row: tuple[Any, ...]) -> float:
    return float(row[3])


def as_plain(summary: Summary) -> dict[str, Any]:
    """Return it as JSON values."""
    return {
        "wants": summary.wants,
        "matters": list(summary.matters),
        "deeds": [
            {"kind": one.kind, "what": one.what, "reference": one.reference, "state": one.state,
             "due_at": one.due_at}
            for one in summary.deeds
        ],
        "promised": dict(summary.promised),
        "failed": dict(summary.failed),
    }  # fmt: skip
