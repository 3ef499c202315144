"""A hub with Lin Wei's record, an agent in a talk with her, and a core to give orders to."""

import dataclasses
import random
from functools import partial
from typing import Any

from config.demo import known
from config.demo.rows import Rows
from hub.domain.banking import CoreAnswer, CoreOrder, CoreRecord, CoreVerdict
from hub.domain.events import BankOrderEvent
from hub.domain.states import Speaker
from hub.journey import answer, effects
from hub.journey.banking import carry_out, verdict
from hub.journey.banking.orders import EFFECT_KIND
from hub.journey.banking.sync import RecordKeeper
from hub.journey.context import Hub
from hub.journey.messages import MessageRead, messages_of
from hub.ports import CoreAway, CoreBanking, Health, OutcomeUnknown
from hub.store.outbox_runner import OutboxRunner
from hub.store.rows import change, find
from hub.store.tables import BankOrder, Contact
from hub.store.unit import Unit
from tests.support.core_bank import LIN_WEI
from tests.support.world import World

CUSTOMER = f"cus_demo{LIN_WEI}"
CARD = f"crd_demo{LIN_WEI}0"
EVERYDAY, SAVINGS, CREDIT = (f"acc_demo{LIN_WEI}{n}" for n in range(3))


class Well:
    """`hub.ports.Health`."""

    def __init__(self, *, ok: bool) -> None:
        self.ok, self.code = ok, "ok" if ok else "away"


class ScriptedCore:
    """A core that fails as told: `away`, `lost` (not applied), `dropped` (applied), or fine.

    Each call takes the next word of the script; an empty script is a core that is fine.
    """

    def __init__(self, *script: str) -> None:
        self.script = list(script)
        self.applied: list[str] = []
        self.verdicts: dict[str, CoreVerdict] = {}
        self.heard = 0
        self.refuses = ""
        self.record: CoreRecord | None = None
        self.others: dict[str, CoreRecord] = {}
        """Further records, by number."""
        self.numbers: list[str] = []
        """Under which number orders came."""

    def _mood(self) -> str:
        mood = self.script.pop(0) if self.script else "fine"
        if mood == "away":
            raise CoreAway("told so")
        return mood

    async def carry_out(self, order: CoreOrder) -> CoreAnswer:
        mood = self._mood()
        self.numbers.append(order.number)
        if mood == "lost":
            raise OutcomeUnknown("told so")
        if order.key not in self.applied and not self.refuses:
            self.applied.append(order.key)
        if mood == "dropped":
            raise OutcomeUnknown("told so")
        return self._said(order.key)

    async def state_of(self, key: str) -> CoreAnswer | None:
        if self._mood() != "fine":
            raise CoreAway("a question that gets no answer")
        return self._said(key) if key in self.applied else None

    def _said(self, key: str) -> CoreAnswer:
        if key in self.applied:
            return CoreAnswer(applied=True, result={"card_state": "blocked"})
        return CoreAnswer(applied=False, reason=self.refuses)

    async def take_verdict(self, verdict: CoreVerdict) -> None:
        mood = self._mood()
        if mood != "lost":
            self.verdicts.setdefault(verdict.key, verdict)
            self.heard += 1
        if mood in ("lost", "dropped"):
            raise OutcomeUnknown("told so")

    async def record_of(self, number: str, *, payments_since: float) -> CoreRecord | None:
        self._mood()
        record = self.others.get(number, self.record)
        if record is None:
            return None
        kept = tuple(one for one in record.payments if one.at >= payments_since)
        return dataclasses.replace(record, payments=kept)

    async def check(self) -> Health:
        try:
            self._mood()
        except CoreAway:
            return Well(ok=False)
        return Well(ok=True)


class Bank:
    """The world with a core."""

    def __init__(self, world: World, core: CoreBanking, **rules: Any) -> None:
        banking = world.hub.banking
        banking = dataclasses.replace(banking, rules=dataclasses.replace(banking.rules, **rules))
        world.hub = dataclasses.replace(world.hub, core=core, banking=banking)
        self.world, self.core = world, core
        self.keeper = RecordKeeper(world.hub, core)
        self.lost = 0
        hub = world.hub
        self.runner = OutboxRunner(
            hub.journal, hub.reader, hub.clock,
            {
                EFFECT_KIND: carry_out.handler(hub, core, lost=self._lost),
                verdict.EFFECT_KIND: verdict.handler(hub, core, lost=self._lost),
            },
            node="a", random=random.Random(1), on_failed=partial(effects.failed, hub),
            on_done=partial(effects.done, hub), shared=True,
        )  # fmt: skip
        self.contact_id = self.conversation_id = ""

    def _lost(self) -> None:
        self.lost += 1

    @property
    def hub(self) -> Hub:
        return self.world.hub

    async def open(self, *, language: str = "en") -> None:
        """Write the record down and bring Lin Wei to Amara."""
        await self.hub.journal.run(_record(self.hub))
        await self.world.add_agent("amara", skills='[["lang:en", 5], ["lang:zh", 5]]')
        posted = await self.world.customer_says(
            "agent", customer_id=CUSTOMER, identity_level=2, proof="signed_in_page",
            language=language,
        )  # fmt: skip
        offer = await self.world.offer_of("amara")
        assert offer is not None
        await answer.accept(self.hub, "amara", offer)
        await self.world.settle()
        self.contact_id, self.conversation_id = posted.contact_id, posted.conversation_id

    async def set_level(self, level: int) -> None:
        """Have the customer proved to another level."""

        def unit() -> Unit[None]:
            yield change(Contact, self.contact_id, identity_level=level)

        await self.hub.journal.run(unit())

    async def act(self, times: int = 1, *, pause: float = 700.0) -> None:
        """Let the outbox do what is due, with pauses long enough for every back-off."""
        for _ in range(times):
            await self.runner.act_due()
            await self.world.clock.advance(pause)
        await self.hub.journal.caught_up()

    async def orders(self) -> list[tuple[Any, ...]]:
        rows = await self.hub.reader.rows(
            find(BankOrder, "id", "kind", "state", "reason", "decided_by", customer_id=CUSTOMER)
        )
        return sorted(rows)

    async def states(self) -> list[str]:
        return [row[2] for row in await self.orders()]

    async def receipts(self) -> list[MessageRead]:
        told = await messages_of(self.hub, self.conversation_id)
        return [one for one in told if one.speaker == Speaker.SYSTEM and one.kind == "text"]

    async def story(self) -> list[str]:
        """Names of the orders' events, in order."""
        return [
            type(event).__name__.removeprefix("BankOrder")
            for event in await self.world.events()
            if isinstance(event, BankOrderEvent)
        ]


def _record(hub: Hub) -> Unit[None]:
    rows = Rows(hub.vault, hub.lookup)
    one = known.known_customers(hub.clock.now())[0]
    yield rows.person(one.person, hub.clock.now())
    for account in one.accounts:
        yield rows.account(one.person, account)
    for card in one.cards:
        yield rows.card(one.person, card)
