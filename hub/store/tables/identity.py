"""Who speaks: persons of a record, proofs, misses, warnings, and what was kept closed."""

from sqlalchemy import Column, Index, LargeBinary, Text, text
from sqlmodel import Field, SQLModel


class Party(SQLModel, table=True):
    """A person besides the holder who may act on a Customer's record."""

    __tablename__ = "party"

    id: str = Field(primary_key=True)
    customer_id: str = Field(index=True)
    """Whose record it is."""
    holder_customer_id: str | None = Field(default=None, index=True)
    """The person's own record, where the bank keeps one: proofs come from it."""
    person_sealed: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    """JSON like a Customer's profile, for a person without a record."""
    role: str
    """joint_holder | director | attorney"""
    until_at: float | None = None
    """A power that ends; nothing opens afterwards."""
    created_at: float


class PartyAccount(SQLModel, table=True):
    """An account of the record on which the person may act."""

    __tablename__ = "party_account"

    party_id: str = Field(primary_key=True)
    account_id: str = Field(primary_key=True)


class Verification(SQLModel, table=True):
    """One try to prove who speaks: a code that was sent, or questions that were asked."""

    __tablename__ = "verification"
    __table_args__ = (
        Index(
            "one_open_proof_of_a_kind",
            "contact_id",
            "method",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index("verification_of_customer", "customer_id", "asked_at"),
    )

    id: str = Field(primary_key=True)
    contact_id: str
    customer_id: str
    party_id: str | None = None
    method: str
    """code | questions"""
    state: str = "open"
    """open | proved | missed | ended"""
    via: str | None = None
    """sms | email, for a code."""
    code_key: str | None = None
    """Keyed hash of the code and this row's id; the code itself is nowhere."""
    questions: str = "[]"
    """JSON list of codes of questions."""
    asked_by: str
    asked_at: float
    expires_at: float
    decided_at: float | None = None
    decided_by: str | None = None
    """The agent, or `customer` for a code typed in the chat."""


class ProofLock(SQLModel, table=True):
    """Misses of a Customer, counted over Contacts and methods; the third locks."""

    __tablename__ = "proof_lock"
    __table_args__ = (
        Index(
            "proof_locked",
            "locked_until",
            sqlite_where=text("locked_until IS NOT NULL"),
            postgresql_where=text("locked_until IS NOT NULL"),
        ),
    )

    customer_id: str = Field(primary_key=True)
    misses: int = 0
    first_missed_at: float
    locked_until: float | None = None


class PhonePin(SQLModel, table=True):
    """How a Customer proves themselves to the phone menu, and how often it went wrong."""

    __tablename__ = "phone_pin"

    customer_id: str = Field(primary_key=True)
    pin_key: str | None = None
    """Keyed hash, bound to the Customer; None: no PIN was set, only a birth date can be tried."""
    set_at: float | None = None
    misses: int = 0
    first_missed_at: float = 0.0
    locked_until: float | None = None


class CustomerWarning(SQLModel, table=True):
    """A warning on a record; `Customer.warnings` lists those in force."""

    __tablename__ = "customer_warning"

    id: str = Field(primary_key=True)
    customer_id: str = Field(index=True)
    kind: str
    set_by: str
    set_at: float
    removed_by: str | None = None
    removed_at: float | None = None


class FieldDenial(SQLModel, table=True):
    """Fields that were kept from a viewer of a Contact: each is in the audit once."""

    __tablename__ = "field_denial"

    contact_id: str = Field(primary_key=True)
    viewer_id: str = Field(primary_key=True)
    fields: str = Field(default="[]", sa_column=Column(Text, nullable=False))
    """JSON list of names."""
    at: float
