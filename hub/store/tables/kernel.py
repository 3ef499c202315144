"""Log, receipts, timers, outbox, audit, keys, published set-up."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel


class EventRow(SQLModel, table=True):
    """One fact of the log. Order by (transaction_id, seq); see hub/store/README.md."""

    __tablename__ = "event"
    __table_args__ = (
        # On SQLite the primary key alone is the order.
        Index("event_order", "transaction_id", "seq", info={"only_on": "postgresql"}).ddl_if(
            dialect="postgresql"
        ),
        Index(
            "event_of_contact",
            "contact_id",
            sqlite_where=text("kind <> 'MessageAdded'"),
            postgresql_where=text("kind <> 'MessageAdded'"),
        ),
    )

    seq: int = Field(
        sa_column=Column(
            BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=True
        )
    )
    transaction_id: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    """PostgreSQL: pg_current_xact_id(); SQLite: 0, its one writer commits in seq order."""
    at: float
    kind: str
    contact_id: str | None = None
    body: str = Field(sa_column=Column(Text, nullable=False))


class Receipt(SQLModel, table=True):
    """An inbound id that was taken; a second one finds this row."""

    __tablename__ = "receipt"
    __table_args__ = (Index("receipt_at", "at"),)

    scope: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    result: str = "{}"
    at: float


class Timer(SQLModel, table=True):
    """A waiting state's due time; survives restarts."""

    __tablename__ = "timer"
    __table_args__ = (UniqueConstraint("kind", "subject"), Index("timer_due", "due_at"))

    id: str = Field(primary_key=True)
    kind: str
    subject: str
    due_at: float
    payload: str = "{}"
    attempts: int = 0
    held_until: float | None = None
    """Another node is at it, or its handler has failed and rests."""


class Effect(SQLModel, table=True):
    """An outside act that waits in the outbox."""

    __tablename__ = "effect"
    __table_args__ = (
        Index(
            "effect_claimed",
            "claimed_until",
            sqlite_where=text("state = 'claimed'"),
            postgresql_where=text("state = 'claimed'"),
        ),
        Index(
            "effect_due",
            "due_at",
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
        Index(
            "effect_open_of_subject",
            "subject",
            "id",
            sqlite_where=text("state IN ('pending', 'claimed')"),
            postgresql_where=text("state IN ('pending', 'claimed')"),
        ),
        Index(
            "effect_settled",
            "created_at",
            sqlite_where=text("state IN ('done', 'dropped')"),
            postgresql_where=text("state IN ('done', 'dropped')"),
        ),
        Index(
            "effect_given_up",
            "created_at",
            sqlite_where=text("state IN ('failed', 'unknown')"),
            postgresql_where=text("state IN ('failed', 'unknown')"),
        ),
    )

    id: str = Field(primary_key=True)
    """Also the idempotency key given to the provider."""
    kind: str
    state: str = "pending"
    """pending | claimed | done | failed | unknown | dropped"""
    subject: str
    payload_sealed: bytes | None = Field(sa_column=Column(LargeBinary))
    """Deleted when the act is done or dropped: what was sent is nobody's to read again."""
    attempts: int = 0
    due_at: float
    claimed_by: str | None = None
    claimed_until: float | None = None
    error_code: str | None = None
    created_at: float
    done_at: float | None = None


class Lease(SQLModel, table=True):
    """Which of many nodes does a work now; `fence` grows with every new holder."""

    __tablename__ = "lease"

    name: str = Field(primary_key=True)
    holder: str
    fence: int = Field(sa_column=Column(BigInteger, nullable=False))
    held_until: float
    """By the clock of the database."""


class NodeSeen(SQLModel, table=True):
    """A node of several that is alive says so every few seconds."""

    __tablename__ = "node_seen"

    node: str = Field(primary_key=True)
    seen_at: float
    """By the clock of the database."""


class AuditEntry(SQLModel, table=True):
    """One link of a node's hash chain."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index(
            "audit_entry_reveals",
            "actor",
            "at",
            sqlite_where=text("action = 'field_revealed'"),
            postgresql_where=text("action = 'field_revealed'"),
        ),
    )

    node: str = Field(primary_key=True)
    n: int = Field(primary_key=True)
    at: float
    actor: str
    action: str
    subject: str
    reason: str = ""
    details: str = "{}"
    hash: str


class AuditAnchor(SQLModel, table=True):
    """The signed end of a node's chain at the end of a day."""

    __tablename__ = "audit_anchor"

    node: str = Field(primary_key=True)
    day: str = Field(primary_key=True)
    n: int
    hash: str
    signature: str


class ChannelState(SQLModel, table=True):
    """What a channel must remember, by its own keys."""

    __tablename__ = "channel_state"
    __table_args__ = (Index("channel_state_expiry", "expires_at"),)

    channel: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    value_sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    expires_at: float | None = None


class DataKey(SQLModel, table=True):
    """A wrapped data key; the master key never lies here."""

    __tablename__ = "data_key"

    id: str = Field(primary_key=True)
    wrapped: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    purpose: str
    """seal | lookup | audit | link"""
    created_at: float
    retired_at: float | None = None


class Setup(SQLModel, table=True):
    """A published version of a piece of set-up, with who, when and why."""

    __tablename__ = "setup_version"

    kind: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    body: str = Field(sa_column=Column(Text, nullable=False))
    published_at: float
    published_by: str
    why: str = ""
