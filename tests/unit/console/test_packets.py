"""Which packets of a page are taken, by Socket.IO's own writing of them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from socketio.packet import ACK, CONNECT, DISCONNECT, EVENT, Packet

from agent_console.socket.packets import Kind, check


@pytest.mark.parametrize(
    ("packet", "kind", "ack_id"),
    [
        (Packet(CONNECT), Kind.CONNECT, ""),
        (Packet(CONNECT, data={"token": "x"}), Kind.CONNECT, ""),
        (Packet(DISCONNECT), Kind.DISCONNECT, ""),
        (Packet(EVENT, data=["do", {"command": "end"}], id=17), Kind.EVENT, "17"),
        (Packet(EVENT, data=["hello", {"topic": "desk"}]), Kind.EVENT, ""),
    ],
)
def test_what_the_page_library_writes_is_taken(packet: Packet, kind: Kind, ack_id: str) -> None:
    assert check(packet.encode()) == (kind, ack_id, None)


@pytest.mark.parametrize(
    "data",
    [
        Packet(ACK, data=[1], id=3).encode(),
        Packet(EVENT, data=["do"], namespace="/admin").encode(),
        '51-["do",{"_placeholder":true,"num":0}]',
        b"bytes",
        "",
        "2",
        "2abc",
        "9[]",
    ],
)
def test_everything_else_ends_the_socket(data: object) -> None:
    assert check(data) is None


def test_json_is_read_strictly() -> None:
    twice = check('21["do",{"a":1,"a":2}]')
    assert twice is not None
    assert (twice.ack_id, twice.fault) == ("1", "duplicate_key")
    large = check("2" + json.dumps(["do", "x" * 70_000]))
    assert large is not None
    assert large.fault == "too_large"


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    for start in ("", "2", "21[", "0{"):
        check(start + text)
