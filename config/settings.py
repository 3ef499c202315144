"""What an operator may choose: defaults here, then a TOML file, then `HUB_...` variables.

Secrets come from the environment or from files only, and are never printed.
"""

import ipaddress
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from hub.security.roles import Role

PREFIX = "HUB_"
NESTED = "__"
SET_UP_FOLDER = Path(__file__).parent

Seconds = Annotated[float, Field(gt=0, le=7 * 86_400)]
Language = Literal["en", "zh"]


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError("is not a time zone, such as Asia/Shanghai") from None
    return name


def _origin(value: str) -> str:
    scheme, _, rest = value.rstrip("/").partition("://")
    if scheme not in ("http", "https") or not rest or "/" in rest:
        raise ValueError("is not an origin, such as https://bank.example")
    return value.rstrip("/").lower()


Origin = Annotated[str, AfterValidator(_origin)]


class Part(BaseModel):
    """A table of settings; unknown keys are refused, values do not change after the start."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SessionSettings(Part):
    """How long a sign-in of staff lasts."""

    idle_minutes: float = Field(default=15, gt=0, le=24 * 60)
    absolute_minutes: float = Field(default=12 * 60, gt=0, le=7 * 24 * 60)
    authenticator_roles: tuple[Role, ...] = ()
    """Roles that cannot work without an authenticator; others may use one."""


class IdentitySettings(Part):
    """How a customer proves who speaks, inside a contact."""

    code_minutes: float = Field(default=5, gt=0, le=60)
    """How long a one-time code is good; questions too."""
    resend_seconds: Seconds = 30.0
    codes_per_hour: int = Field(default=5, ge=1, le=60)
    misses_allowed: int = Field(default=3, ge=1, le=10)
    lock_hours: float = Field(default=24, gt=0, le=7 * 24)
    """After the last miss; a supervisor can end it before."""


class DeskSettings(Part):
    """Times of an agent's desk."""

    grace_seconds: Seconds = 30
    """How long a lost console page may stay away before its contacts return to their place."""
    wrap_up_extend_seconds: Seconds = 60
    reveal_seconds: Seconds = 20
    reveals_before_code: int = Field(default=10, ge=0, le=10_000)
    """More reveals than this in `reveals_minutes` ask for a fresh code of the authenticator."""
    reveals_minutes: float = Field(default=10, gt=0, le=24 * 60)
    code_fields: tuple[str, ...] = ("id_number",)
    """Fields of the record whose every reveal asks for a fresh code."""


class SurveySettings(Part):
    """The question after a contact."""

    days: float = Field(default=7, gt=0, le=90)
    low_score: int = Field(default=2, ge=1, le=5)
    """A score up to this opens a follow-up task."""
    link_after_minutes: float = Field(default=10, ge=0, le=10_080)
    """So long an answer in the chat is waited for before its link is sent."""
    link_every_days: float = Field(default=30, ge=0, le=3650)
    """A customer gets at most one link in this time."""
    quiet_begins: time = time(0)
    quiet_ends: time = time(0)
    """Between these (bank's time) no SMS or mail asks for anything; equal: at any hour."""


class WrittenSettings(Part):
    """How contacts of one written channel go."""

    close_after_hours: float = Field(default=72, gt=0, le=24 * 90)
    """A customer who is silent for so long needs nothing more."""
    come_back_days: float = Field(default=7, ge=0, le=365)
    """Who writes again within this time goes back to the same agent."""
    undo_seconds: float = Field(default=10, ge=0, le=120)
    """So long an agent can take back what was just sent; 0: it leaves at once."""
    survey: Literal["reply", "link", "none"] = "link"
    """`reply`: the customer sends back 1 to 5; `link`: a page."""
    survey_hours: float = Field(default=72, gt=0, le=24 * 30)
    """So long a number that is sent back is the score."""


class FileSettings(Part):
    """What may be sent in a chat; types are decided by content."""

    max_bytes: int = Field(default=10 * 1024 * 1024, ge=1024, le=100 * 1024 * 1024)
    media_types: tuple[str, ...] = (
        "application/pdf",
        "image/gif",
        "image/jpeg",
        "image/png",
        "image/webp",
        "text/plain",
    )


