"""Who can serve what, worked out once per kind of contact and kind of agent.

A `ContactClass` is what a contact asks (queue, overflow queues, channel, requirements); a `Stand`
is what an agent can take right now (queues, skills, channels with room). Both are few while
contacts and agents are many. Each side keeps what suits it as an int bitset, for "is there any?",
and as bytes, for fast look-ups while walking a board.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from hub.domain.routing import Requirement
from routing.board import Line

_DIGITS = bytes.maketrans(b"01", b"\x00\x01")
MANY = 32
"""From so many newly made ones on, asking for all of them anew is cheaper than for each."""
Key = TypeVar("Key")
ClassKey = tuple[str, tuple[str, ...], str, tuple[Requirement, ...]]
StandKey = tuple[tuple[str, ...], tuple[Requirement, ...], tuple[str, ...]]


@dataclass(slots=True, eq=False)
class ContactClass:
    """Contacts that the same agents can serve; they wait in one line."""

    index: int
    queue_id: str
    overflows: tuple[str, ...]
    channel: str
    requirements: tuple[Requirement, ...]
    line: Line
    suits: int = 0
    """One bit per Stand that can serve this class."""
    row: bytearray = field(default_factory=bytearray)


@dataclass(slots=True, eq=False)
class Stand:
    """Agents who can take the same contacts right now; the idle ones wait in one line."""

    index: int
    queues: tuple[str, ...]
    skills: tuple[Requirement, ...]
    channels: tuple[str, ...]
    line: Line
    suits: int = 0
    """One bit per ContactClass that this stand can serve."""
    row: bytearray = field(default_factory=bytearray)

    levels: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        ordered = sorted((own.level, own.skill) for own in self.skills)
        self.levels = {skill: level for level, skill in ordered}

    def is_within(self, other: "Stand") -> bool:
        """Say whether who stands here can take nothing that the other could not."""
        if self is other:
            return True
        same = self.queues == other.queues and self.skills == other.skills
        return same and set(self.channels) <= set(other.channels)


class Classes:
    """The table of classes and stands. Who suits whom is worked out when it is next asked."""

    def __init__(self) -> None:
        self.classes: list[ContactClass] = []
        self.class_lines: list[Line] = []
        self.stands: list[Stand] = []
        self.stand_lines: list[Line] = []
        self._class_of: dict[ClassKey, ContactClass] = {}
        self._stand_of: dict[StandKey, Stand] = {}
        self._skilled: dict[str, dict[int, int]] = {}
        self._works_for: dict[str, int] = {}
        self._open_for: dict[str, int] = {}
        self._needing: dict[tuple[str, int], int] = {}
        self._served_by: dict[str, int] = {}
        self._coming_by: dict[str, int] = {}

    def class_for(self, key: ClassKey) -> ContactClass:
        """Return the class of this (queue, overflow queues, channel, requirements)."""
        found = self._class_of.get(key)
        if found is None:
            found = self._class_of[key] = self._new_class(key)
        return found

    def stand_for(self, key: StandKey) -> Stand:
        """Return the stand of these (queues, skills with levels, channels with room)."""
        found = self._stand_of.get(key)
        if found is None:
            found = self._stand_of[key] = self._new_stand(key)
        return found

    def bring_up(self, one: ContactClass | Stand) -> None:
        """Let `one` know of whatever was added on the other side since it last looked.

        What is new over there was told of everything that stood here when it was made.
        """
        others = self.stands if isinstance(one, ContactClass) else self.classes
        if len(others) - len(one.row) > MANY:
            self._ask_anew(one)
            return
        for other in others[len(one.row) :]:
            fits = other.suits >> one.index & 1
            one.row.append(fits)
            one.suits |= fits << other.index

    def _ask_anew(self, one: ContactClass | Stand) -> None:
        """Work out at once what suits `one`: of many that are new, each by itself costs more."""
        if isinstance(one, ContactClass):
            one.suits, count = self._stands_for(one), len(self.stands)
        else:
            one.suits, count = self._classes_for(one), len(self.classes)
        one.row = _bytes_of(one.suits, count)

    def _new_class(self, key: ClassKey) -> ContactClass:
        queue_id, overflows, channel, requirements = key
        made = ContactClass(len(self.classes), queue_id, overflows, channel, requirements, Line())
        self.classes.append(made)
        self.class_lines.append(made.line)
        bit = 1 << made.index
        _mark(self._served_by, (queue_id, *overflows), bit)
        _mark(self._coming_by, (channel,), bit)
        _mark(self._needing, ((r.skill, r.level) for r in requirements), bit)
        made.suits = self._stands_for(made)
        made.row = _bytes_of(made.suits, len(self.stands))
        return made

    def _new_stand(self, key: StandKey) -> Stand:
        queues, skills, channels = key
        made = Stand(len(self.stands), queues, skills, channels, Line())
        self.stands.append(made)
        self.stand_lines.append(made.line)
        bit = 1 << made.index
        _mark(self._works_for, queues, bit)
        _mark(self._open_for, channels, bit)
        for own in skills:
            _mark(self._skilled.setdefault(own.skill, {}), (own.level,), bit)
        made.suits = self._classes_for(made)
        made.row = _bytes_of(made.suits, len(self.classes))
        return made

    def _stands_for(self, cls: ContactClass) -> int:
        suits = _any_of(self._works_for, (cls.queue_id, *cls.overflows))
        suits &= self._open_for.get(cls.channel, 0)
        for need in cls.requirements:
            if need.level > 0:
                suits &= self._able(need)
        return suits

    def _classes_for(self, stand: Stand) -> int:
        suits = _any_of(self._served_by, stand.queues)
        suits &= _any_of(self._coming_by, stand.channels)
        have = stand.levels
        for (skill, least), classes in self._needing.items():
            if have.get(skill, 0) < least:
                suits &= ~classes
        return suits

    def _able(self, need: Requirement) -> int:
        levels = self._skilled.get(need.skill, {})
        bits = 0
        for level, stands in levels.items():
            if level >= need.level:
                bits |= stands
        return bits


def _bytes_of(bits: int, count: int) -> bytearray:
    """Return one byte, 0 or 1, for each of the lowest `count` bits, lowest first."""
    if not count:
        return bytearray()
    return bytearray(format(bits, f"0{count}b")[::-1].encode().translate(_DIGITS))


def _any_of(table: dict[str, int], keys: Iterable[str]) -> int:
    bits = 0
    for key in keys:
        bits |= table.get(key, 0)
    return bits


def _mark(table: dict[Key, int], keys: Iterable[Key], bit: int) -> None:
    for key in keys:
        table[key] = table.get(key, 0) | bit
