"""What each measure means: one definition for the wallboard, the desk and the reports.

A *spell* is one stretch of waiting of one Contact in one Queue. It begins when the Contact is
queued while it does not wait there yet (handed off, transferred, reassigned, agent lost) and goes
on over declined, missed and withdrawn offers. It ends *answered* when an Agent is assigned,
*abandoned* when the customer leaves, *left* when the Contact goes elsewhere (another Queue,
parked, self-service, failed). A spell counts in the day and the half hour in which it began.
A Contact ended for abuse or spam (`LEFT_OUT`) is taken out again: its answered spells count as
left, and it asks no survey; the agent's work stays work.
A due Task has no spell: no customer waits. Its talk and wrap-up are the agent's work all the same.

    wait_seconds          end of the spell - its begin; a transfer waits anew, as the next queue
                          is measured by its own promise and not by the talk before it
    service_level_ratio   answered within target / (answered + abandoned after target);
                          who leaves within the target has not been failed and is left out
    abandoned_ratio       abandoned / (answered + abandoned), short ones included
    handle_seconds        talk (assigned to unassigned) + wrap-up; of an Assignment, not a Contact
    average_handle        (talk that ended today + wrap-up finished today) / Assignments that ended
    contained_ratio       contained / (contained + handed off to a Queue)
    average_score         mean of the Scores given today
"""

from dataclasses import dataclass, field


def ratio(part: float, whole: float) -> float | None:
    """Return part / whole, or None where there is nothing to measure."""
    return part / whole if whole else None


@dataclass(slots=True)
class WaitTally:
    """Spells by how they ended; `offered - answered - abandoned - left` still wait."""

    offered: int = 0
    answered: int = 0
    answered_in_target: int = 0
    abandoned: int = 0
    abandoned_after_target: int = 0
    left: int = 0
    wait_seconds: float = 0.0
    """Sum over the answered."""

    def answer(self, wait_seconds: float, target_seconds: float) -> None:
        """Count a spell that an Agent ended."""
        self.answered += 1
        self.answered_in_target += wait_seconds <= target_seconds
        self.wait_seconds += wait_seconds

    def leave_out(self, wait_seconds: float, target_seconds: float) -> None:
        """Take an answered spell out again; it counts as left."""
        self.answered -= 1
        self.answered_in_target -= wait_seconds <= target_seconds
        self.wait_seconds -= wait_seconds
        self.left += 1

    def abandon(self, wait_seconds: float, target_seconds: float) -> None:
        """Count a spell that the customer ended."""
        self.abandoned += 1
        self.abandoned_after_target += wait_seconds > target_seconds

    @property
    def service_level_ratio(self) -> float | None:
        """Answered within target / (answered + abandoned after target)."""
        return ratio(self.answered_in_target, self.answered + self.abandoned_after_target)

    @property
    def abandoned_ratio(self) -> float | None:
        """Abandoned / (answered + abandoned)."""
        return ratio(self.abandoned, self.answered + self.abandoned)

    @property
    def average_wait_seconds(self) -> float | None:
        """Mean wait of the answered."""
        return ratio(self.wait_seconds, self.answered)


@dataclass(slots=True)
class AgentTally:
    """One agent's day."""

    handled: int = 0
    """Assignments that ended."""
    handle_seconds: float = 0.0
    accepted: int = 0
    declined: int = 0
    timed_out: int = 0
    answers: int = 0
    score_sum: int = 0

    @property
    def average_handle_seconds(self) -> float | None:
        """Mean of talk and wrap-up."""
        return ratio(self.handle_seconds, self.handled)

    @property
    def average_score(self) -> float | None:
        """Mean of the Scores."""
        return ratio(self.score_sum, self.answers)


@dataclass(slots=True)
class ScoreTally:
    """Surveys of the day."""

    offered: int = 0
    by_score: dict[int, int] = field(default_factory=dict)
    by_channel: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Channel -> (sum of Scores, answers)."""

    def add(self, score: int, channel: str) -> None:
        """Count one answer."""
        self.by_score[score] = self.by_score.get(score, 0) + 1
        total, answers = self.by_channel.get(channel, (0, 0))
        self.by_channel[channel] = (total + score, answers + 1)

    @property
    def answers(self) -> int:
        """How many customers answered."""
        return sum(self.by_score.values())

    @property
    def average(self) -> float | None:
        """Mean Score."""
        return ratio(sum(s * n for s, n in self.by_score.items()), self.answers)


@dataclass(slots=True)
class Figures:
    """All that is counted in one day; equal to a recount of the log at any moment."""

    day_start_at: float
    total: WaitTally = field(default_factory=WaitTally)
    queues: dict[str, WaitTally] = field(default_factory=dict)
    intervals: dict[float, WaitTally] = field(default_factory=dict)
    """By the start of the half hour, epoch seconds."""
    agents: dict[str, AgentTally] = field(default_factory=dict)
    scores: ScoreTally = field(default_factory=ScoreTally)
    contained: int = 0
    handed_off: int = 0

    @property
    def contained_ratio(self) -> float | None:
        """Contained / (contained + handed off)."""
        return ratio(self.contained, self.contained + self.handed_off)

    @property
    def average_handle_seconds(self) -> float | None:
        """Mean over all agents' Assignments."""
        handled = sum(tally.handled for tally in self.agents.values())
        return ratio(sum(tally.handle_seconds for tally in self.agents.values()), handled)
