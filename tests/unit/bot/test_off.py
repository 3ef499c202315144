"""What is switched off is refused honestly; the way to a person stays open."""

from datetime import date

import pytest

from bot.dialogue.mind import Mind
from bot.dialogue.off import is_off, matters, refuse, stopped
from bot.dialogue.talk import Heard
from hub.domain.steps import Menu, Say
from hub.domain.switches import Off
from tests.unit.bot.test_dialogue import BANK, Talk

BALANCE_OFF = Off(intents=frozenset({"balance"}))
BLOCK_OFF = Off(errands=frozenset({"block_card"}))


def heard(intent: str, **more: object) -> Heard:
    words = {"text": "words", "intent": intent, "probability": 0.9, "today": date(2026, 11, 23)}
    return Heard(**(words | more))  # type: ignore[arg-type]  # of a mixed table


def test_ways_to_a_person_and_manners_cannot_be_switched_off() -> None:
    assert {"balance", "block_card", "complaint", "fees"} <= matters(BANK)
    assert not {"human", "fraud", "self_harm_or_threat", "cancel", "greet"} & matters(BANK)


def test_an_errand_that_is_off_takes_its_intent_along() -> None:
    assert is_off(BANK, BLOCK_OFF, "block_card")
    assert not is_off(BANK, BLOCK_OFF, "balance")


@pytest.mark.parametrize("intent", ["human", "fraud", "self_harm_or_threat"])
def test_a_person_is_had_whatever_is_off(intent: str) -> None:
    off = Off(intents=frozenset(BANK.rules))
    assert stopped(BANK, off, Mind(intent="balance", form="block_card_form"), heard(intent)) == ""


def test_what_is_off_is_refused_and_kept_for_the_agent() -> None:
    assert stopped(BANK, BALANCE_OFF, Mind(), heard("balance")) == "balance"
    assert stopped(BANK, BALANCE_OFF, Mind(), heard("fees")) == ""
    mind, steps = refuse(BANK, Mind(), heard("balance"), "balance")
    assert [type(one) for one in steps] == [Say]
    assert (mind.intent, mind.wants) == ("balance", "words")
    assert mind.outcomes == {"failed:balance": "switched_off"}


def test_an_errand_in_the_middle_ends_when_it_is_switched_off() -> None:
    talk = Talk().say("block my card", "block_card")
    off = Off(intents=frozenset({"block_card"}))
    assert stopped(BANK, off, talk.mind, heard("affirm")) == "block_card"
    mind, _ = refuse(BANK, talk.mind, heard("affirm"), "block_card")
    assert not mind.is_busy


def test_another_matter_that_is_off_leaves_the_form_where_it_is() -> None:
    talk = Talk().say("a wrong charge", "dispute_charge")
    assert stopped(BANK, BALANCE_OFF, talk.mind, heard("balance")) == "balance"
    mind, steps = refuse(BANK, talk.mind, heard("balance"), "balance")
    assert mind.form == talk.mind.form
    assert isinstance(steps[-1], Menu)


def test_the_matter_decides_the_queue_of_who_asks_for_a_person() -> None:
    over = Talk().say("block my card", "block_card").say("a person", "human").hand_off
    assert (over.queue_id, over.collected["intent"]) == ("cards", "block_card")
    assert over.wants == "block my card"
    thanked = Talk().say("home loan", "home_loan").say("thanks", "thanks").say("person", "human")
    assert thanked.hand_off.queue_id == "loans"


def test_what_was_promised_and_what_failed_goes_to_the_agent() -> None:
    talk = Talk().say("I complain", "complaint").say("nobody called").say("yes", "affirm")
    talk.result(ok="yes", number="C-7", text="Your case has the number C-7.")
    talk.say("block my card", "block_card").result(ok="no", code="core_away", text="Not now.")
    told = talk.hand_off.collected
    assert told["promised:complaint"] == "C-7"
    assert told["failed:block_card"] == "core_away"
    assert talk.hand_off.queue_id == "cards"
