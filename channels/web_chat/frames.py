"""Frames that the server sends, encoded once however many pages read them. See README.md."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from hub.domain.json_text import dumper
from hub.domain.states import Speaker
from hub.journey.messages import MessageRead

encode: Final = dumper()

# Data of an event line that a customer may read; queue and agent identifiers are not among it.
_EVENT_DATA: Final = ("name_en", "name_zh", "closes_at", "opens_at", "by", "reference")
_REASONS: Final = frozenset({"silence", "solved", "left"})

PONG: Final = encode({"type": "pong"})
RESYNC: Final = encode({"type": "resync"})
TYPING: Final = {on: encode({"type": "typing", "on": on}) for on in (True, False)}


def ack(frame_id: str, seq: int, at: float) -> str:
    """The message is stored for good as number `seq` of its Conversation."""
    # The id was checked to hold letters, digits, - and _ only: nothing to escape.
    return f'{{"type":"ack","id":"{frame_id}","seq":{seq},"at":{at!r}}}'


def done(frame_id: str) -> str:
    """A command that stores no message has been carried out."""
    return f'{{"type":"done","id":"{frame_id}"}}'


def refused(code: str, *, frame_id: str | None = None, field: str | None = None) -> str:
    """The frame was not carried out, and why."""
    frame: dict[str, Any] = {"type": "refused", "id": frame_id, "code": code}
    if field is not None:
        frame["field"] = field
    return encode(frame)


def message(read: MessageRead) -> str:
    """A stored Message, as its customer may see it."""
    return encode({"type": "msg", **message_view(read)})


def message_view(read: MessageRead) -> dict[str, Any]:
    """The customer's view of a Message: no staff identifiers, the key only of their own."""
    view: dict[str, Any] = {
        "seq": read.seq, "at": read.at, "speaker": read.speaker, "kind": read.kind,
        "text": read.body.get("text", ""),
    }  # fmt: skip
    if read.speaker == Speaker.CUSTOMER:
        view["key"] = read.key
    elif read.agent_name is not None:
        view["name"] = read.agent_name
    for name in ("choices", "file", "articles"):
        if name in read.body:
            view[name] = read.body[name]
    if read.kind == "event":
        view["event"] = read.body.get("event", "")
        view["data"] = _event_data(read.body.get("data") or {})
    return view


def _event_data(data: Mapping[str, Any]) -> dict[str, Any]:
    view = {name: data[name] for name in _EVENT_DATA if name in data}
    if data.get("reason") in _REASONS:
        view["reason"] = data["reason"]
    return view


def page(messages: Sequence[MessageRead], *, more: bool) -> str:
    """Older Messages, in order."""
    views = [message_view(read) for read in messages]
    return encode({"type": "page", "messages": views, "more": more})


def state(phase: Mapping[str, Any]) -> str:
    """Where the customer's Contact is now."""
    return encode({"type": "state", **phase})


def seen(seq: int) -> str:
    """Staff have seen the Conversation up to `seq`."""
    return f'{{"type":"seen","seq":{seq}}}'


def bye(code: str) -> str:
    """Last words before the server closes the socket."""
    return encode({"type": "bye", "code": code})
