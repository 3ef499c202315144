"""What the hub may ask of the process, by name; each answer is plain JSON."""

import os
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any, Final

from channels.phone.media.commands import Commands, answer
from channels.phone.media.leg import Leg
from channels.phone.media.peer import Peer
from channels.phone.media.switchboard import Switchboard
from channels.phone.media.ticker import Ticker
from channels.phone.media.tones import KEYS
from hub.domain.calls import EndCause, KnownLeg, LegKind
from hub.domain.calls_codec import from_wire, program_from, to_wire
from hub.domain.errors import Invalid, NotFound

Asked = Mapping[str, Any]
MOST_DIGITS: Final = 32
MOST_PREPARED: Final = 32


class Desk:
    """The process's abilities around its switchboard."""

    def __init__(
        self,
        board: Switchboard,
        ticker: Ticker,
        make_peer: Callable[[], Peer],
        note_user: Callable[[str, dict[str, Any]], None],
        spawn: Callable[[Coroutine[Any, Any, None]], None],
    ) -> None:
        """`note_user` tells the page of a member of staff."""
        self.board, self._ticker = board, ticker
        self._make_peer, self._note_user, self._spawn = make_peer, note_user, spawn
        self._commands = Commands(board)
        self._prepared: dict[str, Peer] = {}
        """Answered offers of pages whose call is not there yet."""
        self._asks: Mapping[str, Callable[[Asked], Awaitable[Any]]] = {
            "carry_out": self._carry_out,
            "prepare": self._prepare,
            "open": self._open,
            "resume": self._resume,
            "hang_up": self._hang_up,
            "digits": self._digits,
            "phone_up": self._phone_up,
            "phone_down": self._phone_down,
            "legs": self._legs,
            "check": self._check,
        }

    async def ask(self, asked: Asked) -> Any:
        """Do what is asked; raise a `HubError`."""
        do = self._asks.get(str(asked.get("do")))
        if do is None:
            raise Invalid("unknown_request", str(asked.get("do"))[:40])
        return await do(asked)

    def answered(self, leg_id: str, key: str, program: Any) -> None:
        """The hub has stored an event, and perhaps says what comes next."""
        if program is not None:
            answer(self.board.legs.get(leg_id), key, program_from(program))

    async def _carry_out(self, asked: Asked) -> None:
        self._commands.carry_out(from_wire(asked.get("command")))

    async def _prepare(self, asked: Asked) -> dict[str, str]:
        """A caller's page is about to call: judge its offer before there is a call."""
        ref = _text(asked, "ref")
        self.board.require_room()
        peer, sdp = await self._peer(_text(asked, "sdp"))
        if (before := self._prepared.pop(ref, None)) is not None:
            self._spawn(before.close())
        self._prepared[ref] = peer
        while len(self._prepared) > MOST_PREPARED:
            self._spawn(self._prepared.pop(next(iter(self._prepared))).close())
        return {"sdp": sdp}

    async def _open(self, asked: Asked) -> None:
        """The call is there: its Leg gets what was prepared. Asked again it gets a new line."""
        leg_id, ref = _text(asked, "leg_id"), _text(asked, "ref")
        program = program_from(asked.get("program"))
        peer = self._prepared.pop(ref, None)
        if peer is None:
            raise NotFound("not_prepared")
        leg = self.board.legs.get(leg_id)
        if leg is None:
            leg = self.board.open(leg_id, LegKind.CUSTOMER, program, ref=ref)
            self.board.connect(leg, peer)
        else:
            self._move(leg, peer)

    async def _resume(self, asked: Asked) -> dict[str, str]:
        leg = self.board.leg(_text(asked, "leg_id"))
        return await self._line_for(leg, _text(asked, "sdp"))

    async def _line_for(self, leg: Leg, offer: str) -> dict[str, str]:
        peer, sdp = await self._peer(offer)
        self._move(leg, peer)
        return {"sdp": sdp}

    def _move(self, leg: Leg, peer: Peer) -> None:
        """Let a Leg go on over another connection."""
        before = leg.line
        self.board.connect(leg, peer)
        if before is not None:
            self._spawn(before.close())
        self.board.note_keys(leg)

    async def _hang_up(self, asked: Asked) -> None:
        leg = self.board.legs.get(_text(asked, "leg_id"))
        if leg is not None:
            self.board.end(leg, EndCause.HUNG_UP)

    async def _digits(self, asked: Asked) -> None:
        digits = _text(asked, "digits")
        if len(digits) > MOST_DIGITS or not set(digits) <= set(KEYS):
            raise Invalid("bad_digits", "keys of a telephone")
        leg = self.board.leg(_text(asked, "leg_id"))
        for key in digits:
            leg.press(key)

    async def _phone_up(self, asked: Asked) -> dict[str, str]:
        user_id = _text(asked, "user_id")
        peer, sdp = await self._peer(_text(asked, "sdp"))

        def changed(now: Peer) -> None:
            if now.is_up:
                before = self.board.phones.get(user_id)
                self.board.phone_up(user_id, now)
                if before is not None and before is not now:
                    self._spawn(before.close())
            else:
                self.board.phone_down(user_id, now)
            if now.is_up or user_id not in self.board.phones:
                self._note_user(user_id, {"type": "softphone", "up": now.is_up})

        peer.changed = changed
        return {"sdp": sdp}

    async def _phone_down(self, asked: Asked) -> None:
        user_id = _text(asked, "user_id")
        line = self.board.phones.pop(user_id, None)
        if line is not None:
            self._spawn(line.close())
            self._note_user(user_id, {"type": "softphone", "up": False})

    async def _legs(self, _: Asked) -> list[Any]:
        return [
            to_wire(
                KnownLeg(
                    leg_id=leg.leg_id,
                    ref=leg.ref,
                    state=leg.state,
                    room_id=leg.last_room_id if leg.room is not None else None,
                )
            )
            for leg in self.board.legs.values()
        ]

    async def _check(self, _: Asked) -> dict[str, Any]:
        """How many legs there are, and how late sound left since the last question."""
        late = sorted(self._ticker.late)
        self._ticker.late.clear()
        p99 = late[int(len(late) * 0.99)] if late else 0.0
        return {"legs": len(self.board.legs), "late_p99_seconds": p99, "pid": os.getpid()}

    async def _peer(self, offer: str) -> tuple[Peer, str]:
        peer = self._make_peer()
        return peer, await peer.answer(offer)


def _text(asked: Asked, name: str) -> str:
    value = asked.get(name)
    if not isinstance(value, str) or not value:
        raise Invalid("bad_field", name)
    return value
