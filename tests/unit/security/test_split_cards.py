from itertools import islice, pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.security.split_cards import Split, mask_tail, split_over, tail_digits
from tests.unit.security.card_numbers import CHINESE, FULL_WIDTH, card, grouped, ordinary


def test_a_card_over_two_messages_is_masked_in_both() -> None:
    first, second = "my card is 4111 1111", "1111 1111, exp 12/29"
    split = split_over(tail_digits(first), second)
    assert split == Split("•••• 1111, exp 12/29", previous_digits=8)
    assert mask_tail(first, split.previous_digits) == "my card is •••• ••••"


def test_a_card_over_four_messages_is_seen_at_the_fourth() -> None:
    tail = ""
    for text in ("5555", "5555", "5555"):
        assert split_over(tail, text) == Split(text, 0)
        tail = tail_digits(text, before=tail)
    assert split_over(tail, "4444") == Split("•••• 4444", previous_digits=12)


def test_words_between_end_the_tail() -> None:
    assert tail_digits("5555 thanks", before="1234") == ""
    assert tail_digits("it is 5555", before="1234") == "5555"
    assert tail_digits("5555", before="1234") == "12345555"
    assert tail_digits("４１１１ 一一一一。") == "41111111"


@given(st.integers(0, 10**6), st.integers(1, 15), st.sampled_from(["", "full", "chinese"]))
def test_wherever_it_is_cut_in_whatever_digits(seed: int, cut: int, digits: str) -> None:
    number = card(Random(seed))
    cut = min(cut, len(number) - 1)
    table = {"full": FULL_WIDTH, "chinese": CHINESE}.get(digits, {})
    first, second = "卡号 " + number[:cut].translate(table), number[cut:].translate(table)
    split = split_over(tail_digits(first), second)
    assert split.previous_digits == cut
    assert split.text == f"•••• {number[-4:]}"
    assert mask_tail(first, split.previous_digits) == "卡号 " + "•" * cut


def test_groups_in_both_messages() -> None:
    rng = Random(3)
    for _ in range(300):
        number = card(rng)
        written = grouped(number, " ")
        cut = written.index(" ", rng.randrange(len(written) - 6))
        split = split_over(tail_digits(f"here: {written[:cut]}"), written[cut:] + " ok")
        assert split.previous_digits == len(written[:cut].replace(" ", ""))
        assert split.text == f"•••• {number[-4:]} ok"


@pytest.mark.parametrize("text", ["", "hello", "hello 1111 1111", "1111 1112", "✓ 1111"])
def test_what_completes_no_card_stays(text: str) -> None:
    assert split_over("41111111", text) == Split(text, 0)


def test_ordinary_numbers_that_follow_each_other_stay() -> None:
    numbers = list(islice(ordinary(Random(9)), 5000))
    taken = [b for a, b in pairwise(numbers) if split_over(tail_digits(a), b).previous_digits]
    assert len(taken) <= 50, taken[:10]


def test_a_long_text_costs_little() -> None:
    assert tail_digits("1 " * 30_000 + "x") == ""
    assert tail_digits("1 " * 30_000) == ""
