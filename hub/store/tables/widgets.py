"""What a chat widget checks the bank's word with."""

from sqlalchemy import Column, Index, LargeBinary
from sqlmodel import Field, SQLModel


class WidgetKeyRow(SQLModel, table=True):
    """A key of a widget: in force until it is revoked or its time is over."""

    __tablename__ = "widget_key"
    __table_args__ = (Index("widget_key_of_widget", "widget_id", "made_at"),)

    id: str = Field(primary_key=True)
    widget_id: str
    algorithm: str
    """HS256: a secret shared with the bank; ES256: the bank's public key."""
    secret_sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    made_at: float
    made_by: str | None = None
    """None: the operator's file."""
    until_at: float | None = None
    """Set when a newer one was made."""
    revoked_at: float | None = None
