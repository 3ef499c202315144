"""Hello: who comes, to which Conversation, and what was missed. One unit, one COMMIT."""

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from channels.web_chat import frames, history, visitors
from channels.web_chat.phase import Place, place_of_customer
from channels.web_chat.protocol import Frame
from channels.web_chat.settings import CHANNEL, Widget
from channels.web_chat.visitors import Visitor
from hub.domain.errors import Refused
from hub.domain.states import IdentityLevel
from hub.journey import customer_page
from hub.journey.context import Hub
from hub.journey.finding.open_record import follow_merge
from hub.journey.threads import Reach, Thread, find_thread, hold_thread
from hub.journey.widget_keys import WidgetKeys
from hub.security.widget_token import BadToken, VisitorClaims
from hub.store.rows import find, put
from hub.store.tables import Customer, Receipt
from hub.store.unit import Unit

if TYPE_CHECKING:
    from channels.web_chat.connection import Connection
    from channels.web_chat.sockets import Room

PROOF = "signed_in_page"
HELLO_REFUSED = 4401


class Guest(NamedTuple):
    """What one unit settles: the visitor, its fresh token, its Conversation."""

    visitor: Visitor
    token: str
    reach: Reach
    thread: Thread


async def hello(connection: "Connection", frame: Frame) -> None:
    """Welcome a page: its Conversation, a fresh resume token, its state and what it missed."""
    if connection.room is not None:
        raise Refused("already_welcomed")
    connection.hellos += 1
    try:
        guest = await _admit(connection, frame)
    except Refused:
        if connection.hellos >= connection.chat.settings.hellos_most:
            connection.out.close(HELLO_REFUSED)
        raise
    connection.reach, connection.visitor_id = guest.reach, guest.visitor.id
    connection.room = room = connection.chat.rooms.join(connection, guest.thread.conversation_id)
    try:
        await _welcome(connection, room, frame, guest)
    except BaseException:
        connection.chat.rooms.leave(connection)
        connection.room = None
        raise
    if len(room.connections) == 1:
        await customer_page.customer_came(connection.chat.hub, room.conversation_id)


async def _admit(connection: "Connection", frame: Frame) -> Guest:
    chat = connection.chat
    widget = chat.settings.widgets.get(frame["widget"])
    if widget is None or connection.origin not in widget.origins:
        # One answer for both: the list of widgets is nobody's business.
        raise Refused("unknown_widget", "no such widget for this site")
    is_coming_back = "resume" in frame and "token" not in frame
    if is_coming_back and (guest := await _known(chat.hub, widget, frame)) is not None:
        return guest
    signed = await _checked(chat.keys, widget, frame)
    customer_id = await _customer(chat.hub, signed) if signed else None
    try:
        return await chat.hub.journal.run(
            lambda: _hold(chat.hub, widget, frame, signed, customer_id)
        )
    except Refused as refused:
        if signed and refused.code == "conflict":
            raise Refused("token_spent") from None  # two hellos raced with one token
        raise


async def _known(hub: Hub, widget: Widget, frame: Frame) -> Guest | None:
    """Recognise a guest for whom nothing changes: same token, same language. No unit, no COMMIT."""
    token = frame["resume"]
    visitor = await visitors.read_visitor(hub, token)
    if visitor is None or visitor.widget != widget.id:
        return None
    if not visitors.keeps(visitor, token, hub.clock.now()):  # which no token but a good one does
        return None
    reach = _reach(widget, visitor, frame)
    thread = await find_thread(hub, reach)
    if thread is None or thread.language != reach.language:
        return None
    return Guest(visitor, token, reach, thread)


def _reach(widget: Widget, visitor: Visitor, frame: Frame) -> Reach:
    is_known = visitor.customer_id is not None
    return Reach(
        channel=CHANNEL,
        account=widget.id,
        address=visitor.address,
        language=frame["lang"],
        customer_id=visitor.customer_id,
        identity_level=IdentityLevel.PROVED if is_known else IdentityLevel.UNKNOWN,
        proof=PROOF if is_known else None,
    )


async def _checked(keys: WidgetKeys, widget: Widget, frame: Frame) -> VisitorClaims | None:
    if "token" not in frame:
        return None
    try:
        claims = await keys.check(widget.id, widget.algorithm, frame["token"])
    except BadToken as error:
        raise Refused(f"token_{error.code}") from None
    if claims is None:
        raise Refused("guests_only", "this widget has no key to check tokens with")
    return claims


