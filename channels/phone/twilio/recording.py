"""Recordings at the provider: begun, paused, fetched, deleted."""

from collections.abc import AsyncIterator
from typing import Final

from channels._twilio.client import Gone, Provider, Unsure, asked
from channels.phone.twilio import facts
from channels.phone.twilio.office import Office
from channels.phone.twilio.twiml import Style
from hub.domain.calls import DeleteRecording, Record
from hub.ports import SendLater, SendNever

CURRENT: Final = "Twilio.CURRENT"
CHUNK_BYTES: Final = 64 * 1024
RUNNING: Final = ("in-progress", "paused")
STATUS: Final = {"pause": "paused", "resume": "in-progress", "stop": "stopped"}


class Recordings:
    """The customer's call is recorded: who speaks to the bank is one of two channels."""

    def __init__(
        self, office: Office, provider: Provider, style: Style, *, most_bytes: int
    ) -> None:
        self._office, self._provider, self._style = office, provider, style
        self._most_bytes = most_bytes

    async def record(self, command: Record) -> None:
        """Begin, pause, go on or end; what is so already stays so."""
        leg = await self._office.customer_of(command.room_id)
        if leg is None or leg.is_over:
            return
        if not leg.ref:
            raise SendLater("leg_not_up")
        recordings = self._provider.rest.calls(leg.ref).recordings
        running = [
            one for one in await asked(recordings.list_async()) if str(one.status) in RUNNING
        ]
        if command.action == "start":
            if running:
                return
            told = self._style.places.recording(leg.leg_id, command.recording_id)
            await asked(
                recordings.create_async(
                    recording_channels="dual",
                    recording_track="both",
                    recording_status_callback=told,
                    recording_status_callback_event=["completed", "absent"],
                    recording_status_callback_method="POST",
                )
            )
            return
        wanted = STATUS[command.action]
        if not running or str(running[0].status) == wanted:
            return
        change = {"status": wanted}
        if command.action == "pause":
            change["pause_behavior"] = "skip"
        current = self._provider.rest.calls(leg.ref).recordings(CURRENT)
        await asked(current.update_async(**change))

    async def delete(self, command: DeleteRecording) -> None:
        """Delete the provider's copy."""
        if facts.is_recording_ref(command.ref):
            await asked(self._provider.rest.recordings(command.ref).delete_async())

    async def fetch(self, ref: str) -> AsyncIterator[bytes]:
        """Yield the file; its address is made here, never taken from a request."""
        if not facts.is_recording_ref(ref):
            raise SendNever("no_recording")
        path = f"Recordings/{ref}.wav?RequestedChannels=2"
        try:
            data = await self._provider.media(path, self._most_bytes)
        except Gone:
            raise SendNever("no_recording") from None
        except Unsure:
            raise SendLater("provider_away") from None
        for at in range(0, len(data), CHUNK_BYTES):
            yield data[at : at + CHUNK_BYTES]
