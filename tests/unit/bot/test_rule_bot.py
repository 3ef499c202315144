from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.load import MenuFile, load_menu
from bot.menu import Menu as BotMenu
from bot.rule_bot import RuleBot
from bot.talk import DONE, PERSON, Mind, respond
from hub.domain.steps import Ask, Finish, HandOff, Heard, Menu, Say, Step
from hub.domain.switches import ALL_ON, Off

QUEUES = ("cards", "payments", "loans", "premier", "messages", "complaints")
FILE = Path(__file__).parents[3] / "config/bot/menu.toml"
MENU: BotMenu = load_menu(FILE, queues=QUEUES)
START = Heard(start=True, language="en")
IDS = [*(topic.id for topic in MENU.topics), *(answer.id for answer in MENU.answers)]


def talk(*heard: Heard | str, language: str = "en") -> list[Step]:
    """Play a talk from its start; returns the last answer."""
    mind, steps = respond(MENU, Mind(), Heard(start=True, language=language))
    for one in heard:
        said = Heard(text=one, language=language) if isinstance(one, str) else one
        mind, steps = respond(MENU, mind, said)
    return steps


def hand_off(steps: list[Step]) -> HandOff:
    assert isinstance(steps[-1], HandOff)
    return steps[-1]


def test_the_first_reply_says_it_is_a_bot_and_offers_a_person() -> None:
    for language, bot in (("en", "bot"), ("zh", "机器人")):
        (menu,) = talk(language=language)
        assert isinstance(menu, Menu)
        assert bot in menu.text
        assert menu.choices[-1].value == PERSON


def test_who_begins_with_words_is_greeted_and_answered_at_once() -> None:
    mind, steps = respond(MENU, Mind(), Heard(start=True, text="what are your opening hours"))
    assert isinstance(steps[0], Say)
    assert steps[0].text == MENU.greeting["en"]
    assert isinstance(steps[1], Say)
    assert "Saturday" in steps[1].text
    assert isinstance(steps[2], Menu)
    assert mind.tried == ("Opening hours",)


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("周末几点开门？", "周六"),
        ("湖滨路支行在哪里", "湖滨路16号"),
        ("Where is the Harbour Tower branch?", "Harbour Avenue"),
    ],
)
def test_hours_and_branches_are_answered_from_the_file(words: str, part: str) -> None:
    steps = talk(words)
    assert isinstance(steps[0], Say)
    assert part in steps[0].text
    assert isinstance(steps[-1], Menu)
    assert steps[-1].choices[-1].value == DONE


@pytest.mark.parametrize(
    ("words", "queue"),
    [
        ("I lost my card yesterday", "cards"),
        ("有一笔消费不是我刷的", "cards"),
        ("my transfer has not arrived", "payments"),
        ("房贷可以提前还款吗", "loans"),
        ("我要投诉", "complaints"),
    ],
)
def test_a_matter_is_asked_about_and_handed_to_its_queue(words: str, queue: str) -> None:
    assert isinstance(talk(words)[-1], Ask)
    given_to = hand_off(talk(words, "It was 3,280 yesterday at noon"))
    assert given_to.queue_id == queue
    assert given_to.wants == words
    assert given_to.collected["details"] == "It was 3,280 yesterday at noon"


def test_two_misses_lead_to_a_person_with_what_was_said() -> None:
    first = talk("purple elephants")
    assert isinstance(first[-1], Menu)
    given_to = hand_off(talk("purple elephants", "and green ones"))
    assert (given_to.queue_id, given_to.wants) == ("messages", "purple elephants")
    assert given_to.tried == ("Did not understand the question",)


def test_an_answer_forgives_a_miss() -> None:
    assert isinstance(talk("purple", "opening hours", "purple")[-1], Menu)


def test_the_customer_may_say_that_is_all() -> None:
    for end in (Heard(choice=DONE, text="That is all"), "no thanks", "没有了"):
        assert isinstance(talk("opening hours", end)[-1], Finish)


def test_the_language_follows_the_words_but_not_a_short_ok() -> None:
    first = talk("请问营业时间", language="en")[0]
    assert isinstance(first, Say)
    assert first.text == MENU.answers[0].text["zh"]
    steps = talk("请问营业时间", "OK")
    assert isinstance(steps[-1], Menu)
    assert steps[-1].text == MENU.not_understood["zh"]


HOURS_OFF = Off(errands=frozenset({"branch_hours"}))


def test_an_answer_whose_errand_is_off_is_refused_and_stands_on_no_menu() -> None:
    mind, first = respond(MENU, Mind(), START, HOURS_OFF)
    assert isinstance(first[0], Menu)
    assert {"hours", "branches"}.isdisjoint(one.value for one in first[0].choices)
    for heard in (Heard(text="opening hours"), Heard(choice="hours", text="Opening hours")):
        _, steps = respond(MENU, mind, heard, HOURS_OFF)
        assert steps[0] == Say(text=MENU.switched_off["en"])
        assert isinstance(steps[-1], Menu)
        assert PERSON in [one.value for one in steps[-1].choices]


