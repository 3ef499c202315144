"""Questions from the record: which are asked, and what counts as a right answer."""

import pytest

from hub.customers.questions import ASKED, QUESTIONS, Known, all_right, choose

PROFILE = {"birth_date": "1988-05-07", "address": "上海市湖滨路１６号"}
PAID = {"merchant": "Luma Electronics", "amount": "-3280.40", "currency": "CNY"}
KNOWN = Known(PROFILE, PAID)


@pytest.mark.parametrize(
    ("code", "said", "right"),
    [
        ("birth_day", "05-07", True),
        ("birth_day", "5/7", True),
        ("birth_day", "5月7日", True),
        ("birth_day", "07-05", False),
        ("birth_day", "05-07-1988", False),
        ("birth_day", "may", False),
        ("house_number", "16", True),
        ("house_number", "no. 16", True),
        ("house_number", "16 17 18", False),
        ("house_number", "1", False),
        ("last_merchant", "luma electronics", True),
        ("last_merchant", "Luma", True),
        ("last_merchant", "lum", False),
        ("last_merchant", "electronics", False),
        ("last_merchant", "", False),
        ("last_amount", "3280", True),
        ("last_amount", "3,280.40 yuan", True),
        ("last_amount", "３２８０", True),
        ("last_amount", "-3281", False),
        ("last_amount", "1 2 3280", False),
        ("last_amount", "nothing", False),
        ("last_amount", "x" * 300, False),
        ("unheard_of", "anything", False),
    ],
)
def test_an_answer_is_compared_as_people_say_it(code: str, said: str, right: bool) -> None:
    other = "birth_day" if code != "birth_day" else "house_number"
    answers = {code: said, other: QUESTIONS[other].answer(KNOWN)}
    assert all_right(KNOWN, [code, other], answers) is right


def test_half_of_a_chinese_name_is_enough() -> None:
    known = Known(PROFILE, PAID | {"merchant": "绿篮超市"})
    asked = ["last_merchant", "house_number"]
    assert all_right(known, asked, {"last_merchant": "绿篮", "house_number": "16"})
    assert not all_right(known, asked, {"last_merchant": "绿", "house_number": "16"})


@pytest.mark.parametrize("said", [{}, {"birth_day": "05-07"}, {"house_number": "16", "x": "y"}])
def test_every_question_needs_its_answer(said: dict[str, str]) -> None:
    assert not all_right(KNOWN, ["birth_day", "house_number"], said)


def test_no_question_is_no_proof() -> None:
    assert not all_right(KNOWN, [], {})
    assert not all_right(KNOWN, ["birth_day"], {"birth_day": "05-07"})


def test_two_are_chosen_and_never_two_of_one_receipt() -> None:
    for n in range(50):
        chosen = choose(KNOWN, f"order {n}")
        assert len(set(chosen)) == ASKED
        assert set(chosen) != {"last_merchant", "last_amount"}
        assert chosen == choose(KNOWN, f"order {n}")


def test_different_talks_get_different_questions() -> None:
    assert len({tuple(choose(KNOWN, f"order {n}")) for n in range(50)}) > 1


def test_only_what_is_known_is_asked() -> None:
    assert set(choose(Known(PROFILE, None), "x")) == {"birth_day", "house_number"}
    assert len(choose(Known({}, PAID), "x")) < ASKED
