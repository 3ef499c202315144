import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.text.language import detect


@pytest.mark.parametrize(
    "text",
    [
        "我的信用卡丢了",
        "我的 iPhone app 打不开",
        "忘記密碼 reset",
        "https://example.com/a 你好",
        "𠮷",
    ],
)
def test_chinese(text: str) -> None:
    assert detect(text) == "zh"


@pytest.mark.parametrize("text", ["I lost my card", "My name is 林薇", "ok", "don't", "42 is it"])
def test_english(text: str) -> None:
    assert detect(text) == "en"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "123 456",
        "!?",
        "https://example.com",
        "lin@example.com",
        "Привет",
        "日本語のテキストです",
        "안녕",
    ],
)
def test_no_ground_for_either(text: str) -> None:
    assert detect(text) is None


@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    assert detect(text) in ("en", "zh", None)
