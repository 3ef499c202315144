"""Who hears whom in a room: the mixer. Pure: 20 ms in, 20 ms out."""

from collections.abc import Mapping
from dataclasses import dataclass

from channels.phone.media.ulaw import SILENT, added
from hub.domain.calls import LegKind, RoomRole

EVERYBODY = ""
"""Name of the voice that plays to all in the room."""


@dataclass(slots=True)
class Seat:
    """One Leg in a room and what it may do."""

    kind: LegKind
    role: RoomRole = RoomRole.TALK
    coached_leg_id: str | None = None
    is_held: bool = False
    is_muted: bool = False

    @property
    def is_heard(self) -> bool:
        """Whether anybody at all hears it."""
        return not (self.is_held or self.is_muted or self.role is RoomRole.LISTEN)


class Room:
    """Legs that hear each other."""

    def __init__(self, room_id: str) -> None:
        self.room_id = room_id
        self.seats: dict[str, Seat] = {}

    def mix(self, said: Mapping[str, bytes], announced: bytes = SILENT) -> dict[str, bytes]:
        """Return what each Leg hears; held legs are left out, for theirs is music.

        `said` has a frame of each Leg; a coach is heard by the coached Leg only, and nobody hears
        himself. `announced` goes to all.
        """
        talking = {
            leg_id: frame
            for leg_id, seat in self.seats.items()
            if (frame := said.get(leg_id, SILENT)) is not SILENT
            and seat.is_heard
            and seat.role is RoomRole.TALK
        }
        if announced is not SILENT:
            talking[EVERYBODY] = announced
        heard = {
            leg_id: [frame for other, frame in talking.items() if other != leg_id]
            for leg_id, seat in self.seats.items()
            if not seat.is_held
        }
        for leg_id, seat in self.seats.items():
            frame = said.get(leg_id, SILENT)
            if seat.role is RoomRole.COACH and seat.is_heard and frame is not SILENT:
                heard.get(seat.coached_leg_id or "", []).append(frame)
        return {leg_id: added(*frames) for leg_id, frames in heard.items()}

    def sides(self, said: Mapping[str, bytes]) -> tuple[bytes, bytes]:
        """Return customer and bank as they are recorded: no whispers, nobody on hold."""
        customer: list[bytes] = []
        bank: list[bytes] = []
        for leg_id, seat in self.seats.items():
            frame = said.get(leg_id, SILENT)
            if seat.is_heard and seat.role is RoomRole.TALK and frame is not SILENT:
                (customer if seat.kind is LegKind.CUSTOMER else bank).append(frame)
        return added(*customer), added(*bank)
