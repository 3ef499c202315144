"""Address, Conversation, Contact and all that happens in it."""

from sqlalchemy import Column, Index, LargeBinary, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel


class Address(SQLModel, table=True):
    """One reachable end: a chat visitor, number or mailbox on one ChannelAccount."""

    __tablename__ = "address"
    __table_args__ = (UniqueConstraint("channel", "account", "value_key"),)

    id: str = Field(primary_key=True)
    channel: str
    account: str
    value_key: str
    """Keyed hash of the address."""
    value_sealed: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    customer_id: str | None = Field(default=None, index=True)
    """Set only by proof."""
    created_at: float


class Conversation(SQLModel, table=True):
    """The lasting thread on one Address."""

    __tablename__ = "conversation"

    id: str = Field(primary_key=True)
    address_id: str = Field(unique=True)
    channel: str
    account: str
    language: str = "en"
    language_chosen_at: float | None = None
    """When the customer chose it by key: a menu need not ask again."""
    customer_id: str | None = Field(default=None, index=True)
    open_contact_id: str | None = Field(default=None, index=True)
    last_contact_id: str | None = None
    last_agent_id: str | None = None
    """Who served last: preferred when the customer comes back."""
    last_seq: int = 0
    seen_by_customer_seq: int = 0
    seen_by_staff_seq: int = 0
    page_node: str | None = None
    """Where the customer's page is connected, or was last."""
    guest_number: int = 0
    """A short number staff can say: Guest 4821."""
    goes_on_in: str | None = None
    """Staff have merged it: what is said here goes on in this Conversation."""
    branch_of: str | None = None
    """Staff have split it off this Conversation, whose Address it shares."""
    created_at: float


class Contact(SQLModel, table=True):
    """One episode of work, arrival to close."""

    __tablename__ = "contact"
    __table_args__ = (
        Index("contact_of_customer", "customer_id", "arrived_at"),
        Index(
            "contact_open",
            "state",
            sqlite_where=text("state <> 'closed'"),
            postgresql_where=text("state <> 'closed'"),
        ),
        Index("contact_closed_at", "closed_at"),
        Index(
            "contact_set_aside",
            "parked_until",
            sqlite_where=text("waits_for IS NOT NULL"),
            postgresql_where=text("waits_for IS NOT NULL"),
        ),
        Index(
            "contact_answer_due",
            "answer_due_at",
            sqlite_where=text("answer_due_at IS NOT NULL"),
            postgresql_where=text("answer_due_at IS NOT NULL"),
        ),
    )

    id: str = Field(primary_key=True)
    reference: str | None = Field(default=None, index=True)
    """What the customer can read out (`hub.domain.reference`)."""
    conversation_id: str = Field(index=True)
    channel: str
    account: str
    state: str
    ending: str | None = None
    end_reason: str | None = None
    language: str = "en"
    customer_id: str | None = None
    segment: str | None = None
    identity_level: int = 0
    identity_proof: str | None = None
    identity_proved_at: float | None = None
    identity_proved_by: str | None = None
    speaker_party_id: str | None = None
    """Who speaks, where it is not the Customer in person."""
    queue_id: str | None = None
    queue_cause: str | None = None
    priority: int = 0
    value: float = 0.0
    requirements: str = Field(default="[]", sa_column=Column(Text, nullable=False))
    """JSON list of [skill, level]."""
    relaxed: int = 0
    preferred_agent_id: str | None = None
    target_agent_id: str | None = None
    tried_agent_ids: str = Field(default="[]", sa_column=Column(Text, nullable=False))
    transferred_by: str | None = None
    """Who gave it to `target_agent_id`: it returns there when that agent does not answer."""
    owner_agent_id: str | None = Field(default=None, index=True)
    bot_state_sealed: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    """JSON of what self-service remembers between turns; see `hub/journey/memory.py`."""
    hand_off_sealed: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    """JSON of wants, collected, tried, learned by self-service."""
    transfer_note_sealed: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    first_seq: int = 1
    """First message number of this Contact in its Conversation."""
    arrived_at: float
    queued_at: float | None = None
    """Start of waiting; kept over declines and transfers."""
    first_assigned_at: float | None = None
    assigned_at: float | None = None
    parked_until: float | None = None
    waits_for: str | None = None
    """Of a parked written Contact: `customer` or `follow_up`."""
    answer_due_at: float | None = None
    """Of a written Contact: by when we owe an answer; None while we owe none."""
    answer_left_seconds: float | None = None
    """What was left of that time, in business hours, when the Contact was set aside."""
    state_since: float
    closed_at: float | None = None
    reopened_from: str | None = None
    disposition: str | None = None
    score: int | None = None
    last_customer_at: float | None = None
    last_staff_at: float | None = None
    version: int = 0


