"""Mailboxes and numbers of ours: those connected on the page, and what is known of all."""

from sqlalchemy import Column, LargeBinary
from sqlmodel import Field, SQLModel


class ChannelAccountRow(SQLModel, table=True):
    """A ChannelAccount: connected on the page, or one of the settings file with its news."""

    __tablename__ = "channel_account"

    channel: str = Field(primary_key=True)
    account: str = Field(primary_key=True)
    options_sealed: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    """None: the settings file says what it is."""
    revision: int = 0
    """Counts changes of the options: nodes open it anew."""
    changed_at: float | None = None
    changed_by: str | None = None
    paused_at: float | None = None
    paused_by: str | None = None
    last_in_at: float | None = None
    last_out_at: float | None = None
    error_code: str = ""
    """The newest failure that was not about one recipient."""
    error_at: float | None = None
