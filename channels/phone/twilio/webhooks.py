"""Requests of Twilio while a call lasts: each becomes an event, its answer the next TwiML.

Nothing is kept here, so any node may answer. An answer that is not ready in time is asked for
again by the document itself; what was begun goes on meanwhile and is one event with it.
"""

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any, Final, TypeVar

import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from channels._twilio.door import Door, Form
from channels.phone.twilio import facts, twiml
from channels.phone.twilio.office import Office
from channels.phone.twilio.places import PREFIX, TOKEN, token_of
from channels.phone.twilio.twiml import Style, Turn
from hub.domain.calls import EnterRoom, LegEvent, Program, RoomEntered, RoomRole
from hub.domain.errors import HubError, Unavailable

AGAIN: Final = "n"
AGAIN_MOST: Final = 3
AGAIN_PAUSE_SECONDS: Final = 2
PARKED: Final = frozenset({"waited", "keyed_parked"})
"""Steps of a Leg that lies in the provider's queue."""
SORRY: Final = (
    ("en", "We are sorry, your call cannot be answered at the moment. Please call again later."),
    ("zh", "很抱歉，暂时无法接听您的来电，请稍后再拨。"),
)
T = TypeVar("T")
log = structlog.get_logger(__name__)


class Webhooks:
    """The routes under `/phone/twilio` that the provider calls."""

    def __init__(self, office: Office, door: Door, style: Style, *, answer_seconds: float) -> None:
        self._office, self._door, self._style = office, door, style
        self._answer_seconds = answer_seconds
        self._at_work: set[asyncio.Task[Any]] = set()

    def routes(self) -> Sequence[BaseRoute]:
        """Return them; each is guarded."""
        handlers = {
            "/voice": self.voice,
            "/fallback": self.fallback,
            "/status": self.status,
            "/legs/{leg_id}/status": self.status,
            "/legs/{leg_id}/answered": self.answered,
            "/legs/{leg_id}/left": self.left,
            "/legs/{leg_id}/out": self.out,
            "/legs/{leg_id}/recordings/{recording_id}": self.recording,
            "/legs/{leg_id}/{what}": self.step,
            "/rooms/{room_id}": self.room,
            "/hold": self.hold,
            "/sounds/{sealed}": self.sounds,
        }
        return [
            Route(PREFIX + path, self._door.guard(handler), methods=["POST"])
            for path, handler in handlers.items()
        ]

    # -- documents -----------------------------------------------------------------------------

    async def voice(self, request: Request, form: Form) -> Response:
        """Answer an incoming call; the same call again hears what it does now."""
        return await self._in_time(request, self._arrive(form))

    async def fallback(self, request: Request, form: Form) -> Response:
        """Try once more what failed; if it fails again, say so."""
        return await self._in_time(request, self._arrive(form), is_last=True)

    async def _arrive(self, form: Form) -> str:
        ref = facts.call_ref(form)
        if ref is None:
            return twiml.nothing()
        leg_id, program = await self._office.arrive(facts.arrival(form, ref))
        return await self._document(leg_id, program, facts.arrival_token(ref))

    async def step(self, request: Request, form: Form) -> Response:
        """A blocking step is over: hear it and go on."""
        leg_id, what = request.path_params["leg_id"], request.path_params["what"]
        token = request.query_params.get(TOKEN, "")
        event = facts.next_event(leg_id, what, token, form)
        if event is None:
            return Response(status_code=404)
        return await self._in_time(request, self._go_on(event, what))

    async def _go_on(self, event: LegEvent, what: str) -> str:
        program, token = await self._office.hear(event), token_of(event.key)
        turn = Turn(leg_id=event.leg_id, token=token)
        if program is None:
            return await self._unchanged(turn, what)
        if what in PARKED:
            return twiml.waiting(program, turn, self._style) or twiml.unpark()
        return await self._document(event.leg_id, program, token)

    async def _unchanged(self, turn: Turn, what: str) -> str:
        """The Leg goes on as it was, or the command on its way takes over; nothing is repeated."""
        leg = await self._office.leg(turn.leg_id)
        if leg is None or leg.is_over:
            return twiml.hang_up()
        if what == "keyed":
            return twiml.park(turn, self._style)
        return twiml.a_moment(turn, self._style, is_parked=what in PARKED)

    async def answered(self, request: Request, form: Form) -> Response:
        """A dialled Leg answered: it hears its program."""
        leg_id, ref = request.path_params["leg_id"], facts.call_ref(form)
        if ref is None:
            return _document(twiml.nothing())
        return await self._in_time(request, self._begin(leg_id, form, ref))

    async def _begin(self, leg_id: str, form: Form, ref: str) -> str:
        event = facts.answered(leg_id, form, ref)
        program = await self._office.hear(event)
        if program is None and not event.key.endswith(".machine"):
            leg = await self._office.leg(leg_id)
            program = leg.program if leg and not leg.is_over else None
        if not program:
            return twiml.hang_up()
        return await self._document(leg_id, program, token_of(event.key))

    async def left(self, request: Request, form: Form) -> Response:
        """A Leg was taken out of waiting by its own document: it does what it now should."""
        if form.get("QueueResult") != "leave":
            return _document(twiml.nothing())
        return await self._in_time(request, self._now(request, "left"))

    async def out(self, request: Request, form: Form) -> Response:
        """A Leg is out of its room: what the hub wants next, or the end with the room."""
        return await self._in_time(request, self._now(request, "out"))

    async def _now(self, request: Request, what: str) -> str:
        leg_id, token = request.path_params["leg_id"], request.query_params.get(TOKEN, "")
        leg = await self._office.leg(leg_id)
        is_left_alone = leg is None or leg.is_over or not leg.program
        if leg is None or is_left_alone or (what == "out" and _room_of(leg.program)):
            return twiml.hang_up()
        return await self._document(leg_id, leg.program, token_of(f"{what}.{token}"))

    async def hold(self, _request: Request, _form: Form) -> Response:
        """Music for a held Leg."""
        return _document(twiml.on_hold(self._style))

    async def sounds(self, request: Request, _form: Form) -> Response:
        """What is announced in a room, as it was sealed into the address."""
        said = self._office.open(request.path_params["sealed"])
        if said is None:
            return Response(status_code=404)
        return _document(said)

    # -- facts ---------------------------------------------------------------------------------

    async def status(self, request: Request, form: Form) -> Response:
        """A Leg rings, is answered or over; unknown ones and old news change nothing."""
        ref, leg_id = facts.call_ref(form), request.path_params.get("leg_id")
        if ref is None:
            return _noted()
        if leg_id is None:
            leg = await self._office.leg_of(ref)
            leg_id = leg.leg_id if leg else ""
        return await self._tell(facts.state_told(leg_id, form, ref) if leg_id else None)

    async def room(self, request: Request, form: Form) -> Response:
        """Somebody came into a room or left it."""
        room_id, leg_id = request.path_params["room_id"], facts.member_of(form)
        leg = await self._office.leg(leg_id) if leg_id else None
        if leg is None:
            return _noted()
        event = facts.room_told(room_id, form, leg.started_at)
        if isinstance(event, RoomEntered) and _room_of(leg.program) not in (None, room_id):
            return _noted()  # late news: the Leg does something else by now
        return await self._tell(event)

    async def recording(self, request: Request, form: Form) -> Response:
        """A room's recording can be fetched."""
        params = request.path_params
        event = facts.recording_told(params["leg_id"], params["recording_id"], form)
        return await self._tell(event)

    async def _tell(self, event: LegEvent | None) -> Response:
        """204 once it is stored; 503 makes the provider repeat it."""
        if event is None:
            return _noted()
        try:
            await self._wait_for(self._office.hear(event))
        except HubError as error:
            log.info("twilio_event_dropped", kind=type(event).__name__, code=error.code)
            return Response(status_code=503) if _may_pass(error) else _noted()
        except Exception as error:  # it is told again, which may go better
            log.warning("twilio_event_broke", error=type(error).__name__)
            return Response(status_code=503)
        return _noted()

    # -- time and errors -----------------------------------------------------------------------

    async def _in_time(
        self, request: Request, work: Coroutine[Any, Any, str], *, is_last: bool = False
    ) -> Response:
        """Return the document, or one that asks again: the provider's limit is kept always."""
        try:
            text = await self._wait_for(work)
        except HubError as error:
            log.info("twilio_call_refused", code=error.code)
            text = self._later(request, is_last=is_last) if _may_pass(error) else twiml.hang_up()
        except Exception as error:  # the caller must hear something, whatever broke
            log.warning("twilio_answer_late", error=type(error).__name__)
            text = self._later(request, is_last=is_last)
        return _document(text)

    async def _wait_for(self, work: Coroutine[Any, Any, T]) -> T:
        """Return what it gives; after the time it goes on alone."""
        task = asyncio.create_task(work)
        self._at_work.add(task)
        task.add_done_callback(self._finished)
        return await asyncio.wait_for(asyncio.shield(task), self._answer_seconds)

    def _finished(self, task: asyncio.Task[Any]) -> None:
        self._at_work.discard(task)
        if not task.cancelled():
            task.exception()  # told already, or nobody waits for it any more

    def _later(self, request: Request, *, is_last: bool) -> str:
        tries = _tries(request) + 1
        if is_last or tries > AGAIN_MOST:
            return twiml.sorry(self._style, SORRY)
        places = self._style.places
        token = request.query_params.get(TOKEN, "")
        query = f"?{TOKEN}={token}&{AGAIN}={tries}" if token else f"?{AGAIN}={tries}"
        return twiml.once_more(places.public_url + request.url.path + query, AGAIN_PAUSE_SECONDS)

    # -- help ----------------------------------------------------------------------------------

    async def _document(self, leg_id: str, program: Program, token: str) -> str:
        turn = await turn_of(self._office, leg_id, program, token)
        return twiml.document(program, turn, self._style)


async def turn_of(office: Office, leg_id: str, program: Program, token: str) -> Turn:
    """Return the turn of a program, with the name of the Leg it coaches if it does."""
    last = program[-1] if program else None
    coached = None
    if isinstance(last, EnterRoom) and last.role is RoomRole.COACH and last.coached_leg_id:
        coached = await office.leg(last.coached_leg_id)
    return Turn(leg_id=leg_id, token=token, coached_ref=coached.ref if coached else "")


def _room_of(program: Program) -> str | None:
    last = program[-1] if program else None
    return last.room_id if isinstance(last, EnterRoom) else None


def _may_pass(error: HubError) -> bool:
    return isinstance(error, Unavailable)


def _tries(request: Request) -> int:
    said = request.query_params.get(AGAIN, "0")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 3 else 0


def _document(text: str) -> Response:
    return Response(text, media_type="text/xml")


def _noted() -> Response:
    return Response(status_code=204)
