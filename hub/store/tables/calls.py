"""Calls: the call of a Contact, its Legs, and what was recorded."""

from sqlalchemy import Column, Index, LargeBinary, text
from sqlmodel import Field, SQLModel


class Call(SQLModel, table=True):
    """The telephone side of one Contact; also its room. Held by every unit that steers it."""

    __tablename__ = "call"

    id: str = Field(primary_key=True)
    """The Contact; also the name of the room."""
    conversation_id: str
    engine: str
    account: str
    """Our number."""
    flow: str = ""
    direction: str = "in"
    """in | out"""
    commands: int = 0
    """How many were given: numbers them, so that they leave in order."""
    customer_leg_id: str | None = None
    talking_since: float | None = None
    announced_at: float | None = None
    """When the waiting caller last heard how it stands."""
    recording: str = "off"
    """off | on | paused | refused"""
    recording_id: str | None = None
    lost_at: float | None = None
    """When the agent's line broke; they are dialled anew for a while."""
    threat_at: float | None = None
    ended_at: float | None = None


class CallLeg(SQLModel, table=True):
    """One end of the line."""

    __tablename__ = "call_leg"
    __table_args__ = (
        Index(
            "call_leg_of_engine",
            "engine",
            "ref",
            unique=True,
            sqlite_where=text("ref IS NOT NULL"),
            postgresql_where=text("ref IS NOT NULL"),
        ),
        Index(
            "call_leg_live",
            "engine",
            sqlite_where=text("state <> 'ended'"),
            postgresql_where=text("state <> 'ended'"),
        ),
        Index(
            "call_leg_dialled",
            "started_at",
            sqlite_where=text("dialled_by IS NOT NULL"),
            postgresql_where=text("dialled_by IS NOT NULL"),
        ),
    )

    id: str = Field(primary_key=True)
    engine: str
    ref: str | None = None
    """The engine's own name of it."""
    contact_id: str | None = Field(default=None, index=True)
    conversation_id: str | None = None
    kind: str
    party: str | None = Field(default=None, index=True)
    """The agent or supervisor at this end."""
    part: str = ""
    """Of somebody else: interpreter, attorney, branch, other."""
    dialled_by: str | None = None
    """Who had this number called; counted against toll fraud."""
    number_sealed: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    state: str
    phase: str = ""
    """What is being done with a customer's Leg (`hub/journey/calls/legs.py`)."""
    role: str = "talk"
    room_id: str | None = None
    is_held: bool = False
    held_since: float | None = None
    is_muted: bool = False
    program_sealed: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    """JSON {program, memory}: what it was last told to do, and what an answer to it means."""
    last_key: str = ""
    last_seq: int = 0
    """Of joining and leaving rooms: what comes late is not believed."""
    turn_key: str | None = None
    """The event that self-service is thinking about."""
    turn_until: float | None = None
    started_at: float
    answered_at: float | None = None
    ended_at: float | None = None
    cause: str | None = None
    quality: str | None = None
    """JSON {mos, loss_ratio, jitter_seconds}, the last that was told."""


class CallRecording(SQLModel, table=True):
    """What was recorded: of a call in two channels, or a voicemail. Its bytes lie sealed."""

    __tablename__ = "call_recording"
    __table_args__ = (Index("call_recording_started_at", "started_at"),)

    id: str = Field(primary_key=True)
    contact_id: str = Field(index=True)
    conversation_id: str
    leg_id: str
    engine: str
    kind: str
    """call | voicemail"""
    state: str = "recording"
    """recording | ended | stored | empty | refused | lost | deleted"""
    ref: str | None = None
    """The engine's name of it, until it is stored here."""
    language: str = "en"
    started_at: float
    ended_at: float | None = None
    seconds: float | None = None
    paused: str = "[]"
    """JSON list of [from, to] in seconds of the call that are not in it."""
    size_bytes: int | None = None
    sha256: str | None = None
    is_held: bool = False
    """Legal hold: not deleted, however old."""
    hold_set_by: str | None = None