async def _customer(hub: Hub, signed: VisitorClaims) -> str:
    rows = await hub.reader.rows(find(Customer, "id", "merged_into", number=signed.customer_number))
    if not rows:
        raise Refused("token_unknown_customer")
    customer_id, merged_into = rows[0]
    return str(customer_id) if merged_into is None else await follow_merge(hub, merged_into)


def _hold(
    hub: Hub, widget: Widget, frame: Frame, signed: VisitorClaims | None, customer_id: str | None
) -> Unit[Guest]:
    """The unit: spend the proof, find the Conversation, offer the next token."""
    now, token = hub.clock.now(), frame.get("resume", "")
    if signed is not None:
        yield from _spend(widget, signed, now)
        assert customer_id is not None
        visitor = yield from _signed_in(hub, widget, frame, customer_id)
    elif "resume" in frame:
        visitor = yield from _resume(hub, widget, token)
    else:
        visitor_id = hub.new_id("vis")
        visitor = Visitor(id=visitor_id, widget=widget.id, address=visitor_id)
    if not visitors.keeps(visitor, token, now):
        visitor, token = visitors.offer_token(visitor, now)
    reach = _reach(widget, visitor, frame)
    thread = yield from hold_thread(hub, reach)
    is_known = visitor.customer_id is not None
    life_seconds = widget.signed_in_seconds if is_known else widget.resume_seconds
    yield from visitors.save_visitor(hub, visitor, now + life_seconds)
    return Guest(visitor, token, reach, thread)


def _signed_in(hub: Hub, widget: Widget, frame: Frame, customer_id: str) -> Unit[Visitor]:
    """A customer at a browser, who goes on with the talk begun as a guest if one is open here.

    Their `resume` beside the bank's word says which; after this it is worthless.
    """
    token = frame.get("resume", "")
    known = yield from visitors.load_visitor(hub, token)
    guest = visitors.recognise(known, token) if known else None
    if guest is not None and guest.widget == widget.id and guest.customer_id is None:
        thread = yield from hold_thread(hub, _reach(widget, guest, frame))
        if thread.open_contact_id is not None:
            return replace(guest, customer_id=customer_id, current="", offered=())
    return Visitor(
        id=hub.new_id("vis"),
        widget=widget.id,
        address=f"customer:{customer_id}",
        customer_id=customer_id,
    )


def _spend(widget: Widget, signed: VisitorClaims, now: float) -> Unit[None]:
    scope = f"{CHANNEL}.jti.{widget.id}"
    rows = yield find(Receipt, "at", scope=scope, key=signed.jti)
    if rows:
        raise Refused("token_spent", "a token is good for one hello")
    yield put(Receipt, scope=scope, key=signed.jti, at=now)


def _resume(hub: Hub, widget: Widget, token: str) -> Unit[Visitor]:
    known = yield from visitors.load_visitor(hub, token)
    visitor = None if known is None else visitors.recognise(known, token)
    if visitor is None or visitor.widget != widget.id:
        raise Refused("bad_resume", "start as a new visitor, or sign in again")
    return visitor


async def _welcome(connection: "Connection", room: "Room", frame: Frame, guest: Guest) -> None:
    """Read what the page needs while events may go on; what came meanwhile is read after."""
    chat, thread = connection.chat, guest.thread
    changes = room.changes
    place = await place_of_customer(chat.hub, thread.conversation_id)
    if frame.get("conversation") == thread.conversation_id and "cursor" in frame:
        page = await history.since(chat, thread.conversation_id, frame["cursor"])
    else:
        page = await history.newest_page(chat, thread.conversation_id)
    connection.last_seq = page.messages[-1].seq if page.messages else frame.get("cursor", 0)
    if room.changes == changes:
        room.contact_id = place.contact_id
        chat.feed.tell(room, place.phase)
    else:
        room.phase = {}  # not known any more: whatever is read next is news
        chat.feed.look_again(room)
    connection.out.send(_frame(connection, guest, place, page))
    connection.live = True
    chat.admitted(connection)
    if room.heard_seq > connection.last_seq:
        chat.feed.catch_up(room)


def _frame(connection: "Connection", guest: Guest, place: Place, page: history.Page) -> str:
    settings = connection.chat.settings
    return frames.encode(
        {
            "type": "welcome",
            "conversation": guest.thread.conversation_id,
            "resume": guest.token,
            "signed_in": guest.visitor.customer_id is not None,
            "server_now": connection.chat.hub.clock.now(),
            "seen": place.seen_by_staff_seq,
            "state": place.phase,
            "messages": [frames.message_view(read) for read in page.messages],
            "more": page.more,
            "fresh": page.fresh,
            "files": {
                "max_bytes": settings.file_max_bytes,
                "media_types": list(settings.file_media_types),
            },
        }
    )
