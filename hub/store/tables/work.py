"""What staff have promised: Tasks, and the Cases they belong to."""

from sqlalchemy import Column, Index, LargeBinary, text
from sqlmodel import Field, SQLModel


class Task(SQLModel, table=True):
    """Work for staff without a customer waiting."""

    __tablename__ = "task"
    __table_args__ = (
        Index(
            "task_open_of_owner",
            "owner_id",
            "due_at",
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index(
            "task_open_by_due_time",
            "due_at",
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index("task_done_at", "done_at"),
    )

    id: str = Field(primary_key=True)
    kind: str
    state: str = "open"
    contact_id: str | None = None
    """The Contact it was promised in."""
    customer_id: str | None = Field(default=None, index=True)
    case_id: str | None = Field(default=None, index=True)
    queue_id: str | None = None
    """Who serves it when it is due."""
    agent_id: str | None = None
    """Whom it is about, e.g. who had the low Score."""
    owner_id: str | None = None
    """Who promised to do it; None: whoever is free."""
    title: str = "{}"
    """JSON {en, zh}, without personal data."""
    words_sealed: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    """JSON: text, evidence [[label, value]]."""
    priority: int = 0
    due_at: float | None = None
    remind_at: float | None = None
    is_overdue: bool = False
    """Its time passed and a supervisor was told."""
    attempts: int = 0
    """How often it was put off."""
    language: str | None = None
    """What the customer speaks, where no record says so."""
    waiting_since: float | None = None
    """When the customer began to wait for it; None: it waits from its due time."""
    work_contact_id: str | None = Field(default=None, index=True)
    """The Contact as which it was routed, once due."""
    created_at: float
    created_by: str = "system"
    done_at: float | None = None
    done_by: str | None = None
    outcome: str | None = None
    version: int = 0


class Case(SQLModel, table=True):
    """The Customer's matter over any channels, open until solved."""

    __tablename__ = "bank_case"

    id: str = Field(primary_key=True)
    number: str = Field(unique=True)
    customer_id: str = Field(index=True)
    contact_id: str | None = None
    """The Contact it was opened in."""
    kind: str = "other"
    title: str
    """JSON {en, zh}."""
    stage: str
    owner_id: str | None = None
    due_at: float | None = None
    opened_at: float
    opened_by: str = "system"
    closed_at: float | None = None
    resolution: str | None = None
    version: int = 0
    """Counts changes: who edits says which one was seen."""


class CaseEntry(SQLModel, table=True):
    """One line of a Case's story; lines are added, never changed."""

    __tablename__ = "case_entry"
    __table_args__ = (Index("entries_of_case", "case_id", "at"),)

    id: str = Field(primary_key=True)
    case_id: str
    at: float
    by: str
    what: str
    """opened | noted | staged | due_set | owned | filed | resolved | reopened"""
    data: str = "{}"
    """JSON: codes and times, e.g. the stage before and after."""
    words_sealed: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
