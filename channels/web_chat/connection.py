"""One socket: reads frames in order, answers each, and knows who speaks."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any

import structlog

from channels.web_chat import frames
from channels.web_chat.outbound import Outbound
from channels.web_chat.protocol import BadFrame, Frame, read_frame
from channels.web_chat.settings import CHANNEL
from hub.domain.errors import HubError, Refused, Unavailable
from hub.domain.steps import InboundFact
from hub.journey.converse import Done, submit_customer_choice, submit_customer_text
from hub.journey.messages import Posted
from hub.journey.receive import receive
from hub.security.rate_limit import RateLimit

if TYPE_CHECKING:
    from channels.web_chat.chat import Chat
    from channels.web_chat.sockets import Room
    from hub.journey.threads import Reach

Event = dict[str, Any]
AsgiReceive = Callable[[], Awaitable[Event]]

TOO_FAST = 4429
NOT_THE_PROTOCOL = 4400
_WORDS = frozenset({"say", "choose"})
_RETRY_BY_RECEIVE = frozenset({"contact_closed", "conflict"})

log = structlog.get_logger(__name__)


class Connection:
    """A page of a customer. Small: ten thousand of them are idle at any moment."""

    __slots__ = (
        "address", "busy", "chat", "faults", "gone", "hellos", "last_seq", "limit", "line", "live",
        "origin", "out", "reach", "room", "sending", "task", "visitor_id",
    )  # fmt: skip

    def __init__(self, chat: "Chat", send: Any, *, origin: str, address: str) -> None:
        settings = chat.settings
        self.chat, self.origin, self.address = chat, origin, address
        self.out = Outbound(
            send,
            frames_most=settings.queued_frames_most,
            bytes_most=settings.queued_bytes_most,
            on_close=self._will_close,
        )
        self.limit = RateLimit(chat.hub.clock, settings.frames_per_second, settings.frames_burst)
        self.busy = self.faults = self.hellos = 0
        self.gone = False
        self.live = False
        """Welcomed: history is sent, events may follow."""
        self.last_seq = 0
        """Number of the last Message this page was given, or was the first to know of."""
        self.reach: Reach | None = None
        self.room: Room | None = None
        self.visitor_id = ""
        self.sending: set[str] = set()
        """Ids of its messages that wait for their COMMIT."""
        self.line: deque[InboundFact] | None = None
        """What is stored one after the other, while there is any."""
        self.task = asyncio.current_task()

    async def serve(self, receive_event: AsgiReceive) -> None:
        """Handle frames until the socket closes."""
        while not self.gone:
            # Nothing is bound here: an idle page would keep its last frame alive.
            if (work := self._take(await receive_event())) is not None:
                await work
                del work

    def _take(self, event: Event) -> Coroutine[Any, Any, None] | None:
        """Handle one event; returns what is left to await."""
        if event["type"] == "websocket.disconnect":
            self.gone = True
            return None
        try:
            text = event.get("text")
            if text is None:
                raise BadFrame("not_text")
            frame = read_frame(text)
        except BadFrame as bad:
            self._fault(bad)
            return None
        if not self.limit.allow():
            self._too_fast(frame)
            return None
        self.busy = 0
        if self.live and frame["type"] in _WORDS:
            self._say(frame)
            return None
        return self._carry_out(frame)

    def fact(self, key: str, **said: Any) -> InboundFact:
        """What the page did, as the hub takes it; who speaks is ours to say, never the page's."""
        reach = self.require_reach()
        return InboundFact(
            channel=CHANNEL,
            account=reach.account,
            address=reach.address,
            key=key,
            language=reach.language,
            customer_id=reach.customer_id,
            identity_level=reach.identity_level,
            proof=reach.proof,
            **said,
        )

    def require_reach(self) -> "Reach":
        """Return who speaks; only a welcomed page is asked."""
        if self.reach is None:
            raise Refused("hello_first")
        return self.reach

    def require_room(self) -> "Room":
        """Return the Conversation's room; only a welcomed page is asked."""
        if self.room is None:
            raise Refused("hello_first")
        return self.room

    def post(self, fact: InboundFact) -> None:
        """Store a fact by the careful way, in the order of this page; its acknowledgement follows.

        It opens a Contact where none is open, and finds the first of two equal ids.
        """
        if fact.key in self.sending:
            return  # the acknowledgement of the first one answers this one too
        if len(self.sending) >= self.chat.settings.in_flight_most:
            self.refuse(fact.key, "busy")
            return
        self.sending.add(fact.key)
        self._stand_in_line(fact)

    def refuse(self, frame_id: str | None, code: str) -> None:
        """Tell that the frame was not carried out."""
        self.out.send(frames.refused(code, frame_id=frame_id))

    def _say(self, frame: Frame) -> None:
        """The hot path: straight into the journal, no task and no future."""
        key, room = frame["id"], self.require_room()
        contact_id = room.contact_id
        if contact_id is None or self.line is not None or not self.chat.hub.journal.keeps_order:
            self.post(self._words(frame))
            return
        if key in self.sending:
            return
        if len(self.sending) >= self.chat.settings.in_flight_most:
            self.refuse(key, "busy")
            return
        self.sending.add(key)
        words = key, frame["text"], frame.get("value")
        self._submit(room.conversation_id, contact_id, words, partial(self._said, frame))

    def _words(self, frame: Frame) -> InboundFact:
        return self.fact(frame["id"], text=frame["text"], choice=frame.get("value"))

    def _submit(
        self, conversation_id: str, contact_id: str, words: tuple[str, str, str | None], done: Done
    ) -> None:
        (key, text, choice), hub = words, self.chat.hub
        ids = {"conversation_id": conversation_id, "contact_id": contact_id}
        try:
            if choice is None:
                submit_customer_text(hub, key=key, text=text, done=done, **ids)
            else:
                submit_customer_choice(hub, key=key, text=text, choice=choice, done=done, **ids)
        except Unavailable as error:
            done(error)

    def _said(self, frame: Frame, outcome: Posted | BaseException) -> None:
        key = frame["id"]
        if isinstance(outcome, Posted):
            self.sending.discard(key)
            self.out.send(frames.ack(key, outcome.seq, outcome.at))
        elif _needs_care(outcome):
            self._stand_in_line(self._words(frame))
        else:
            self._failed(key, outcome)

    def _stand_in_line(self, fact: InboundFact) -> None:
        if self.line is None:
            self.line = deque()
            self.chat.spawn(self._work_off(self.line))
        self.line.append(fact)

    async def _work_off(self, line: deque[InboundFact]) -> None:
        """Store what stands in line, one after the other."""
        while line:
            fact = line[0]
            try:
                posted = await self._store(fact)
            except Exception as error:
                self._failed(fact.key, error)
            else:
                self.sending.discard(fact.key)
                self.out.send(frames.ack(fact.key, posted.seq, posted.at))
            line.popleft()
        self.line = None

    async def _store(self, fact: InboundFact) -> Posted:
        room = self.require_room()
        if room.contact_id is not None and fact.text:
            stored: asyncio.Future[Posted] = asyncio.get_running_loop().create_future()
            words, done = (fact.key, fact.text, fact.choice), partial(_settle, stored)
            self._submit(room.conversation_id, room.contact_id, words, done)
            try:
                return await stored
            except Refused as refused:
                if not _needs_care(refused):
                    raise
        posted = await receive(self.chat.hub, fact)
        room.contact_id = room.contact_id or posted.contact_id
        return posted

    def _failed(self, key: str, error: BaseException) -> None:
        self.sending.discard(key)
        self.refuse(key, self._code_of(error))

    async def _carry_out(self, frame: Frame) -> None:
        if self.out.closing:
            return
        try:
            if not self.live and frame["type"] != "hello":
                raise Refused("hello_first")
            await self.chat.commands[frame["type"]](self, frame)
        except Exception as error:
            self.refuse(frame.get("id"), self._code_of(error))

    def _code_of(self, error: BaseException) -> str:
        if isinstance(error, HubError):
            return error.code
        log.error("web_chat_failed", exc_info=error)
        return "internal"

    def _fault(self, bad: BadFrame) -> None:
        self.faults += 1
        self.out.send(frames.refused(bad.code, frame_id=bad.frame_id, field=bad.field))
        if self.faults >= self.chat.settings.faults_most or not self.limit.allow():
            self.cut(NOT_THE_PROTOCOL, "not_the_protocol")

    def _too_fast(self, frame: Frame) -> None:
        self.busy += 1
        self.refuse(frame.get("id"), "busy")
        if self.busy >= self.chat.settings.busy_most:
            self.cut(TOO_FAST, "too_fast")

    def cut(self, code: int, why: str) -> None:
        """Say why, then close."""
        self.out.send(frames.bye(why))
        self.out.close(code)

    def _will_close(self) -> None:
        self.chat.watch_closing(self)


def _needs_care(outcome: BaseException) -> bool:
    return isinstance(outcome, Refused) and outcome.code in _RETRY_BY_RECEIVE


def _settle(future: asyncio.Future[Posted], outcome: Posted | BaseException) -> None:
    if isinstance(outcome, Posted):
        future.set_result(outcome)
    else:
        future.set_exception(outcome)
