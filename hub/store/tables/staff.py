"""Users of the bank, their sessions and what agents declare."""

from sqlalchemy import Column, LargeBinary, Text
from sqlmodel import Field, SQLModel


class User(SQLModel, table=True):
    """A person who works here."""

    __tablename__ = "staff_user"

    id: str = Field(primary_key=True)
    login: str = Field(unique=True)
    name: str
    """JSON {en, zh}."""
    team: str = ""
    roles: str
    """JSON list of roles."""
    password_hash: str
    skills: str = Field(default="[]", sa_column=Column(Text, nullable=False))
    """JSON list of [skill, level]."""
    queues: str = Field(default="[]", sa_column=Column(Text, nullable=False))
    capacity_units: int = 6
    floor_units: str = "[]"
    """JSON list of [channel, units]."""
    enabled: bool = True
    created_at: float
    must_change_password: bool = False
    """The password is known to whoever set it: a new one is asked for at the next sign-in."""


class StaffSession(SQLModel, table=True):
    """A signed-in browser. Only the hash of its token is kept."""

    __tablename__ = "staff_session"

    id: str = Field(primary_key=True)
    token_hash: str = Field(unique=True)
    user_id: str = Field(index=True)
    csrf_hash: str
    created_at: float
    seen_at: float
    expires_at: float
    revoked_at: float | None = None
    client: str = ""
    """Browser family only, to recognise one's own sessions."""
    second_factor_at: float | None = None
    """When a code of the authenticator, or a recovery code, was last given in this session."""


class SecondFactor(SQLModel, table=True):
    """A user's authenticator; without `confirmed_at` it was shown but not yet used."""

    __tablename__ = "second_factor"

    user_id: str = Field(primary_key=True)
    secret_sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    confirmed_at: float | None = None
    last_step: int = 0
    """The newest time step whose code was taken: no code is good twice."""


class RecoveryCode(SQLModel, table=True):
    """One of ten codes for who has lost the authenticator; gone once used."""

    __tablename__ = "recovery_code"

    code_hash: str = Field(primary_key=True)
    user_id: str = Field(index=True)


class SignInAttempt(SQLModel, table=True):
    """Failed sign-ins per account and per address, for throttling."""

    __tablename__ = "sign_in_attempt"

    subject: str = Field(primary_key=True)
    """Keyed hash of the login or of the network address."""
    failures: int = 0
    first_at: float
    locked_until: float | None = None


class AgentPhone(SQLModel, table=True):
    """The phone at which an agent takes calls; who has no row was told nothing of."""

    __tablename__ = "agent_phone"

    id: str = Field(primary_key=True)
    """The agent."""
    device: str = "browser"
    """browser | outside"""
    is_up: bool
    """Whether it can be called now."""
    phone_id: str | None = None
    """Which approved number rings, of an outside phone."""
    since_at: float


class OutsidePhone(SQLModel, table=True):
    """A number that an administrator approved for an agent to take calls at."""

    __tablename__ = "outside_phone"

    id: str = Field(primary_key=True)
    agent_id: str = Field(index=True)
    number_sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    added_by: str
    added_at: float


class AgentPresence(SQLModel, table=True):
    """The declared Presence of an agent, since when and why."""

    __tablename__ = "agent_presence"

    agent_id: str = Field(primary_key=True)
    presence: str
    reason: str = ""
    since_at: float
    node: str = ""
    """Where the agent's page is connected, or was last."""
    before: str = "offline"
    """What to return to after reconnecting."""
    next_presence: str = ""
    """Chosen while finishing: what comes when nothing is in hand any more."""
    next_reason: str = ""
