"""The widget page: settings in force, keys, and whether anybody comes through a widget."""

from typing import Annotated, Any, Literal

from pydantic import StringConstraints
from sqlalchemy import bindparam, func, select

from agent_console.http.endpoint import Api, Call, Endpoint, Strict
from agent_console.settings import ConsoleSettings
from agent_console.setup import DeskSetUp, WidgetFacts
from agent_console.views.contact import both
from hub.domain.errors import NotFound
from hub.journey import widget_keys
from hub.journey.context import Hub
from hub.journey.widget_keys import KeyFacts, KeyState
from hub.security.roles import Right
from hub.store.rows import table_of
from hub.store.tables import Conversation
from hub.store.unit import Prepared

CHANNEL = "web_chat"
HOUR_SECONDS = 3600.0
_c = table_of(Conversation).c
_now = Prepared(
    select(_c.account, func.count(_c.open_contact_id), func.max(_c.created_at))
    .where(_c.channel == bindparam("channel"))
    .group_by(_c.account)
)


class KeyView(Strict):
    """A key of a widget; the secret itself is never shown again."""

    id: str
    made_at: float
    made_by: dict[str, str] | None
    """None: the operator's file gave it."""
    state: KeyState
    until_at: float | None


class WidgetView(Strict):
    """A widget as the settings have it, with its keys, the newest first."""

    id: str
    origins: list[str]
    algorithm: str
    takes_word: bool
    """The bank's page can say who is signed in; else everybody is a guest."""
    keys: list[KeyView]
    language: str
    warn_seconds: float
    close_seconds: float
    away_seconds: float
    resume_days: float
    open_contacts: int
    newest_at: float | None
    """When somebody new last came through it."""


class Widgets(Strict):
    """All widgets of the settings."""

    widgets: list[WidgetView]
    hub: str
    """Origin that the bank's page loads the script from."""
    settings_file: str


class MakeKey(Strict):
    """`POST /api/widgets/{id}/key`."""

    keep_hours: Literal[0, 1, 24, 168] = 24
    """So long the keys before are taken too."""
    public_key: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000)] = ""
    """In PEM, where the bank keeps the secret half to itself (ES256)."""


class NewKey(Strict):
    """A fresh secret, shown this once; None where the bank has it already."""

    key: str | None


class Revoked(Strict):
    """The key is out of force."""


class WidgetRoutes:
    """`/api/widgets`: for administrators."""

    def __init__(self, hub: Hub, desk: DeskSetUp, settings: ConsoleSettings) -> None:
        self._hub, self._desk, self._settings = hub, desk, settings

    def add_to(self, api: Api) -> None:
        """Add the routes."""
        right, tag, one = Right.MANAGE_SETUP, "set-up", "/api/widgets/{id}"
        for endpoint in (
            Endpoint(method="GET", path="/api/widgets", handler=self.list, answer=Widgets,
                     right=right, tag=tag),
            Endpoint(method="POST", path=f"{one}/key", handler=self.key, body=MakeKey,
                     answer=NewKey, right=right, code_again=True, tag=tag),
            Endpoint(method="POST", path=f"{one}/keys/{{key}}/revoke", handler=self.revoke,
                     answer=Revoked, right=right, code_again=True, tag=tag),
        ):  # fmt: skip
            api.add(endpoint)

    async def list(self, _call: Call) -> Widgets:
        """List the widgets, and whether anybody comes through them."""
        rows = await self._hub.reader.rows(_now(channel=CHANNEL))
        live = {account: (count, newest) for account, count, newest in rows}
        return Widgets(
            widgets=[
                await self._view(one, *live.get(one.id, (0, None))) for one in self._desk.widgets
            ],
            hub=min(self._settings.origins, default=""),
            settings_file=self._desk.settings_file,
        )

    async def key(self, call: Call) -> NewKey:
        """Put a new key in force; those before are taken a while longer."""
        found = self._widget(call)
        secret = await widget_keys.make_key(
            self._hub, call.user.viewer.user_id, found.id, algorithm=found.algorithm,
            keep_seconds=call.body.keep_hours * HOUR_SECONDS, public=call.body.public_key,
        )  # fmt: skip
        return NewKey(key=secret)

    async def revoke(self, call: Call) -> Revoked:
        """Take a key out of force at once."""
        key_id = str(call.request.path_params["key"])
        actor = call.user.viewer.user_id
        await widget_keys.revoke_key(self._hub, actor, self._widget(call).id, key_id)
        return Revoked()

    def _widget(self, call: Call) -> WidgetFacts:
        widget_id = str(call.request.path_params["id"])
        found = next((one for one in self._desk.widgets if one.id == widget_id), None)
        if found is None:
            raise NotFound("no_widget")
        return found

    async def _view(self, one: WidgetFacts, open_contacts: int, newest_at: Any) -> WidgetView:
        keys = [self._key(key) for key in await widget_keys.keys_of(self._hub, one.id)]
        return WidgetView(
            id=one.id,
            origins=list(one.origins),
            algorithm=one.algorithm,
            takes_word=any(key.state in ("in_force", "former") for key in keys),
            keys=keys,
            language=one.language,
            warn_seconds=one.warn_seconds,
            close_seconds=one.close_seconds,
            away_seconds=one.away_seconds,
            resume_days=one.resume_days,
            open_contacts=open_contacts,
            newest_at=newest_at,
        )

    def _key(self, key: KeyFacts) -> KeyView:
        made_by = both(self._hub.staff.name_of(key.made_by)) if key.made_by else None
        return KeyView(
            id=key.id, made_at=key.made_at, made_by=made_by, until_at=key.until_at,
            state=key.state(self._hub.clock.now()),
        )  # fmt: skip
