"""Screens on the wall: their links, and the figures they show."""

from typing import Annotated, Any, Final

from pydantic import StringConstraints

from agent_console.http.endpoint import Api, Call, Endpoint, Strict
from agent_console.http.sign_in import Done
from agent_console.wallboard.display import DisplayFigures
from hub.journey.context import Hub
from hub.journey.floor import displays
from hub.journey.floor.displays import Standing
from hub.security.roles import Right
from hub.security.signed_link import ANYBODY, SignedLinks

PURPOSE: Final = "display"
HEADER: Final = "x-display"
"""The token travels in a header: an address would stand in every log."""
PAGE: Final = "/display"


class NewDisplay(Strict):
    """Where the screen hangs."""

    name: Annotated[
        str,
        StringConstraints(strict=True, min_length=1, max_length=displays.NAME_MAX_CHARACTERS),
    ]


class DisplayView(Strict):
    """A screen; `link` once, when it is made: it is kept nowhere."""

    id: str
    name: str
    made_at: float
    expires_at: float
    link: str | None = None


class Displays(Strict):
    """The screens whose links are good."""

    displays: list[DisplayView]


class Picture(Strict):
    """Figures, without a word about any person (`DisplayPicture` of the page)."""

    totals: dict[str, Any]
    queues: list[dict[str, Any]]
    agents: dict[str, int]
    time_zone: str


class DisplayRoutes:
    """`/api/displays`, `/api/display`."""

    def __init__(self, hub: Hub, links: SignedLinks, figures: DisplayFigures) -> None:
        self._hub, self._links, self._figures = hub, links, figures

    def add_to(self, api: Api) -> None:
        """Add the routes."""
        steers: dict[str, Any] = {"right": Right.STEER_CONTACTS, "tag": "displays"}
        api.add(
            Endpoint(
                method="GET", path="/api/displays", handler=self.list, answer=Displays, **steers
            )
        )
        api.add(
            Endpoint(
                method="POST", path="/api/displays", handler=self.make, body=NewDisplay,
                answer=DisplayView, **steers,
            )
        )  # fmt: skip
        api.add(
            Endpoint(
                method="POST", path="/api/displays/{id}/revoke", handler=self.revoke, answer=Done,
                **steers,
            )
        )  # fmt: skip
        api.add(
            Endpoint(
                method="GET", path="/api/display", handler=self.picture, answer=Picture,
                public=True, tag="displays",
            )
        )  # fmt: skip

    async def list(self, call: Call) -> Displays:
        """List the screens."""
        return Displays(displays=[_view(one) for one in await displays.displays(self._hub)])

    async def make(self, call: Call) -> DisplayView:
        """Make a screen's link."""
        body: NewDisplay = call.body
        made = await displays.make_display(self._hub, call.user.viewer.user_id, body.name)
        token = self._links.sign(PURPOSE, made.id, viewer=ANYBODY, expires_at=made.expires_at)
        return _view(made).model_copy(update={"link": f"{PAGE}#{token}"})

    async def revoke(self, call: Call) -> Done:
        """Take a screen's link back."""
        display_id = call.request.path_params["id"]
        await displays.revoke_display(self._hub, call.user.viewer.user_id, display_id)
        return Done()

    async def picture(self, call: Call) -> Picture:
        """Read the figures, with the token of a screen."""
        token = call.request.headers.get(HEADER, "")
        now = self._hub.clock.now()
        display_id = self._links.read(PURPOSE, token, viewer=ANYBODY, now=now)
        await displays.require_display(self._hub, display_id)
        return Picture(**await self._figures.picture())


def _view(one: Standing) -> DisplayView:
    return DisplayView(id=one.id, name=one.name, made_at=one.made_at, expires_at=one.expires_at)
