"""The operator's set-up once read and checked: what routing, journey and console use of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from hub.domain.routing import RoutingPolicy
from routing.hours import Hours


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """One text in both languages."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposition:
    """An outcome that an agent can choose in wrap-up."""

    code: str
    name: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueSetUp:
    """What a queue is beside its routing policy."""

    queue_id: str
    name: Texts
    hours_id: str
    hours: Hours
    wrap_up_seconds: float
    service_level_ratio: float
    """Share of contacts to be answered within the queue's target."""
    dispositions: tuple[Disposition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """Everything in the set-up files of routing."""

    policy: RoutingPolicy
    queues: Mapping[str, QueueSetUp]
    skills: Mapping[str, Texts]
    hours: Mapping[str, Hours]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One mistake: where it is, what is wrong and what to do."""

    file: str
    line: int
    text: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}. {self.remedy}"


class SetUpError(Exception):
    """The set-up cannot be used; `problems` names every mistake found. Repair them and retry."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems
