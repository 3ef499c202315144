"""Mistakes that every single value hides: what no one can serve, reach or ever leave."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from hub.domain.routing import AgentProfile, QueuePolicy, RoutingPolicy
from routing.agents import Kind
from routing.hours import Hours
from routing.locate import Path, line_of
from routing.relax import requirements_at, steps_of
from routing.set_up import Problem

LANGUAGE = "lang:"


@dataclass(frozen=True, slots=True)
class Files:
    """Where everything stands in the set-up files."""

    lines: Mapping[str, dict[Path, int]]

    def problem(self, file: str, path: Path, text: str, remedy: str) -> Problem:
        """Return a problem at `path` of `file`."""
        line = line_of(self.lines.get(file, {(): 1}), path)
        return Problem(file=file, line=line, text=text, remedy=remedy)


def check(
    policy: RoutingPolicy,
    skills: set[str],
    hours: Mapping[str, Hours],
    hours_of: Mapping[str, str],
    staff: Iterable[AgentProfile] | None,
    files: Files,
) -> list[Problem]:
    """Return every mistake found, in the order of the files."""
    problems = list(_hours_problems(hours, files))
    queue_ids = {queue.queue_id for queue in policy.queues}
    for queue in policy.queues:
        problems += _unknown_names(queue, skills, queue_ids, files)
        problems += _dead_steps(queue, files)
        if hours_of[queue.queue_id] not in hours:
            problems.append(
                files.problem(
                    "queues.toml",
                    ("queues", queue.queue_id, "hours"),
                    f"queue {queue.queue_id!r} has unknown hours {hours_of[queue.queue_id]!r}",
                    "Name hours of hours.toml, or add them there.",
                )
            )
        problems += _silent_channels(queue, policy, files)
    problems += _loops(policy, files)
    if staff is not None:
        problems += _unserved(policy, [Kind.of(profile) for profile in staff], files)
    return problems


def _hours_problems(hours: Mapping[str, Hours], files: Files) -> Iterator[Problem]:
    for hours_id, each in hours.items():
        days = [*each.week, *each.days.values()]
        for intervals in days:
            ordered = sorted(intervals)
            for (_, end), (start, _) in pairwise(ordered):
                if start < end:
                    yield files.problem(
                        "hours.toml",
                        ("hours", hours_id),
                        f"hours {hours_id!r} have overlapping intervals on a day",
                        "Join them, or let one end before the next begins.",
                    )
        if not any(days):
            yield files.problem(
                "hours.toml",
                ("hours", hours_id),
                f"hours {hours_id!r} never open",
                "Give at least one day an interval.",
            )


def _unknown_names(
    queue: QueuePolicy, skills: set[str], queue_ids: set[str], files: Files
) -> Iterator[Problem]:
    at: Path = ("queues", queue.queue_id)
    named = [((*at, "requirements"), need.skill) for need in queue.requirements]
    for number, step in enumerate(queue.relaxations):
        where: Path = (*at, "relaxations", number)
        named += [((*where, "drop"), skill) for skill in step.drop]
        named += [((*where, "lower"), need.skill) for need in step.lower]
    for path, skill in named:
        if skill not in skills:
            yield files.problem(
                "queues.toml",
                path,
                f"queue {queue.queue_id!r} names the unknown skill {skill!r}",
                "Correct it, or add the skill to skills.toml.",
            )
    for number, rule in enumerate(queue.overflows):
        where = (*at, "overflows", number)
        if rule.queue_id not in queue_ids:
            yield files.problem(
                "queues.toml",
                (*where, "queue"),
                f"queue {queue.queue_id!r} overflows to the unknown queue {rule.queue_id!r}",
                "Name a queue of this file.",
            )
        if rule.waiting_over is None and rule.wait_seconds_over is None and not rule.when_closed:
            yield files.problem(
                "queues.toml",
                where,
                f"an overflow of queue {queue.queue_id!r} can never happen",
                "Give waiting_over, wait_seconds_over or when_closed.",
            )


def _dead_steps(queue: QueuePolicy, files: Files) -> Iterator[Problem]:
    """A step that changes nothing; languages count as asked, for contacts bring their own."""
    steps = steps_of(queue)
    for number, step in enumerate(steps):
        before = requirements_at(queue, (), steps[:number])
        after = requirements_at(queue, (), steps[: number + 1])
        named = [*step.drop, *(need.skill for need in step.lower)]
        if before == after and not any(skill.startswith(LANGUAGE) for skill in named):
            yield files.problem(
                "queues.toml",
                ("queues", queue.queue_id, "relaxations", queue.relaxations.index(step)),
                f"a relaxation of queue {queue.queue_id!r} changes nothing when it is reached",
                "Remove it, or name a skill that is still required then.",
            )


def _silent_channels(queue: QueuePolicy, policy: RoutingPolicy, files: Files) -> Iterator[Problem]:
    known = dict(policy.channel_units)
    for channel, _ in queue.offer_callback_after_seconds:
        if channel not in known:
            yield files.problem(
                "queues.toml",
                ("queues", queue.queue_id, "offer_callback_after_seconds"),
                f"queue {queue.queue_id!r} offers callbacks on the unknown channel {channel!r}",
                "Name a channel of [channel_units] in routing.toml.",
            )


def _loops(policy: RoutingPolicy, files: Files) -> Iterator[Problem]:
    to = {q.queue_id: [rule.queue_id for rule in q.overflows] for q in policy.queues}
    for queue_id, first in to.items():
        seen: set[str] = set()
        ahead = list(first)
        while ahead:
            other = ahead.pop()
            if other not in seen:
                seen.add(other)
                ahead += to.get(other, [])
        if queue_id in seen:
            yield files.problem(
                "queues.toml",
                ("queues", queue_id, "overflows", 0),
                f"the overflow of queue {queue_id!r} leads back to itself",
                "Remove one overflow of the circle.",
            )


def _unserved(policy: RoutingPolicy, staff: list[Kind], files: Files) -> Iterator[Problem]:
    for queue in policy.queues:
        needs = requirements_at(queue, (), ())
        if not any(kind.can_serve((queue.queue_id,), needs) for kind in staff):
            yield files.problem(
                "queues.toml",
                ("queues", queue.queue_id),
                f"nobody on the staff list can serve queue {queue.queue_id!r}",
                "Give an agent the queue and its skills, or ask for less.",
            )
