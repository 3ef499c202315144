"""What the page of mailboxes and numbers sends and is sent."""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from agent_console.http.endpoint import Strict

Short = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, max_length=320)]
Secret = Annotated[str, StringConstraints(strict=True, max_length=4_000)]
Port = Annotated[int, Field(strict=True, ge=1, le=65_535)]
Day = Annotated[str, StringConstraints(strict=True, pattern=r"^(\d{4}-\d{2}-\d{2})?$")]
Signature = Annotated[str, StringConstraints(strict=True, max_length=2_000)]
Tls = Literal["starttls", "implicit", "none"]


class Token(Strict):
    """Where access tokens come from, instead of a password."""

    url: Short
    client_id: Short
    client_secret: Secret = ""
    refresh_token: Secret = ""
    scope: Short = ""


class Server(Strict):
    """A server that takes mail, or keeps it. An empty secret leaves the one of before."""

    host: Short
    port: Port
    tls: Tls = "starttls"
    user: Short = ""
    password: Secret = ""
    oauth: Token | None = None
    secret_until: Day = ""


class Folders(Server):
    """A server that keeps mail."""

    folders: Annotated[list[Short], Field(min_length=1, max_length=20)]


class Names(Strict):
    """Words in both languages; empty: there are none."""

    en: Signature = ""
    zh: Signature = ""


class Carrier(Strict):
    """A number's own connection to its carrier (SMPP)."""

    host: Short
    port: Port = 2775
    tls: bool = True
    system_id: Short
    password: Secret = ""
    system_type: Short = ""
    window: Annotated[int, Field(strict=True, ge=1, le=1_000)] = 10
    per_second: Annotated[float, Field(ge=0, le=10_000)] = 0.0
    secret_until: Day = ""


class MailboxForm(Strict):
    """A mailbox to connect, or as it is to be."""

    address: Short
    queue: Short
    name: Names = Names()
    signature: Names = Names()
    language: Literal["en", "zh"] = "en"
    answer_hours: Annotated[float, Field(ge=0, le=1_000)] = 0.0
    acknowledges: bool = True
    relay: Server | None = None
    imap: Folders | None = None


class NumberForm(Strict):
    """A number to connect, or as it is to be."""

    number: Short
    provider: Literal["twilio", "smpp"]
    name: Names = Names()
    language: Literal["en", "zh"] = "en"
    countries: Annotated[tuple[Short, ...], Field(max_length=50)] = ()
    smpp: Carrier | None = None


class Connect(Strict):
    """`POST /api/accounts` and `.../change`: one of the two."""

    email: MailboxForm | None = None
    sms: NumberForm | None = None


class Changed(Connect):
    """What an account that was connected here is to be."""

    account: Short


class One(Strict):
    """Names an account."""

    channel: Short
    account: Short


class Trial(One):
    """An account, and who gets the test."""

    to: Short
    language: Literal["en", "zh"] = "en"


class WayView(Strict):
    """One direction."""

    kind: str
    place: str
    tls: str
    user: str
    state: Literal["works", "fails", "rests", "untried"]
    trouble: str
    since_at: float | None
    ends: dict[str, float]


class AccountView(Strict):
    """One account; `options` are there where this page can change it, never with a secret."""

    channel: str
    account: str
    name: dict[str, str]
    queue: dict[str, str] | None
    comes: WayView | None
    leaves: WayView | None
    options: dict[str, Any] | None
    changed_at: float | None
    changed_by: dict[str, str] | None
    paused_at: float | None
    paused_by: dict[str, str] | None
    last_in_at: float | None
    last_out_at: float | None
    error_code: str
    error_at: float | None
    waiting: int
    oldest_at: float | None
    failed: int


class QueueView(Strict):
    """A queue that a mailbox can lead to."""

    id: str
    name: dict[str, str]


class Accounts(Strict):
    """All accounts as this node sees them, and what a new one can be."""

    accounts: list[AccountView]
    queues: list[QueueView]
    channels: list[str]
    settings_file: str
    now: float


class Named(Strict):
    """The account that was connected."""

    account: str


class Outcome(Strict):
    """What became of a try; no code: it went well."""

    code: str


class Moved(Strict):
    """Whether it is another now."""

    changed: bool
