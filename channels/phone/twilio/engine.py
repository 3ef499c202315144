"""`LiveCall` over Twilio: a room is a Conference, a waiting Leg lies in the provider's queue.

Every command may come twice. What does no harm twice is asked again; what would (a second call, a
second announcement) is looked for first, or not repeated when nobody knows whether it was done.
"""

import math
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from channels._twilio.client import Gone, Provider, Unsure, asked
from channels.phone.twilio import facts, twiml
from channels.phone.twilio.office import HubLeg, Office
from channels.phone.twilio.places import Places, token_of
from channels.phone.twilio.settings import TwilioSettings
from channels.phone.twilio.twiml import INLINE_CHARACTERS, MOST_IN_ROOM, Style
from channels.phone.twilio.webhooks import turn_of
from hub.domain.calls import (
    CallAbility,
    CallCommand,
    CloseRoom,
    DeleteRecording,
    Dial,
    EndCause,
    EndLeg,
    EnterRoom,
    Hold,
    KnownLeg,
    LegEnded,
    LegKind,
    LegRinging,
    LegState,
    Mute,
    PlayInRoom,
    Record,
    RoomRole,
    RunProgram,
    SendDigits,
    SetRole,
    SoftphoneGrant,
)
from hub.ports import Clock, SendLater, SendNever

STATUS_EVENTS: Final = ["initiated", "ringing", "answered", "completed"]
LIVE: Final = {"queued": LegState.DIALLED, "ringing": LegState.RINGING, "in-progress": LegState.UP}
CHUNK_BYTES: Final = 64 * 1024
LEGS_MOST: Final = 1000
_ACTIONS: Final = {"pause": "paused", "resume": "in-progress", "stop": "stopped"}

MayDial = Callable[[str], bool]


class _Hearing(Protocol):
    async def __call__(self, request: Awaitable[Any]) -> Any: ...


@dataclass(frozen=True, slots=True)
class TwilioHealth:
    """What `check` answers."""

    ok: bool
    code: str


