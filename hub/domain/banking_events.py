"""Events of orders to the bank's own systems, and of our copy of what those know."""

from dataclasses import dataclass

from hub.domain.event import ContactEvent, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class BankOrderEvent(ContactEvent):
    """An event of one order to the core banking system."""

    order_id: str
    order_kind: str
    customer_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BankOrderAsked(BankOrderEvent):
    """Somebody asked for it on the customer's behalf; `state` says what it waits for."""

    by: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BankOrderApproved(BankOrderEvent):
    """A second person agreed."""

    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BankOrderSent(BankOrderEvent):
    """It is on its way to the core, or (`waits`) the core could not be reached and it waits."""

    waits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BankOrderApplied(BankOrderEvent):
    """The core did it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BankOrderRefused(BankOrderEvent):
    """A second person or the core (`by` is `core`) said no."""

    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BankOrderAmended(BankOrderEvent):
    """An appointment was `cancelled` or `moved`; the Contact is the one in which it was."""

    by: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BankOrderFailed(BankOrderEvent):
    """It was given up; a supervisor may try again."""

    error_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerRecordChanged(Event):
    """Our copy of a customer's record in the core is newer now, or known to be old."""

    customer_id: str
    cause: str
    """refreshed | stale | standing | preference"""
    contact_ids: tuple[str, ...] = ()
    """Contacts on somebody's screen that show it."""
    payment_ids: tuple[str, ...] = ()
    """Payments seen for the first time."""
