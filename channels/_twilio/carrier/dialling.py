"""Calls that the carrier makes: into a room, to a document, or from `Dial`."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Final

from channels._twilio.carrier.call import Call, Callback
from channels._twilio.carrier.document import BadDocument, Verb
from channels._twilio.carrier.handset import ANSWER, BUSY, MACHINE, REJECT
from channels._twilio.carrier.room import Participant, Room

if TYPE_CHECKING:
    from channels._twilio.carrier.carrier import Carrier

RING_SECONDS: Final = 60.0
_STATUS: Final = {BUSY: "busy", REJECT: "busy"}


class Dialling:
    """Rings far ends and joins what answers."""

    def __init__(self, carrier: "Carrier") -> None:
        self._carrier = carrier

    def start(self, call: Call, seconds: float, then: Callable[[], Awaitable[None]]) -> None:
        """Ring for so long; who answers does what comes then."""
        call.task = asyncio.create_task(self._ring_then(call, seconds, then))

    async def into(self, call: Call, room: Room, participant: Participant) -> None:
        """Be in a room until it is left, then hang up."""
        if room.status != "completed":
            room.enter(participant)
            await participant.out.wait()
        self._carrier.end(call, "completed")

    async def dial(self, call: Call, verb: Verb) -> Mapping[str, str]:
        """Run a `Dial`; return the facts for its action."""
        self._carrier.pick_up(call)
        if not verb.children:
            children: tuple[Verb, ...] = (Verb("Number", {}, verb.text),)
        else:
            children = verb.children
        if children[0].name == "Conference":
            return await self._conference(call, children[0])
        if children[0].name == "Queue":
            return await self._queue(call, children[0])
        return await self._people(call, verb, children)

    # -- rooms ---------------------------------------------------------------------------------

    async def _conference(self, call: Call, verb: Verb) -> Mapping[str, str]:
        carrier, said = self._carrier, verb.attributes
        if not verb.text:
            raise BadDocument(13214, "a Conference without a name")
        room = carrier.room_named(verb.text)
        room.most = int(verb.number("maxParticipants", room.most))
        carrier.listen_to(
            room, said.get("statusCallback", ""), said.get("statusCallbackEvent", "").split()
        )
        coached = said.get("coach", "")
        if coached and coached not in carrier.calls:
            raise BadDocument(13257, "coach names no call")
        participant = Participant(
            call=call,
            label=said.get("participantLabel", ""),
            is_muted=verb.flag("muted", default=False),
            is_coaching=bool(coached),
            coached_sid=coached,
            starts_room=verb.flag("startConferenceOnEnter", default=True),
            ends_room=verb.flag("endConferenceOnExit", default=False),
        )
        call.label = participant.label
        try:
            room.enter(participant)
        except OverflowError:
            raise BadDocument(13251, "the room is full") from None
        try:
            await participant.out.wait()
        finally:
            room.leave(call.sid)
        return {"DialCallStatus": "completed", "ConferenceSid": room.sid}

    # -- people --------------------------------------------------------------------------------

    async def _people(self, call: Call, verb: Verb, ends: tuple[Verb, ...]) -> Mapping[str, str]:
        kind = {"Client": "client:", "Sip": "", "Number": ""}
        status = "no-answer"
        for end in ends:
            child = self._carrier.new_call(
                direction="outbound-dial",
                from_=verb.attributes.get("callerId", call.from_),
                to=kind[end.name] + end.text.removeprefix("client:"),
                callback=Callback(
                    url=end.attributes.get("statusCallback", ""),
                    events=frozenset(
                        end.attributes.get("statusCallbackEvent", "completed").split()
                    ),
                ),
            )
            child.parent_sid = call.sid
            child.task = asyncio.current_task()
            status = await self._ring(child, verb.number("timeout", 30))
            if status == "in-progress":
                await self._bridge(call, child)
                return {"DialCallStatus": "completed", "DialCallSid": child.sid}
            self._carrier.end(child, status)
        return {"DialCallStatus": status}

    async def _queue(self, call: Call, verb: Verb) -> Mapping[str, str]:
        waiting = [one for one in self._carrier.calls.values() if one.queue == verb.text]
        if not waiting:
            return {"DialCallStatus": "no-answer"}
        member = min(waiting, key=lambda one: one.queued_at)
        await self._carrier.interrupt(member)
        await self._bridge(call, member)
        return {"DialCallStatus": "completed", "DialCallSid": member.sid}

    async def _bridge(self, call: Call, other: Call) -> None:
        call.peer, other.peer = other, call
        other.task = None
        ends = [asyncio.ensure_future(one.over.wait()) for one in (call, other)]
        try:
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for end in ends:
                end.cancel()
            call.peer = other.peer = None
            self._carrier.end(other, "completed")

    # -- ringing -------------------------------------------------------------------------------

    async def _ring_then(
        self, call: Call, seconds: float, then: Callable[[], Awaitable[None]]
    ) -> None:
        status = await self._ring(call, seconds)
        if status == "in-progress":
            await then()
        else:
            self._carrier.end(call, status)

    async def _ring(self, call: Call, seconds: float) -> str:
        """Return the status that the ringing ends with."""
        carrier = self._carrier
        carrier.goes_to(call, "initiated")
        far = carrier.far_ends.get(call.to) or carrier.any_far_end
        if far is None:
            return "no-answer" if call.to.startswith("client:") else "failed"
        carrier.goes_to(call, "ringing")
        ringing = asyncio.ensure_future(far.ring(call.handset))
        timer = asyncio.ensure_future(carrier.clock.sleep(seconds))
        try:
            await asyncio.wait({ringing, timer}, return_when=asyncio.FIRST_COMPLETED)
            if not ringing.done():
                return "no-answer"
            outcome = ringing.result()
        finally:
            ringing.cancel()
            timer.cancel()
        if outcome in (ANSWER, MACHINE):
            call.answered_by = "human" if outcome == ANSWER else "machine_start"
            carrier.goes_to(call, "in-progress")
            return "in-progress"
        return _STATUS.get(outcome, "no-answer")
