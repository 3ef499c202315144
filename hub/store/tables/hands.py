"""What agents leave behind about a customer or an address: blocks and team notes."""

from sqlalchemy import Column, Index, LargeBinary, text
from sqlmodel import Field, SQLModel


class AddressBlock(SQLModel, table=True):
    """An Address that may not write for a time, after abuse or spam; a supervisor reviews it."""

    __tablename__ = "address_block"
    __table_args__ = (
        Index(
            "address_block_in_force",
            "address_id",
            unique=True,
            sqlite_where=text("lifted_at IS NULL"),
            postgresql_where=text("lifted_at IS NULL"),
        ),
        Index("address_block_by_time", "at"),
    )

    id: str = Field(primary_key=True)
    address_id: str
    contact_id: str
    """The Contact in which it was asked for."""
    channel: str
    reason: str
    """abuse | spam"""
    by: str
    at: float
    until: float
    reviewed_at: float | None = None
    reviewed_by: str | None = None
    lifted_at: float | None = None
    lifted_by: str | None = None
    """A supervisor's id, or `system` when its time was over."""


class CustomerNote(SQLModel, table=True):
    """A note of the team pinned to a Customer's record."""

    __tablename__ = "customer_note"
    __table_args__ = (Index("notes_of_customer", "customer_id", "at"),)

    id: str = Field(primary_key=True)
    customer_id: str
    by: str
    at: float
    words_sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    removed_at: float | None = None
    removed_by: str | None = None
