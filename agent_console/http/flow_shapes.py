"""What the page of phone flows sends and is sent."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from agent_console.http.endpoint import Strict

KEYS_MOST = 60
TEXT_MOST = 256 * 1024
Reason = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=200)]
Short = Annotated[str, StringConstraints(strict=True, max_length=60)]
FlowName = Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z][a-z0-9_]{0,39}$")]
"""As the files are called, so that a flow can become one."""
Count = Annotated[int, Field(strict=True, ge=0)]
Document = dict[str, Any]
Named = dict[str, str] | None
"""A colleague's name per language."""


class FlowRow(Strict):
    """A flow in the list."""

    name: str
    label: dict[str, str]
    version: int
    """0: never published."""
    has_draft: bool
    is_handed_in: bool


class FlowList(Strict):
    """All flows, and what their forms need."""

    flows: list[FlowRow]
    vocabulary: dict[str, Any]


class VersionRow(Strict):
    """One published version."""

    number: int
    at: float
    by: Named
    """None: the operator's file."""
    why: str


class Asked(Strict):
    """Somebody hands in the draft as it stands."""

    at: float
    by: Named
    why: str


class Returned(Strict):
    """Somebody sent it back."""

    by: Named
    why: str


class DraftRow(Strict):
    """The draft, as last saved."""

    revision: int
    based_on: int
    at: float
    by: Named
    asked: Asked | None
    returned: Returned | None
    is_own: bool
    """Whether the reader worked on it or handed it in, so that somebody else publishes it."""


class FlowView(Strict):
    """A flow to be edited: the draft, or what is in force."""

    name: str
    document: Document
    version: int
    draft: DraftRow | None
    versions: list[VersionRow]
    look: dict[str, Any]
    second_person: bool
    """Whether somebody else must publish what one person wrote."""


class Looked(Strict):
    """What is wrong with a document, and its picture."""

    look: dict[str, Any]


class DocumentBody(Strict):
    """A document as it is in the page."""

    document: Document


class NewFlow(DocumentBody):
    """A flow that nobody had before."""

    name: FlowName


class FileBody(Strict):
    """A file that somebody brings."""

    text: Annotated[str, StringConstraints(strict=True, max_length=TEXT_MOST)]


class DraftBody(DocumentBody):
    """A document to be kept; `revision` is the one that was seen, 0 for none."""

    revision: Count
    based_on: Count


class Saved(Strict):
    """The draft's new revision."""

    revision: int
    look: dict[str, Any]


class Seen(Strict):
    """The revision that was seen."""

    revision: Count


class RenameBody(Seen):
    """Another name for what was never published."""

    to: FlowName


class ReasonBody(Seen):
    """Hand the draft in, put it in force or send it back, and why."""

    why: Reason


class BackBody(Strict):
    """Put an old version in force again."""

    version: Count
    why: Reason


class Published(Strict):
    """The number now in force."""

    version: int


class CompareBody(DocumentBody):
    """A document against a published version."""

    version: Count


class Compared(Strict):
    """What is different."""

    changes: list[dict[str, Any]]


class CallBody(DocumentBody):
    """A test call."""

    caller: Short = ""
    keys: Annotated[list[Short], Field(max_length=KEYS_MOST, default_factory=list)]
    language: Annotated[str, StringConstraints(pattern="^(en|zh)$")] = "en"
    closed: Annotated[bool, Field(strict=True)] = False
    answers: Annotated[dict[Short, Short], Field(max_length=30, default_factory=dict)]


class Transcript(Strict):
    """What was heard, line by line."""

    lines: list[dict[str, str]]
