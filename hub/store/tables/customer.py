"""The customer record. Everything a person could be known by is sealed."""

from sqlalchemy import Column, Index, LargeBinary, text
from sqlmodel import Field, SQLModel


class Customer(SQLModel, table=True):
    """A person or firm the bank serves. `profile_sealed` is JSON of the personal fields."""

    __tablename__ = "customer"
    __table_args__ = (
        Index(
            "customer_merged",
            "merged_into",
            sqlite_where=text("merged_into IS NOT NULL"),
            postgresql_where=text("merged_into IS NOT NULL"),
        ),
    )

    id: str = Field(primary_key=True)
    number: str = Field(unique=True)
    """The bank's customer number."""
    segment: str
    lifecycle: str
    language: str
    since_year: int
    profile_sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """JSON: name, name_zh, phone, email, id_number, birth_date, address."""
    phone_key: str | None = Field(default=None, index=True)
    email_key: str | None = Field(default=None, index=True)
    warnings: str = "[]"
    created_at: float
    manager_id: str | None = None
    """Who looks after the Customer."""
    value: float = 0.0
    """What rules give, in units of one target of waiting."""
    standing: str = "{}"
    """JSON: field -> since when and why, for what rules decided (`StandingChange` has it all)."""
    preference_sealed: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    """JSON: the channel they ask to be reached by, their words, who was told and when."""
    merged_into: str | None = None
    """The record that this one became part of; this one is then empty of work."""


class Account(SQLModel, table=True):
    """An account of a Customer."""

    __tablename__ = "account"

    id: str = Field(primary_key=True)
    customer_id: str = Field(index=True)
    held_by: str | None = None
    """Whose it is in the core, where that record became part of this Customer's."""
    kind: str
    currency: str
    detail_sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """JSON: number, balance (decimal string), name {en, zh}."""


class Card(SQLModel, table=True):
    """A payment card; only its last four digits are kept."""

    __tablename__ = "card"

    id: str = Field(primary_key=True)
    customer_id: str = Field(index=True)
    account_id: str
    kind: str
    last_four: str
    state: str
    expires: str


class Payment(SQLModel, table=True):
    """A transaction on an account."""

    __tablename__ = "payment"
    __table_args__ = (Index("payment_of_customer", "customer_id", "at"),)

    id: str = Field(primary_key=True)
    customer_id: str
    account_id: str
    at: float
    detail_sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """JSON: merchant, amount (decimal string), currency."""
    unusual: str | None = None
    unusual_times: float | None = None


class Consent(SQLModel, table=True):
    """What the Customer allowed, in which version, and when."""

    __tablename__ = "consent"

    customer_id: str = Field(primary_key=True)
    code: str = Field(primary_key=True)
    given: bool
    version: str = "1"
    at: float | None = None


class CustomerNumber(SQLModel, table=True):
    """A number that a Customer asked us to keep, beside the one that the bank has."""

    __tablename__ = "customer_number"

    id: str = Field(primary_key=True)
    customer_id: str = Field(index=True)
    number_key: str = Field(index=True)
    number_sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    contact_id: str
    """The call in which it was proved and agreed to."""
    saved_by: str
    saved_at: float
    proof: str
    consent_version: str
    """Of the words that the Customer agreed to."""