class Reservation(SQLModel, table=True):
    """A timed hold of one Agent for one Contact."""

    __tablename__ = "reservation"
    __table_args__ = (
        Index(
            "one_pending_reservation_per_contact",
            "contact_id",
            unique=True,
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
        Index(
            "one_pending_reservation_per_agent",
            "agent_id",
            unique=True,
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
    )

    id: str = Field(primary_key=True)
    contact_id: str
    agent_id: str
    queue_id: str
    channel: str
    state: str
    offered_at: float
    expires_at: float
    decided_at: float | None = None
    reason: str | None = None
    because: str = Field(sa_column=Column(Text, nullable=False))
    """JSON of routing's Because."""


class Assignment(SQLModel, table=True):
    """An Agent owns (or owned) a Contact; wrap-up belongs here."""

    __tablename__ = "assignment"
    __table_args__ = (
        Index(
            "one_owner_per_contact",
            "contact_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("assignment_of_agent", "agent_id", "started_at"),
        Index(
            "assignment_in_hand",
            "agent_id",
            "started_at",
            sqlite_where=text("ended_at IS NULL OR wrap_up = 'open'"),
            postgresql_where=text("ended_at IS NULL OR wrap_up = 'open'"),
        ),
        Index("assignment_of_contact", "contact_id"),
    )

    id: str = Field(primary_key=True)
    contact_id: str
    conversation_id: str
    agent_id: str
    channel: str
    queue_id: str | None = None
    cause: str = "accepted"
    started_at: float
    ended_at: float | None = None
    end_cause: str | None = None
    wrap_up: str = "none"
    """none | open | done"""
    wrap_up_until: float | None = None
    wrap_up_extended: int = 0
    wrapped_at: float | None = None
    disposition: str | None = None
    more_dispositions: str = "[]"
    """JSON list of outcomes beside the primary one."""
    notes_sealed: bytes | None = Field(default=None, sa_column=Column(LargeBinary))


class Participant(SQLModel, table=True):
    """Somebody besides the owner who is in an open Contact now."""

    __tablename__ = "participant"

    contact_id: str = Field(primary_key=True)
    agent_id: str = Field(primary_key=True, index=True)
    role: str
    since_at: float


class Message(SQLModel, table=True):
    """A stored utterance; numbered 1..n without gaps in its Conversation."""

    __tablename__ = "message"
    # Senders' keys begin with the time: in this order new ones lie side by side in the index, and
    # a commit of many messages touches one page of it instead of one for each.
    __table_args__ = (UniqueConstraint("key", "conversation_id"),)

    conversation_id: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    key: str
    """The sender's own id of it; the same key twice is one message."""
    contact_id: str
    speaker: str
    audience: str
    agent_id: str | None = None
    kind: str = "text"
    body_sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """JSON of the message's content; row id for the seal is `conversation_id/key`."""
    at: float


class File(SQLModel, table=True):
    """A stored file; its bytes lie sealed under its own id."""

    __tablename__ = "file"

    id: str = Field(primary_key=True)
    conversation_id: str = Field(index=True)
    contact_id: str | None = None
    name_sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    media_type: str
    size_bytes: int
    sha256: str
    uploaded_by: str
    created_at: float


class Survey(SQLModel, table=True):
    """The question after a Contact and its one answer."""

    __tablename__ = "survey"
    __table_args__ = (
        Index(
            "survey_commented",
            "answered_at",
            sqlite_where=text("comment_sealed IS NOT NULL"),
            postgresql_where=text("comment_sealed IS NOT NULL"),
        ),
        Index(
            "survey_sent",
            "customer_id",
            "sent_at",
            sqlite_where=text("sent_at IS NOT NULL"),
            postgresql_where=text("sent_at IS NOT NULL"),
        ),
    )

    id: str = Field(primary_key=True)
    contact_id: str = Field(unique=True)
    conversation_id: str = Field(index=True)
    channel: str
    queue_id: str | None = None
    agent_id: str | None = None
    customer_id: str | None = None
    language: str = "en"
    offered_at: float
    expires_at: float
    sent_at: float | None = None
    """When its link went to the customer's phone or mailbox."""
    answered_at: float | None = None
    score: int | None = None
    tags: str = "[]"
    comment_sealed: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
