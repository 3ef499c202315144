"""The widget page: settings in force, keys, and whether anybody comes through a widget."""

import base64
import secrets
from typing import Any

from sqlalchemy import bindparam, func, select

from agent_console.http.endpoint import Api, Call, Endpoint, Strict
from agent_console.settings import ConsoleSettings
from agent_console.setup import DeskSetUp, WidgetFacts
from hub.domain.errors import Invalid, NotFound
from hub.journey.audited import audited
from hub.journey.context import Hub
from hub.security.roles import Right
from hub.store.rows import table_of
from hub.store.tables import Conversation
from hub.store.unit import Prepared

CHANNEL = "web_chat"
KEY_BYTES = 32
_c = table_of(Conversation).c
_now = Prepared(
    select(_c.account, func.count(_c.open_contact_id), func.max(_c.created_at))
    .where(_c.channel == bindparam("channel"))
    .group_by(_c.account)
)


class WidgetView(Strict):
    """A widget; its key is never shown again."""

    id: str
    origins: list[str]
    algorithm: str
    takes_word: bool
    has_former_key: bool
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


class NewKey(Strict):
    """A fresh key, shown this once and kept nowhere: the operator's file takes it."""

    key: str


class WidgetRoutes:
    """`/api/widgets`: for administrators."""

    def __init__(self, hub: Hub, desk: DeskSetUp, settings: ConsoleSettings) -> None:
        self._hub, self._desk, self._settings = hub, desk, settings

    def add_to(self, api: Api) -> None:
        """Add the routes."""
        api.add(
            Endpoint(
                method="GET", path="/api/widgets", handler=self.list, answer=Widgets,
                right=Right.MANAGE_SETUP, tag="set-up",
            )
        )  # fmt: skip
        api.add(
            Endpoint(
                method="POST", path="/api/widgets/{id}/key", handler=self.key, answer=NewKey,
                right=Right.MANAGE_SETUP, code_again=True, tag="set-up",
            )
        )  # fmt: skip

    async def list(self, _call: Call) -> Widgets:
        """List the widgets, and whether anybody comes through them."""
        rows = await self._hub.reader.rows(_now(channel=CHANNEL))
        live = {account: (count, newest) for account, count, newest in rows}
        return Widgets(
            widgets=[_view(one, *live.get(one.id, (0, None))) for one in self._desk.widgets],
            hub=min(self._settings.origins, default=""),
            settings_file=self._desk.settings_file,
        )

    async def key(self, call: Call) -> NewKey:
        """Make a key for a widget whose word is signed with a shared secret."""
        widget_id = str(call.request.path_params["id"])
        found = next((one for one in self._desk.widgets if one.id == widget_id), None)
        if found is None:
            raise NotFound("no_widget")
        if found.algorithm != "HS256":
            raise Invalid("own_key_pair", "the bank makes its own pair and gives the public key")
        actor = call.user.viewer.user_id
        await self._hub.journal.run(audited(self._hub, actor, "widget_key_made", widget_id))
        return NewKey(key=base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode())


def _view(one: WidgetFacts, open_contacts: int, newest_at: Any) -> WidgetView:
    return WidgetView(
        id=one.id,
        origins=list(one.origins),
        algorithm=one.algorithm,
        takes_word=one.takes_word,
        has_former_key=one.has_former_key,
        language=one.language,
        warn_seconds=one.warn_seconds,
        close_seconds=one.close_seconds,
        away_seconds=one.away_seconds,
        resume_days=one.resume_days,
        open_contacts=open_contacts,
        newest_at=newest_at,
    )
