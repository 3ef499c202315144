"""A desk's standing connection: the headset of a member of staff during the shift."""

from channels.phone.embedded.protocol import Frame
from channels.phone.embedded.socket import PageSocket, Who
from hub.domain.errors import HubError, Refused
from hub.ports import SendLater


class DeskPhone(Who):
    """The page of one member of staff."""

    def __init__(self, page: PageSocket, user_id: str) -> None:
        self._page, self._user_id = page, user_id
        page.exchange.pages.join_staff(user_id, page)

    async def carry_out(self, frame: Frame) -> None:
        """Do what a frame asks."""
        link = self._page.exchange.link
        match frame["type"]:
            case "up":
                answer = await link.ask("phone_up", user_id=self._user_id, sdp=frame["sdp"])
                self._page.send({"type": "answer", "sdp": answer["sdp"]})
            case "down":
                await link.ask("phone_down", user_id=self._user_id)
            case _:
                raise Refused("unknown_type", "a desk does not send this")

    async def gone(self, *, is_leaving: bool) -> None:
        """A desk that is closed takes no more calls; one whose socket broke goes on."""
        exchange = self._page.exchange
        if is_leaving and self._user_id not in exchange.pages.staff:
            try:
                await exchange.link.ask("phone_down", user_id=self._user_id)
            except (HubError, SendLater):
                return  # its connection ends with the page