def test_while_all_is_off_a_person_goes_on() -> None:
    off = Off(everything=True)
    mind, first = respond(MENU, Mind(), START, off)
    assert isinstance(first[0], Menu)
    assert [one.value for one in first[0].choices] == [PERSON]
    _, steps = respond(MENU, mind, Heard(text="my card was stolen"), off)
    assert hand_off(steps).queue_id == "cards"
    assert hand_off(steps).wants == "my card was stolen"
    assert hand_off(respond(MENU, mind, Heard(choice=PERSON), off)[1]).queue_id == "messages"


def test_a_word_inside_another_is_not_heard() -> None:
    assert isinstance(talk("discardable agentless wording")[-1], Menu)


async def test_the_shell_keeps_the_mind_as_json_values() -> None:
    class Visitor:
        contact_id, channel, language, identity_level = "con_1", "web_chat", "zh", 0
        off = ALL_ON

    bot = RuleBot(MENU)
    state, _ = await bot.turn(Visitor(), {}, Heard(start=True, language="zh"))
    state, steps = await bot.turn(Visitor(), state, Heard(text="挂失", language="zh"))
    assert isinstance(steps[-1], Ask)
    assert state["topic"] == "cards"
    assert all(isinstance(v, str | bool | int | list | None) for v in state.values())


WORDS = [*(w for t in MENU.topics for w in t.words[:2]), *MENU.person_words[:3], "purple", "你好"]
heard_things = st.one_of(
    st.builds(Heard, text=st.sampled_from(WORDS), language=st.sampled_from(["en", "zh"])),
    st.builds(Heard, text=st.text(max_size=40), language=st.sampled_from(["en", "zh"])),
    st.builds(Heard, choice=st.sampled_from([*IDS, PERSON, DONE, "bogus"]), text=st.just("label")),
)
talks = st.lists(heard_things, max_size=8)


def play(heard: list[Heard]) -> tuple[Mind, list[list[Step]]]:
    mind, steps = respond(MENU, Mind(), START)
    answers = [steps]
    for one in heard:
        mind, steps = respond(MENU, mind, one)
        answers.append(steps)
    return mind, answers


@given(talks)
def test_at_most_one_step_waits_and_it_is_the_last(heard: list[Heard]) -> None:
    for steps in play(heard)[1]:
        assert steps
        assert all(isinstance(step, Say) for step in steps[:-1])
        assert isinstance(steps[-1], Menu | Ask | HandOff | Finish)


@given(talks, st.sampled_from([*MENU.person_words, "I WANT A PERSON!", "请帮我转人工，谢谢"]))
def test_asking_for_a_person_works_from_every_state(heard: list[Heard], words: str) -> None:
    mind, _ = play(heard)
    for asked in (Heard(text=words), Heard(choice=PERSON, text="x")):
        assert isinstance(respond(MENU, mind, asked)[1][-1], HandOff)


@given(talks)
def test_a_state_survives_its_way_through_json(heard: list[Heard]) -> None:
    mind, _ = play(heard)
    assert Mind.from_state(mind.to_state()) == mind


def broken(tmp_path: Path, old: str, new: str) -> str:
    text = FILE.read_text("utf-8")
    assert old in text
    path = tmp_path / "menu.toml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(MenuFile) as caught:
        load_menu(path, queues=QUEUES)
    return caught.value.detail


def line_of(part: str) -> int:
    lines = FILE.read_text("utf-8").splitlines()
    return next(n for n, line in enumerate(lines, 1) if line.startswith(part))


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ('queue = "cards"', 'queue = "card"', "queue = \"cards\"", "there is no queue 'card'"),
        ('on_menu = false', 'on_menus = false', "on_menu = false", "unknown key 'on_menus'"),
        (
            'label = { en = "Cards", zh = "银行卡" }', 'label = { en = "Cards" }',
            "[topics.cards]", "both languages",
        ),
        ('"mortgage"', '"cards"', "[topics.loans]", "already means 'cards'"),
        ('"complaint"', '""', "[topics.complaints]", "empty word"),
        ("[done]", "[finished]", "", "no table [done]"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, line: str, told: str
) -> None:
    detail = broken(tmp_path, old, new)
    assert told in detail
    if line:
        number = int(next(x for x in detail.splitlines() if told in x).split(":")[1])
        assert 0 <= number - line_of(line) <= 8


def test_broken_toml_and_a_missing_file_are_told(tmp_path: Path) -> None:
    assert "not valid TOML" in broken(tmp_path, "[say]", "[say")
    with pytest.raises(MenuFile, match="put the file there"):
        load_menu(tmp_path / "nothing.toml", queues=QUEUES)
