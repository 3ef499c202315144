"""Programs of a Leg: prompts, keys, waiting, voicemail. Prompts are tones, see `ToneLibrary`."""

from pathlib import Path

import pytest

from channels.phone.media.commands import answer
from hub.domain import calls
from hub.domain.calls import Gather, LegKind, Music, PlaySounds, Prompt, Wait
from tests.support.tones import FakeLine
from tests.unit.phone.test_media_rooms import Floor

PROMPT, OTHER, MUSIC = 2000.0, 1500.0, 300.0
WORDS = (Prompt(text="2000", language="en"),)
MORE = (Prompt(text="1500", language="en"),)


@pytest.fixture
def floor(tmp_path: Path) -> Floor:
    return Floor(tmp_path)


def told(line: FakeLine) -> set[float]:
    return line.told(PROMPT, OTHER, MUSIC)


def test_prompts_are_played_in_order_with_captions_then_the_hub_is_asked(floor: Floor) -> None:
    line = floor.come("a", 400.0, LegKind.CUSTOMER, PlaySounds(sounds=(*WORDS, *MORE)))
    floor.run(0.4)
    first = told(line)
    floor.run(0.2)
    line.heard.clear()
    floor.run(0.3)
    assert (first, told(line)) == ({PROMPT}, {OTHER})
    floor.run(0.2)
    assert [event.seq for event in floor.told(calls.ProgramEnded)] == [2]
    captions = [note["text"] for _, note in floor.notes if note["type"] == "caption"]
    assert captions == ["2000", "1500"]


def test_a_key_ends_the_prompt(floor: Floor) -> None:
    line = floor.come("a", 400.0, LegKind.CUSTOMER, Gather(sounds=WORDS, most_digits=2))
    floor.run(0.1)
    floor.board.leg("a").press("1")
    line.heard.clear()
    floor.run(0.2)
    assert told(line) == set()
    floor.board.leg("a").press("2")
    assert [event.digits for event in floor.told(calls.Gathered)] == ["12"]


@pytest.mark.parametrize(
    ("gather", "keys", "digits"),
    [
        (Gather(most_digits=8), "12#", "12"),
        (Gather(most_digits=8, finish_on=""), "1#2", "1#2"),
        (Gather(most_digits=1), "#", "#"),
        (Gather(most_digits=3), "123456", "123"),
        (Gather(most_digits=4), "", ""),
    ],
)
def test_keys_end_by_number_by_key_or_by_time(
    floor: Floor, gather: Gather, keys: str, digits: str
) -> None:
    floor.come("a", 400.0, LegKind.CUSTOMER, gather)
    floor.run(0.1)
    for key in keys:
        floor.board.leg("a").press(key)
    floor.run(7)
    assert [event.digits for event in floor.told(calls.Gathered)] == [digits]


def test_the_answer_to_a_question_is_the_next_program_unless_the_leg_went_on(
    floor: Floor,
) -> None:
    line = floor.come("a", 400.0, LegKind.CUSTOMER, Gather())
    floor.run(0.1)
    floor.board.leg("a").press("1")
    (asked,) = floor.told(calls.Gathered)
    leg = floor.board.leg("a")
    assert answer(leg, asked.key, (PlaySounds(sounds=WORDS),))
    line.heard.clear()
    floor.run(0.3)
    assert told(line) == {PROMPT}
    assert not answer(leg, asked.key, (PlaySounds(sounds=MORE),))
    assert not answer(None, asked.key, ())


def test_waiting_asks_at_the_end_of_its_sounds_and_music_goes_on(floor: Floor) -> None:
    wait = Wait(sounds=(*WORDS, Music(seconds=1.0)), keys="1")
    line = floor.come("a", 400.0, LegKind.CUSTOMER, wait)
    floor.run(1.6)
    assert len(floor.told(calls.WaitOver)) == 1
    line.heard.clear()
    floor.run(1)
    assert told(line) == {MUSIC}
    assert len(floor.told(calls.WaitOver)) == 1


def test_waiting_takes_its_keys_only(floor: Floor) -> None:
    floor.come("a", 400.0, LegKind.CUSTOMER, Wait(sounds=(Music(seconds=9),), keys="19"))
    floor.run(0.1)
    for key in "279":
        floor.board.leg("a").press(key)
    assert [event.digits for event in floor.told(calls.Gathered)] == ["9"]


def test_a_hub_that_takes_long_is_waited_for_with_music(floor: Floor) -> None:
    line = floor.come("a", 400.0, LegKind.CUSTOMER, PlaySounds(sounds=WORDS))
    floor.run(4)
    line.heard.clear()
    floor.run(0.5)
    assert told(line) == {MUSIC}


def test_a_voicemail_ends_by_silence_and_is_kept(floor: Floor, tmp_path: Path) -> None:
    record = calls.RecordMessage(recording_id="vm_1", silence_seconds=1.0)
    line = floor.come("a", 400.0, LegKind.CUSTOMER, record)
    floor.run(2)
    line._frames = FakeLine()._frames
    floor.run(1.2)
    (done,) = floor.told(calls.MessageRecorded)
    assert done.seconds == pytest.approx(1.7, abs=0.1)
    assert (tmp_path / done.ref).exists()


def test_a_voicemail_of_silence_is_none(floor: Floor) -> None:
    record = calls.RecordMessage(recording_id="vm_1", silence_seconds=1.0)
    line = FakeLine()
    floor.board.connect(floor.board.open("a", LegKind.CUSTOMER, (record,)), line)
    floor.run(2)
    (done,) = floor.told(calls.MessageRecorded)
    assert (done.seconds, done.ref) == (0.0, "")


def test_hanging_up_in_a_voicemail_keeps_it(floor: Floor) -> None:
    record = calls.RecordMessage(recording_id="vm_1")
    floor.come("a", 400.0, LegKind.CUSTOMER, record)
    floor.run(2)
    floor.do(calls.EndLeg, leg_id="a")
    assert [type(event).__name__ for event in floor.events] == [
        "LegAnswered",
        "MessageRecorded",
        "LegEnded",
    ]


def test_words_then_hanging_up(floor: Floor) -> None:
    floor.come("a", 400.0, LegKind.CUSTOMER, PlaySounds(sounds=WORDS), calls.HangUp())
    floor.run(0.4)
    assert floor.board.legs
    floor.run(0.3)
    assert [event.cause for event in floor.told(calls.LegEnded)] == [calls.EndCause.HUNG_UP]


def test_events_of_a_leg_are_numbered_and_their_keys_differ(floor: Floor) -> None:
    floor.come("a", 400.0, LegKind.CUSTOMER, calls.EnterRoom(room_id="r"))
    floor.run(0.1)
    floor.do(calls.EndLeg, leg_id="a")
    assert [event.seq for event in floor.events] == [1, 2, 3, 4]
    assert len({event.key for event in floor.events}) == 4
