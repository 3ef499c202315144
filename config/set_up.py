"""The operator's files as the journey and the console want them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from agent_console.replies.judge import require_sound
from agent_console.setup import (
    CodeLabel,
    DeskSetUp,
    PresenceReason,
    SavedReply,
)
from config.alerts import load_alerts
from config.outcomes import load_outcomes
from config.problems import CannotStart, ExitCode
from config.toml_file import Strict, Texts, read_toml
from hub.domain.errors import Invalid
from hub.domain.routing import RoutingPolicy
from routing.policy import load
from routing.set_up import QueueSetUp, SetUp, SetUpError
from routing.set_up import Texts as RoutingTexts
from routing.timetable import Timetable

CONSOLE_FILE = "console.toml"


@dataclass(frozen=True)
class QueueOfHub:
    """A Queue as the journey reads it (`hub.journey.context.QueueSetUp`)."""

    names: Mapping[str, str]
    wrap_up_seconds: float
    dispositions: Mapping[str, Mapping[str, str]]


class HubSetUp:
    """`hub.journey.context.SetUp` over the files of routing."""

    def __init__(self, files: SetUp) -> None:
        self.files = files
        self._timetables = {key: Timetable(one.hours) for key, one in files.queues.items()}

    @property
    def policy(self) -> RoutingPolicy:
        """The routing policy in force."""
        return self.files.policy

    @cached_property
    def queues(self) -> Mapping[str, QueueOfHub]:
        """Queues by identifier."""
        return {key: _queue(queue) for key, queue in self.files.queues.items()}

    def is_open(self, queue_id: str, now: float) -> bool:
        """Whether the queue's business hours contain `now`."""
        return self._timetables[queue_id].is_open(now)

    def next_opening(self, queue_id: str, now: float) -> float | None:
        """When the queue opens next; `now` when it is open, None if it never does."""
        return now if self.is_open(queue_id, now) else self.next_change(queue_id, now)

    def next_change(self, queue_id: str, now: float) -> float | None:
        """When the queue opens or closes next; None if it never does."""
        return self._timetables[queue_id].next_change(now)


def load_set_up(folder: Path) -> HubSetUp:
    """Read and check the routing files; raise `CannotStart` with every mistake and its remedy."""
    try:
        return HubSetUp(load(folder))
    except SetUpError as error:
        raise CannotStart(ExitCode.SET_UP, str(error)) from None


def _queue(queue: QueueSetUp) -> QueueOfHub:
    return QueueOfHub(
        names=_both(queue.name),
        wrap_up_seconds=queue.wrap_up_seconds,
        dispositions={one.code: _both(one.name) for one in queue.dispositions},
    )


def _both(texts: RoutingTexts) -> dict[str, str]:
    return {"en": texts.en, "zh": texts.zh}


# -- console.toml ------------------------------------------------------------------------------


class _Reason(Strict):
    presence: str
    code: str
    label: Texts


class _Code(Strict):
    code: str
    label: Texts


class _Reply(Strict):
    code: str
    title: Texts
    text: Texts
    queues: tuple[str, ...] = ()
    intents: tuple[str, ...] = ()


class _ConsoleFile(Strict):
    presence_reasons: tuple[_Reason, ...] = ()
    decline_reasons: tuple[_Code, ...] = ()
    segments: tuple[_Code, ...] = ()
    replies: tuple[_Reply, ...] = ()


def known_segments(folder: Path) -> set[str]:
    """Return the codes of segments that have a name."""
    return {one.code for one in read_toml(folder / CONSOLE_FILE, _ConsoleFile).segments}


def load_desk(folder: Path, set_up: HubSetUp, *, time_zone: str, low_score: int) -> DeskSetUp:
    """Read what the console shows and judges by; raise `CannotStart` naming file and line."""
    found = read_toml(folder / CONSOLE_FILE, _ConsoleFile)
    ratios = [queue.service_level_ratio for queue in set_up.files.queues.values()]
    return DeskSetUp(
        zone=ZoneInfo(time_zone),
        presence_reasons=[
            PresenceReason(presence=one.presence, code=one.code, label=one.label.model_dump())
            for one in found.presence_reasons
        ],
        decline_reasons=_labels(found.decline_reasons),
        segments=_labels(found.segments),
        skills=[
            CodeLabel(code=code, label=_both(name)) for code, name in set_up.files.skills.items()
        ],
        replies=_replies(found, set_up, folder / CONSOLE_FILE),
        outcomes=load_outcomes(
            folder, {code for queue in set_up.queues.values() for code in queue.dispositions}
        ),
        queue_channels=dict.fromkeys(set_up.queues, ("web_chat", "phone")),
        alerts=load_alerts(
            folder,
            set(set_up.queues),
            {one.code for one in found.presence_reasons if one.presence == "break"},
            target_ratio=min(ratios, default=0.8),
            low_score=low_score,
        ),
    )


def _labels(found: tuple[_Code, ...]) -> list[CodeLabel]:
    return [CodeLabel(code=one.code, label=one.label.model_dump()) for one in found]


def _replies(found: _ConsoleFile, set_up: HubSetUp, file: Path) -> list[SavedReply]:
    replies = [
        SavedReply(
            code=one.code,
            title=one.title.model_dump(),
            text=one.text.model_dump(),
            queues=one.queues,
            intents=one.intents,
        )
        for one in found.replies
    ]
    try:
        require_sound(replies, set_up.queues)
    except Invalid as error:
        raise CannotStart(ExitCode.SET_UP, f"{file}: reply {error.detail}") from None
    return replies
