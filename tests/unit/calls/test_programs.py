"""From Steps to programs: at most one step that waits, and it is the last."""

from hypothesis import given
from hypothesis import strategies as st

from hub.domain.calls import Gather, Gathered, MessageRecorded, PlaySounds, Prompt, WaitOver
from hub.domain.steps import Ask, Choice, Finish, HandOff, Menu, Say, Step, TakeMessage
from hub.journey.calls.programs import is_answer, turn_of

MENU = Menu(
    text="Menu", prompt="main",
    choices=(
        Choice(value="hours", label="Hours", key="1", words=("Opening", "hours")),
        Choice(value="person", label="Person", key="0"),
        Choice(value="page", label="Only on a page"),
    ),
)  # fmt: skip
STEPS = st.lists(
    st.sampled_from(
        [
            Say(text="One"), MENU, Ask(text="PIN", most_digits=6, is_sensitive=True),
            TakeMessage(text="Speak"), HandOff(queue_id="cards"), Finish(text="Bye"), Finish(),
        ]
    ),
    max_size=5,
)  # fmt: skip


def test_a_menu_is_gathered_after_what_is_said_before_it() -> None:
    turn = turn_of([Say(text="Hello", prompt="hi"), MENU], "zh")
    (gather,) = turn.program
    assert isinstance(gather, Gather)
    assert gather.sounds == (
        Prompt(text="Hello", language="zh", name="hi"),
        Prompt(text="Menu", language="zh", name="main"),
    )
    assert gather.words == ("Opening", "hours")
    assert gather.most_digits == 1
    assert turn.memory["keys"] == {"1": ["hours", "Hours"], "0": ["person", "Person"]}
    assert turn.memory["words"]["opening"] == ["hours", "Hours"]


def test_secret_digits_are_asked_for_as_such() -> None:
    turn = turn_of([Ask(text="PIN", most_digits=6, is_sensitive=True)], "en")
    (gather,) = turn.program
    assert isinstance(gather, Gather)
    assert (gather.is_sensitive, gather.most_digits, gather.words) == (True, 6, ())
    assert turn.memory == {"hidden": True}


def test_only_what_the_end_of_a_program_waits_for_is_an_answer() -> None:
    program = turn_of([MENU], "en").program
    assert is_answer(program, Gathered(leg_id="l", key="1"))
    assert not is_answer(program, WaitOver(leg_id="l", key="1"))
    assert not is_answer(program, MessageRecorded(leg_id="l", key="1", recording_id="r", seconds=1))
    assert not is_answer((), Gathered(leg_id="l", key="1"))


@given(STEPS)
def test_whatever_is_said_there_is_one_thing_to_wait_for_or_a_way_out(steps: list[Step]) -> None:
    turn = turn_of(steps, "en")
    if turn.way_out is not None:
        assert turn.program == ()
        return
    assert all(isinstance(step, PlaySounds) for step in turn.program[:-1])
    assert isinstance(turn.program[-1], (Gather, PlaySounds))
