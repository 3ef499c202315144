"""The demo bank's main line, walked as callers walk it."""

import json

import pytest

from hub.domain.states import IdentityLevel
from hub.domain.steps import Ask, Do, Finish, HandOff, Heard, Menu, Say, Step, TakeMessage
from ivr.walk.state import Scene
from tests.support.phone_flows import OPEN, QUEUES, Caller, bank_flow

PIN = "739201"


def at_menu(language: str = "en", scene: Scene = OPEN) -> Caller:
    """A caller in the main menu."""
    caller = Caller(bank_flow(), scene)
    caller.gets(ok="yes", known="yes")
    caller.presses("1" if language == "en" else "2")
    caller.gets(ok="yes")
    caller.gets(ok="no", code="proof_needed", text="Please identify yourself.")
    return caller


def last(steps: list[Step], kind: type[Step]) -> Step:
    assert isinstance(steps[-1], kind), steps
    return steps[-1]


def words(steps: list[Step]) -> str:
    return " ".join(str(getattr(one, "text", "")) for one in steps)


def test_both_languages_are_offered_each_in_its_own_voice() -> None:
    caller = Caller(bank_flow())
    assert caller.heard == [Do(command="know_caller")]
    steps = caller.gets(ok="yes", known="no")
    assert [(one.text, one.language) for one in steps if isinstance(one, Say)][1:] == [
        ("For English, press 1.", "en"),
        ("中文服务请按2。", "zh"),
    ]
    assert caller.presses("2") == [Do(command="set_language", arguments={"language": "zh"})]
    caller.gets(ok="yes")
    menu = last(caller.gets(ok="no", code="none"), Menu)
    assert isinstance(menu, Menu)
    assert menu.language == "zh"
    assert "挂失请按1" in menu.text
    assert menu.choices[0].label == "银行卡挂失"


def test_who_has_an_open_case_hears_it_unasked_and_others_hear_nothing_of_it() -> None:
    caller = Caller(bank_flow())
    caller.gets(ok="yes", known="yes")
    caller.presses("1")
    caller.gets(ok="yes")
    steps = caller.gets(ok="yes", text="Case C-1 is being worked on.")
    assert steps[0] == Say(text="Case C-1 is being worked on.", language="en")
    assert "identify" not in words(at_menu().heard)


def test_a_lost_card_is_blocked_in_the_night_with_pin_and_confirmation() -> None:
    night = Scene(open_queues=frozenset({"cards", "payments", "premier", "messages"}))
    caller = at_menu(scene=night)
    ask = last(caller.presses("1", "1"), Ask)
    assert isinstance(ask, Ask)
    assert (ask.is_sensitive, ask.most_digits) == (True, 6)
    assert caller.presses(PIN) == [Do(command="check_pin", arguments={"digits": PIN})]
    thanked = caller.gets(ok="yes", text="Thank you.")
    assert thanked == [Say(text="Thank you.", language="en"), Do(command="cards")]
    steps = caller.gets(
        ok="yes", count="2", card_1_id="crd_1", card_1_tail="4417",
        card_1_text="Your debit card ending in 4417.", card_2_id="crd_2", card_2_tail="9021",
        card_2_text="Your credit card ending in 9021.",
    )  # fmt: skip
    menu = last(steps, Menu)
    assert isinstance(menu, Menu)
    assert "ending in 9021. To block it, press 2." in menu.text
    assert [one.key for one in menu.choices] == ["1", "2", "0", "*", "#"]
    confirm = words(caller.presses("2"))
    assert "ending in 9021" in confirm
    block = Do(command="block_card", arguments={"card_id": "crd_2", "reason": "lost"})
    assert caller.presses("1") == [block]
    assert "It is blocked." in words(caller.gets(ok="yes", text="It is blocked."))
    # What was done is not done again by the key that repeats.
    assert not any(isinstance(one, Do) for one in caller.presses("#"))


def test_a_pin_is_in_no_state_and_three_wrong_ones_lead_to_a_person() -> None:
    caller = at_menu()
    caller.presses("2")
    for tries_left in ("2", "1"):
        caller.presses(PIN)
        assert PIN not in json.dumps(caller.walk.to_state())
        steps = caller.gets(
            ok="no", code="wrong", locked="no", tries_left=tries_left, text="Wrong."
        )  # fmt: skip
        assert isinstance(steps[-1], Ask)
    caller.presses(PIN)
    steps = caller.gets(ok="no", code="locked", locked="yes", tries_left="0", text="Locked.")
    assert isinstance(steps[-1], HandOff)
    assert steps[-1].queue_id == "messages"
    assert PIN not in json.dumps(caller.walk.to_state())


