"""Frames that pages send: parsed strictly, every fault with its own code. See README.md."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from channels.web_chat.settings import FRAME_MAX_BYTES
from hub.text.strict_json import BadJson, loads_strict

TEXT_MAX_CHARACTERS: Final = 8_000
COMMENT_MAX_CHARACTERS: Final = 1_000
DEPTH_MAX: Final = 4

Frame = dict[str, Any]
Check = Callable[[Any], bool]


class BadFrame(Exception):
    """A frame that breaks the protocol; nothing was done. The page must be mended.

    `code`: one of `BadJson`, or not_text, not_object, unknown_type, unknown_field, missing_field,
    bad_field. `id` is the frame's own where it could be read.
    """

    def __init__(self, code: str, *, field: str | None = None, frame_id: str | None = None) -> None:
        super().__init__(code)
        self.code, self.field, self.frame_id = code, field, frame_id


class Form(NamedTuple):
    """The fields of one kind of frame."""

    required: Mapping[str, Check]
    optional: Mapping[str, Check]
    known: frozenset[str]


_is_id: Final = re.compile(r"[A-Za-z0-9_-]{1,64}").fullmatch
_is_opaque: Final = re.compile(r"[!-~]{1,4096}").fullmatch


def read_frame(data: str) -> Frame:
    """Return the frame's fields, all checked; raise `BadFrame` and nothing else on any input."""
    try:
        frame = loads_strict(data, max_bytes=FRAME_MAX_BYTES, max_depth=DEPTH_MAX)
    except BadJson as error:
        raise BadFrame(error.code) from None
    if not isinstance(frame, dict):
        raise BadFrame("not_object")
    kind = frame.get("type")
    form = FORMS.get(kind) if isinstance(kind, str) else None
    if form is None:
        raise BadFrame("unknown_type", field="type", frame_id=_id_of(frame))
    for name, check in form.required.items():
        if name not in frame:
            raise BadFrame("missing_field", field=name, frame_id=_id_of(frame))
        if not check(frame[name]):
            raise BadFrame("bad_field", field=name, frame_id=_id_of(frame))
    if len(frame) > len(form.required) + 1:
        _check_others(frame, form)
    return frame


def _check_others(frame: Frame, form: Form) -> None:
    for name, value in frame.items():
        if name not in form.known:
            # The name is the sender's own text: it is not sent back.
            raise BadFrame("unknown_field", frame_id=_id_of(frame))
        check = form.optional.get(name)
        if check is not None and not check(value):
            raise BadFrame("bad_field", field=name, frame_id=_id_of(frame))


def _id_of(frame: Frame) -> str | None:
    value = frame.get("id")
    return value if _id(value) else None


def _id(value: Any) -> bool:
    return isinstance(value, str) and _is_id(value) is not None


def _opaque(value: Any) -> bool:
    return isinstance(value, str) and _is_opaque(value) is not None


def _words(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= TEXT_MAX_CHARACTERS and bool(value.strip())


def _short(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 80


def _comment(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= COMMENT_MAX_CHARACTERS


def _number(value: Any) -> bool:
    return type(value) is int and value >= 0


def _flag(value: Any) -> bool:
    return isinstance(value, bool)


def _language(value: Any) -> bool:
    return value in ("en", "zh")


def _score(value: Any) -> bool:
    return type(value) is int and 1 <= value <= 5


def _tags(value: Any) -> bool:
    return isinstance(value, list) and len(value) <= 8 and all(map(_id, value))


def _form(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Form:
    more = optional or {}
    return Form(required, more, frozenset({"type", *required, *more}))


FORMS: Final[Mapping[str, Form]] = {
    "hello": _form(
        {"widget": _id, "lang": _language},
        {"resume": _opaque, "token": _opaque, "conversation": _id, "cursor": _number},
    ),
    "begin": _form({"id": _id}, {"articles": _tags}),
    "say": _form({"id": _id, "text": _words}),
    "choose": _form({"id": _id, "value": _short, "text": _words}),
    "file": _form({"id": _id, "file_id": _id}),
    "upload": _form({"id": _id}),
    "open": _form({"id": _id, "file_id": _id}),
    "more": _form({"before": _number}),
    "typing": _form({"on": _flag}),
    "seen": _form({"seq": _number}),
    "leave": _form({"id": _id}),
    "rate": _form(
        {"id": _id, "survey": _id, "score": _score}, {"tags": _tags, "comment": _comment}
    ),
    "language": _form({"lang": _language}),
    "forget": _form({"id": _id}),
    "ping": _form({}),
}
