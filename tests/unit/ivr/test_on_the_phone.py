"""The flow as a Leg plays it: each language in its own voice, # arrives, secrets stay hidden."""

from hub.domain.calls import Gather, Prompt
from hub.domain.steps import Heard, TakeMessage
from hub.journey.calls.programs import turn_of
from tests.support.phone_flows import Caller, bank_flow


def gathered(caller: Caller, language: str = "en") -> Gather:
    """What the caller's Leg waits in."""
    (gather,) = turn_of(caller.heard, language).program
    assert isinstance(gather, Gather)
    return gather


def test_each_language_is_offered_in_its_own_voice_and_keys_all_arrive() -> None:
    caller = Caller(bank_flow())
    caller.gets(ok="yes", known="no")
    gather = gathered(caller)
    assert [one.language for one in gather.sounds if isinstance(one, Prompt)] == ["en", "en", "zh"]
    assert all(one.text for one in gather.sounds if isinstance(one, Prompt))
    assert (gather.most_digits, gather.finish_on) == (1, "")
    assert dict(gather.choices)["2"] == "中文"
    assert {"0", "#"} <= dict(gather.choices).keys()


def test_a_menu_chosen_in_chinese_is_read_in_chinese_whatever_the_contact_still_says() -> None:
    caller = Caller(bank_flow())
    caller.gets(ok="yes", known="no")
    caller.presses("2")
    caller.gets(ok="yes")
    caller.gets(ok="no", code="none")
    gather = gathered(caller, language="en")
    assert gather.language == "zh"
    assert "挂失" in gather.words
    assert {one.language for one in gather.sounds if isinstance(one, Prompt)} == {"zh"}


def test_a_pin_is_gathered_as_a_secret() -> None:
    caller = Caller(bank_flow("pin"))
    turn = turn_of(caller.heard, "zh")
    gather = gathered(caller)
    assert (gather.is_sensitive, gather.most_digits, gather.finish_on) == (True, 6, "#")
    assert turn.memory == {"hidden": True}


def test_words_before_a_voicemail_are_played_before_it() -> None:
    caller = Caller(bank_flow())
    caller.hears(Heard(result={"ok": "yes"}))
    caller.presses("1")
    caller.gets(ok="yes")
    caller.gets(ok="no")
    caller.presses("8")
    turn = turn_of(caller.gets(ok="no", code="no_number", text="No number."), "en")
    assert isinstance(turn.way_out, TakeMessage)
    said = [one.text for one in turn.sounds if isinstance(one, Prompt)]
    assert (len(said), said[0]) == (2, "No number.")
