"""What a carrier's words mean to us. Pure."""

import re
import struct
from dataclasses import dataclass
from typing import Final

from aiosmpplib import NPI, TON, DeliverSm, PhoneNumber

from hub.domain.outbound import DeliveryState

SUBMIT_ANSWER: Final = 0x80000004
REFUSED: Final = 0x80000000
LATER: Final = frozenset({0x08, 0x14, 0x58})
"""Trouble at the carrier, its queue is full, we are too fast."""
_RECEIPT: Final = re.compile(r"\b(id|stat|err):(\S*)", re.IGNORECASE)
_STATES: Final = {
    "DELIVRD": DeliveryState.DELIVERED,
    "EXPIRED": DeliveryState.FAILED,
    "DELETED": DeliveryState.FAILED,
    "UNDELIV": DeliveryState.FAILED,
    "REJECTD": DeliveryState.FAILED,
}
RECEIPTED_ID: Final = 0x001E


@dataclass(frozen=True, slots=True)
class Answer:
    """What the carrier answers to a text of ours, by the number of the request."""

    number: int
    status: int
    ref: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a text of ours."""

    ref: str
    state: DeliveryState
    error_code: str


def answer_in(pdu: bytes) -> Answer | None:
    """Return the answer that these bytes are; a refusal may come without any body."""
    command, status, number = struct.unpack_from("!III", pdu, 4)
    if command not in (SUBMIT_ANSWER, REFUSED):
        return None
    return Answer(number, status, pdu[16:].partition(b"\0")[0].decode("latin-1"))


def receipt_in(message: DeliverSm) -> Receipt | None:
    """Return what a receipt says; None for one that says nothing final."""
    said = {key.lower(): value for key, value in _RECEIPT.findall(message.short_message)}
    for param in message.optional_params or ():
        if param.tag == RECEIPTED_ID:
            said["id"] = str(param.value)
    state = _STATES.get(said.get("stat", "").upper())
    if state is None or not said.get("id"):
        return None
    failed = state is DeliveryState.FAILED
    return Receipt(said["id"], state, f"smpp_{said.get('err', '')}" if failed else "")


def end_of(number: str) -> PhoneNumber:
    """Return a number of ours or a customer's as the protocol writes it."""
    if number.startswith("+"):
        return PhoneNumber(number[1:], TON.INTERNATIONAL, NPI.ISDN)
    if number.isdecimal():
        return PhoneNumber(number, TON.NETWORK_SPECIFIC, NPI.UNKNOWN)
    return PhoneNumber(number, TON.ALPHANUMERIC, NPI.UNKNOWN)


def number_of(end: PhoneNumber) -> str:
    """Return a number with its country, as all channels write it."""
    digits = end.number.lstrip("+")
    is_whole = end.ton is TON.INTERNATIONAL or end.number.startswith("+")
    return f"+{digits}" if is_whole or len(digits) > 10 else digits
