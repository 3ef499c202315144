"""A mail is read out of its session whole, in whatever pieces it comes, and nothing behind it."""

import asyncio

import pytest

from channels.email.door.smtp_data import Refused, read_mail

FOLLOWS = b"MAIL FROM:<a@b.example>\r\n"


async def read_of(sent: bytes, piece_bytes: int, most: int = 10_000, line: int = 1001) -> bytes:
    """Read a mail that comes in pieces; what follows must be left in the stream."""
    reader = asyncio.StreamReader()

    async def feed() -> None:
        for start in range(0, len(sent), piece_bytes):
            reader.feed_data(sent[start : start + piece_bytes])
            await asyncio.sleep(0)
        reader.feed_eof()

    feeding = asyncio.create_task(feed())
    try:
        mail = await read_mail(reader, most_bytes=most, line_most=line)
    finally:
        await feeding
        rest = await reader.read()
    assert rest == (FOLLOWS if sent.endswith(FOLLOWS) else b"")
    return mail


@pytest.mark.parametrize("piece_bytes", [1, 2, 3, 5, 7, 1000])
@pytest.mark.parametrize(
    ("sent", "mail"),
    [
        (b".\r\n", b""),
        (b"\r\n.\r\n", b"\r\n"),
        (b"Hello\r\n.\r\n", b"Hello\r\n"),
        (b"..\r\n...two\r\n.hidden\r\n.\r\n", b".\r\n..two\r\nhidden\r\n"),
        (b"a\n.\nMAIL FROM\r\n.\r\r\n\r.\r\n.\r\n", b"a\n.\nMAIL FROM\r\n\r\r\n\r.\r\n"),
    ],
    ids=["empty", "one line end", "plain", "dots", "only CR LF ends"],
)
async def test_a_mail_is_what_was_sent(sent: bytes, mail: bytes, piece_bytes: int) -> None:
    assert await read_of(sent + FOLLOWS, piece_bytes) == mail


@pytest.mark.parametrize("piece_bytes", [1, 9, 1000])
async def test_what_is_refused_is_read_to_its_end(piece_bytes: int) -> None:
    long_line = b"a" * 18 + b"\r\n"
    assert await read_of(long_line + b".\r\n" + FOLLOWS, piece_bytes, line=20) == long_line
    with pytest.raises(Refused, match="500"):
        await read_of(b"a" + long_line + b".\r\n" + FOLLOWS, piece_bytes, line=20)
    assert await read_of(b"b\r\n" * 10 + b".\r\n" + FOLLOWS, piece_bytes, most=30)
    for lines in (11, 50):
        with pytest.raises(Refused, match="552"):
            await read_of(b"b\r\n" * lines + b".\r\n" + FOLLOWS, piece_bytes, most=30)


async def test_a_stream_that_ends_early_gives_no_mail() -> None:
    with pytest.raises(ConnectionResetError):
        await read_of(b"half a mail\r\n", 5)