class WidgetSettings(Part):
    """One chat widget: where it may appear, whose word it takes, how long it waits."""

    origins: tuple[Origin, ...] = ()
    """Sites that may embed it."""
    algorithm: Literal["HS256", "ES256"] = "HS256"
    key: SecretStr | None = None
    key_file: Path | None = None
    """base64 of 32 random bytes (HS256) or a public key in PEM (ES256): the widget's first key.

    Later ones are made, replaced and revoked on the page of the widgets.
    """
    former_key: SecretStr | None = None
    former_key_file: Path | None = None
    """The key before, for the first start as well: taken too until it is revoked."""
    warn_seconds: Seconds = 300
    close_seconds: Seconds = 60
    away_seconds: Seconds = 300
    """So long the place in line is kept for a customer whose page is gone."""
    resume_days: float = Field(default=30, gt=0, le=365)
    language: Language = "en"

    def key_text(self) -> str | None:
        """Return the first key, from the environment or its file."""
        if self.key is not None:
            return self.key.get_secret_value()
        return self.key_file.read_text().strip() if self.key_file else None

    def former_key_text(self) -> str | None:
        """Return the key before."""
        return _secret(self.former_key, self.former_key_file)


class CoreSettings(Part):
    """The bank's core banking system; without a URL nothing can be ordered from here."""

    url: str | None = None
    token: SecretStr | None = None
    token_file: Path | None = None
    """What we show the core to be let in."""
    change_key: SecretStr | None = None
    change_key_file: Path | None = None
    """base64 of at least 32 random bytes, shared with the core: it signs changes with it."""
    connect_seconds: float = Field(default=2, gt=0, le=10)
    answer_seconds: float = Field(default=12, gt=0, le=14)
    """Asking and sending must fit into one act of the outbox (30 s)."""
    breaker_failures: int = Field(default=5, ge=1, le=100)
    breaker_open_seconds: float = Field(default=5, gt=0, le=600)

    @model_validator(mode="after")
    def _is_safe(self) -> "CoreSettings":
        for name in ("token", "change_key"):
            if getattr(self, name) is not None and getattr(self, f"{name}_file") is not None:
                raise ValueError(f"{name} and {name}_file are both set; keep one")
        if self.url is not None:
            parts = urlsplit(self.url)
            is_local = parts.scheme == "http" and is_loopback(parts.hostname or "")
            if not parts.hostname or not (parts.scheme == "https" or is_local):
                raise ValueError("url: https, or http on this machine only")
        return self

    def token_text(self) -> str | None:
        """Return the token."""
        return _secret(self.token, self.token_file)

    def change_key_text(self) -> str | None:
        """Return the key of changes."""
        return _secret(self.change_key, self.change_key_file)


class RasaSettings(Part):
    """Where real Rasa is, which `make rasa` starts beside the hub."""

    url: str = "http://127.0.0.1:5005"
    secret_file: Path | None = None
    """Shared by both; unless told `rasa/secret` in the data folder, made when it is missing."""
    actions_url: str | None = None
    """Where Rasa reaches this hub; unless told its port on loopback."""
    pipeline: str = "light"
    """`light` or `diet`: a file of the assistant's folder `rasa/`."""
    answer_seconds: float = Field(default=20.0, gt=0)
    turns_at_once: int = Field(default=8, ge=1)


class BotSettings(Part):
    """Who understands what customers write before a person does."""

    engine: Literal["menu", "ngrams", "embedded", "rasa"] = "embedded"
    """`menu`: words of the menu only; `embedded` works on n-grams where `embed` is missing;
    `rasa`: real Rasa, and the embedded engine while it is away."""
    rasa: RasaSettings = Field(default_factory=RasaSettings)


class LanguageModelSettings(Part):
    """A language model that words replies for agents out of articles; without a URL there is none.

    It is given redacted words and what the customer may read, and it may send nothing.
    """

    url: str | None = None
    """OpenAI-compatible, up to where `/chat/completions` follows."""
    model: str = ""
    key: SecretStr | None = None
    key_file: Path | None = None
    answer_seconds: float = Field(default=8, gt=0, le=30)

    @model_validator(mode="after")
    def _is_safe(self) -> "LanguageModelSettings":
        if self.key is not None and self.key_file is not None:
            raise ValueError("key and key_file are both set; keep one")
        if self.url is not None:
            parts = urlsplit(self.url)
            is_local = parts.scheme == "http" and is_loopback(parts.hostname or "")
            if not parts.hostname or not (parts.scheme == "https" or is_local):
                raise ValueError("url: https, or http on this machine only")
            if not self.model:
                raise ValueError("model: name the one to be asked")
        return self

    def key_text(self) -> str | None:
        """Return the key."""
        return _secret(self.key, self.key_file)


