"""Set-up that is being changed and not in force yet; what is in force is in `setup_version`."""

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel


class SetupDraft(SQLModel, table=True):
    """The one draft of a piece of set-up, on which everybody works."""

    __tablename__ = "setup_draft"

    kind: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    body: str = Field(sa_column=Column(Text, nullable=False))
    revision: int = 1
    """Counts the savings: who saves names the one that was seen."""
    based_on: int
    """The version it began from; 0 for something new."""
    saved_at: float
    saved_by: str
    writers: str = Field(default="[]", sa_column=Column(Text, nullable=False))
    """JSON list of the users who worked on it: none of them publishes it alone."""
    asked_at: float | None = None
    asked_by: str | None = None
    """Who handed in the revision as it stands; None: nobody yet, or it was saved again since."""
    asked_why: str = ""
    returned_by: str | None = None
    """Who sent it back the last time; None: nobody, or it was handed in again since."""
    returned_why: str = ""
