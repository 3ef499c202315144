"""An agent's phone, and recordings: listed, played from any second."""

import asyncio
from typing import Annotated, Any

from pydantic import Field
from starlette.responses import Response, StreamingResponse

from agent_console.http.byte_range import Span, span_of
from agent_console.http.customers import Done, Reason
from agent_console.http.endpoint import Api, Call, Endpoint, Strict
from agent_console.reading.callers import callers_of
from agent_console.tickets import Tickets
from hub.domain.calls import CallAbility
from hub.domain.errors import NotFound, Unavailable
from hub.journey.calls.playback import hear_recording, recordings_for
from hub.journey.calls.recordings import path_of, sound_of
from hub.journey.calls.retention import hold_recording
from hub.journey.context import Hub
from hub.journey.phones.outside import can_ring_outside, phones_for
from hub.ports import LiveCall, NeedsAttention, SendLater
from hub.security.masks import mask_phone
from hub.security.roles import Right

Id = Annotated[str, Field(min_length=1, max_length=80)]


class NoWords(Strict):
    """Nothing to say."""


class Grant(Strict):
    """`SoftphoneGrant` of the page."""

    driver: str
    token: str
    expires_at: float
    endpoints: list[str]


class OfContact(Strict):
    """Which Contact."""

    contact_id: Id


class Phones(Strict):
    """Where the viewer may take calls beside the browser: approved numbers, masked."""

    can_ring: bool
    """Whether any line of ours can call telephones."""
    phones: list[dict[str, str]]
    chosen: str | None


class Recordings(Strict):
    """`RecordingView`s of the page, the oldest first."""

    recordings: list[dict[str, Any]]


class Callers(Strict):
    """`CallerView`s of the page, the most urgent first."""

    callers: list[dict[str, Any]]


class HoldBody(Strict):
    """Legal hold on or off, and why."""

    on: bool
    reason: Reason


class Ticket(Strict):
    """The short-lived right to hear one recording."""

    t: Annotated[str, Field(max_length=2_000)]


class CallRoutes:
    """`/api/softphone`, `/api/phones`, `/api/callers`, `/api/recordings...`."""

    def __init__(self, hub: Hub, tickets: Tickets) -> None:
        self._hub, self._tickets = hub, tickets

    def add_to(self, api: Api) -> None:
        """Add the routes."""
        handle, see = Right.HANDLE_CONTACTS, Right.SEE_CUSTOMERS
        for endpoint in (
            Endpoint(
                method="POST", path="/api/softphone", handler=self.softphone, body=NoWords,
                answer=Grant, right=handle, tag="calls",
            ),
            Endpoint(
                method="GET", path="/api/phones", handler=self.phones, answer=Phones,
                right=handle, tag="calls",
            ),
            Endpoint(
                method="GET", path="/api/callers", handler=self.callers, answer=Callers,
                right=handle, tag="calls",
            ),
            Endpoint(
                method="GET", path="/api/recordings", handler=self.recordings, query=OfContact,
                answer=Recordings, right=see, tag="calls",
            ),
            Endpoint(
                method="POST", path="/api/recordings/{id}/hold", handler=self.hold, body=HoldBody,
                answer=Done, right=Right.STEER_CONTACTS, tag="calls",
            ),
            Endpoint(
                method="GET", path="/api/recordings/{id}/audio", handler=self.audio,
                query=Ticket, right=see, tag="calls",
            ),
        ):  # fmt: skip
            api.add(endpoint)

    async def softphone(self, call: Call) -> Grant:
        """Give the page of an agent what it needs to be called."""
        engine = _of_softphones(self._hub)
        try:
            grant = await engine.softphone_grant(call.user.viewer.user_id)
        except (SendLater, NeedsAttention) as error:
            raise Unavailable("engine_away", "calls cannot be taken right now") from error
        return Grant(
            driver=grant.driver, token=grant.token, expires_at=grant.expires_at,
            endpoints=list(grant.endpoints),
        )  # fmt: skip

    async def phones(self, call: Call) -> Phones:
        """List the numbers that the viewer may take calls at."""
        viewer_id = call.user.viewer.user_id
        approved, chosen = await phones_for(self._hub, viewer_id)
        return Phones(
            can_ring=can_ring_outside(self._hub),
            phones=[{"id": one.phone_id, "number": mask_phone(one.number)} for one in approved],
            chosen=chosen,
        )

    async def callers(self, call: Call) -> Callers:
        """List who gave up in line, who left a message, and who was promised a call."""
        return Callers(callers=await callers_of(self._hub, call.user.viewer))

    async def recordings(self, call: Call) -> Recordings:
        """List what was recorded of a Contact, with an address for each that can be heard."""
        viewer = call.user.viewer
        found = await recordings_for(self._hub, viewer, call.query.contact_id)
        for one in found:
            is_there = one["state"] == "stored"
            one["legal_hold"] = one.pop("is_held")
            one["href"] = self._tickets.recording_href(viewer, one["id"]) if is_there else None
        return Recordings(recordings=found)

    async def hold(self, call: Call) -> Done:
        """Keep a recording however old it is, or end that; with a reason, audited."""
        body: HoldBody = call.body
        await hold_recording(
            self._hub, call.user.viewer, recording_id=call.request.path_params["id"],
            on=body.on, reason=body.reason,
        )  # fmt: skip
        return Done()

    async def audio(self, call: Call) -> Response:
        """Send a recording, or the part of it that a player asks for."""
        viewer, recording_id = call.user.viewer, call.request.path_params["id"]
        self._tickets.check_recording(viewer, recording_id, call.query.t)
        header = call.request.headers.get("range")
        is_first = header is None or header.strip().startswith("bytes=0-")
        found = await hear_recording(self._hub, viewer, recording_id, is_first=is_first)
        if not await asyncio.to_thread(path_of(self._hub, found.id).is_file):
            raise NotFound("file_bytes_missing", "restore the files folder from backup")
        span = span_of(header, found.size_bytes)
        headers = {
            "Accept-Ranges": "bytes",
            "Cache-Control": "private, no-store",
            "Content-Disposition": "inline",
            "X-Content-Type-Options": "nosniff",
        }
        if span is None:
            return Response(
                status_code=416, headers=headers | {"Content-Range": f"bytes */{found.size_bytes}"}
            )
        return StreamingResponse(
            sound_of(self._hub, found, span.start, span.end),
            206 if header else 200,
            headers | _length(span, found.size_bytes, is_part=header is not None),
            "audio/wav",
        )


def _length(span: Span, size: int, *, is_part: bool) -> dict[str, str]:
    length = {"Content-Length": str(span.end - span.start)}
    if is_part:
        length["Content-Range"] = f"bytes {span.start}-{span.end - 1}/{size}"
    return length


def _of_softphones(hub: Hub) -> LiveCall:
    """The engine that calls agents' pages: of our first number that has one, else any."""
    able = {one.name: one for one in hub.engines if CallAbility.SOFTPHONE in one.abilities}
    named = (able.get(one.engine) for one in hub.phone.numbers.values())
    found = next((one for one in named if one is not None), next(iter(able.values()), None))
    if found is None:
        raise NotFound("no_phone", "there is no phone here")
    return found