def test_who_proved_before_is_not_asked_again_and_the_agent_learns_what_was_answered() -> None:
    known = Scene(open_queues=frozenset(QUEUES), identity_level=IdentityLevel.PROVED)
    caller = at_menu(scene=known)
    last(caller.presses("2"), Menu)
    assert caller.presses("1") == [Do(command="balance")]
    caller.gets(ok="yes", text="Your balance is 100.")
    assert caller.presses("#") == [Do(command="balance")]
    caller.gets(ok="yes", text="Your balance is 100.")
    hand_off = last(caller.presses("0"), HandOff)
    assert isinstance(hand_off, HandOff)
    assert hand_off.tried == ("Balance",)
    assert "100" not in json.dumps(caller.walk.to_state())


def test_who_chose_a_language_before_is_not_asked_again_and_can_change_it() -> None:
    caller = Caller(bank_flow())
    assert caller.gets(ok="yes", known="no", language="zh")[-1] == Do(command="case_state")
    assert "挂失请按1" in words(caller.gets(ok="no", code="none"))
    assert "For English, press 1." in words(caller.presses("9"))


@pytest.mark.parametrize("turns", [3, 6])
def test_a_path_without_keys_leads_to_a_person(turns: int) -> None:
    caller = at_menu()
    for _ in range(turns):
        if not isinstance(caller.presses("")[-1], Menu):
            break
    hand_off = last(caller.heard, HandOff)
    assert isinstance(hand_off, HandOff)
    assert hand_off.queue_id == "messages"


def test_star_goes_back_and_back_again() -> None:
    caller = at_menu()
    caller.presses("3")
    lost = words(caller.presses("1"))
    assert "block your card now" in lost
    assert "do not recognise" in words(caller.presses("*"))
    assert "For a lost or stolen card, press 1. For your balance" in words(caller.presses("*"))


@pytest.mark.parametrize(
    ("language", "said", "then"),
    [
        ("en", "I lost my card yesterday", "block your card now"),
        ("zh", "我要挂失", "自助挂失请按1"),
        ("en", "a mortgage please", "home loans"),
        ("zh", "转人工", "人工坐席"),
        ("en", "five", "home loans"),
    ],
)
def test_words_lead_as_keys_do(language: str, said: str, then: str) -> None:
    assert then in words(at_menu(language).says(said))


def test_words_that_mean_nothing_are_a_miss_not_a_guess() -> None:
    steps = at_menu().says("the scarf is discarded")
    assert words(steps).startswith("That is not one of the choices.")


def test_outside_hours_loans_offer_a_callback_or_a_message() -> None:
    caller = at_menu(scene=Scene(open_queues=frozenset({"cards"})))
    assert "not in now" in words(caller.presses("5"))
    assert caller.presses("1") == [Do(command="offer_callback")]
    steps = caller.gets(ok="no", code="no_number", text="We do not see your number.")
    assert isinstance(steps[-1], TakeMessage)


def test_a_callback_is_promised_and_the_call_can_end() -> None:
    caller = at_menu()
    caller.presses("8")
    assert "We will call you." in words(caller.gets(ok="yes", text="We will call you."))
    assert isinstance(caller.presses("2")[-1], Finish)


def test_a_topic_picked_on_the_page_skips_the_main_menu() -> None:
    caller = Caller(bank_flow(), choice="cards")
    caller.gets(ok="yes", known="no")
    caller.presses("1")
    caller.gets(ok="yes")
    assert "do not recognise" in words(caller.gets(ok="no", code="none"))


def test_texts_of_the_hub_are_said_as_they_are() -> None:
    caller = at_menu()
    caller.presses("6")
    text = "Open {card_1_id} <Say>now</Say> & later."
    assert caller.gets(ok="yes", text=text)[0] == Say(text=text, language="en")


def test_a_pin_flow_ends_by_itself() -> None:
    caller = Caller(bank_flow("pin"))
    caller.presses("123456")
    assert isinstance(caller.gets(ok="yes", text="Thank you.")[-1], Finish)
    assert caller.hears(Heard(start=True, language="en"))
