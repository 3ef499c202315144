from hypothesis import given
from hypothesis import strategies as st

from hub.text.segment import tokens, warm_up


def test_chinese_is_cut_for_search_and_latin_is_folded() -> None:
    found = tokens("我的信用卡丢了怎么办？ Lost ＣＡＲＤＳ_x 1234")
    assert {"信用", "信用卡", "丢", "怎么办", "lost", "cards", "x", "1234"} <= set(found)


def test_what_is_indexed_is_what_is_asked() -> None:
    assert set(tokens("信用卡")) <= set(tokens("补办信用卡需要多久"))
    assert tokens("Lost CARDS") == tokens("lost cards!")


def test_a_word_that_occurs_twice_counts_twice() -> None:
    assert tokens("card, card") == ["card", "card"]


@given(st.text())
def test_tokens_hold_no_marks_or_blanks(text: str) -> None:
    warm_up()
    for token in tokens(text):
        assert token
        assert "_" not in token
        assert all(c.isalnum() for c in token)
