"""What customers send back as a score, and what is for a person although a number is in it."""

import pytest

from hub.text.survey_score import score_in


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("5", 5), (" ２。", 2), ("5!", 5), ("(4)", 4), ("5/5", 5), ("4 out of 5", 4),
        ("5 stars", 5), ("Five", 5), ("5, thank you!", 5), ("5 very good service", 5),
        ("5分", 5), ("五分", 5), ("五星", 5), ("5颗星", 5), ("满分", 5), ("我给5分，谢谢", 5),
        ("打4分", 4), ("3 分，服务很好", 3), ("1分", 1), ("5 👍", 5),
    ],
)  # fmt: skip
def test_a_number_with_courtesies_is_a_score(text: str, score: int) -> None:
    assert score_in(text) == score


@pytest.mark.parametrize(
    "text",
    [
        "", "6", "0", "55", "5 cards", "2 cards were blocked", "3, please block my card",
        "1分钱都没到账", "5分钟前转账没到", "5?", "thanks", "很好", "one moment", "五一放假吗",
        "10", "4.5", "5 thanks " + "very " * 20, "二维码打不开", "两张卡",
    ],
)  # fmt: skip
def test_other_words_are_for_a_person(text: str) -> None:
    assert score_in(text) is None
