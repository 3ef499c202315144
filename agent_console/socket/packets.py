"""What a page may send: text packets of the default namespace with strict JSON, nothing else."""

import re
from enum import Enum
from typing import Final, NamedTuple

from hub.text.strict_json import BadJson, loads_strict

MOST_BYTES: Final = 64 * 1024
MOST_DEPTH: Final = 8

_PACKET: Final = re.compile(r"([012])([0-9]{0,9})(?=[\[{]|$)")


class Kind(Enum):
    """Socket.IO packet types that a page has a reason to send."""

    CONNECT = "0"
    DISCONNECT = "1"
    EVENT = "2"


class Checked(NamedTuple):
    """A packet that may be taken; `fault` says what is wrong with its JSON."""

    kind: Kind
    ack_id: str
    fault: str | None = None


def check(data: object) -> Checked | None:
    """Judge a packet before the library reads it; None cuts the page off.

    Binary packets could wait for attachments that never come, other namespaces and answers to
    questions we never asked have no use here.
    """
    if not isinstance(data, str):
        return None
    found = _PACKET.match(data)
    if found is None:
        return None
    kind, ack_id = Kind(found[1]), found[2]
    body = data[found.end() :]
    if not body:
        return Checked(kind, ack_id) if kind is not Kind.EVENT else None
    try:
        loads_strict(body, max_bytes=MOST_BYTES, max_depth=MOST_DEPTH)
    except BadJson as bad:
        return Checked(kind, ack_id, bad.code)
    return Checked(kind, ack_id)
