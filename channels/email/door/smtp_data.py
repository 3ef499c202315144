"""The bytes of a mail out of an SMTP session, in pieces as they come instead of line by line.

A mail of 100 KB has two thousand lines, and `aiosmtpd` takes each by itself. What is refused and
how is as there: a line ends with CR and LF and nothing else, so neither does a mail.
"""

import asyncio
from typing import Final

PIECE_BYTES: Final = 1 << 24
"""More than a stream ever holds: what is read is all there is, so the rest can be put back."""
_LINE_END: Final = b"\r\n"
_END: Final = b"\r\n.\r\n"


class Refused(Exception):
    """The mail was read to its end and cannot be taken; `status` is the answer."""

    def __init__(self, status: str) -> None:
        super().__init__(status)
        self.status = status


async def read_mail(reader: asyncio.StreamReader, *, most_bytes: int, line_most: int) -> bytes:
    """Return a mail as it was before its dots were doubled; leaves in the stream what follows it.

    Raises `Refused` for a mail that is too long or has too long a line, `ConnectionResetError`
    when the stream ends before it.
    """
    read, seen, is_too_much = bytearray(_LINE_END), 0, False
    while (end := read.find(_END, max(0, seen - len(_END)))) < 0:
        if len(read) > most_bytes + len(_END):
            is_too_much = True
            del read[: -len(_END)]
        seen = len(read)
        piece = await reader.read(PIECE_BYTES)
        if not piece:
            raise ConnectionResetError
        read += piece
    if len(read) > end + len(_END):
        reader.feed_data(bytes(read[end + len(_END) :]))
    sent = bytes(read[len(_LINE_END) : end + len(_LINE_END)])
    if is_too_much or len(sent) > most_bytes:
        raise Refused("552 Error: Too much mail data")
    if max(map(len, sent.split(_LINE_END))) + len(_LINE_END) > line_most:
        raise Refused("500 Line too long (see RFC5321 4.5.3.1.6)")
    return sent.removeprefix(b".").replace(b"\r\n.", _LINE_END)
