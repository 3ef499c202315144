"""Written channels: what becomes of each Message on its way, and who must not be written to."""

from sqlalchemy import Column, Index, LargeBinary
from sqlmodel import Field, SQLModel


class MessageDelivery(SQLModel, table=True):
    """Where a Message of a written channel is on its way to the customer."""

    __tablename__ = "message_delivery"
    __table_args__ = (Index("delivery_by_state", "state", "at"),)

    conversation_id: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    contact_id: str
    channel: str
    effect_id: str
    """The act that sends it, or did: a new one for each time a person has it sent."""
    ref: str | None = None
    """The provider's name of the Message."""
    state: str
    """queued | sent | delivered | failed | unknown"""
    error_code: str = ""
    at: float
    """Since when it is in this state."""
    data_sealed: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    """What the channel wants to see again with the next Message of the Conversation."""


class DeliveryRef(SQLModel, table=True):
    """One name that a provider gave: where the Message and its reports meet, whoever is first."""

    __tablename__ = "delivery_ref"
    __table_args__ = (Index("delivery_ref_by_time", "at"),)

    channel: str = Field(primary_key=True)
    ref: str = Field(primary_key=True)
    conversation_id: str | None = None
    """None: a report came before the name was stored."""
    seq: int | None = None
    state: str | None = None
    """The furthest that was reported."""
    error_code: str = ""
    at: float


class OptOut(SQLModel, table=True):
    """Somebody does not want to be written to at this address, for this purpose."""

    __tablename__ = "opt_out"

    channel: str = Field(primary_key=True)
    address_key: str = Field(primary_key=True)
    purpose: str = Field(primary_key=True)
    """service | survey | marketing"""
    address_sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    at: float
    by: str
    """`customer`, or the agent who was told."""
    proof: str
    """The id of the Message or Contact in which it was said."""
    taken_back_at: float | None = None
    taken_back_by: str | None = None
    taken_back_proof: str | None = None
