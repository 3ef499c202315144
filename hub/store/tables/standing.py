"""Where customers stood: dated, each change with its reason."""

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class StandingChange(SQLModel, table=True):
    """A customer's segment, lifecycle stage, manager or value became another."""

    __tablename__ = "standing_change"
    __table_args__ = (Index("standing_of_customer", "customer_id", "at"),)

    id: str = Field(primary_key=True)
    customer_id: str
    at: float
    field: str
    """segment | lifecycle | manager | value"""
    before: str
    after: str
    why: str
    """JSON {en, zh}: what the operator's rule said then."""
