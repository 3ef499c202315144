"""Width and height from an image's header, without decoding it; None when they are not there."""

import struct
from typing import Final

Size = tuple[int, int]

_JPEG_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_MOST_SEGMENTS: Final = 2000
"""Photographs have a few dozen; ten million bytes of empty ones would hold the loop up."""
_JPEG_BARE: Final = frozenset({0x01, *range(0xD0, 0xD9)})


def png_size(data: bytes) -> Size | None:
    """PNG: the first chunk must be IHDR."""
    if data[12:16] != b"IHDR" or len(data) < 24:
        return None
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def gif_size(data: bytes) -> Size | None:
    """GIF: the logical screen."""
    if len(data) < 10:
        return None
    width, height = struct.unpack("<HH", data[6:10])
    return width, height


def jpeg_size(data: bytes) -> Size | None:
    """JPEG: the first frame header, found by walking the segments."""
    at = 2
    for _ in range(_MOST_SEGMENTS):
        if at + 4 > len(data) or data[at] != 0xFF:
            break
        marker = data[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
        elif marker in _JPEG_BARE:
            at += 2
        elif marker in _JPEG_FRAMES:
            if at + 9 > len(data):
                return None
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None


def webp_size(data: bytes) -> Size | None:
    """WebP: lossy, lossless or extended."""
    form, body = data[12:16], data[20:30]
    if len(body) < 10:
        return None
    if form == b"VP8 " and body[3:6] == b"\x9d\x01\x2a":
        width, height = struct.unpack("<HH", body[6:10])
        return width & 0x3FFF, height & 0x3FFF
    if form == b"VP8L" and body[0] == 0x2F:
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if form == b"VP8X":
        return (
            int.from_bytes(body[4:7], "little") + 1,
            int.from_bytes(body[7:10], "little") + 1,
        )
    return None
