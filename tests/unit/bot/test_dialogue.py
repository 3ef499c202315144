"""Talks with the bank's own definition: errands, proof, corrections, danger, and a way out."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from bot.definition.load import load_definition
from bot.dialogue.mind import Mind
from bot.dialogue.talk import Heard, respond
from hub.domain.steps import Ask, Do, Finish, HandOff, Menu, Say, Step

FOLDER = Path(__file__).parents[3] / "config/bot"
QUEUES = ("cards", "payments", "loans", "premier", "messages", "complaints")
BANK = load_definition(FOLDER, queues=QUEUES)


def offer(*values: str, **more: str) -> dict[str, str]:
    """What an errand answers that says what there is to choose from."""
    told = {"ok": "yes", "count": str(len(values)), **more}
    for place, value in enumerate(values, 1):
        told |= {f"choice_{place}": value, f"choice_{place}_label": f"the {value}"}
    return told


ONE_CARD, TWO_CARDS = offer("4417"), offer("4417", "7735")
NO_PROOF = {"ok": "no", "code": "proof_needed", "text": "First I must be sure."}


class Talk:
    """Somebody who talks; `steps` is the last answer."""

    def __init__(self, language: str = "en") -> None:
        self.mind = Mind(language=language)
        self.steps: list[Step] = []
        self.level = 2

    def hear(self, **heard: object) -> "Talk":
        words = Heard(level=self.level, today=date(2026, 11, 23), **heard)  # type: ignore[arg-type]
        self.mind, steps = respond(BANK, Mind.from_state(self.mind.to_state()), words)
        self.steps = list(steps)
        waiting = [s for s in self.steps if isinstance(s, Ask | Menu | Do | HandOff | Finish)]
        assert waiting in ([], self.steps[-1:])
        return self

    def say(self, text: str, intent: str = "", probability: float = 0.9) -> "Talk":
        return self.hear(text=text, intent=intent, probability=probability)

    def result(self, **result: str) -> "Talk":
        return self.hear(result=result)

    @property
    def errand(self) -> tuple[str, Mapping[str, str]]:
        (*_, last) = self.steps
        assert isinstance(last, Do)
        return last.command, last.arguments

    @property
    def text(self) -> str:
        return " ".join(s.text for s in self.steps if isinstance(s, Say | Ask | Menu | Finish))

    @property
    def hand_off(self) -> HandOff:
        (*_, last) = self.steps
        assert isinstance(last, HandOff)
        return last


def blocking() -> Talk:
    """A talk that asks whether to block one of two cards."""
    talk = Talk().say("I lost a card", "block_card")
    assert talk.errand[0] == "cards"
    talk.result(**TWO_CARDS)
    assert "7735" in str(talk.steps)
    return talk.hear(choice="card_tail:7735")


def test_a_card_is_chosen_confirmed_and_blocked() -> None:
    talk = blocking()
    assert "7735" in talk.text
    command, arguments = talk.say("yes do it", "affirm").errand
    assert (command, arguments["card_tail"]) == ("block_card", "7735")
    talk.result(ok="yes", text="Blocked.")
    assert talk.text == "Blocked."
    assert not talk.mind.is_busy
    assert "block_card" in talk.mind.tried


def test_the_only_card_is_not_asked_for_and_the_tail_that_was_told_is_kept() -> None:
    talk = Talk("zh").say("挂失", "block_card").result(**ONE_CARD)
    assert "4417" in talk.text
    talk = Talk().say("block the card ending 7735", "block_card").result(**TWO_CARDS)
    assert "7735" in talk.text
    talk = Talk().say("block the card ending 9999", "block_card").result(**TWO_CARDS)
    assert talk.mind.asked == "card_tail"


def test_no_means_no() -> None:
    talk = blocking().say("no, stop", "deny")
    assert not any(isinstance(step, Do) for step in talk.steps)
    assert "Nothing was changed" in talk.text
    assert not talk.mind.is_busy


def test_the_other_card_before_yes_is_asked_again() -> None:
    for words, intent in (("no, the one ending 4417", "block_card"), ("the other", "other_one")):
        talk = blocking().say(words, intent)
        assert (talk.mind.asked, "4417" in talk.text) == ("confirmed", True)
        assert talk.say("yes", "affirm").errand[1]["card_tail"] == "4417"
    assert blocking().say("back", "go_back").mind.asked == "card_tail"


def test_a_question_in_the_middle_is_answered_and_the_errand_goes_on() -> None:
    talk = blocking().say("what does it cost?", "fees")
    assert talk.text.startswith(BANK.responses["utter_fees"].texts["en"][:20])
    assert talk.mind.asked == "confirmed"


def test_an_unproved_customer_proves_and_the_errand_is_taken_up() -> None:
    talk = Talk()
    talk.level = 1
    assert talk.say("balance please", "balance").errand[0] == "balance"
    assert talk.result(**NO_PROOF).errand[0] == "send_code"
    assert isinstance(talk.result(ok="yes", via="sms").steps[-1], Menu)
    assert talk.say("••••••").errand[0] == "check_code"
    assert "once more" in talk.result(ok="no", code="wrong", text="Try once more.").text
    talk.level = 2
    assert talk.say("••••••").errand[0] == "balance"
    assert talk.result(ok="yes", text="You have 5.").text == "You have 5."


@pytest.mark.parametrize("code", ["locked", "no_address", "no_customer", "failed", "core_away"])
def test_what_cannot_be_done_here_is_handed_over_with_what_was_learned(code: str) -> None:
    talk = Talk().say("my balance please", "balance").result(**NO_PROOF)
    talk.result(ok="no", code=code, text="A colleague can help.")
    assert talk.hand_off.wants == "my balance please"
    assert talk.hand_off.collected["intent"] == "balance"
    assert talk.hand_off.collected["reason"] == code
    assert not talk.mind.is_busy


@pytest.mark.parametrize(
    ("before", "intent", "queue", "raised"),
    [
        (Talk, "human", "messages", 0),
        (blocking, "human", "cards", 0),
        (Talk, "fraud", "cards", 2),
        (blocking, "fraud", "cards", 2),
        (blocking, "self_harm_or_threat", "messages", 2),
    ],
)
def test_a_person_and_danger_are_heard_in_every_state(
    before: type[Talk], intent: str, queue: str, raised: int
) -> None:
    talk = before().say("words", intent)
    assert (talk.hand_off.queue_id, talk.hand_off.raised) == (queue, raised)


def test_only_sure_words_interrupt_a_story_but_a_person_always_does() -> None:
    def telling() -> Talk:
        return Talk().say("I want to complain", "complaint")

    assert telling().mind.asked == "complaint_text"
    talk = telling().say("your app stole my time", "fraud", 0.5)
    assert talk.mind.slots["complaint_text"] == "your app stole my time"
    assert telling().say("a scammer is calling", "fraud", 0.95).hand_off.queue_id == "cards"
    assert telling().say("just a human", "human", 0.4).hand_off


def test_two_misses_in_a_row_hand_over() -> None:
    talk = blocking().say("blah")
    assert talk.mind.asked == "confirmed"
    assert isinstance(talk.steps[-1], Menu)
    assert talk.say("blah").hand_off.collected["card_tail"] == "7735"


def test_a_truth_is_told_and_nobody_is_troubled() -> None:
    talk = blocking().say("yes", "affirm").result(ok="no", code="card_blocked", text="Already.")
    assert talk.text == "Already."
    assert not talk.mind.is_busy


def test_goodbye_ends_the_contact() -> None:
    assert isinstance(Talk().say("bye", "goodbye").steps[-1], Finish)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("intent", sorted(BANK.rules))
def test_every_intent_has_an_answer_in_both_languages(intent: str, language: str) -> None:
    talk = Talk(language).say("words", intent)
    assert talk.steps
    assert "{" not in talk.text
