"""Suggested replies and outcomes: by words, by the matter, by rules."""

from pathlib import Path

import pytest

from agent_console.assist.replies import Matter, fitting
from agent_console.assist.summary import Deed, Summary, outcome_of
from agent_console.setup import OutcomeRule
from config.problems import CannotStart
from config.set_up import load_desk, load_set_up
from config.settings import SET_UP_FOLDER

SET_UP = load_set_up(SET_UP_FOLDER)
DESK = load_desk(SET_UP_FOLDER, SET_UP, time_zone="Asia/Shanghai", low_score=2)


def codes(said: str, language: str, queue_id: str, matter: Matter) -> list[str]:
    found = fitting(DESK.replies, said=said, language=language, queue_id=queue_id, matter=matter)
    return [one.code for one in found]


@pytest.mark.parametrize(
    ("said", "language"),
    [("Could you dispute this payment for me?", "en"), ("我想对这笔交易提出争议", "zh")],
)
def test_the_reply_that_shares_rare_words_comes_first(said: str, language: str) -> None:
    assert codes(said, language, "cards", Matter())[0] == "dispute-open"


def test_the_matter_finds_a_reply_that_shares_no_word() -> None:
    said = "somebody took my purse"
    assert codes(said, "en", "cards", Matter()) == []
    assert codes(said, "en", "cards", Matter("block_card", 0.9)) == ["card-blocked"]
    # Hardly a guess is no ground.
    assert codes(said, "en", "cards", Matter("block_card", 0.2)) == []


def test_replies_of_other_queues_are_not_suggested() -> None:
    said, matter = "Could you dispute this payment for me?", Matter("dispute_charge", 0.9)
    assert codes(said, "en", "loans", matter) == []


def test_every_matter_a_reply_or_a_rule_names_is_one_of_the_assistants() -> None:
    domain = (SET_UP_FOLDER / "bot/domain.yml").read_text(encoding="utf-8")
    named = {intent for one in DESK.replies for intent in one.intents}
    named |= {intent for rule in DESK.outcomes for intent in rule.intents}
    named |= {
        act.removeprefix("promised:")
        for rule in DESK.outcomes
        for act in rule.acts
        if act.startswith("promised:")
    }
    assert named
    assert [intent for intent in named if f"\n  - {intent}\n" not in domain] == []


KNOWN: dict[str, dict[str, str]] = {"card_blocked": {}, "case_opened": {}, "answered": {}}


def suggested(*deeds: Deed, **more: object) -> str | None:
    summary = Summary(wants="", deeds=deeds, **more)  # type: ignore[arg-type]  # by name
    return outcome_of(summary, DESK.outcomes, KNOWN)


def test_what_was_done_says_the_outcome_before_what_was_asked() -> None:
    blocked = Deed("order", "block_card", "", "applied")
    assert suggested(blocked, matters=("balance",)) == "card_blocked"
    assert suggested(Deed("order", "block_card", "", "refused"), matters=("balance",)) == "answered"
    assert suggested(Deed("case", "complaint", "C-1")) == "case_opened"
    assert suggested(promised={"block_card": "R-1"}) == "card_blocked"
    assert suggested(matters=("home_loan",)) is None, "the queue has no such outcome"
    assert suggested() is None


def test_a_rule_with_both_needs_both() -> None:
    rule = OutcomeRule(
        outcome="answered", acts=frozenset({"task:follow_up"}), intents=frozenset({"fees"})
    )
    task = Deed("task", "follow_up")
    for deeds, matters, outcome in (
        ((task,), ("fees",), "answered"),
        ((task,), (), None),
        ((), ("fees",), None),
    ):
        summary = Summary(wants="", deeds=deeds, matters=matters)
        assert outcome_of(summary, [rule], KNOWN) == outcome


def test_an_outcome_that_no_queue_has_is_refused(tmp_path: Path) -> None:
    for name in SET_UP_FOLDER.glob("*.toml"):
        (tmp_path / name.name).write_bytes(name.read_bytes())
    file = tmp_path / "outcomes.toml"
    file.write_text('[[rules]]\noutcome = "card_bloked"\n', encoding="utf-8")
    with pytest.raises(CannotStart, match="card_bloked"):
        load_desk(tmp_path, SET_UP, time_zone="Asia/Shanghai", low_score=2)
