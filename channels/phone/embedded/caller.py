"""A caller's page: who calls, the call, its keys, and what the page should show."""

from typing import TYPE_CHECKING, Any, Final

from channels.phone.embedded.protocol import Frame
from channels.phone.embedded.settings import ENGINE
from channels.phone.embedded.socket import PageSocket, Who
from hub.domain.calls import Arrival, EndCause, LegEnded, LegState
from hub.domain.calls_codec import to_wire
from hub.domain.errors import HubError, NotFound, Refused
from hub.domain.states import IdentityLevel
from hub.journey.calls.arrive import arrive
from hub.journey.calls.hear import hear
from hub.journey.finding.open_record import follow_merge
from hub.ports import SendLater
from hub.security.widget_token import BadToken, VisitorClaims
from hub.store.rows import find, put
from hub.store.tables import CallLeg, Customer, Receipt
from hub.store.unit import Unit

if TYPE_CHECKING:
    from channels.phone.embedded.exchange import Exchange

PROOF: Final = "signed_in_page"
SPENT: Final = "web_chat.jti."
"""A token is good for one hello, whichever socket it opens: the chat keeps the same receipts."""


class Caller(Who):
    """Somebody at a page, signed in at the bank or not."""

    def __init__(self, page: PageSocket, frame: Frame, customer_id: str | None) -> None:
        self._page, self._exchange = page, page.exchange
        self._language, self._customer_id = frame.get("lang"), customer_id
        self._address = _address(self._exchange, frame, customer_id)
        self._leg_id: str | None = None
        self._ref = ""

    async def carry_out(self, frame: Frame) -> None:
        """Do what a frame asks."""
        match frame["type"]:
            case "call":
                await self._call(frame)
            case "resume":
                await self._resume(frame)
            case "digits":
                await self._ask("digits", digits=frame["digits"])
            case "hang_up":
                await self._ask("hang_up")
            case _:
                raise Refused("unknown_type", "a caller's page does not send this")

    async def gone(self, *, is_leaving: bool) -> None:
        """A page that left has hung up; one whose network broke comes back."""
        if self._leg_id is None or not is_leaving:
            return
        if self._leg_id not in self._exchange.pages.callers:
            try:
                await self._ask("hang_up")
            except (HubError, SendLater):
                return  # the media process notices the silence by itself

    async def _ask(self, do: str, **words: Any) -> None:
        if self._leg_id is None:
            raise Refused("no_call")
        try:
            await self._exchange.link.ask(do, leg_id=self._leg_id, **words)
        except NotFound:
            raise Refused("no_call") from None

    async def _call(self, frame: Frame) -> None:
        exchange, ref = self._exchange, frame["id"]
        if self._leg_id is not None and self._ref != ref:
            raise Refused("already_calling")
        if not exchange.takes(frame["number"]):
            raise Refused("unknown_number")
        prepared = await exchange.link.ask("prepare", ref=ref, sdp=frame["sdp"])
        exchange.calling.add(ref)
        try:
            leg_id = await self._open(frame)
        finally:
            exchange.calling.discard(ref)
        await self._joined(leg_id, ref)
        self._page.send({"type": "answer", "id": ref, "sdp": prepared["sdp"]})

    async def _open(self, frame: Frame) -> str:
        """Begin the call in the hub, then its Leg in the media process."""
        exchange, ref = self._exchange, frame["id"]
        leg_id, program = await arrive(exchange.hub, self._arrival(frame))
        try:
            await exchange.link.ask("open", leg_id=leg_id, ref=ref, program=to_wire(program))
        except (HubError, SendLater):
            failed = LegEnded(leg_id=leg_id, key=f"{leg_id}:not_opened", cause=EndCause.FAILED)
            await hear(exchange.hub, failed)
            raise
        return leg_id

    def _arrival(self, frame: Frame) -> Arrival:
        is_known = self._customer_id is not None
        return Arrival(
            engine=ENGINE,
            ref=frame["id"],
            called=frame["number"],
            caller=self._address,
            language=self._language,
            customer_id=self._customer_id,
            identity_level=IdentityLevel.PROVED if is_known else IdentityLevel.UNKNOWN,
            proof=PROOF if is_known else None,
            wants=frame.get("wants", ""),
        )

    async def _resume(self, frame: Frame) -> None:
        ref = frame["id"]
        rows = await self._exchange.hub.reader.rows(
            find(CallLeg, "id", "state", engine=ENGINE, ref=ref)
        )
        if not rows or rows[0][1] == LegState.ENDED:
            raise Refused("no_call")
        leg_id = str(rows[0][0])
        try:
            answer = await self._exchange.link.ask("resume", leg_id=leg_id, sdp=frame["sdp"])
        except NotFound:
            raise Refused("no_call") from None
        await self._joined(leg_id, ref)
        self._page.send({"type": "answer", "id": ref, "sdp": answer["sdp"]})

    async def _joined(self, leg_id: str, ref: str) -> None:
        self._leg_id, self._ref = leg_id, ref
        self._exchange.pages.join_caller(leg_id, self._page)
        await self._exchange.states.watch(leg_id)


def _address(exchange: "Exchange", frame: Frame, customer_id: str | None) -> str:
    """The Address this page calls from; it proves nobody. Empty: a call of its own."""
    if exchange.settings.may_name_number and "from" in frame:
        return str(frame["from"])
    if customer_id is not None:
        return f"browser:{customer_id}"
    return f"browser:{frame['visitor']}" if "visitor" in frame else ""


async def signed_in(page: PageSocket, frame: Frame) -> str | None:
    """Return whom the bank has signed in, None for a guest; raise `Refused` for a bad token."""
    if "token" not in frame:
        return None
    exchange = page.exchange
    name = frame.get("widget", "")
    widget = exchange.settings.widgets.get(name)
    if widget is None or page.origin not in widget.origins | exchange.settings.origins:
        raise Refused("no_widget", "no such widget for this site")
    try:
        claims = await exchange.keys.check(name, widget.algorithm, frame["token"])
    except BadToken:
        claims = None
    if claims is None:
        raise Refused("bad_token")
    rows = await exchange.hub.reader.rows(
        find(Customer, "id", "merged_into", number=claims.customer_number)
    )
    if not rows:
        raise Refused("bad_token")
    await exchange.hub.journal.run(lambda: _spend(exchange, name, claims))
    customer_id, merged_into = rows[0]
    return await follow_merge(exchange.hub, merged_into) if merged_into else str(customer_id)


def _spend(exchange: "Exchange", widget: str, claims: VisitorClaims) -> Unit[None]:
    scope = f"{SPENT}{widget}"
    if (yield find(Receipt, "at", scope=scope, key=claims.jti)):
        raise Refused("bad_token", "a token is good for one hello")
    yield put(Receipt, scope=scope, key=claims.jti, at=exchange.hub.clock.now())
