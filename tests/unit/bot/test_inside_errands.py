"""Inside an errand: what there is to choose, back, the other one, silence, languages, the code."""

from datetime import date

import pytest

from bot.dialogue.talk import LONG_SECONDS, Heard, respond
from bot.dialogue.wishes import are_several, parts
from bot.engine.model import Guess
from hub.domain.steps import Menu, Say
from tests.unit.bot.test_dialogue import BANK, NO_PROOF, Talk, blocking, offer

DAY, LATER_DAY = "2026-11-27", "2026-11-30"


def labels(talk: Talk) -> list[str]:
    menu = talk.steps[-1]
    assert isinstance(menu, Menu)
    return [one.value for one in menu.choices]


def booking() -> Talk:
    """A talk that asks at which time of a day; branch and subject were told."""
    talk = Talk().say("an appointment about a home loan at Lake Road on Friday", "appointment")
    for command, answer in (
        ("visits", offer("new")),
        ("visit_branches", offer("lake_road", "north_gate")),
        ("visit_topics", offer("account", "loan")),
        ("visit_days", offer(DAY)),
        ("visit_times", offer("09:00", "10:30")),
    ):
        assert talk.errand[0] == command
        talk.result(**answer)
    return talk


def test_an_appointment_is_asked_for_only_as_far_as_it_was_not_told() -> None:
    talk = booking()
    assert talk.mind.asked == "time"
    assert labels(talk) == ["time:09:00", "time:10:30", "person"]
    assert talk.say("half past ten").errand[0] == "visit_summary"
    talk.result(**offer("yes", "no", question="I will book it. Right?"))
    assert talk.text == "I will book it. Right?"
    command, told = talk.say("yes", "affirm").errand
    assert (command, told["branch"], told["date"], told["time"]) == (
        "appointment", "lake_road", DAY, "10:30",
    )  # fmt: skip


def test_another_day_before_yes_is_looked_up_anew() -> None:
    talk = booking().hear(choice="time:09:00").result(**offer("yes", "no", question="Right?"))
    assert talk.say("no, on Monday").errand[0] == "visit_days"
    talk.result(**offer(LATER_DAY))
    assert talk.errand == ("visit_times", talk.errand[1])
    assert talk.errand[1]["date"] == LATER_DAY
    assert "09:00" not in str(talk.result(**offer("14:00", "15:00")).mind.slots)
    assert talk.mind.asked == "time"


def test_back_goes_to_the_question_that_was_asked_before() -> None:
    talk = booking()
    talk.say("back", "go_back")
    assert talk.mind.asked == "appointment_topic", "the only day was never asked for"
    assert "date" not in talk.mind.slots


@pytest.mark.parametrize("text", ["half past ten", "10:30", "上午十点半"])
def test_nothing_but_the_answer_is_the_answer_whatever_a_model_thinks(text: str) -> None:
    talk = booking().say(text, "self_harm_or_threat", 0.9)
    assert talk.errand[1]["time"] == "10:30"


@pytest.mark.parametrize("text", ["kill myself at ten", "十点自杀", "I will hurt somebody at ten"])
def test_danger_beside_an_answer_is_danger(text: str) -> None:
    assert booking().say(text, "self_harm_or_threat", 0.9).hand_off


def test_the_same_wish_again_is_no_miss() -> None:
    talk = blocking().say("please block my card", "block_card")
    assert (talk.mind.asked, talk.mind.misses, "7735" in talk.text) == ("confirmed", 0, True)


def test_what_a_page_makes_up_is_no_choice() -> None:
    talk = booking().hear(choice="time:03:00")
    assert talk.errand[0] == "visit_times", "it is looked up before anything is confirmed"
    talk.result(**offer("09:00", "10:30", text="That time is not free."))
    assert talk.mind.asked == "time"
    assert talk.text.startswith("That time is not free.")


def test_an_amount_that_cannot_be_is_asked_for_again() -> None:
    talk = Talk().say("set my savings limit to 2000000 yuan", "change_limit")
    assert talk.errand[0] == "limit_accounts"
    assert talk.result(**offer("2094")).errand[0] == "limit_summary"
    talk.result(ok="no", code="bad_amount", again="amount", text="At most 1,000,000.")
    assert (talk.mind.asked, talk.mind.form) == ("amount", "limit_form")
    assert talk.text.startswith("At most 1,000,000.")
    assert talk.say("30000 yuan").errand[1]["amount"] == "30000 CNY"


