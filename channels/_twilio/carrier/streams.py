"""`Start`, `Stop` and `Connect`: what streams there are. Their sound is not simulated."""

from typing import TYPE_CHECKING

from channels._twilio.carrier.call import Call, Callback, Recording
from channels._twilio.carrier.document import BadDocument, Verb

if TYPE_CHECKING:
    from channels._twilio.carrier.carrier import Carrier


class Streams:
    """Streams, SIPREC sessions and recordings that documents start."""

    def __init__(self, carrier: "Carrier") -> None:
        self._carrier = carrier

    def start(self, call: Call, verb: Verb) -> None:
        """Start what stands in the verb."""
        for child in verb.children:
            if child.name == "Recording":
                self._record(call, child)
                continue
            if child.name == "Stream" and not child.attributes.get("url", "").startswith("wss://"):
                raise BadDocument(31941, "a stream needs a wss address")
            call.streams[self._name(child)] = "in-progress"

    def stop(self, call: Call, verb: Verb) -> None:
        """Stop what stands in the verb."""
        for child in verb.children:
            if child.name == "Recording":
                for recording in call.recordings:
                    self._carrier.finish_recording(call, recording)
            else:
                call.streams[self._name(child)] = "stopped"

    async def connect(self, call: Call, verb: Verb) -> None:
        """Give the call to a stream until it is stopped or the call ends."""
        if len(verb.children) != 1:
            raise BadDocument(12200, "Connect connects one thing")
        name = self._name(verb.children[0])
        call.streams[name] = "in-progress"
        while call.streams[name] == "in-progress" and not call.is_over:
            await self._carrier.clock.sleep(1.0)

    def _record(self, call: Call, verb: Verb) -> None:
        self._carrier.start_recording(
            call,
            channels=2 if verb.attributes.get("channels") == "dual" else 1,
            callback=Callback(url=verb.attributes.get("recordingStatusCallback", "")),
        )

    def _name(self, verb: Verb) -> str:
        return verb.attributes.get("name") or self._carrier.sid("MZ")


def fresh(recording: Recording, now: float) -> float:
    """Return how many seconds a recording holds now, without what was skipped."""
    until = recording.paused_at if recording.paused_at is not None else now
    return max(0.0, until - recording.started_at - recording.skipped_seconds)
