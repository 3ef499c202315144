"""What the hub and the core banking system say to each other, and the life of a BankOrder.

Money is a decimal text with its currency, never a float. An order is known by its key on both
sides: asked twice it is applied once, and after a lost answer one asks for its state by the key.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from hub.domain.errors import Invalid, Refused
from hub.domain.states import IdentityLevel


class OrderKind(StrEnum):
    """What a customer may have done for them."""

    BLOCK_CARD = "block_card"
    REPLACE_CARD = "replace_card"
    CHANGE_LIMIT = "change_limit"
    CHANGE_ADDRESS = "change_address"
    APPOINTMENT = "appointment"
    """Kept by the hub itself: the branches' calendar is here, not in the core."""


class OrderState(StrEnum):
    """Where a BankOrder is."""

    AWAITING_APPROVAL = "awaiting_approval"
    QUEUED = "queued"
    """In the outbox: nothing has reached the bank's system yet."""
    SENT = "sent"
    """Given to the bank's system, whose answer is not known yet."""
    APPLIED = "applied"
    REFUSED = "refused"
    """By a second person or by the bank's system."""
    FAILED = "failed"
    """Given up; a supervisor may try again."""
    CANCELLED = "cancelled"
    """An appointment that was given back."""


_S = OrderState
ORDER_MOVES: dict[OrderState, frozenset[OrderState]] = {
    _S.AWAITING_APPROVAL: frozenset({_S.QUEUED, _S.REFUSED}),
    _S.QUEUED: frozenset({_S.SENT, _S.FAILED}),
    _S.SENT: frozenset({_S.QUEUED, _S.APPLIED, _S.REFUSED, _S.FAILED}),
    _S.FAILED: frozenset({_S.SENT}),
    _S.APPLIED: frozenset({_S.CANCELLED}),
    _S.REFUSED: frozenset(),
    _S.CANCELLED: frozenset(),
}
RUNNING = frozenset({_S.AWAITING_APPROVAL, _S.QUEUED, _S.SENT})
"""So long no second order of the kind may be given for the same thing."""


def require_order_move(old: OrderState | str, new: OrderState) -> None:
    """Raise `Refused("order_moved_on")` unless an order may go from `old` to `new`."""
    if new not in ORDER_MOVES[OrderState(old)]:
        raise Refused("order_moved_on", f"an order that is {old} cannot become {new}")


# -- the record --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreAccount:
    """An account as the core has it."""

    id: str
    kind: str
    currency: str
    number: str
    balance: str
    name: Mapping[str, str]
    """Name of the product per language."""
    limit: str | None = None
    """What may be transferred in a day; None where nothing can be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreCard:
    """A card as the core has it; only its last four digits ever leave the core."""

    id: str
    account_id: str
    kind: str
    last_four: str
    state: str
    """active | frozen (by the customer, for a while) | blocked | replaced | expired"""
    expires: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorePayment:
    """A booked payment; `amount` is negative when money left the account."""

    id: str
    account_id: str
    at: float
    merchant: str
    amount: str
    currency: str
    place: str | None = None
    """Country or city where it was made, if the core knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreRecord:
    """All accounts and cards of a customer and the payments since a moment."""

    number: str
    """The customer's number."""
    version: int
    """Grows with each change: an answer that was overtaken is known by it."""
    accounts: tuple[CoreAccount, ...]
    cards: tuple[CoreCard, ...]
    payments: tuple[CorePayment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreChange:
    """The core's word that a customer's record is now at `version`."""

    id: str
    number: str
    version: int


# -- orders ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreOrder:
    """What the core is asked to do; the same key is the same order for ever."""

    key: str
    kind: str
    number: str
    arguments: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreAnswer:
    """What the core did with an order."""

    applied: bool
    reason: str = ""
    """The core's code when it refused, such as `card_already_blocked`."""
    result: Mapping[str, str] = field(default_factory=dict)
    """What came of it, such as the last four digits of a new card."""


# -- verdicts ----------------------------------------------------------------------------------


class Verdict(StrEnum):
    """What a person found out about an unusual payment."""

    FRAUD = "fraud"
    GENUINE = "genuine"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreVerdict:
    """What the core is told about a payment; the same key is the same verdict for ever."""

    key: str
    number: str
    """The customer's number."""
    payment_id: str
    verdict: Verdict


# -- the operator's rules ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class BankingRules:
    """Who must be how sure, and what needs a second person."""

    levels: Mapping[str, int] = field(
        default_factory=lambda: {
            OrderKind.BLOCK_CARD: IdentityLevel.CLAIMED,
            OrderKind.REPLACE_CARD: IdentityLevel.PROVED,
            OrderKind.CHANGE_LIMIT: IdentityLevel.PROVED,
            OrderKind.CHANGE_ADDRESS: IdentityLevel.PROVED,
            OrderKind.APPOINTMENT: IdentityLevel.CLAIMED,
        }
    )
    approval: frozenset[str] = frozenset()
    """Kinds that always need a second person."""
    limit_approval_above: Decimal = Decimal(50_000)
    limit_most: Decimal = Decimal(1_000_000)

    def needs_approval(self, kind: OrderKind, amount: Decimal | None) -> bool:
        """Tell whether a second person must agree."""
        if kind in self.approval:
            return True
        return kind is OrderKind.CHANGE_LIMIT and (amount or 0) > self.limit_approval_above


def money(text: str) -> Decimal:
    """Read an amount of at most two decimals; raise `Invalid("bad_amount")`."""
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise Invalid("bad_amount", "amount: a decimal number, such as 20000.00") from None
    if not amount.is_finite() or amount != amount.quantize(Decimal("0.01")):
        raise Invalid("bad_amount", "amount: at most two decimals, such as 20000.00")
    return amount
