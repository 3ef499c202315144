from collections.abc import Iterator
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.customers.search.forms import Findable, Form, forms_of
from hub.customers.search.query import Term, query_of
from tests.support.naughty import naughty_strings

LIN = Findable(
    numbers=("20418807",), name="Lin Wei", name_zh="林薇", phone="+8613800002716",
    email="Lin.Wei@mail.example",
)  # fmt: skip


def finds(text: str, one: Findable) -> bool:
    """What the index does, over plain forms."""
    forms = forms_of(one)
    return any(_meets(terms, forms) for terms in query_of(text).passes)


def _meets(terms: tuple[Term, ...], forms: set[Form]) -> bool:
    return all(any(form in forms for form in term.forms) for term in terms)


@pytest.mark.parametrize(
    "text",
    [
        "林薇", "林", "薇", "林 薇", "linwei", "lin wei", "wei lin", "LIN Wei", "lw", "linw",
        "li we", "ｌｉｎ　ｗｅｉ", "Lín Wēi", "20418807", "2041 8807", "+86 138 0000 2716",
        "13800002716", "138-0000-2716", "0086 138 0000 2716", "8613800002716",
        "lin.wei@mail.example", "LIN.WEI@MAIL.EXAMPLE", "lin 13800002716", "林薇 20418807",
        "１３８００００２７１６",
    ],
)  # fmt: skip
def test_a_customer_is_found_by_each_form(text: str) -> None:
    assert finds(text, LIN)


@pytest.mark.parametrize(
    "text",
    ["林微", "linwai", "wl", "zhang wei", "20418808", "13800002717", "wei@mail.example", "", "   "],
)
def test_nobody_else_is_found(text: str) -> None:
    assert not finds(text, LIN)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("曾国", "zengguo"), ("单雄", "shan xiong"), ("吕布", "lvbu"), ("吕布", "lubu"),
        ("欧阳娜娜", "ouyangnana"), ("欧阳娜娜", "oynn"), ("尉迟恭", "yuchi gong"),
        ("朴信惠", "pxh"), ("José García-López", "garcia lopez jose"),
        ("Łukasz Żak", "lukasz"), ("O'Neil", "oneil"),
        ("O’Neil", "O'NEIL"), ("Straße", "strasse"), ("Ирина", "ирина"), ("田中さくら", "田中"),
        ("Wolfeschlegelsteinhausen", "wolfeschlegelst"), ("😀", "😀"), ("王Tom", "tom 王"),
    ],
)  # fmt: skip
def test_names_of_the_world(name: str, text: str) -> None:
    assert finds(text, Findable(numbers=("1",), name=name))


def test_the_key_to_every_naughty_name_is_itself() -> None:
    for name in naughty_strings():
        if name.strip() and query_of(name):
            assert finds(name, Findable(numbers=("7",), name=name)), repr(name)


@given(st.text(min_size=1, max_size=60))
def test_any_name_is_found_by_itself(name: str) -> None:
    if query_of(name).passes:
        assert finds(name, Findable(numbers=("7",), name=name))


def _orders(words: list[str]) -> Iterator[str]:
    yield from map(" ".join, permutations(words[:4]))


LATIN = st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=9)


@given(st.lists(LATIN, min_size=1, max_size=4), st.data())
def test_words_in_any_order_and_begun(words: list[str], data: st.DataObject) -> None:
    one = Findable(numbers=("7",), name=" ".join(words).title())
    for text in _orders(words):
        assert finds(text, one)
    begun = [word[: data.draw(st.integers(2, len(word)))] for word in words]
    assert finds(" ".join(begun), one)


@given(st.text(max_size=300))
def test_no_query_breaks_and_none_is_long(text: str) -> None:
    query = query_of(text)
    assert all(len(terms) <= 8 for terms in query.passes)
    assert len(forms_of(Findable(numbers=("1",), name=text, name_zh=text, email=text))) < 2_000
