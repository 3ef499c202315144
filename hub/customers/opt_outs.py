"""The opt-out ledger: who must not be written to, for which purpose, and how that was proved.

Addresses are kept as a keyed hash, by which they are found, and sealed. What concerns safety
(codes that were asked for, alerts of fraud, the receipt of an opt-out itself) has no purpose here
and cannot be opted out of.
"""

from enum import StrEnum
from typing import Final, NamedTuple

from sqlalchemy import bindparam, select

from hub.domain.errors import Invalid
from hub.security.lookup import LookupKey
from hub.security.vault import Vault
from hub.store.rows import table_of
from hub.store.tables import OptOut
from hub.store.unit import Call, Prepared
from hub.store.upsert import upsert


class Purpose(StrEnum):
    """What a customer may opt out of."""

    SERVICE = "service"
    SURVEY = "survey"
    MARKETING = "marketing"


HELD: Final = "held"
"""Stands in the place of a purpose for an address that may be somebody else's: nothing at all is
sent there, until it was checked. No customer opts out of that, and none takes it back."""
FIELD_OF: Final = {"sms": "phone", "email": "email"}
"""Where a customer's record has the address of a channel."""
_FORMS: Final = {"sms": "phone", "email": "mail"}
"""How addresses of a channel are brought to one form; elsewhere they are taken as they are."""

_TABLE = table_of(OptOut)
_o = _TABLE.c
_in_force = Prepared(
    select(_o.purpose, _o.at, _o.by, _o.proof).where(
        _o.channel == bindparam("channel"),
        _o.address_key == bindparam("address_key"),
        _o.taken_back_at.is_(None),
    )
)
_new = upsert(_TABLE)
_NOTE = Prepared(
    _new.on_conflict_do_update(
        index_elements=["channel", "address_key", "purpose"],
        set_={
            "at": _new.excluded.at,
            "by": _new.excluded.by,
            "proof": _new.excluded.proof,
            "taken_back_at": None,
            "taken_back_by": None,
            "taken_back_proof": None,
        },
        where=_o.taken_back_at.is_not(None),
    )
)
_TAKE_BACK = Prepared(
    _TABLE.update()
    .where(
        _o.channel == bindparam("of_channel"),
        _o.address_key == bindparam("of_address"),
        _o.purpose == bindparam("of_purpose"),
        _o.taken_back_at.is_(None),
    )
    .values(
        taken_back_at=bindparam("taken_back_at"),
        taken_back_by=bindparam("taken_back_by"),
        taken_back_proof=bindparam("taken_back_proof"),
    )
)


class Refusal(NamedTuple):
    """A line of the ledger that is in force."""

    purpose: str
    at: float
    by: str
    proof: str


def address_key(lookup: LookupKey, channel: str, address: str) -> str:
    """Return the keyed hash under which an address is in the ledger."""
    try:
        return lookup.of(_FORMS[channel], address)
    except (KeyError, Invalid):  # a short number has no country code
        return lookup.of(f"opt_out.{channel}", address)


def in_force(lookup: LookupKey, channel: str, address: str) -> Call:
    """The statement that reads what an address has opted out of, as `Refusal`s."""
    return _in_force(channel=channel, address_key=address_key(lookup, channel, address))


def note(
    lookup: LookupKey,
    vault: Vault,
    *,
    channel: str,
    address: str,
    purpose: str,
    by: str,
    proof: str,
    at: float,
) -> Call:
    """The statement that puts a line in; answers 0 when it is in force already."""
    key = address_key(lookup, channel, address)
    row_id = f"{channel}/{key}/{purpose}"
    return _NOTE(
        channel=channel,
        address_key=key,
        purpose=str(purpose),
        address_sealed=vault.seal(address, "opt_out", "address", row_id),
        at=at,
        by=by,
        proof=proof,
        taken_back_at=None,
        taken_back_by=None,
        taken_back_proof=None,
    )


def take_back(
    lookup: LookupKey,
    *,
    channel: str,
    address: str,
    purpose: str,
    by: str,
    proof: str,
    at: float,
) -> Call:
    """The statement that ends a line; answers 0 when none is in force."""
    return _TAKE_BACK(
        of_channel=channel,
        of_address=address_key(lookup, channel, address),
        of_purpose=str(purpose),
        taken_back_at=at,
        taken_back_by=by,
        taken_back_proof=proof,
    )
