import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.text.fold import fold, words
from hub.text.pinyin import SPELLINGS_MOST, spellings, syllables


@pytest.mark.parametrize(
    ("run", "spoken"),
    [("林薇", ("lin", "wei")), ("单雄", ("shan", "xiong")), ("曾国", ("zeng", "guo")),
     ("吕", ("lv",)), ("吕", ("lu",)), ("长城", ("chang", "cheng")), ("𠮷田", ("tian",))],
)  # fmt: skip
def test_readings(run: str, spoken: tuple[str, ...]) -> None:
    assert spoken in spellings(run)


@given(st.text(max_size=40))
def test_spellings_are_plain_letters_and_few(text: str) -> None:
    found = spellings(text)
    assert len(found) <= SPELLINGS_MOST
    assert all(s.isascii() and s.isalpha() and s.islower() for one in found for s in one)


def test_what_is_no_han_character_has_no_sound() -> None:
    assert syllables("a") == ()
    assert spellings("abc") == []


@given(st.text(max_size=80))
def test_folding_twice_is_folding_once_and_words_are_in_it(text: str) -> None:
    folded = fold(text)
    assert words(folded) == words(fold(folded))
    assert all(word in folded for word in words(folded))
