"""Ranges of a long file."""

import pytest

from agent_console.http.byte_range import Span, span_of


@pytest.mark.parametrize(
    ("header", "span"),
    [
        (None, Span(0, 100)),
        ("bytes=0-", Span(0, 100)),
        ("bytes=10-19", Span(10, 20)),
        ("bytes=90-500", Span(90, 100)),
        ("bytes=-30", Span(70, 100)),
        ("bytes=-500", Span(0, 100)),
        ("bytes=100-", None),
        ("bytes=20-10", None),
        ("bytes=-0", None),
        ("bytes=-", Span(0, 100)),
        ("bytes=0-1,5-6", Span(0, 100)),
        ("seconds=1-2", Span(0, 100)),
        ("bytes=１-２", Span(0, 100)),
    ],
)
def test_a_player_gets_the_bytes_it_asks_for(header: str | None, span: Span | None) -> None:
    assert span_of(header, 100) == span


def test_nothing_is_in_an_empty_file() -> None:
    assert span_of("bytes=0-", 0) is None
    assert span_of("bytes=-5", 0) is None
    assert span_of(None, 0) == Span(0, 0)
