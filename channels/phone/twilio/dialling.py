"""Calls that we make. Nobody is called twice: a repeated command finds its call by the label."""

import math
from collections.abc import Callable
from typing import Any, Final

from channels._twilio.client import Provider, asked
from channels.phone.twilio.office import Office
from channels.phone.twilio.places import token_of
from channels.phone.twilio.rooms import Rooms
from channels.phone.twilio.twiml import MOST_IN_ROOM, ROOM_EVENTS, Style
from hub.domain.calls import Dial, EnterRoom, LegKind, LegRinging, RoomRole
from hub.ports import SendNever

STATUS_EVENTS: Final = ["initiated", "ringing", "answered", "completed"]
MayDial = Callable[[str], bool]
"""Whether a number (E.164) may be called at all: the last gate against toll fraud."""


class Dialling:
    """Makes new Legs."""

    def __init__(
        self,
        office: Office,
        provider: Provider,
        style: Style,
        rooms: Rooms,
        *,
        caller_number: str,
        may_dial: MayDial,
    ) -> None:
        self._office, self._provider, self._style = office, provider, style
        self._rooms, self._caller_number, self._may_dial = rooms, caller_number, may_dial

    async def dial(self, command: Dial) -> None:
        """Dial, and tell the hub the provider's name of the new Leg."""
        leg = await self._office.leg(command.leg_id)
        if leg is not None and (leg.is_over or leg.ref):
            return
        common: dict[str, Any] = {
            "from_": command.caller_number or self._caller_number,
            "to": self._address(command.address),
            "timeout": math.ceil(command.ring_seconds),
            "status_callback": self._style.places.status(command.leg_id),
            "status_callback_event": STATUS_EVENTS,
            "status_callback_method": "POST",
        }
        if command.kind in (LegKind.CUSTOMER, LegKind.OUTSIDE):
            common["machine_detection"] = "Enable"
        match command.program:
            case (EnterRoom() as room,):
                ref = await self._rooms.dialled(room.room_id, command.leg_id)
                ref = ref or await self._into(command.leg_id, room, common)
            case _:
                ref = await self._alone(command, common)
        ringing = LegRinging(leg_id=command.leg_id, key=f"{ref}.ringing", ref=ref)
        await self._office.hear(ringing)

    async def _into(self, leg_id: str, room: EnterRoom, common: dict[str, Any]) -> str:
        roles: dict[str, Any] = {"muted": True} if room.role is RoomRole.LISTEN else {}
        if room.role is RoomRole.COACH and room.coached_leg_id:
            coached = await self._rooms.known(room.coached_leg_id)
            roles = {"coaching": True, "call_sid_to_coach": coached.ref}
        made = await asked(
            self._provider.rest.conferences(room.room_id).participants.create_async(
                label=leg_id,
                beep="false",
                early_media=False,
                start_conference_on_enter=True,
                end_conference_on_exit=False,
                max_participants=MOST_IN_ROOM,
                conference_status_callback=self._style.places.room(room.room_id),
                conference_status_callback_event=ROOM_EVENTS.split(),
                conference_status_callback_method="POST",
                **common,
                **roles,
            )
        )
        return str(made.call_sid)

    async def _alone(self, command: Dial, common: dict[str, Any]) -> str:
        url = self._style.places.leg(command.leg_id, "answered", token_of(command.command_id))
        made = await asked(
            self._provider.rest.calls.create_async(url=url, fallback_url=url, **common)
        )
        return str(made.sid)

    def _address(self, address: str) -> str:
        kind, _, end = address.partition(":")
        match kind:
            case "agent":
                return f"client:{end}"
            case "sip" | "sips":
                return address
            case "pstn" if self._may_dial(end):
                return end
        raise SendNever("number_not_allowed")
