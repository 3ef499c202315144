"""Frames that pages send: parsed strictly, every fault with its own code. See README.md."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from hub.text.strict_json import BadJson, loads_strict

FRAME_MAX_BYTES: Final = 64 * 1024
DEPTH_MAX: Final = 4

Frame = dict[str, Any]
Check = Callable[[Any], bool]


class BadFrame(Exception):
    """A frame that breaks the protocol; nothing was done. The page must be mended."""

    def __init__(self, code: str, field: str | None = None) -> None:
        super().__init__(code)
        self.code, self.field = code, field


class Form(NamedTuple):
    """The fields of one kind of frame."""

    required: Mapping[str, Check]
    optional: Mapping[str, Check]


def read_frame(data: str) -> Frame:
    """Return the frame's fields, all checked; raise `BadFrame` and nothing else on any input."""
    try:
        frame = loads_strict(data, max_bytes=FRAME_MAX_BYTES, max_depth=DEPTH_MAX)
    except BadJson as error:
        raise BadFrame(error.code) from None
    if not isinstance(frame, dict):
        raise BadFrame("bad_frame")
    kind = frame.get("type")
    form = FORMS.get(kind) if isinstance(kind, str) else None
    if form is None:
        raise BadFrame("unknown_type", "type")
    for name, check in form.required.items():
        if name not in frame:
            raise BadFrame("missing_field", name)
        if not check(frame[name]):
            raise BadFrame("bad_field", name)
    for name, value in frame.items():
        if name == "type" or name in form.required:
            continue
        if name not in form.optional:
            raise BadFrame("unknown_field")  # the name is the sender's own text
        if not form.optional[name](value):
            raise BadFrame("bad_field", name)
    return frame


def _text(pattern: str) -> Check:
    matches = re.compile(pattern, re.ASCII).fullmatch
    return lambda value: isinstance(value, str) and matches(value) is not None


def _words(most: int) -> Check:
    return lambda value: isinstance(value, str) and len(value) <= most


def _one_of(*values: str) -> Check:
    return lambda value: value in values


_sdp = _words(32 * 1024)
_secret = _text(r"[A-Za-z0-9_-]{16,64}")

FORMS: Final[Mapping[str, Form]] = {
    "hello": Form(
        {"as": _one_of("caller", "agent")},
        {
            "lang": _one_of("en", "zh"),
            "token": _text(r"[!-~]{1,4096}"),
            "widget": _text(r"[A-Za-z0-9_-]{1,64}"),
            "visitor": _secret,
            "from": _text(r"\+?[0-9]{5,15}"),
        },
    ),
    "call": Form(
        {"id": _secret, "sdp": _sdp, "number": _text(r"\+?[0-9]{3,15}")}, {"wants": _words(64)}
    ),
    "resume": Form({"id": _secret, "sdp": _sdp}, {}),
    "digits": Form({"digits": _text(r"[0-9*#]{1,32}")}, {}),
    "hang_up": Form({}, {}),
    "up": Form({"sdp": _sdp}, {}),
    "down": Form({}, {}),
    "ping": Form({}, {}),
}
