"""Words that stop, start and ask, and sentences that only have them in it."""

import pytest

from channels.sms.keywords import Keyword, keyword_of


@pytest.mark.parametrize(
    ("text", "keyword"),
    [
        ("STOP", Keyword.STOP), ("stop", Keyword.STOP), (" Stop! ", Keyword.STOP),
        ("ＳＴＯＰ", Keyword.STOP), ("stop  all", Keyword.STOP), ("unsubscribe.", Keyword.STOP),
        ("退订", Keyword.STOP), ("退订。", Keyword.STOP), ("【退訂】", Keyword.STOP),
        ("TD", Keyword.STOP),
        ("START", Keyword.START), ("恢复", Keyword.START), ("恢復！", Keyword.START),
        ("HELP", Keyword.HELP), ("help?", Keyword.HELP), ("帮助", Keyword.HELP),
        ("幫助", Keyword.HELP),
    ],
)  # fmt: skip
def test_the_whole_message_is_the_word(text: str, keyword: Keyword) -> None:
    assert keyword_of(text) is keyword


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "stop the transfer",
        "please help",
        "我要退订短信提醒",
        "yes",
        "1",
        "stopped",
        "sto p",
    ],
)
def test_other_words_are_for_a_person(text: str) -> None:
    assert keyword_of(text) is None
