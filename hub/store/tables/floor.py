"""What the floor keeps: who was offered other ways than waiting."""

from sqlalchemy import Column, LargeBinary
from sqlmodel import Field, SQLModel


class Alternative(SQLModel, table=True):
    """A customer was told that nobody can answer soon; where the little talk about it stands."""

    __tablename__ = "alternative"

    id: str = Field(primary_key=True)
    """The Contact."""
    cause: str
    """nobody_skilled | long_wait | queue_full | outside_hours"""
    queue_id: str
    step: str = "offered"
    """offered | waiting | number | time | message | promised"""
    offered_at: float
    since_seq: int = 0
    """Words after this message belong to the present step."""
    heard_seq: int = 0
    """Words up to this message are answered."""
    number_sealed: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    """Where the customer wants to be called."""
