"""`LiveCall` over Twilio: a room is a Conference, a waiting Leg lies in the provider's queue.

Every command may come twice. What does no harm twice is asked again; what would (a second call) is
looked for first, or (an announcement) not repeated when nobody knows whether it was done.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from channels._twilio.client import Gone, Provider, Unsure, asked
from channels.phone.twilio import twiml
from channels.phone.twilio.dialling import Dialling, MayDial
from channels.phone.twilio.office import ENGINE, Office
from channels.phone.twilio.places import token_of
from channels.phone.twilio.recording import Recordings
from channels.phone.twilio.rooms import Rooms
from channels.phone.twilio.settings import TwilioSettings
from channels.phone.twilio.twiml import INLINE_CHARACTERS, Style
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
    LegState,
    Mute,
    PlayInRoom,
    Record,
    RunProgram,
    SendDigits,
    SetRole,
    SoftphoneGrant,
)
from hub.journey.calls.read import LegRead
from hub.ports import Clock, NeedsAttention, SendLater, SendNever

LIVE: Final = {"queued": LegState.DIALLED, "ringing": LegState.RINGING, "in-progress": LegState.UP}
PAGE: Final = 1000
NOT_TWICE: Final = (PlayInRoom, SendDigits)

Carry = Callable[[Any], Awaitable[None]]


@dataclass(slots=True)
class TwilioHealth:
    """What `check` answers."""

    ok: bool
    code: str


class TwilioCalls:
    """The engine `twilio`."""

    name = ENGINE
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
        self._style, self._clock = style, clock
        self._rooms = Rooms(office, provider, style)
        self._recordings = Recordings(
            office, provider, style, most_bytes=settings.recording_most_bytes
        )
        dialling = Dialling(
            office, provider, style, self._rooms,
            caller_number=settings.caller_number, may_dial=may_dial,
        )  # fmt: skip
        self._hands: Mapping[type[CallCommand], Carry] = {
            RunProgram: self._run,
            Dial: dialling.dial,
            EndLeg: self._end,
            SendDigits: self._rooms.press,
            SetRole: self._rooms.set_role,
            Hold: self._rooms.hold,
            Mute: self._rooms.mute,
            PlayInRoom: self._rooms.announce,
            CloseRoom: self._rooms.close,
            Record: self._recordings.record,
            DeleteRecording: self._recordings.delete,
        }

    async def carry_out(self, command: CallCommand) -> None:
        """Do it; raise only the three errors of a channel."""
        try:
            await self._hands[type(command)](command)
        except Gone:
            await self._tell_gone(command)
        except Unsure:
            if isinstance(command, NOT_TWICE):
                raise SendNever("outcome_unknown") from None
            raise SendLater("outcome_unknown") from None

    async def _run(self, command: RunProgram) -> None:
        leg = await self._rooms.known(command.leg_id)
        token = token_of(f"run.{command.command_id}")
        turn = await turn_of(self._office, command.leg_id, command.program, token)
        text = twiml.document(command.program, turn, self._style)
        change = {"twiml": text}
        if len(text) > INLINE_CHARACTERS:
            change = {"url": self._style.places.sounds(self._office.seal(text)), "method": "POST"}
        await asked(self._provider.rest.calls(leg.ref).update_async(**change))

    async def _end(self, command: EndLeg) -> None:
        leg = await self._rooms.known(command.leg_id)
        await asked(self._provider.rest.calls(leg.ref).update_async(status="completed"))

    async def _tell_gone(self, command: CallCommand) -> None:
        """The provider has the Leg no more: the hub hears of it, if the callback was lost."""
        if not isinstance(command, RunProgram | EndLeg):
            return
        leg = await self._office.leg(command.leg_id)
        if leg is not None and not leg.is_over:
            key = f"{leg.ref}.gone"
            await self._office.hear(LegEnded(leg_id=leg.leg_id, key=key, cause=EndCause.HUNG_UP))

    async def softphone_grant(self, agent_id: str) -> SoftphoneGrant:
        """Return a token for the agent's page; made here, nobody is asked."""
        from twilio.jwt.access_token import AccessToken  # noqa: PLC0415  large
        from twilio.jwt.access_token.grants import VoiceGrant  # noqa: PLC0415  as above

        chosen = self._settings
        if not chosen.api_key_sid:
            raise SendLater("no_api_key")
        token = AccessToken(
            chosen.account_sid, chosen.api_key_sid, chosen.api_key_secret,
            identity=agent_id, ttl=int(chosen.grant_seconds),
        )  # fmt: skip
        token.add_grant(VoiceGrant(incoming_allow=True))
        return SoftphoneGrant(
            driver=ENGINE,
            token=token.to_jwt(),
            expires_at=self._clock.now() + chosen.grant_seconds,
        )

    async def legs(self) -> Sequence[KnownLeg]:
        """Return the Legs that the provider still has, of those that we think are there."""
        states: dict[str, LegState] = {}
        for status, state in LIVE.items():
            calls = self._provider.rest.calls
            try:
                listed = await asked(calls.list_async(status=status, page_size=PAGE))
            except Unsure:
                raise SendLater("provider_away") from None
            states |= {str(call.sid): state for call in listed}
        return [
            KnownLeg(
                leg_id=leg.leg_id,
                ref=leg.ref,
                state=states[leg.ref],
                room_id=_room_of(leg) if states[leg.ref] is LegState.UP else None,
            )
            for leg in await self._office.open_legs()
            if leg.ref in states
        ]

    def fetch_recording(self, ref: str) -> AsyncIterator[bytes]:
        """Yield a recording."""
        return self._recordings.fetch(ref)

    async def check(self) -> TwilioHealth:
        """Ask for our own account."""
        ours = self._provider.rest.api.accounts(self._settings.account_sid)
        try:
            account = await asked(ours.fetch_async())
        except (SendLater, SendNever, NeedsAttention) as error:
            return TwilioHealth(False, str(error))
        except (Gone, Unsure):
            return TwilioHealth(False, "provider_away")
        return TwilioHealth(str(account.status) == "active", f"account_{account.status}")


def _room_of(leg: LegRead) -> str | None:
    """Agents are dialled into their room; a customer is there by program."""
    if leg.kind is not LegKind.CUSTOMER:
        return leg.room_id
    last = leg.program[-1] if leg.program else None
    return last.room_id if isinstance(last, EnterRoom) else None
