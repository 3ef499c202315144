"""Written work: tags, what was done with many at once, mail that is held back."""

from sqlalchemy import Column, Index, LargeBinary, Text, UniqueConstraint
from sqlmodel import Field, SQLModel


class ContactTag(SQLModel, table=True):
    """A tag of the operator's list on a Contact."""

    __tablename__ = "contact_tag"

    contact_id: str = Field(primary_key=True)
    tag: str = Field(primary_key=True)
    by: str
    at: float


class JointDeed(SQLModel, table=True):
    """Something done with many Contacts at once, and how to take it back."""

    __tablename__ = "joint_deed"

    id: str = Field(primary_key=True)
    kind: str
    """assign | tag | close"""
    by: str
    at: float
    undo_until: float
    settled_at: float | None = None
    """When it was taken back or, of a close, carried out."""
    is_undone: bool = False
    outcome: str = ""
    """Of a close: the outcome that all of them get."""
    rows: str = Field(default="[]", sa_column=Column(Text, nullable=False))
    """JSON per Contact: what was there before, so that exactly that can come back."""


class HeldLetter(SQLModel, table=True):
    """A letter taken for spam: kept whole, no work until somebody releases it."""

    __tablename__ = "held_letter"
    __table_args__ = (
        UniqueConstraint("channel", "key"),
        Index("held_letter_by_state", "state", "came_at"),
    )

    id: str = Field(primary_key=True)
    channel: str
    account: str
    conversation_id: str
    key: str
    """The sender's own id of it, as a Message's."""
    letter_sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """JSON of the fact as its channel gave it."""
    reasons: str = Field(sa_column=Column(Text, nullable=False))
    """JSON list of [code, points]."""
    score: float
    came_at: float
    expires_at: float
    state: str = "held"
    """held | released | rejected | expired"""
    contact_id: str | None = None
    """What it became when it was released."""
    decided_by: str | None = None
    decided_at: float | None = None


class SenderRule(SQLModel, table=True):
    """What staff decided about a sender: never spam, or always, for a time."""

    __tablename__ = "sender_rule"

    id: str = Field(primary_key=True)
    channel: str
    sender_key: str = Field(index=True)
    """Keyed hash of the address."""
    sender_sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    is_blocked: bool
    """False: trusted."""
    by: str
    at: float
    until: float
    lifted_at: float | None = None


class OutgoingLetter(SQLModel, table=True):
    """An agent's words that wait before they leave: for an undo, or for a time that was chosen."""

    __tablename__ = "outgoing_letter"
    __table_args__ = (
        UniqueConstraint("conversation_id", "key"),
        Index("outgoing_letter_by_state", "conversation_id", "state"),
    )

    id: str = Field(primary_key=True)
    conversation_id: str
    contact_id: str
    """In whose name they leave, also when it is over by then."""
    agent_id: str
    key: str
    """The sender's own id of them, which the Message will have."""
    words_sealed: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    """JSON of the Message as it will be stored; gone once they left or were taken back."""
    sure: str = "[]"
    """JSON list of the guards that the agent overruled."""
    is_scheduled: bool = False
    """False: it waits for an undo alone."""
    heard_seq: int = 0
    """The newest Message of the Conversation when they were written."""
    written_at: float
    leaves_at: float
    state: str = "waiting"
    """waiting | stopped | left | taken_back"""
    why: str = ""
    """Of what was stopped: the code that speaks against it."""
    ended_by: str | None = None
    ended_at: float | None = None


class TalkJoin(SQLModel, table=True):
    """Two Conversations that staff have merged, split or linked."""

    __tablename__ = "talk_join"
    __table_args__ = (
        Index("talk_join_of_source", "source_id"),
        Index("talk_join_of_target", "target_id"),
    )

    id: str = Field(primary_key=True)
    kind: str
    """merged | split | linked"""
    source_id: str
    """The Conversation that gives its Messages `from_seq` to `to_seq`; of a link, either one."""
    target_id: str
    """The Conversation that takes them: they are shown there, and stay where they were said."""
    source_contact_id: str
    target_contact_id: str
    from_seq: int
    to_seq: int
    by: str
    at: float
    before: str = Field(default="{}", sa_column=Column(Text, nullable=False))
    """JSON: what the Contact was that a merge laid aside, so that exactly that can come back."""
    undone_by: str | None = None
    undone_at: float | None = None


class WaitingLetter(SQLModel, table=True):
    """A letter of somebody else in a customer's thread: it waits for the agent's word."""

    __tablename__ = "waiting_letter"
    __table_args__ = (
        UniqueConstraint("conversation_id", "key"),
        Index("waiting_letter_of_sender", "conversation_id", "sender_key", "state"),
        Index("waiting_letter_of_contact", "contact_id", "state"),
    )

    id: str = Field(primary_key=True)
    conversation_id: str
    """Whose thread it refers to; not the sender's own."""
    contact_id: str
    """The Contact whose agent is asked."""
    sender_key: str
    """Keyed hash of the address."""
    key: str
    """The sender's own id of it, as a Message's."""
    letter_sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """JSON of the fact as its channel gave it."""
    came_at: float
    state: str = "waiting"
    """waiting | approved | refused | apart"""
    decided_by: str | None = None
    """An agent, or `system` when nobody decided in time."""
    decided_at: float | None = None
