"""Who hears whom, by tone: caller 400 Hz, agent 700, second agent 1000, supervisor 1300."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from channels.phone.media.commands import Commands, answer
from channels.phone.media.switchboard import AWAY_FRAMES, PHASES, Switchboard
from channels.phone.media.tape import HEADER_BYTES
from channels.phone.media.ulaw import encode
from hub.domain import calls
from hub.domain.calls import EnterRoom, LegKind, RoomRole
from hub.domain.errors import Refused
from tests.support.tones import FakeLine, FolderShelf, ToneLibrary, heard, tone

CALLER, AGENT, SECOND, SUPERVISOR, MUSIC, PROMPT = 400.0, 700.0, 1000.0, 1300.0, 300.0, 2000.0
EVERYTHING = (CALLER, AGENT, SECOND, SUPERVISOR, MUSIC, PROMPT)


class Floor:
    """A switchboard with people on lines."""

    def __init__(self, folder: Path) -> None:
        self.events: list[calls.LegEvent] = []
        self.notes: list[tuple[str, dict[str, Any]]] = []
        self.board = Switchboard(
            ToneLibrary(),
            FolderShelf(folder),
            emit=self.events.append,
            note=lambda leg, note: self.notes.append((leg.leg_id, note)),
            most_legs=10,
        )
        self.commands = Commands(self.board)
        self._count = 0

    def come(self, leg_id: str, hz: float, kind: LegKind, *program: calls.CallStep) -> FakeLine:
        line = FakeLine(hz)
        self.board.connect(self.board.open(leg_id, kind, program), line)
        return line

    def do(self, command: Any, /, **fields: Any) -> None:
        self._count += 1
        self.commands.carry_out(command(command_id=f"c{self._count}", **fields))

    def run(self, seconds: float = 0.5) -> None:
        for _ in range(int(seconds * 50)):
            for phase in range(PHASES):
                self.board.tick(phase)

    def told(self, kind: type[calls.LegEvent]) -> list[Any]:
        return [event for event in self.events if isinstance(event, kind)]


@pytest.fixture
def floor(tmp_path: Path) -> Floor:
    return Floor(tmp_path)


@pytest.fixture
def talk(floor: Floor) -> tuple[FakeLine, FakeLine]:
    lines = (
        floor.come("caller", CALLER, LegKind.CUSTOMER, EnterRoom(room_id="r")),
        floor.come("agent", AGENT, LegKind.AGENT, EnterRoom(room_id="r")),
    )
    floor.run(0.2)
    for line in lines:
        line.heard.clear()
    return lines


def test_two_hear_each_other_and_not_themselves(
    floor: Floor, talk: tuple[FakeLine, FakeLine]
) -> None:
    floor.run()
    caller, agent = talk
    assert (caller.told(*EVERYTHING), agent.told(*EVERYTHING)) == ({AGENT}, {CALLER})


def test_hold_plays_music_to_the_held_and_silence_to_the_other(
    floor: Floor, talk: tuple[FakeLine, FakeLine]
) -> None:
    floor.do(calls.Hold, room_id="r", leg_id="caller", is_on=True)
    floor.run()
    assert [line.told(*EVERYTHING) for line in talk] == [{MUSIC}, set()]
    floor.do(calls.Hold, room_id="r", leg_id="caller", is_on=False)
    floor.run()
    assert [line.told(*EVERYTHING) for line in talk] == [{AGENT}, {CALLER}]


def test_the_muted_hear_and_are_not_heard(floor: Floor, talk: tuple[FakeLine, FakeLine]) -> None:
    floor.do(calls.Mute, room_id="r", leg_id="agent", is_on=True)
    floor.run()
    assert [line.told(*EVERYTHING) for line in talk] == [set(), {CALLER}]


def test_three_talk(floor: Floor, talk: tuple[FakeLine, FakeLine]) -> None:
    second = floor.come("second", SECOND, LegKind.AGENT, EnterRoom(room_id="r"))
    floor.run()
    assert [line.told(*EVERYTHING) for line in (*talk, second)] == [
        {AGENT, SECOND},
        {CALLER, SECOND},
        {CALLER, AGENT},
    ]


def test_warm_transfer_leaves_caller_and_second_agent(
    floor: Floor, talk: tuple[FakeLine, FakeLine]
) -> None:
    caller, agent = talk
    floor.do(calls.Hold, room_id="r", leg_id="caller", is_on=True)
    second = floor.come("second", SECOND, LegKind.AGENT, EnterRoom(room_id="r"))
    floor.run()
    consulting = [line.told(*EVERYTHING) for line in (caller, agent, second)]
    floor.do(calls.Hold, room_id="r", leg_id="caller", is_on=False)
    floor.do(calls.EndLeg, leg_id="agent")
    floor.run()
    after = [line.told(*EVERYTHING) for line in (caller, agent, second)]
    assert consulting == [{MUSIC}, {SECOND}, {AGENT}]
    assert after == [{SECOND}, set(), {CALLER}]


def test_listener_is_not_heard_coach_by_the_agent_only_then_by_all(
    floor: Floor, talk: tuple[FakeLine, FakeLine]
) -> None:
    enter = EnterRoom(room_id="r", role=RoomRole.LISTEN)
    line = floor.come("boss", SUPERVISOR, LegKind.SUPERVISOR, enter)
    floor.run(0.1)
    told = []
    for role in (RoomRole.LISTEN, RoomRole.COACH, RoomRole.TALK):
        floor.do(calls.SetRole, room_id="r", leg_id="boss", role=role, coached_leg_id="agent")
        floor.run()
        told.append([one.told(*EVERYTHING) for one in (*talk, line)])
    both = {CALLER, AGENT}
    assert told[0] == [{AGENT}, {CALLER}, both]
    assert told[1] == [{AGENT}, {CALLER, SUPERVISOR}, both]
    assert told[2] == [{AGENT, SUPERVISOR}, {CALLER, SUPERVISOR}, both]


def test_recording_has_two_sides_and_no_paused_span_and_no_whisper(
    floor: Floor, talk: tuple[FakeLine, FakeLine], tmp_path: Path
) -> None:
    coach = EnterRoom(room_id="r", role=RoomRole.COACH, coached_leg_id="agent")
    floor.come("boss", SUPERVISOR, LegKind.SUPERVISOR, coach)
    record = {"recording_id": "rec_1", "room_id": "r"}
    floor.do(calls.Record, action="start", **record)
    floor.run(1)
    floor.do(calls.Record, action="pause", **record)
    second = floor.come("second", SECOND, LegKind.AGENT, EnterRoom(room_id="r"))
    floor.run(1)
    assert second.told(*EVERYTHING) == {CALLER, AGENT}
    floor.do(calls.EndLeg, leg_id="second")
    floor.do(calls.Record, action="resume", **record)
    floor.run(1)
    floor.do(calls.CloseRoom, room_id="r")

    (ready,) = floor.told(calls.RecordingReady)
    assert (ready.leg_id, ready.seconds, ready.ref) == ("caller", 2.0, "rec_1.wav")
    assert ready.paused == ((1.0, 2.0),)
    sides = np.frombuffer((tmp_path / ready.ref).read_bytes()[HEADER_BYTES:], "<i2").reshape(-1, 2)
    left, right = (encode(np.ascontiguousarray(sides[:, side])) for side in (0, 1))
    assert (heard(left, *EVERYTHING), heard(right, *EVERYTHING)) == ({CALLER}, {AGENT})


def test_recording_is_shut_while_the_customer_presses_secret_keys(
    floor: Floor, talk: tuple[FakeLine, FakeLine]
) -> None:
    floor.do(calls.Record, action="start", recording_id="rec_1", room_id="r")
    floor.run(1)
    secret = calls.Gather(most_digits=4, is_sensitive=True)
    floor.do(calls.RunProgram, leg_id="caller", program=(secret,))
    floor.run(1)
    for key in "1234":
        floor.board.leg("caller").press(key)
    floor.run(0.1)
    back = (EnterRoom(room_id="r"),)
    assert answer(floor.board.leg("caller"), floor.told(calls.Gathered)[0].key, back)
    floor.run(0.9)
    floor.do(calls.CloseRoom, room_id="r")
    (ready,) = floor.told(calls.RecordingReady)
    ((start, end),) = ready.paused
    assert start == pytest.approx(1.0, abs=0.05)
    assert end == pytest.approx(2.0, abs=0.05)
    assert "1234" not in repr(floor.notes)


def test_closing_a_room_hangs_up_all_in_it(floor: Floor, talk: tuple[FakeLine, FakeLine]) -> None:
    floor.do(calls.CloseRoom, room_id="r")
    assert {event.leg_id for event in floor.told(calls.LegEnded)} == {"caller", "agent"}
    assert not floor.board.legs
    assert not floor.board.rooms


def test_a_command_is_carried_out_once(floor: Floor, talk: tuple[FakeLine, FakeLine]) -> None:
    hold = calls.Hold(command_id="x", room_id="r", leg_id="caller", is_on=True)
    floor.commands.carry_out(hold)
    floor.do(calls.Hold, room_id="r", leg_id="caller", is_on=False)
    floor.commands.carry_out(hold)
    floor.run()
    assert talk[0].told(*EVERYTHING) == {AGENT}


def test_a_line_that_stays_away_ends_its_leg_as_lost(
    floor: Floor, talk: tuple[FakeLine, FakeLine]
) -> None:
    talk[1].is_up = False
    floor.run((AWAY_FRAMES - 10) / 50)
    assert not floor.told(calls.LegEnded)
    floor.run(1)
    (ended,) = floor.told(calls.LegEnded)
    assert (ended.leg_id, ended.cause) == ("agent", calls.EndCause.LOST)


def test_a_phone_that_comes_back_goes_on_with_its_leg(floor: Floor) -> None:
    first, second = FakeLine(AGENT), FakeLine(SECOND)
    caller = floor.come("caller", CALLER, LegKind.CUSTOMER, EnterRoom(room_id="r"))
    floor.board.phone_up("usr_1", first)
    dial = {"leg_id": "agent", "kind": LegKind.AGENT, "program": (EnterRoom(room_id="r"),)}
    floor.do(calls.Dial, address="agent:usr_1", **dial)
    floor.run(0.2)
    first.is_up = False
    floor.run(2)
    floor.board.phone_up("usr_1", second)
    caller.heard.clear()
    floor.run()
    assert caller.told(*EVERYTHING) == {SECOND}
    assert not floor.told(calls.LegEnded)


def test_a_phone_that_is_not_there_does_not_answer(floor: Floor) -> None:
    dial = {"leg_id": "agent", "kind": LegKind.AGENT, "ring_seconds": 1.0}
    floor.do(calls.Dial, address="agent:usr_1", **dial)
    floor.do(calls.Dial, address="pstn:+85229990000", **{**dial, "leg_id": "outside"})
    floor.run(1.2)
    ends = {event.leg_id: event.cause for event in floor.told(calls.LegEnded)}
    assert ends == {"outside": calls.EndCause.FAILED, "agent": calls.EndCause.NO_ANSWER}


def test_more_legs_than_allowed_are_refused(floor: Floor) -> None:
    for number in range(10):
        floor.board.open(f"l{number}", LegKind.CUSTOMER, ())
    with pytest.raises(Refused, match="engine_full"):
        floor.board.open("l10", LegKind.CUSTOMER, ())


def test_words_to_a_room_are_heard_by_all_and_to_one_by_one(
    floor: Floor, talk: tuple[FakeLine, FakeLine]
) -> None:
    words = (calls.Prompt(text=str(int(PROMPT)), language="en"),)
    floor.do(calls.PlayInRoom, room_id="r", sounds=words)
    floor.run()
    assert [line.told(*EVERYTHING) for line in talk] == [{AGENT, PROMPT}, {CALLER, PROMPT}]
    floor.do(calls.PlayInRoom, room_id="r", sounds=words, leg_id="caller")
    floor.run()
    assert [line.told(*EVERYTHING) for line in talk] == [{PROMPT}, {CALLER}]


def test_keys_sent_to_a_leg_are_heard_by_it(floor: Floor, talk: tuple[FakeLine, FakeLine]) -> None:
    floor.do(calls.SendDigits, leg_id="caller", digits="5")
    floor.run(0.1)
    assert talk[0].told(770.0, 1336.0, AGENT) == {770.0, 1336.0}


def test_tones_are_told_apart() -> None:
    assert heard(tone(CALLER), *EVERYTHING) == {CALLER}
