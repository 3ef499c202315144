"""Orders to the core banking system, the age of our copy of its records, appointments."""

from sqlalchemy import Column, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field, SQLModel

_RUNNING = "state IN ('awaiting_approval', 'queued', 'sent')"
_BEHIND = "stale_since IS NOT NULL OR version < wanted_version"


class BankOrder(SQLModel, table=True):
    """Something a customer asked for. Its id is the idempotency key on both sides."""

    __tablename__ = "bank_order"
    __table_args__ = (
        UniqueConstraint("contact_id", "asked_key"),
        Index("bank_order_of_customer", "customer_id", "asked_at"),
        Index(
            "one_running_order",
            "subject_id",
            "kind",
            unique=True,
            sqlite_where=text(_RUNNING),
            postgresql_where=text(_RUNNING),
        ),
        Index(
            "bank_order_to_approve",
            "asked_at",
            sqlite_where=text("state = 'awaiting_approval'"),
            postgresql_where=text("state = 'awaiting_approval'"),
        ),
    )

    id: str = Field(primary_key=True)
    kind: str
    state: str
    contact_id: str
    conversation_id: str
    customer_id: str
    subject_id: str
    """The card, the account, or for an address the customer."""
    asked_key: str
    """The asker's own id of it: the same key twice is one order."""
    asked_by: str
    """A user, or `self_service`."""
    asked_at: float
    language: str
    arguments_sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """JSON of texts: what the core is told, and what screens show of it."""
    decided_by: str | None = None
    """The second person."""
    decided_at: float | None = None
    reason: str = ""
    """Why it was refused or given up: a code, or the second person's words."""
    result_sealed: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    """JSON of texts: what came of it."""
    ended_at: float | None = None


class PaymentCheck(SQLModel, table=True):
    """An unusual payment that a person must judge; one for ever per payment."""

    __tablename__ = "payment_check"

    id: str = Field(primary_key=True)
    """The payment's own."""
    task_id: str = Field(unique=True)
    """The Task in which it is judged; also the verdict's key at the core."""
    customer_id: str
    opened_at: float
    verdict: str | None = None
    """fraud | genuine"""
    judged_by: str | None = None
    judged_at: float | None = None
    told_at: float | None = None
    """When the core had it."""


class CoreSync(SQLModel, table=True):
    """How old our copy of a customer's record in the core is."""

    __tablename__ = "core_sync"
    __table_args__ = (
        Index(
            "core_sync_behind",
            "customer_id",
            sqlite_where=text(_BEHIND),
            postgresql_where=text(_BEHIND),
        ),
    )

    customer_id: str = Field(primary_key=True)
    version: int = 0
    wanted_version: int = 0
    """What the core said it has; ours is read again until it is as new."""
    fresh_at: float | None = None
    """When the core gave it last."""
    stale_since: float | None = None
    """Since when the core does not answer for it."""


class Appointment(SQLModel, table=True):
    """A seat at a branch for one customer; the key keeps two from getting the same."""

    __tablename__ = "appointment"

    branch_id: str = Field(primary_key=True)
    starts_at: float = Field(primary_key=True)
    seat: int = Field(primary_key=True)
    taken_for: str
    """Contact and the asker's key: the order that has it."""
