"""What was decided about whose record is whose, and what is said of a Contact after its end."""

from sqlalchemy import Column, LargeBinary
from sqlmodel import Field, SQLModel


class CustomerLink(SQLModel, table=True):
    """An agent said who a guest is, or took that back; `before` lets it be undone exactly."""

    __tablename__ = "customer_link"

    id: str = Field(primary_key=True)
    contact_id: str = Field(index=True)
    customer_id: str | None
    """Who the Contact belongs to from now on; None after an unlink."""
    how: str
    by: str
    at: float
    before: str
    """JSON of the Contact's columns as they were."""
    undone_at: float | None = None


class CustomerMerge(SQLModel, table=True):
    """Two records became one. Sealed: every row that was changed, as it was, byte by byte."""

    __tablename__ = "customer_merge"

    id: str = Field(primary_key=True)
    kept_id: str = Field(index=True)
    merged_id: str = Field(index=True)
    by: str
    reason: str
    at: float
    before_sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    undone_at: float | None = None
    undone_by: str | None = None


class ContactAmendment(SQLModel, table=True):
    """Something added to a closed Contact: a note, or another outcome than its wrap-up had."""

    __tablename__ = "contact_amendment"

    id: str = Field(primary_key=True)
    contact_id: str = Field(index=True)
    kind: str
    """note | outcome"""
    by: str
    at: float
    body_sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """JSON: `text`; of an outcome also `before` and `after`."""
