"""The account in an operator's table: secrets from files, and what is checked before the start."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from hub.domain.errors import Invalid

SECRETS: Final = ("auth_token", "former_auth_token", "api_key_secret")
LOCAL: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_SID: Final = re.compile(r"(AC|SK)[0-9a-fA-F]{32}")


def with_secrets(
    options: Mapping[str, Any], table: str, names: tuple[str, ...] = SECRETS
) -> dict[str, Any]:
    """Return the table with each `NAME_file` read into `NAME`; raise `Invalid` naming the key."""
    given = dict(options)
    for name in names:
        path = given.pop(f"{name}_file", None)
        if path is None:
            continue
        if given.get(name):
            raise Invalid("two_secrets", f"{table}: {name} and {name}_file are both set; keep one")
        try:
            given[name] = Path(path).read_text("utf-8").strip()
        except OSError:
            raise Invalid("no_secret", f"{table}.{name}_file: {path} cannot be read") from None
    return given


def check_account(given: Mapping[str, Any], table: str) -> None:
    """Raise `Invalid` naming what is wrong with an account and its addresses."""
    for name in ("account_sid", "auth_token", "public_url"):
        if not given.get(name):
            raise Invalid("missing_setting", f"{table}.{name} is needed")
    for name, kind in (("account_sid", "AC"), ("api_key_sid", "SK")):
        value = str(given.get(name) or "")
        if value and (not _SID.fullmatch(value) or not value.startswith(kind)):
            raise Invalid("bad_setting", f"{table}.{name}: {kind} and 32 hexadecimal digits")
    if bool(given.get("api_key_sid")) != bool(given.get("api_key_secret")):
        raise Invalid("bad_setting", f"{table}: api_key_sid and api_key_secret go together")
    for name in ("public_url", "api_url"):
        if value := str(given.get(name) or ""):
            _require_safe(f"{table}.{name}", value)


def _require_safe(place: str, url: str) -> None:
    parts = urlsplit(url)
    is_local = parts.scheme == "http" and parts.hostname in LOCAL
    if not parts.hostname or not (parts.scheme == "https" or is_local) or parts.query:
        raise Invalid("bad_setting", f"{place}: https, or http on this machine only")
