"""What has happened so far: cases, and contacts over all channels with outcome and score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from config.demo import words
from config.demo.holdings import DAY_SECONDS
from config.demo.people import Person, luck_of

CHANNELS = ("web_chat", "phone", "email", "sms")
_CHANNEL_WEIGHTS = (5, 4, 2, 1)
_SCORES = (5, 4, 3, 2, 1)
_SCORE_WEIGHTS = (48, 30, 12, 6, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOpened:
    """A customer's matter."""

    id: str
    number: str
    title: Mapping[str, str]
    stage: str
    opened_at: float
    kind: str = "other"
    owner_id: str | None = None
    due_at: float | None = None
    closed_at: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastContact:
    """A contact that is over."""

    id: str
    channel: str
    arrived_at: float
    waited_seconds: float
    talked_seconds: float
    ending: str
    queue_id: str | None = None
    disposition: str | None = None
    score: int | None = None


def cases_of(person: Person, now: float, staff: Sequence[str]) -> list[CaseOpened]:
    """Return none, one or two matters."""
    dice = luck_of("cases", person.number)
    count = dice.choices((0, 1, 2), (75, 20, 5))[0]
    found = []
    for n in range(count):
        en, zh = dice.choice(words.CASES)
        opened_at = now - dice.uniform(1, 150) * DAY_SECONDS
        is_closed = dice.random() < 0.5
        stage = "solved" if is_closed else dice.choice(("open", "in_progress", "waiting"))
        closed_at = min(now, opened_at + dice.uniform(1, 20) * DAY_SECONDS) if is_closed else None
        found.append(
            CaseOpened(
                id=f"cas_demo{person.number}{n}",
                number=f"{person.number}-{n + 1}",
                title={"en": en, "zh": zh},
                stage=stage,
                opened_at=opened_at,
                owner_id=dice.choice(staff) if staff else None,
                due_at=None if is_closed else now + dice.uniform(-1, 12) * DAY_SECONDS,
                closed_at=closed_at,
            )
        )
    return found


def contacts_of(
    person: Person, now: float, count: int, queues: Mapping[str, Sequence[str]]
) -> list[PastContact]:
    """Return `count` contacts of the last year; `queues` gives the outcomes of each queue."""
    dice = luck_of("contacts", person.number)
    names = sorted(queues)
    found = []
    for n in range(count):
        ending = dice.choices(("handled", "contained", "abandoned"), (80, 13, 7))[0]
        queue_id = dice.choice(names) if ending != "contained" else None
        is_handled = ending == "handled"
        outcomes = queues[queue_id] if queue_id and is_handled else ()
        found.append(
            PastContact(
                id=f"con_demo{person.number}{n:03}",
                channel=dice.choices(CHANNELS, _CHANNEL_WEIGHTS)[0],
                arrived_at=now - dice.uniform(0.2, 360) * DAY_SECONDS,
                waited_seconds=dice.expovariate(1 / 40) if queue_id else 0.0,
                talked_seconds=dice.uniform(90, 900) if is_handled else 0.0,
                ending=ending,
                queue_id=queue_id,
                disposition=dice.choice(outcomes) if outcomes else None,
                score=(
                    dice.choices(_SCORES, _SCORE_WEIGHTS)[0]
                    if is_handled and dice.random() < 0.35
                    else None
                ),
            )
        )
    return found
