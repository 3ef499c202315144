"""What an order does to a customer's record, or why the bank refuses it; pure."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Part = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """The outcome: what is written when it is applied, the reason when it is not."""

    applied: bool
    reason: str = ""
    result: dict[str, str] = field(default_factory=dict)
    accounts: Sequence[Part] = ()
    cards: Sequence[Part] = ()


def deed_of(kind: str, arguments: Mapping[str, str], record: Mapping[str, Any] | None) -> Deed:
    """Decide on an order for the customer with this record."""
    if record is None:
        return _refused("unknown_customer")
    match kind:
        case "block_card":
            return _block(_find(record["cards"], arguments.get("card_id")))
        case "replace_card":
            return _replace(_find(record["cards"], arguments.get("card_id")))
        case "change_limit":
            account = _find(record["accounts"], arguments.get("account_id"))
            return _limit(account, arguments.get("amount", ""))
        case "change_address":
            return Deed(applied=True, result={"handed_to": "back_office"})
        case _:
            return _refused("unknown_kind")


def _block(card: Part | None) -> Deed:
    if card is None:
        return _refused("unknown_card")
    if card["state"] not in ("active", "frozen"):
        return _refused(f"card_{card['state']}")
    return Deed(applied=True, result={"card_state": "blocked"}, cards=[card | {"state": "blocked"}])


def _replace(card: Part | None) -> Deed:
    if card is None:
        return _refused("unknown_card")
    if card["state"] == "replaced":
        return _refused("card_replaced")
    # The same card is always replaced by the same one: a demo that is told again tells the same.
    last_four = f"{zlib.crc32(card['id'].encode()) % 10_000:04}"
    fresh = card | {
        "id": f"{card['id']}n", "last_four": last_four, "state": "active", "expires": "2031-12",
    }  # fmt: skip
    return Deed(
        applied=True,
        result={"card_state": "replaced", "new_last_four": last_four},
        cards=[card | {"state": "replaced"}, fresh],
    )


def _limit(account: Part | None, amount: str) -> Deed:
    if account is None:
        return _refused("unknown_account")
    if account["transfer_limit"] is None:
        return _refused("no_limit")
    if account["kind"] == "savings" and len(amount.partition(".")[0]) > 5:
        return _refused("above_product_limit")
    return Deed(applied=True, accounts=[account | {"transfer_limit": amount}])


def _refused(reason: str) -> Deed:
    return Deed(applied=False, reason=reason)


def _find(parts: Sequence[Part], part_id: str | None) -> Part | None:
    return next((part for part in parts if part["id"] == part_id), None)
