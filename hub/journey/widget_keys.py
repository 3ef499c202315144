"""The keys that the bank's pages sign with: made, replaced, revoked; sealed in the database.

Every node reads them with each signed hello, so all agree at once. The operator's file gives a
widget its first key; from then on the page of administrators does.
"""

import base64
import secrets
from typing import Final, Literal, NamedTuple, cast

from sqlalchemy import bindparam, or_, select, update

from hub.domain.errors import Invalid, NotFound, Refused
from hub.journey.audited import audited
from hub.journey.context import Hub
from hub.security.widget_token import Algorithm, BadToken, VisitorClaims, WidgetKey
from hub.store.rows import put, table_of
from hub.store.tables import WidgetKeyRow
from hub.store.unit import Call, Prepared, Unit

KeyState = Literal["in_force", "former", "ended", "revoked"]

KEY_BYTES: Final = 32
SHOWN: Final = 10
_k = table_of(WidgetKeyRow).c
_of_widget = select(_k.id, _k.algorithm, _k.made_at, _k.made_by, _k.until_at, _k.revoked_at).where(
    _k.widget_id == bindparam("of")
)
_listed = Prepared(_of_widget.order_by(_k.made_at.desc(), _k.id).limit(SHOWN))
_in_force = (_k.revoked_at.is_(None), or_(_k.until_at.is_(None), _k.until_at > bindparam("now")))
_secrets = Prepared(
    select(_k.id, _k.algorithm, _k.secret_sealed)
    .where(_k.widget_id == bindparam("of"), *_in_force)
    .order_by(_k.made_at.desc(), _k.id)
)
_end_others = Prepared(
    update(table_of(WidgetKeyRow))
    .where(_k.widget_id == bindparam("of"), _k.id != bindparam("kept"), *_in_force)
    .where(or_(_k.until_at.is_(None), _k.until_at > bindparam("end_at")))
    .values(until_at=bindparam("end_at"))
)
_revoke = Prepared(
    update(table_of(WidgetKeyRow))
    .where(_k.id == bindparam("of"), _k.widget_id == bindparam("widget"), *_in_force)
    .values(revoked_at=bindparam("now"))
)


class KeyFacts(NamedTuple):
    """A key as people may know it: never itself."""

    id: str
    algorithm: str
    made_at: float
    made_by: str | None
    until_at: float | None
    revoked_at: float | None

    def state(self, now: float) -> KeyState:
        """Return `in_force`, `former` (taken until its end), `ended` or `revoked`."""
        if self.revoked_at is not None:
            return "revoked"
        if self.until_at is None:
            return "in_force"
        return "former" if self.until_at > now else "ended"


async def keys_of(hub: Hub, widget_id: str) -> list[KeyFacts]:
    """Return the newest keys of a widget, the newest first."""
    return [KeyFacts(*row) for row in await hub.reader.rows(_listed(of=widget_id))]


async def seed_keys(hub: Hub, widget_id: str, algorithm: str, keys: list[str]) -> None:
    """Give a widget that never had a key those of the operator's file, the newest first."""
    for key in keys:
        WidgetKey(widget_id, cast(Algorithm, algorithm), key)
    if keys and not await keys_of(hub, widget_id):
        try:
            await hub.journal.run(lambda: _seed(hub, widget_id, algorithm, keys))
        except Refused as refused:
            if refused.code != "conflict":  # another node was faster
                raise


def _seed(hub: Hub, widget_id: str, algorithm: str, keys: list[str]) -> Unit[None]:
    at = hub.clock.now()
    for age, key in enumerate(keys):
        yield _row(hub, f"file-{widget_id}-{age}", widget_id, algorithm, key, at - age, None)


async def make_key(
    hub: Hub, actor: str, widget_id: str, *, algorithm: str, keep_seconds: float, public: str = ""
) -> str | None:
    """Put a new key in force; those before are taken for `keep_seconds` more.

    Returns the new secret (HS256), which nobody can read again. For ES256 the bank gives its
    `public` key in PEM. Raises `Invalid` for a key of the wrong kind.
    """
    if algorithm == "HS256" and public:
        raise Invalid("bad_widget_key", "this widget's secret is made by the hub")
    is_ours = algorithm == "HS256"
    made = base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode() if is_ours else public
    WidgetKey(widget_id, cast(Algorithm, algorithm), made)
    key_id = hub.new_id("wky")

    def unit() -> Unit[None]:
        now = hub.clock.now()
        yield _row(hub, key_id, widget_id, algorithm, made, now, actor)
        yield _end_others(of=widget_id, kept=key_id, now=now, end_at=now + keep_seconds)
        details = {"key": key_id, "keep_seconds": keep_seconds}
        yield from audited(hub, actor, "widget_key_made", widget_id, details=details)

    await hub.journal.run(unit)
    return made if is_ours else None


async def revoke_key(hub: Hub, actor: str, widget_id: str, key_id: str) -> None:
    """Take a key out of force at once; raise `NotFound` for one that is not in force."""

    def unit() -> Unit[None]:
        if not (yield _revoke(of=key_id, widget=widget_id, now=hub.clock.now())):
            raise NotFound("no_key", "it is not in force")
        details = {"key": key_id}
        yield from audited(hub, actor, "widget_key_revoked", widget_id, details=details)

    await hub.journal.run(unit)


async def newest_secret(hub: Hub, widget_id: str) -> str | None:
    """Return the newest key in force, for who plays the bank; None: guests only."""
    rows = await hub.reader.rows(_secrets(of=widget_id, now=hub.clock.now()))
    return _opened(hub, rows[0][0], rows[0][2]) if rows else None


class WidgetKeys:
    """Checks the bank's word against the keys in force; each is opened once."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._opened: dict[str, WidgetKey] = {}

    async def check(self, widget_id: str, algorithm: str, token: str) -> VisitorClaims | None:
        """Return who the token speaks for, None when the widget has no key; raise `BadToken`."""
        hub, now = self._hub, self._hub.clock.now()
        rows = await hub.reader.rows(_secrets(of=widget_id, now=now))
        keys = [self._key(widget_id, *row) for row in rows if row[1] == algorithm]
        if not keys:
            return None
        for key in keys[:-1]:
            try:
                return key.check(token, now=now)
            except BadToken as error:
                if error.code != "forged":
                    raise
        return keys[-1].check(token, now=now)

    def _key(self, widget_id: str, key_id: str, algorithm: str, sealed: bytes) -> WidgetKey:
        found = self._opened.get(key_id)
        if found is None:
            secret = _opened(self._hub, key_id, sealed)
            found = WidgetKey(widget_id, cast(Algorithm, algorithm), secret)
            self._opened[key_id] = found
        return found


def _opened(hub: Hub, key_id: str, sealed: bytes) -> str:
    return hub.vault.open(sealed, "widget_key", "secret", key_id)


def _row(
    hub: Hub, key_id: str, widget_id: str, algorithm: str, key: str, at: float, by: str | None
) -> Call:
    sealed = hub.vault.seal(key, "widget_key", "secret", key_id)
    return put(
        WidgetKeyRow, id=key_id, widget_id=widget_id, algorithm=algorithm, secret_sealed=sealed,
        made_at=at, made_by=by,
    )  # fmt: skip
