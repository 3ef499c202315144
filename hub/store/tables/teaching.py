"""What the assistant is taught from: words it was at a loss with, and models that were trained."""

from sqlalchemy import Column, Index, LargeBinary, Text
from sqlmodel import Field, SQLModel


class BotDoubt(SQLModel, table=True):
    """Words that were not understood, hardly, or wrongly; who said them is not kept."""

    __tablename__ = "bot_doubt"
    __table_args__ = (Index("bot_doubt_last_at", "last_at"),)

    key: str = Field(primary_key=True)
    """Keyed hash of kind, language and words as they are compared; of a report, of its message."""
    kind: str
    """missed | outside (taken for none of our matters) | unsure | wrong"""
    language: str
    channel: str
    words_sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """JSON of texts, redacted: `said`, and of a report `answer` and `note`."""
    intent: str = ""
    """The assistant's best guess."""
    probability: float = 0.0
    by: str = ""
    times: int = 1
    first_at: float
    last_at: float
    state: str = "open"
    """open | taught | ignored"""
    reported_by: str | None = None
    settled_by: str | None = None
    settled_at: float | None = None


class BotModel(SQLModel, table=True):
    """A trained model as it did on the sentences kept apart; the model itself is a file."""

    __tablename__ = "bot_model"

    version: str = Field(primary_key=True)
    """Named after the examples it was trained on."""
    sentences: int
    """How many of them were taught on the page."""
    figures: str = Field(sa_column=Column(Text, nullable=False))
    """JSON of `bot.teaching.compare.Figures`."""
    train_seconds: float
    trained_at: float
    trained_by: str
    """A user, or `system`."""