class FlowSettings(Part):
    """How phone flows come into force."""

    second_person: bool = True
    """Who worked on a flow hands it in, somebody else publishes it. Off: a bank with one
    administrator; each version says who published it."""


class LogSettings(Part):
    """What is logged and how; never personal data."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    form: Literal["json", "console"] = "console"


class Settings(BaseSettings):
    """All settings of a node."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter=NESTED,
        extra="forbid",
        frozen=True,
        validate_default=True,
    )

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    node: str = Field(default="node-1", pattern=r"^[a-z0-9-]{1,32}$")
    data_dir: Path = Path("var")
    set_up_dir: Path = SET_UP_FOLDER
    """Folder of queues.toml, skills.toml, hours.toml, routing.toml, console.toml, bot/ ..."""
    database_url: SecretStr | None = None
    """Default: SQLite in the data folder."""
    database_url_file: Path | None = None
    redis_url: SecretStr | None = None
    redis_url_file: Path | None = None
    master_key: SecretStr | None = None
    """base64 of 32 random bytes; default: `master.key` in the data folder."""
    master_key_file: Path | None = None
    time_zone: Annotated[str, AfterValidator(_zone)] = "Asia/Shanghai"
    languages: tuple[Language, ...] = ("en", "zh")
    public_origins: tuple[Origin, ...] = ()
    """Where browsers reach this hub; default: host and port as they are."""
    trusted_proxies: tuple[str, ...] = ()
    """Addresses whose forwarding headers are believed."""
    sessions: SessionSettings = SessionSettings()
    desk: DeskSettings = DeskSettings()
    identity: IdentitySettings = IdentitySettings()
    survey: SurveySettings = SurveySettings()
    files: FileSettings = FileSettings()
    widgets: dict[str, WidgetSettings] = {}
    written: dict[str, WrittenSettings] = {}
    """By channel; an SMS that is not named here closes after a day and asks for a number."""
    word_search: bool = True
    """Closed contacts are found by words through an index of keyed hashes; False: by reading."""
    channels: dict[str, dict[str, Any]] = {}
    """Each channel's own table; the channel itself checks it."""
    core: CoreSettings = CoreSettings()
    bot: BotSettings = BotSettings()
    flows: FlowSettings = FlowSettings()
    language_model: LanguageModelSettings = LanguageModelSettings()
    log: LogSettings = LogSettings()

    @model_validator(mode="after")
    def _one_place_per_secret(self) -> "Settings":
        for name in ("database_url", "redis_url", "master_key"):
            if getattr(self, name) is not None and getattr(self, f"{name}_file") is not None:
                raise ValueError(f"{name} and {name}_file are both set; keep one")
        return self

    @property
    def origins(self) -> tuple[str, ...]:
        """Origins of our own pages."""
        if self.public_origins:
            return self.public_origins
        names = ("127.0.0.1", "localhost") if is_loopback(self.host) else (self.host,)
        return tuple(f"http://{name}:{self.port}" for name in names)

    @property
    def store_url(self) -> str:
        """URL of the database."""
        found = _secret(self.database_url, self.database_url_file)
        return found or f"sqlite:///{self.data_dir / 'hub.db'}"

    @property
    def signal_url(self) -> str | None:
        """URL of Redis; None: wake-ups stay in this process."""
        return _secret(self.redis_url, self.redis_url_file)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment overrides the file, which comes in as initial values."""
        return env_settings, init_settings


def is_loopback(host: str) -> bool:
    """Tell whether only this machine reaches the host."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _secret(value: SecretStr | None, file: Path | None) -> str | None:
    if value is not None:
        return value.get_secret_value()
    return file.read_text().strip() if file else None


def shown(settings: Settings) -> dict[str, Any]:
    """Return all values for people to read; secrets are hidden."""
    whole = settings.model_dump(mode="json")
    return {**whole, "channels": _hidden(whole["channels"])}


_SECRETS_OF_CHANNELS = frozenset({"password", "auth_token", "api_key_secret"})


def _hidden(value: Any) -> Any:
    """Hide what a channel's own table has of secrets; only the channel knows the rest of it."""
    if not isinstance(value, dict):
        return value
    return {
        key: "**********" if key in _SECRETS_OF_CHANNELS and one else _hidden(one)
        for key, one in value.items()
    }
