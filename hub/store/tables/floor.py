"""What the floor keeps: other ways than waiting, and help lent where somebody is missing."""

from sqlalchemy import Column, Index, LargeBinary, text
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


class Assist(SQLModel, table=True):
    """An agent helps where somebody is missing: a Queue or Skills until a set time."""

    __tablename__ = "assist"
    __table_args__ = (
        Index(
            "assist_of_agent",
            "agent_id",
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: str = Field(primary_key=True)
    agent_id: str
    queue_id: str | None = None
    skills: str = "[]"
    """JSON list of [skill, level]."""
    given_by: str
    given_at: float
    until_at: float
    ended_at: float | None = None
    ended_by: str | None = None
