"""What the operator decides about e-mail; `config` reads it, this folder obeys it."""

import ipaddress
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final, Literal

from channels.email.oauth import OAuth
from channels.email.out.dkim import Dkim, dkim_from
from channels.email.out.signature import check_signature
from channels.email.spam.rules import SpamRules
from hub.domain.accounts import end_of
from hub.domain.errors import Invalid

CHANNEL: Final = "email"
TLS_WAYS: Final = ("starttls", "implicit", "none")
MEGABYTE: Final = 1024 * 1024
PORT_MOST: Final = 65_535

Tls = Literal["starttls", "implicit", "none"]
Token = Callable[[], Awaitable[str]]
"""Gives a fresh OAuth access token at each sign-in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """The server that takes our mail, or the one that keeps a mailbox."""

    host: str
    port: int
    tls: Tls = "starttls"
    """`starttls` and `implicit` are insisted on; `none` is for this machine only."""
    user: str = ""
    password: str = field(default="", repr=False)
    token: Token | None = field(default=None, repr=False)
    """Instead of a password (XOAUTH2); made of `oauth` where that is given."""
    oauth: OAuth | None = None
    secret_until: str = ""
    """The day on which the password or secret ends, as its giver said: 2027-03-01."""
    timeout_seconds: float = 20.0
    connections_most: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Imap:
    """A mailbox on a server of others, read by polling and by IDLE."""

    relay: Relay
    folders: tuple[str, ...] = ("INBOX",)
    poll_seconds: float = 60.0
    """So often it is looked at even when the server says nothing."""
    batch: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """One ChannelAccount: an address of the bank, who reads it, how it answers."""

    address: str
    queue: str
    name: Mapping[str, str] = field(default_factory=dict)
    """What stands before the address in From, per language."""
    language: str = "en"
    """Of who writes in neither of our languages."""
    signature: Mapping[str, str] = field(default_factory=dict)
    """Below what leaves, per language; `{agent_name}` is who wrote it."""
    answer_hours: float = 0.0
    """Hours of the queue's business within which we promise an answer; 0 promises nothing."""
    acknowledges: bool = True
    relay: Relay | None = None
    imap: Imap | None = None
    dkim: Dkim | None = None
    """Signs what leaves, where the relay does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Our own SMTP server, behind the bank's relay."""

    port: int = 0
    """0: closed."""
    host: str = "127.0.0.1"
    name: str = "hub"
    peers: tuple[str, ...] = ("127.0.0.0/8", "::1/128")
    """Networks of the relays that may deliver here."""
    idle_seconds: float = 60.0
    sessions_most: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailSettings:
    """Options of the channel."""

    mailboxes: MutableMapping[str, Mailbox] = field(default_factory=dict)
    """By address, in small letters; others are connected and removed while the hub runs."""
    door: Door = field(default_factory=Door)
    relay_names: tuple[str, ...] = ()
    """Names under which our own relay signs its Authentication-Results; others are not believed."""
    mail_max_bytes: int = 25 * MEGABYTE
    greet_hours: float = 24.0
    """One address gets one automatic answer in this time."""
    greets_an_hour_most: int = 500
    """All addresses together."""
    quote_lines: int = 60
    remember_days: float = 400.0
    """So long a mail that comes again is known, and a reply finds its thread by References."""
    time_zone: str = "UTC"
    spam: SpamRules = field(default_factory=SpamRules)


def settings_from(options: Mapping[str, Any]) -> EmailSettings:
    """Return the settings from the operator's plain values; raise `Invalid` naming the key."""
    _refuse_unknown(options, EmailSettings, "channels.email")
    given = dict(options)
    boxes = {
        str(address).strip().lower(): _mailbox(str(address).strip().lower(), dict(one))
        for address, one in given.pop("mailboxes", {}).items()
    }
    door = dict(given.pop("door", {}))
    _refuse_unknown(door, Door, "channels.email.door")
    for name in ("relay_names",):
        given[name] = tuple(given.get(name, ()))
    if "peers" in door:
        door["peers"] = tuple(door["peers"])
    return EmailSettings(mailboxes=boxes, door=Door(**door), **given)


