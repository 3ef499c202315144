"""The assistant's promises, for any words and any state."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import core
from bot.core import State, Turn, answer
from bot.menu import MenuError, load
from hub.domain.steps import Ask, Finish, HandOff, Heard, Menu, Say, Step

FILE = Path(__file__).parents[3] / "config" / "bot" / "menu.toml"
QUEUES = ("cards", "payments", "loans", "premier", "messages", "complaints")
MENU = load(FILE, QUEUES)
CODES = [part.code for part in MENU.entries]

states = st.builds(
    State,
    misses=st.integers(0, 1),
    said=st.lists(st.text(max_size=20), max_size=5).map(tuple),
    given=st.lists(st.sampled_from(CODES), max_size=3).map(tuple),
    topic=st.sampled_from(["", *CODES]),
)
heards = st.builds(
    Heard,
    start=st.booleans(),
    text=st.one_of(st.none(), st.text(max_size=60), st.sampled_from(["my card", "几点开门"])),
    choice=st.one_of(st.none(), st.sampled_from([*CODES, core.PERSON, core.DONE, "nonsense"])),
)
languages = st.sampled_from(["en", "zh"])


def waits(step: Step) -> bool:
    return isinstance(step, Menu | Ask | HandOff | Finish)


@given(states, heards, languages)
def test_one_step_waits_at_most_and_it_is_the_last(
    state: State, heard: Heard, language: str
) -> None:
    _, steps = answer(Turn(MENU, language, state), heard)
    assert steps
    assert [waits(step) for step in steps] == [False] * (len(steps) - 1) + [True]


@given(states, languages, st.sampled_from(["a person please", "转人工", "我要找客服"]))
def test_a_request_for_a_person_is_met_at_once(state: State, language: str, words: str) -> None:
    _, steps = answer(Turn(MENU, language, state), Heard(text=words))
    assert isinstance(steps[-1], HandOff)


@given(states, heards)
def test_the_state_survives_being_kept(state: State, heard: Heard) -> None:
    after, _ = answer(Turn(MENU, "en", state), heard)
    assert State.read(json.loads(json.dumps(after.keep()))) == after


def test_the_first_words_say_that_it_is_a_bot_and_offer_a_person() -> None:
    for language, bot in (("en", "bot"), ("zh", "智能助手")):
        _, steps = answer(Turn(MENU, language), Heard(start=True))
        menu = steps[-1]
        assert isinstance(menu, Menu)
        assert bot in menu.text
        assert core.PERSON in [choice.value for choice in menu.choices]


def test_two_misses_hand_off_with_what_was_said() -> None:
    state, steps = answer(Turn(MENU, "en"), Heard(text="xyzzy"))
    assert isinstance(steps[-1], Menu)
    _, steps = answer(Turn(MENU, "en", state), Heard(text="plugh"))
    assert isinstance(steps[-1], HandOff)
    assert steps[-1].wants == "plugh"


def test_an_answer_is_given_and_remembered_for_the_colleague() -> None:
    state, steps = answer(Turn(MENU, "zh"), Heard(text="你们几点开门？"))
    assert isinstance(steps[0], Say)
    assert "9:00" in steps[0].text
    _, steps = answer(Turn(MENU, "zh", state), Heard(text="我的卡丢了"))
    handed = steps[-1]
    assert isinstance(handed, HandOff)
    assert (handed.queue_id, handed.wants) == ("cards", "我的卡丢了")
    assert handed.tried == ("营业时间",)


def test_a_wrong_file_names_line_and_remedy(tmp_path: Path) -> None:
    path = tmp_path / "menu.toml"
    path.write_text(FILE.read_text().replace('queue = "loans"', 'queue = "lones"'))
    with pytest.raises(MenuError, match=r"menu\.toml:\d+: there is no queue lones\. Use one of"):
        load(path, QUEUES)
    path.write_text(FILE.read_text().replace("again = { en", "agian = { en"))
    with pytest.raises(MenuError, match="agian"):
        load(path, QUEUES)
