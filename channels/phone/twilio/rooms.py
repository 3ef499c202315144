"""What commands do to a room: it is a Conference that the provider knows by the room's name."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from channels._twilio.client import Gone, Provider, asked
from channels.phone.twilio import twiml
from channels.phone.twilio.office import Office
from channels.phone.twilio.twiml import Style
from hub.domain.calls import CloseRoom, Hold, Mute, PlayInRoom, RoomRole, SendDigits, SetRole
from hub.journey.calls.read import LegRead
from hub.ports import SendLater, SendNever

REMEMBERED_MOST: Final = 1000


class Rooms:
    """Conferences and their participants."""

    def __init__(self, office: Office, provider: Provider, style: Style) -> None:
        self._office, self._provider, self._style = office, provider, style
        self._sids: dict[str, str] = {}
        """Conference by room, as it was found last; the provider knows better."""

    async def known(self, leg_id: str) -> LegRead:
        """Return a Leg that the provider has too; raise `Gone` or `SendLater`."""
        leg = await self._office.leg(leg_id)
        if leg is None or leg.is_over:
            raise Gone
        if not leg.ref:
            raise SendLater("leg_not_up")
        return leg

    async def hold(self, command: Hold) -> None:
        """Let a Leg hear music and not be heard."""
        change: dict[str, Any] = {"hold": command.is_on}
        if command.is_on:
            change |= {"hold_url": self._style.places.hold, "hold_method": "POST"}
        await self._change(command.room_id, command.leg_id, **change)

    async def mute(self, command: Mute) -> None:
        """Let a Leg hear and not be heard."""
        await self._change(command.room_id, command.leg_id, muted=command.is_on)

    async def set_role(self, command: SetRole) -> None:
        """Listen, whisper or join."""
        change: dict[str, Any] = {"coaching": False, "muted": command.role is RoomRole.LISTEN}
        if command.role is RoomRole.COACH and command.coached_leg_id:
            coached = await self.known(command.coached_leg_id)
            change |= {"coaching": True, "call_sid_to_coach": coached.ref}
        await self._change(command.room_id, command.leg_id, **change)

    async def announce(self, command: PlayInRoom) -> None:
        """Play to all, or to one."""
        said = self._sealed(twiml.sounds_only(command.sounds, self._style))
        change = {"announce_url": said, "announce_method": "POST"}
        if command.leg_id is not None:
            await self._change(command.room_id, command.leg_id, **change)
            return
        rest = self._provider.rest
        await self._in(command.room_id, lambda sid: rest.conferences(sid).update_async(**change))

    async def press(self, command: SendDigits) -> None:
        """Press keys towards the far end of a Leg in a room."""
        leg = await self.known(command.leg_id)
        if leg.room_id is None:
            raise SendNever("not_in_a_room")
        said = self._sealed(twiml.sounds_only((), self._style, command.digits))
        await self._change(leg.room_id, leg.leg_id, announce_url=said, announce_method="POST")

    async def close(self, command: CloseRoom) -> None:
        """End it for all."""
        rest = self._provider.rest
        await self._in(
            command.room_id, lambda sid: rest.conferences(sid).update_async(status="completed")
        )

    async def dialled(self, room_id: str, leg_id: str) -> str | None:
        """Return the call of a Leg that was dialled into the room before; None if it was not."""
        rest = self._provider.rest
        try:
            listed = await self._in(
                room_id, lambda sid: rest.conferences(sid).participants.list_async()
            )
        except (Gone, SendLater):
            return None
        return next((str(one.call_sid) for one in listed if one.label == leg_id), None)

    async def _change(self, room_id: str, leg_id: str, **change: Any) -> None:
        leg, rest = await self.known(leg_id), self._provider.rest
        await self._in(
            room_id, lambda sid: rest.conferences(sid).participants(leg.ref).update_async(**change)
        )

    async def _in(self, room_id: str, ask: Callable[[str], Awaitable[Any]]) -> Any:
        """Ask about a Conference; one that was remembered and is over is looked for anew."""
        remembered = self._sids.get(room_id)
        if remembered is not None:
            try:
                return await asked(ask(remembered))
            except Gone:
                self._sids.pop(room_id, None)
        sid = await self._find(room_id)
        if sid == remembered:
            raise Gone
        return await asked(ask(sid))

    async def _find(self, room_id: str) -> str:
        listed = await asked(
            self._provider.rest.conferences.list_async(friendly_name=room_id, limit=20)
        )
        open_ones = [str(one.sid) for one in listed if str(one.status) != "completed"]
        if not open_ones:
            raise SendLater("no_room")
        if len(self._sids) >= REMEMBERED_MOST:
            self._sids.clear()
        self._sids[room_id] = open_ones[0]
        return open_ones[0]

    def _sealed(self, text: str) -> str:
        return self._style.places.sounds(self._office.seal(text))