def test_a_language_switch_keeps_what_was_said() -> None:
    talk = blocking().say("中文", "change_language")
    assert talk.errand[0] == "set_language"
    assert talk.result(ok="yes", language="zh").errand[0] == "cards", "in the other words"
    talk.result(**offer("4417", "7735"))
    assert (talk.mind.asked, talk.mind.slots["card_tail"]) == ("confirmed", "7735")
    assert "挂失尾号7735" in talk.text


def test_after_a_long_silence_the_question_comes_again_before_an_answer_counts() -> None:
    def at(when: float, talk: Talk, text: str, intent: str) -> Talk:
        return talk.hear(text=text, intent=intent, probability=0.9, at=when)

    talk = at(1_000.0, blocking(), "hm", "")
    at(1_000.0 + LONG_SECONDS + 1, talk, "yes", "affirm")
    assert talk.mind.asked == "confirmed"
    assert talk.text.startswith("Welcome back")
    assert at(1_000.0 + LONG_SECONDS + 9, talk, "yes", "affirm").errand[0] == "block_card"
    again = at(1_000.0, blocking(), "hm", "")
    assert at(9_000.0, again, "a person", "human").hand_off


def waiting(**sent: str) -> Talk:
    """A talk that waits for a one-time code."""
    talk = Talk()
    talk.level = 1
    talk.say("balance please", "balance").result(**NO_PROOF)
    return talk.result(ok="yes", via="sms", question="I sent a code.", **sent)


def test_who_is_proved_is_offered_what_there_is_and_goes_on() -> None:
    talk = Talk()
    talk.level = 1
    talk.say("block the card ending 7735", "block_card").result(**NO_PROOF)
    talk.result(ok="yes", via="sms", question="I sent a code.")
    talk.level = 2
    assert talk.say("••••••").errand[0] == "cards"
    talk.result(**offer("4417", "7735"))
    assert (talk.mind.asked, "7735" in talk.text) == ("confirmed", True)


def test_who_gets_no_code_has_it_sent_again_another_way_or_asks_a_person() -> None:
    assert labels(waiting(other="yes")) == ["code:again", "code:other", "person"]
    assert labels(waiting(other="no")) == ["code:again", "person"]
    assert "via" not in waiting(other="yes").hear(choice="code:again").errand[1]
    talk = waiting(other="yes").hear(choice="code:other")
    assert talk.errand == ("send_code", {"via": "other"})
    talk.result(ok="no", code="no_other_way", text="We have no other address.")
    assert labels(talk) == ["code:again", "person"]
    assert waiting().say("send it by e-mail", "code_missing").errand[1] == {"via": "other"}
    assert waiting().say("it never came", "code_missing").errand == ("send_code", {})
    assert waiting().hear(choice="person").hand_off


def test_too_soon_is_told_and_the_code_that_was_sent_still_counts() -> None:
    talk = waiting(other="yes").hear(choice="code:again")
    talk.result(ok="no", code="resend_later", text="Wait half a minute.")
    assert talk.text == "Wait half a minute."
    talk.level = 2
    assert talk.say("••••••").errand[0] == "balance"


def test_a_question_while_a_code_is_awaited_is_answered_and_is_no_try() -> None:
    talk = waiting().say("what does it cost", "fees")
    assert [type(one) for one in talk.steps] == [Say, Menu]
    assert talk.text.startswith(BANK.responses["utter_fees"].texts["en"][:20])
    assert isinstance(waiting().say("hm").steps[-1], Menu)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("block my card and tell me my balance", ["block my card", "tell me my balance"]),
        ("挂失我的卡，然后查一下余额", ["挂失我的卡", "查一下余额"]),
        ("balance please", ["balance please"]),
        ("a, b and c", []),
        ("one thing, two things, three things and four things", []),
    ],
)
def test_a_sentence_is_taken_apart(text: str, found: list[str]) -> None:
    assert parts(text) == found


def test_only_sure_and_different_matters_are_several() -> None:
    def guess(intent: str, probability: float = 0.9) -> Guess:
        return Guess(intent, probability, True, (), "ngrams")

    assert are_several(BANK, [guess("balance"), guess("block_card")])
    assert not are_several(BANK, [guess("balance"), guess("balance")])
    assert not are_several(BANK, [guess("balance"), guess("block_card", 0.5)])
    assert not are_several(BANK, [guess("balance"), guess("human")])
    assert not are_several(BANK, [guess("balance"), guess("thanks")])
    assert not are_several(BANK, [guess("balance"), None])


def test_a_mind_survives_its_state() -> None:
    talk = booking()
    mind, _ = respond(BANK, talk.mind, Heard(text="hm", today=date(2026, 11, 23)))
    assert mind.offers["time"] == {"09:00": "the 09:00", "10:30": "the 10:30"}
    assert type(mind).from_state(mind.to_state()) == mind