class TwilioCalls:
    """The engine `twilio`."""

    name = facts.ENGINE
    abilities = frozenset(CallAbility)

    def __init__(
        self,
        office: Office,
        provider: Provider,
        settings: TwilioSettings,
        style: Style,
        clock: Clock,
        *,
        may_dial: MayDial,
    ) -> None:
        self._office, self._provider, self._settings = office, provider, settings
        self._style, self._clock, self._may_dial = style, clock, may_dial
        self._rooms: dict[str, str] = {}
        """Conference by room, so far as it was asked for; the provider knows better."""

    @property
    def _places(self) -> Places:
        return self._style.places

    @property
    def _rest(self) -> Any:
        return self._provider.rest

    async def carry_out(self, command: CallCommand) -> None:
        """Do it; raise only the three errors of a channel."""
        try:
            await self._act(command)
        except Gone:
            await self._tell_gone(command)
        except Unsure:
            if isinstance(command, PlayInRoom | SendDigits):
                raise SendNever("outcome_unknown") from None
            raise SendLater("outcome_unknown") from None

    async def _act(self, command: CallCommand) -> None:
        match command:
            case RunProgram():
                await self._run(command)
            case Dial():
                await self._dial(command)
            case EndLeg():
                await self._end(command)
            case SendDigits():
                await self._press(command)
            case Hold():
                hold: dict[str, Any] = {"hold": command.is_on}
                if command.is_on:
                    hold |= {"hold_url": self._places.hold, "hold_method": "POST"}
                await self._participant(command.room_id, command.leg_id, **hold)
            case Mute():
                await self._participant(command.room_id, command.leg_id, muted=command.is_on)
            case SetRole():
                await self._set_role(command)
            case PlayInRoom():
                await self._announce(command)
            case CloseRoom():
                room = await self._conference(command.room_id)
                await asked(self._rest.conferences(room).update_async(status="completed"))
            case Record():
                await self._record(command)
            case DeleteRecording():
                if facts.is_recording_ref(command.ref):
                    await asked(self._rest.recordings(command.ref).delete_async())
            case _:
                raise SendNever(f"unknown_command_{type(command).__name__}")

    async def _tell_gone(self, command: CallCommand) -> None:
        """The provider has it no more: the hub hears of it, if a callback was lost."""
        leg_id = getattr(command, "leg_id", None)
        if leg_id and not isinstance(command, SetRole | Hold | Mute | PlayInRoom):
            key = f"{leg_id}.gone"
            await self._office.hear(LegEnded(leg_id=leg_id, key=key, cause=EndCause.LOST))
        room_id = getattr(command, "room_id", None)
        if room_id and self._rooms.pop(room_id, None):
            raise SendLater("room_changed")

    # -- legs ----------------------------------------------------------------------------------

    async def _run(self, command: RunProgram) -> None:
        leg = await self._known(command.leg_id)
        token = token_of(f"run.{command.command_id}")
        turn = await turn_of(self._office, command.leg_id, command.program, token)
        text = twiml.document(command.program, turn, self._style)
        await asked(self._rest.calls(leg.ref).update_async(**self._by_document(text)))

    def _by_document(self, text: str) -> dict[str, str]:
        """With the request where it fits, else as a sealed address."""
        if len(text) <= INLINE_CHARACTERS:
            return {"twiml": text}
        return {"url": self._places.sounds(self._office.seal(text)), "method": "POST"}

    async def _dial(self, command: Dial) -> None:
        leg = await self._office.leg(command.leg_id)
        if leg is not None and (leg.is_over or leg.ref):
            return
        to = self._address(command.address)
        last = command.program[-1] if command.program else None
        is_into_room = len(command.program) == 1 and isinstance(last, EnterRoom)
        common: dict[str, Any] = {
            "from_": command.caller_number or self._settings.caller_number,
            "to": to,
            "timeout": math.ceil(command.ring_seconds),
            "status_callback": self._places.status(command.leg_id),
            "status_callback_event": STATUS_EVENTS,
            "status_callback_method": "POST",
        }
        if is_into_room and isinstance(last, EnterRoom):
            made = await self._dial_into(command, last, common)
        else:
            made = await self._dial_alone(command, common)
        key = f"{made}.ringing"
        await self._office.hear(LegRinging(leg_id=command.leg_id, key=key, ref=made))

    async def _dial_into(self, command: Dial, room: EnterRoom, common: dict[str, Any]) -> str:
        if found := await self._dialled_before(command, room.room_id):
            return found
        roles: dict[str, Any] = {"muted": True} if room.role is RoomRole.LISTEN else {}
        if room.role is RoomRole.COACH and room.coached_leg_id:
            coached = await self._known(room.coached_leg_id)
            roles = {"coaching": True, "call_sid_to_coach": coached.ref}
        if command.kind in (LegKind.CUSTOMER, LegKind.OUTSIDE):
            roles["machine_detection"] = "Enable"
        made = await asked(
            self._rest.conferences(room.room_id).participants.create_async(
                label=command.leg_id,
                beep="false",
                early_media=False,
                start_conference_on_enter=True,
                end_conference_on_exit=False,
                max_participants=MOST_IN_ROOM,
                conference_status_callback=self._places.room(room.room_id),
                conference_status_callback_event=twiml.ROOM_EVENTS.split(),
                conference_status_callback_method="POST",
                **common,
                **roles,
            )
        )
        return str(made.call_sid)

    async def _dialled_before(self, command: Dial, room_id: str) -> str | None:
        """A repeated command finds the Leg by its label: nobody is called twice."""
        try:
            room = await self._conference(room_id)
            listed = await asked(self._rest.conferences(room).participants.list_async())
        except (Gone, SendLater):
            return None
        found = (one.call_sid for one in listed if one.label == command.leg_id)
        return next((str(ref) for ref in found), None)

    async def _dial_alone(self, command: Dial, common: dict[str, Any]) -> str:
        url = self._places.leg(command.leg_id, "answered", token_of(command.command_id))
        made = await asked(
            self._rest.calls.create_async(
                url=url, fallback_url=url, machine_detection="Enable", **common
            )
        )
        return str(made.sid)

    def _address(self, address: str) -> str:
        kind, _, end = address.partition(":")
        match kind:
            case "agent":
                return f"client:{end}"
            case "sip":
                return address
            case "pstn" if self._may_dial(end):
                return end
        raise SendNever("number_not_allowed")

    async def _end(self, command: EndLeg) -> None:
        leg = await self._office.leg(command.leg_id)
        if leg is None or not leg.ref:
            raise SendLater("leg_not_up")
        await asked(self._rest.calls(leg.ref).update_async(status="completed"))

    async def _known(self, leg_id: str) -> HubLeg:
        leg = await self._office.leg(leg_id)
        if leg is None or leg.is_over:
            raise Gone
        if not leg.ref:
            raise SendLater("leg_not_up")
        return leg

    # -- rooms ---------------------------------------------------------------------------------

    async def _conference(self, room_id: str) -> str:
        if room_id in self._rooms:
            return self._rooms[room_id]
        listed = await asked(
            self._rest.conferences.list_async(friendly_name=room_id, status="in-progress", limit=1)
        )
        if not listed:
            raise SendLater("no_room")
        if len(self._rooms) > LEGS_MOST:
            self._rooms.clear()
        self._rooms[room_id] = str(listed[0].sid)
        return self._rooms[room_id]

    async def _participant(self, room_id: str, leg_id: str, **change: Any) -> None:
        leg = await self._known(leg_id)
        room = await self._conference(room_id)
        await asked(self._rest.conferences(room).participants(leg.ref).update_async(**change))

    async def _set_role(self, command: SetRole) -> None:
        change: dict[str, Any] = {"coaching": False, "muted": command.role is RoomRole.LISTEN}
        if command.role is RoomRole.COACH and command.coached_leg_id:
            coached = await self._known(command.coached_leg_id)
            change |= {"coaching": True, "call_sid_to_coach": coached.ref}
        await self._participant(command.room_id, command.leg_id, **change)

    async def _announce(self, command: PlayInRoom) -> None:
        said = twiml.sounds_only(command.sounds, self._style)
        change = {"announce_url": self._sealed(said), "announce_method": "POST"}
        if command.leg_id is not None:
            await self._participant(command.room_id, command.leg_id, **change)
            return
        room = await self._conference(command.room_id)
        await asked(self._rest.conferences(room).update_async(**change))

    async def _press(self, command: SendDigits) -> None:
        leg = await self._known(command.leg_id)
        if leg.room_id is None:
            raise SendNever("not_in_a_room")
        said = self._sealed(twiml.sounds_only((), self._style, command.digits))
        await self._participant(
            leg.room_id, command.leg_id, announce_url=said, announce_method="POST"
        )

    def _sealed(self, text: str) -> str:
        return self._places.sounds(self._office.seal(text))

    # -- recordings ----------------------------------------------------------------------------

    async def _record(self, command: Record) -> None:
        """The customer's call is recorded: who speaks to the bank is one channel of two."""
        leg = await self._office.customer_of(command.room_id)
        if leg is None or leg.is_over:
            return
        if not leg.ref:
            raise SendLater("leg_not_up")
        recordings = self._rest.calls(leg.ref).recordings
        if command.action != "start":
            change = {"status": _ACTIONS[command.action]}
            if command.action == "pause":
                change["pause_behavior"] = "skip"
            current = self._rest.calls(leg.ref).recordings("Twilio.CURRENT")
            await asked(current.update_async(**change))
            return
        running = await asked(recordings.list_async())
        if any(one.status in ("in-progress", "paused") for one in running):
            return
        await asked(
            recordings.create_async(
                recording_channels="dual",
                recording_track="both",
                recording_status_callback=self._places.recording(leg.leg_id, command.recording_id),
                recording_status_callback_event=["completed", "absent"],
                recording_status_callback_method="POST",
            )
        )

    async def fetch_recording(self, ref: str) -> AsyncIterator[bytes]:
        """Yield a recording; the address is made here, never taken from a request."""
        if not facts.is_recording_ref(ref):
            raise SendNever("no_recording")
        path = f"Recordings/{ref}.wav?RequestedChannels=2"
        try:
            data = await self._provider.media(path, self._settings.recording_most_bytes)
        except Gone:
            raise SendNever("no_recording") from None
        except Unsure:
            raise SendLater("provider_away") from None
        for at in range(0, len(data), CHUNK_BYTES):
            yield data[at : at + CHUNK_BYTES]

    # -- the engine ----------------------------------------------------------------------------

    async def softphone_grant(self, agent_id: str) -> SoftphoneGrant:
        """Return a token for the agent's page; made here, nobody is asked."""
        from twilio.jwt.access_token import AccessToken  # noqa: PLC0415  large
        from twilio.jwt.access_token.grants import VoiceGrant  # noqa: PLC0415

        chosen = self._settings
        if not chosen.api_key_sid:
            raise SendLater("no_api_key")
        token = AccessToken(
            chosen.account_sid, chosen.api_key_sid, chosen.api_key_secret,
            identity=agent_id, ttl=int(chosen.grant_seconds),
        )  # fmt: skip
        token.add_grant(VoiceGrant(incoming_allow=True))
        return SoftphoneGrant(
            driver=facts.ENGINE,
            token=token.to_jwt(),
            expires_at=self._clock.now() + chosen.grant_seconds,
        )

    async def legs(self) -> Sequence[KnownLeg]:
        """Return the Legs that the provider still has, of those that we think are there."""
        known: list[KnownLeg] = []
        for leg in await self._office.open_legs():
            try:
                call = await asked(self._rest.calls(leg.ref).fetch_async()) if leg.ref else None
            except (Gone, SendNever):
                continue
            except Unsure:
                raise SendLater("provider_away") from None
            state = LIVE.get(call.status) if call else None
            if state is not None:
                room_id = leg.room_id if state is LegState.UP else None
                known.append(KnownLeg(leg_id=leg.leg_id, ref=leg.ref, state=state, room_id=room_id))
        return known

    async def check(self) -> TwilioHealth:
        """Ask for our own account."""
        try:
            account = await asked(self._rest.api.accounts(self._settings.account_sid).fetch_async())
        except SendLater as error:
            return TwilioHealth(False, str(error))
        except (Gone, Unsure, SendNever):
            return TwilioHealth(False, "provider_away")
        except Exception as error:  # a person must look, whatever it was
            return TwilioHealth(False, str(error) or type(error).__name__)
        return TwilioHealth(account.status == "active", f"account_{account.status}")
