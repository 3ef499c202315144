"""What the floor keeps: other ways than waiting, help that is lent, what is said to all."""

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


class Announcement(SQLModel, table=True):
    """What a supervisor tells customers in chat, agents or both, until a set time."""

    __tablename__ = "announcement"
    __table_args__ = (
        Index(
            "announcement_in_force",
            "until_at",
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: str = Field(primary_key=True)
    audience: str
    """customers | agents | everyone"""
    team: str | None = None
    """Only agents of this Team."""
    queue_id: str | None = None
    """Only agents who work for this Queue."""
    must_confirm: bool = False
    """Agents say that they have read it."""
    words_sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """JSON {en, zh}."""
    given_by: str
    given_at: float
    until_at: float
    ended_at: float | None = None
    ended_by: str | None = None


class AnnouncementRead(SQLModel, table=True):
    """An agent has read an Announcement."""

    __tablename__ = "announcement_read"

    announcement_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    read_at: float


class AlertTaken(SQLModel, table=True):
    """A supervisor has taken an alert of the wallboard on; rows are added, never changed."""

    __tablename__ = "alert_taken"
    __table_args__ = (Index("alert_taken_at", "at"),)

    id: str = Field(primary_key=True)
    alert_id: str
    """Kind and what it is about: `long_wait:cards`."""
    severity: int
    """How bad it was; worse than that it calls again."""
    by: str
    at: float
    note_sealed: bytes | None = Field(default=None, sa_column=Column(LargeBinary))


class AlertSpell(SQLModel, table=True):
    """One alert of the wallboard from its begin to its end, taken on or not."""

    __tablename__ = "alert_spell"
    __table_args__ = (
        Index(
            "one_open_spell_per_alert",
            "alert_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("alert_spell_began_at", "began_at"),
    )

    id: str = Field(primary_key=True)
    alert_id: str
    """Kind and what it is about: `long_wait:cards`."""
    queue_id: str | None = None
    agent_id: str | None = None
    contact_id: str | None = None
    began_at: float
    ended_at: float | None = None


class Display(SQLModel, table=True):
    """A screen on the wall that shows figures without a person signed in."""

    __tablename__ = "display"

    id: str = Field(primary_key=True)
    name: str
    """Where it hangs."""
    made_by: str
    made_at: float
    expires_at: float
    revoked_at: float | None = None
    revoked_by: str = ""


class SwitchedOff(SQLModel, table=True):
    """Something of self-service that a supervisor has switched off, until a set time."""

    __tablename__ = "switched_off"
    __table_args__ = (
        Index(
            "switched_off_now",
            "until_at",
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: str = Field(primary_key=True)
    kind: str
    """assistant | intent | errand"""
    name: str = ""
    """Which intent or errand; empty for the assistant."""
    channel: str = ""
    """On this channel; empty: on all."""
    reason_sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    given_by: str
    given_at: float
    until_at: float
    ended_at: float | None = None
    ended_by: str | None = None
