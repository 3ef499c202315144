"""The whole walk: menu in Chinese, PIN, balance, a person, hold, warm transfer, wrap-up, score."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from hub.journey import presence, wrap_up
from hub.journey.calls.control import hold_call
from hub.journey.calls.together import complete_transfer, consult
from hub.journey.close import close
from hub.store.rows import find
from hub.store.tables import CallLeg, Contact
from tests.support.twilio_line import NUMBER, AnswersAtOnce, Caller, TwilioLine

LANGUAGE, MAIN, ASKS_PIN = "中文服务请按2", "人工服务请按0", "电话银行密码"
ACCOUNT, BALANCE, MORE, ROUND = "查询余额请按1", "48,216.05", "结束请挂机", "返回主菜单请按2"


@dataclass
class Walk:
    """One caller from the first word to the score, and two agents."""

    line: TwilioLine
    amara: AnswersAtOnce
    ben: AnswersAtOnce
    customer: Caller
    wait_seconds: float = 30.0
    """So long nobody is free; shorter than what is between two announcements."""
    contact_id: str = ""

    async def go(self) -> None:
        """Walk; raises where something is not as it should be."""
        self.caller = self.line.carrier.call_in(self.customer.number, NUMBER)
        for agent in ("amara", "ben"):
            await presence.set_presence(self.line.hub, agent, presence="break")
        await self._menu()
        await self._talk()
        await self._score()
        await self._look()

    async def _menu(self) -> None:
        pin = self.customer.pin
        balance = ((ASKS_PIN, pin), (ACCOUNT, "1"), (ROUND, "2"))
        for after, digits in ((LANGUAGE, "2"), (MAIN, "2"), *balance, (MAIN, "0")):
            await self._press(after, digits)
        assert any(BALANCE in text for text in self.caller.texts())

    async def _press(self, after: str, digits: str) -> None:
        line, caller = self.line, self.caller
        await line.until(lambda: caller.is_listened and after in (caller.texts() or [""])[-1])
        caller.press(digits)
        await line.until(lambda: not caller.keys)

    async def _talk(self) -> None:
        line, hub = self.line, self.line.hub
        await line.until(lambda: bool(self._call.queue))
        leg = await hub.reader.rows(find(CallLeg, "contact_id", ref=self.caller.call_sid))
        self.contact_id = str(leg[0][0])
        waits_until = line.clock.monotonic() + self.wait_seconds
        await line.until(lambda: line.clock.monotonic() >= waits_until)
        await presence.set_presence(hub, "amara", presence="available")
        await line.until(lambda: line.world.offer_of("amara"))
        await line.accept("amara")
        await line.until(self._are_together)
        self.amara.handsets[-1].say("您好")
        assert self.caller.texts("speech") == ["您好"]
        await hold_call(hub, "amara", contact_id=self.contact_id, on=True)
        await line.until(lambda: any("/60.wav" in url for url in self.caller.texts("play")))
        await hold_call(hub, "amara", contact_id=self.contact_id, on=False)
        await self._pass_on()

    async def _pass_on(self) -> None:
        line, hub = self.line, self.line.hub
        before = len(self.ben.handsets)
        await presence.set_presence(hub, "ben", presence="available")
        await consult(hub, "amara", contact_id=self.contact_id, agent_to="ben", note="卡已挂失")
        await line.until(lambda: len(self.ben.handsets) > before)
        await line.until(lambda: self._is_up("ben"))
        self.amara.handsets[-1].say("请您接手")
        await complete_transfer(hub, "amara", contact_id=self.contact_id)
        await line.until(lambda: self._is_over(self.amara))
        await line.until(lambda: not self._held)
        self.ben.handsets[-1].say("我来处理")
        assert self.ben.handsets[-1].texts("speech") == ["请您接手"]
        assert self.caller.texts("speech") == ["您好", "我来处理"]
        await self._wrap_up("amara")

    async def _score(self) -> None:
        line, hub = self.line, self.line.hub
        await close(hub, self.contact_id, by="ben", reason="done")
        await line.until(lambda: self.caller.is_listened and not self._call.room)
        self.caller.press("5")
        await line.until(lambda: self._call.is_over)
        await self._wrap_up("ben")
        await line.until(self._is_settled)

    async def _look(self) -> None:
        """Nothing was announced twice, and hub and carrier agree that all is over."""
        row = await self._row("state", "ending", "score", "customer_id")
        assert row == ("closed", "handled", 5, self.customer.customer_id), row
        often = Counter(self.caller.texts())
        twice = {text for text, times in often.items() if times > 1 + (MAIN in text)}
        assert not twice, twice
        assert self.line.carrier.complaints == []

    # -- looks ---------------------------------------------------------------------------------

    @property
    def _call(self) -> Any:
        return self.line.carrier.calls[self.caller.call_sid]

    @property
    def _held(self) -> bool:
        room = self._call.room
        return room is None or room.participants[self.caller.call_sid].is_on_hold

    def _is_over(self, phone: AnswersAtOnce) -> bool:
        return bool(self.line.carrier.calls[phone.handsets[-1].call_sid].is_over)

    async def _are_together(self) -> bool:
        rows = await self._legs("state", "room_id")
        return sum(row == ("up", self.contact_id) for row in rows) == 2

    async def _is_up(self, agent: str) -> bool:
        rows = await self._legs("party", "state", "room_id")
        return (agent, "up", self.contact_id) in rows

    async def _is_settled(self) -> bool:
        states = {row[0] for row in await self._legs("state")}
        return states == {"ended"} and self.line.carrier.messenger.is_quiet

    async def _legs(self, *columns: str) -> list[tuple[Any, ...]]:
        rows = await self.line.hub.reader.rows(find(CallLeg, *columns, contact_id=self.contact_id))
        return [tuple(row) for row in rows]

    async def _row(self, *columns: str) -> tuple[Any, ...]:
        rows = await self.line.hub.reader.rows(find(Contact, *columns, id=self.contact_id))
        return tuple(rows[0])

    async def _wrap_up(self, agent: str) -> None:
        codes = self.line.hub.setup.queues["messages"].dispositions
        await wrap_up.finish(
            self.line.hub, agent, contact_id=self.contact_id, disposition=next(iter(codes))
        )
