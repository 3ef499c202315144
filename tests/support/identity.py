"""A talk with a customer of whom much is known and nothing proved; the carrier keeps codes."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from hub.customers.questions import QUESTIONS, Known
from hub.domain.notice import Notice, NoticeKind
from hub.journey import notify
from hub.journey.answer import accept
from hub.journey.context import Viewer
from hub.journey.record import screen_pop
from hub.security.roles import Role
from hub.store.journal import Journal
from hub.store.outbox_runner import OutboxRunner, no_word
from hub.store.rows import change, find, put
from hub.store.tables import Account, Contact, Customer, Party, PartyAccount, Payment, User
from hub.store.unit import Call, Unit
from tests.support.submissions import Submissions
from tests.support.world import World

AGENT, OTHER_AGENT, SUPERVISOR = "usr_amara", "usr_ben", "usr_rosa"
PROFILE = {
    "name": "Mei Tan", "name_zh": "谭梅", "phone": "+8613800001234", "email": "mei@mail.example",
    "id_number": "310199198805170010", "birth_date": "1988-05-17",
    "address": "16 Lake Road, Shanghai",
}  # fmt: skip
HUSBAND = PROFILE | {
    "name": "Jun Tan", "phone": "+8613800005678", "email": "jun@mail.example",
    "birth_date": "1985-02-03", "address": "16 Lake Road, Shanghai",
}  # fmt: skip


@dataclass
class Carrier:
    """Keeps what it was given, as a customer's phone does."""

    given: list[Notice] = field(default_factory=list)
    kinds: frozenset[NoticeKind] = frozenset({"sms", "email"})
    honours_key: bool = True

    async def send(self, notice: Notice) -> None:
        """Take it."""
        self.given.append(notice)


class Talks:
    """Drives talks about one bank's customers."""

    def __init__(self, world: World) -> None:
        self.carrier = Carrier()
        self.submissions = Submissions(world.hub.journal)
        journal = cast(Journal, self.submissions)
        world.hub = replace(world.hub, notify=self.carrier, journal=journal)
        self.world, self.hub = world, world.hub

    def viewer(self, user_id: str = AGENT, role: Role = Role.AGENT) -> Viewer:
        """Somebody of the staff."""
        return Viewer(user_id=user_id, roles=frozenset({role}))

    @property
    def supervisor(self) -> Viewer:
        """Rosa."""
        return self.viewer(SUPERVISOR, Role.SUPERVISOR)

    async def write(self, *calls: Call) -> None:
        """Store rows."""

        def unit() -> Unit[None]:
            for call in calls:  # noqa: UP028  a tuple cannot be sent results
                yield call

        await self.hub.journal.run(unit())

    async def add_customer(
        self, customer_id: str, profile: dict[str, str], *, accounts: Sequence[str] = ("1",)
    ) -> None:
        """A record with accounts and one payment."""
        seal = self.hub.vault.seal
        calls = [
            put(
                Customer, id=customer_id, number=f"n{customer_id}", segment="everyday",
                lifecycle="active", language="en", since_year=2019, created_at=1.0,
                profile_sealed=seal(json.dumps(profile), "customer", "profile", customer_id),
            )
        ]  # fmt: skip
        for n, one in enumerate(accounts):
            account_id = f"{customer_id}_{one}"
            detail = {"number": f"6600{one}", "balance": "10.00", "name": {"en": one, "zh": one}}
            sealed = seal(json.dumps(detail), "account", "detail", account_id)
            calls.append(
                put(
                    Account, id=account_id, customer_id=customer_id, kind="current",
                    currency="CNY", detail_sealed=sealed,
                )
            )  # fmt: skip
            paid = {"merchant": f"Luma {one}", "amount": "-3280.40", "currency": "CNY"}
            sealed = seal(json.dumps(paid), "payment", "detail", f"pay_{account_id}")
            calls.append(
                put(
                    Payment, id=f"pay_{account_id}", customer_id=customer_id,
                    account_id=account_id, at=100.0 - n, detail_sealed=sealed,
                )
            )  # fmt: skip
        await self.write(*calls)

    async def add_party(
        self, party_id: str, customer_id: str, own: str | None, role: str, *accounts: str,
        until_at: float | None = None,
    ) -> None:  # fmt: skip
        """A person who may act on some accounts of a record."""
        await self.write(
            put(
                Party, id=party_id, customer_id=customer_id, holder_customer_id=own, role=role,
                until_at=until_at, created_at=1.0,
            ),
            *(put(PartyAccount, party_id=party_id, account_id=one) for one in accounts),
        )  # fmt: skip

    async def hire(self, user_id: str, *roles: str) -> None:
        """Somebody who is known by name and takes no contacts."""
        name = json.dumps({"en": user_id, "zh": "员工"})
        await self.write(
            put(
                User, id=user_id, login=user_id, name=name, roles=json.dumps(roles),
                password_hash="", created_at=1.0,
            )
        )  # fmt: skip
        await self.hub.staff.load()

    async def begin(
        self, customer_id: str | None, *, visitor: str = "visitor-1", agent: str = AGENT
    ) -> str:
        """A guest comes, is answered, and the record is linked as claimed; returns the Contact."""
        posted = await self.world.customer_says("agent please", visitor=visitor)
        offer = await self.world.offer_of(agent)
        assert offer is not None
        await accept(self.hub, agent, offer)
        await self.world.settle()
        if customer_id is not None:
            level = {"customer_id": customer_id, "identity_level": 1}
            await self.write(change(Contact, posted.contact_id, **level))
        return posted.contact_id

    async def delivered(self) -> Notice:
        """The newest Notice, once the outbox has carried it."""
        runner = OutboxRunner(
            self.hub.journal, self.hub.reader, self.hub.clock,
            {notify.KIND: notify.handler(self.hub)}, node=self.hub.node, random=_Half(),
            on_failed=no_word,
        )  # fmt: skip
        assert await runner.act_due(), "nothing was asked to be sent"
        return self.carrier.given[-1]

    async def code(self) -> str:
        """The code in the newest Notice."""
        found = re.search(r"\d{6}", (await self.delivered()).text)
        assert found is not None
        return found.group()

    async def level_of(self, contact_id: str) -> int:
        """The identity level as stored."""
        rows = await self.hub.reader.rows(find(Contact, "identity_level", id=contact_id))
        return int(rows[0][0])

    async def pop(self, contact_id: str, viewer: Viewer | None = None) -> dict[str, Any]:
        """The record as the agent has it."""
        return await screen_pop(self.hub, contact_id, viewer or self.viewer())


class _Half:
    def random(self) -> float:
        """Always the middle."""
        return 0.5


def answers(questions: Sequence[str], profile: dict[str, str] = PROFILE) -> dict[str, str]:
    """What the customer would say."""
    known = Known(profile, {"merchant": "Luma 1", "amount": "-3280.40"})
    return {code: QUESTIONS[code].answer(known).lstrip("-") for code in questions}


def wrong(code: str) -> str:
    """Another code."""
    return f"{(int(code) + 1) % 1_000_000:06}"