def mailbox_from(options: Mapping[str, Any]) -> Mailbox:
    """Return the mailbox that was described on the set-up page; raise `Invalid` naming the key.

    It names no files: what lies on this machine is for who runs it.
    """
    given = dict(options)
    address = str(given.pop("address", "")).strip().lower()
    for place in (given, given.get("relay") or {}, (given.get("imap") or {})):
        if named := sorted(name for name in place if name.endswith("_file") or name == "dkim"):
            raise Invalid("unknown_setting", f"{named} are for the settings file")
    return _mailbox(address, given)


def _mailbox(address: str, options: dict[str, Any]) -> Mailbox:
    place = f"channels.email.mailboxes.{address}"
    _refuse_unknown(options, Mailbox, place)
    if address.count("@") != 1 or not all(address.split("@")) or not address.isascii():
        raise Invalid("bad_address", f"{place}: is not an address such as service@bank.example")
    if not options.get("queue"):
        raise Invalid("bad_setting", f"{place}: name the queue that answers it")
    for language, text in dict(options.get("signature", {})).items():
        check_signature(str(text), f"{place}.signature.{language}")
    relay = options.pop("relay", None)
    imap = options.pop("imap", None)
    dkim = options.pop("dkim", None)
    return Mailbox(
        **{**options, "address": address},
        relay=_relay(dict(relay), f"{place}.relay") if relay else None,
        imap=_imap(dict(imap), f"{place}.imap") if imap else None,
        dkim=_dkim(dict(dkim), f"{place}.dkim") if dkim else None,
    )


def _imap(options: dict[str, Any], place: str) -> Imap:
    own = {name: options.pop(name) for name in ("poll_seconds", "batch") if name in options}
    folders = tuple(options.pop("folders", ("INBOX",)))
    return Imap(relay=_relay(options, place), folders=folders, **own)


def _dkim(options: dict[str, Any], place: str) -> Dkim:
    wanted = {"domain", "selector", "key_file"}
    if set(options) != wanted:
        raise Invalid("unknown_setting", f"{place} has {sorted(wanted)}, all of them")
    pem = Path(options["key_file"]).read_bytes()
    return dkim_from(str(options["domain"]), str(options["selector"]), pem, place)


def _relay(options: dict[str, Any], place: str) -> Relay:
    password_file = options.pop("password_file", None)
    oauth = options.pop("oauth", None)
    _refuse_unknown(options, Relay, place)
    if password_file is not None:
        options["password"] = Path(password_file).read_text("utf-8").strip()
    relay = Relay(**options, oauth=_oauth(dict(oauth), f"{place}.oauth") if oauth else None)
    if not relay.host:
        raise Invalid("missing_setting", f"{place}.host is needed")
    if not 0 < relay.port <= PORT_MOST:
        raise Invalid("bad_setting", f"{place}.port: 1 to {PORT_MOST}")
    if relay.tls not in TLS_WAYS:
        raise Invalid("bad_setting", f"{place}.tls: one of {', '.join(TLS_WAYS)}")
    if relay.tls == "none" and not is_loopback(relay.host):
        raise Invalid("no_tls", f"{place}.tls: none is for this machine, not {relay.host}")
    try:
        end_of(relay.secret_until)
    except ValueError:
        raise Invalid("bad_setting", f"{place}.secret_until: a day as 2027-03-01") from None
    return relay


def _oauth(options: dict[str, Any], place: str) -> OAuth:
    for name in ("client_secret", "refresh_token"):
        path = options.pop(f"{name}_file", None)
        if path is not None:
            options[name] = Path(path).read_text("utf-8").strip()
    _refuse_unknown(options, OAuth, place)
    oauth = OAuth(**{"url": "", "client_id": "", **options})
    oauth.check(place)
    return oauth


def is_loopback(host: str) -> bool:
    """Tell whether only this machine reaches the host."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _refuse_unknown(options: Mapping[str, Any], known: type[Any], place: str) -> None:
    names = {one.name for one in fields(known)}
    if unknown := sorted(set(options) - names):
        raise Invalid("unknown_setting", f"{place} has no {unknown}; it has {sorted(names)}")
