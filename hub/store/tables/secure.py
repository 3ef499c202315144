"""Secure messages: words and documents that open on a page of ours, after a proof."""

from sqlalchemy import Column, LargeBinary
from sqlmodel import Field, SQLModel


class SecureMessage(SQLModel, table=True):
    """What a signed link leads to, and how it was tried to be opened."""

    __tablename__ = "secure_message"

    id: str = Field(primary_key=True)
    conversation_id: str = Field(index=True)
    contact_id: str
    """In which it was sent."""
    customer_id: str = Field(index=True)
    """Whom it is for: the only one whose proof opens it."""
    words_sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """JSON: `text`, and `file` as a Message names one."""
    language: str
    asks_files: bool = False
    """The customer may send documents back."""
    files_taken: int = 0
    via: str
    """sms | email: where the code goes, another kind than the channel of the link."""
    sent_by: str
    sent_at: float
    expires_at: float
    code_key: str | None = None
    """Keyed hash of the open code and this row's id."""
    code_sent_at: float | None = None
    codes_sent: int = 0
    misses: int = 0
    """The last that is allowed locks it for good: another one has to be sent."""
    first_read_at: float | None = None
