"""Keeps our copy of the core's records fresh, and notices when the core is back.

A customer who comes is read again beside the walk: the pop never waits for it. While the core is
away it is asked now and then whether it is back; then waiting orders are hurried and what is known
to be old is read again.
"""

import asyncio
from collections.abc import Sequence

import structlog
from sqlalchemy import bindparam, select, text, update

from hub.domain import events as e
from hub.domain.banking import CoreChange
from hub.domain.errors import HubError, Refused
from hub.domain.events import Logged
from hub.journey.banking.orders import EFFECT_KIND
from hub.journey.banking.refresh import mark_stale, refresh
from hub.journey.banking.verdict import EFFECT_KIND as VERDICT_KIND
from hub.journey.context import Hub
from hub.ports import CoreBanking
from hub.store.outbox import hurry
from hub.store.rows import find, put, table_of
from hub.store.tables import Contact, CoreSync, Customer, Receipt
from hub.store.unit import Prepared, Unit
from hub.store.wake import Wake

log = structlog.get_logger(__name__)

AT_ONCE = 8
MOST_BEHIND = 500
LOOK_AGAIN_SECONDS = 60.0
RECEIPT_SCOPE = "core_change"
_s, _c = table_of(CoreSync).c, table_of(Contact).c
_behind = Prepared(
    select(_s.customer_id)
    .where(text("(stale_since IS NOT NULL OR version < wanted_version)"))
    .limit(MOST_BEHIND)
)
_shown = Prepared(
    select(_c.customer_id)
    .where(_c.customer_id.is_not(None))
    .where(text("state <> 'closed'"))  # names the partial index's condition
    .distinct()
    .limit(MOST_BEHIND)
)
_raise_wanted = Prepared(
    update(table_of(CoreSync))
    .where(_s.customer_id == bindparam("of"), _s.wanted_version < bindparam("wanted"))
    .values(wanted_version=bindparam("wanted"))
)


class RecordKeeper:
    """Reads what somebody looks at, what the core says has changed, and what is known to be old."""

    def __init__(self, hub: Hub, core: CoreBanking) -> None:
        self._hub, self._core = hub, core
        self._wanted: dict[str, bool] = {}
        """Customer -> whether to read even a fresh record."""
        self._wake = Wake(hub.clock)
        self._away = False
        self._is_lost = False
        """Somebody says so; whether it is true is asked next."""

    def follow(self, batch: Sequence[Logged]) -> None:
        """Take the events of a commit: who comes is read, who was served is read again."""
        for logged in batch:
            match logged.event:
                case e.ContactArrived(customer_id=str(customer_id)):
                    self.want(customer_id)
                case e.CustomerProved(customer_id=customer_id):
                    self.want(customer_id)
                case e.BankOrderApplied(customer_id=customer_id):
                    self.want(customer_id, force=True)
                case e.CustomersMerged(customer_id=customer_id):
                    self.want(customer_id)
                case e.MergeUndone(customer_id=customer_id, merged_id=merged_id):
                    self.want(customer_id, force=True)
                    self.want(merged_id, force=True)

    def want(self, customer_id: str, *, force: bool = False) -> None:
        """Read the customer's record soon."""
        self._wanted[customer_id] = self._wanted.get(customer_id, False) or force
        self._wake.ring()

    def lost(self) -> None:
        """Somebody could not reach the core: watch for its return."""
        self._is_lost = True
        self._wake.ring()

    async def take_change(self, change: CoreChange) -> None:
        """The core's word that a record changed; twice the same word is one."""
        rows = await self._hub.reader.rows(find(Customer, "id", number=change.number))
        if not rows:
            return
        try:
            await self._hub.journal.run(lambda: _note(self._hub, change, rows[0][0]))
        except Refused as refused:
            if refused.code != "conflict":
                raise
            return  # the same word came twice at once
        self.want(rows[0][0])

    async def run(self) -> None:
        """Work until cancelled."""
        await self._want_behind()
        while True:
            if self._away or self._is_lost:
                await self._look_for_core()
            elif self._wanted:
                await self._read_wanted()
            else:
                # Another node may have taken the core's word, and died before it read.
                await self._wake.sleep(LOOK_AGAIN_SECONDS)
                if not (self._wanted or self._is_lost):
                    await self._want_behind()

    async def _look_for_core(self) -> None:
        if (await self._core.check()).ok:
            self._away = self._is_lost = False
            log.info("core_is_back")
            await self._hub.journal.run(_hurry(self._hub.clock.now()))
            await self._want_behind()
            return
        if not self._away:
            self._away = True
            log.warning("core_is_away")
            await self._want_shown()
        await self._mark_wanted()
        await self._wake.sleep(self._hub.banking.probe_seconds)

    async def _mark_wanted(self) -> None:
        """Whose record cannot be read now is known to be old; it is read when the core is back."""
        wanted, self._wanted = self._wanted, {}
        for customer_id in wanted:
            await mark_stale(self._hub, customer_id)

    async def _read_wanted(self) -> None:
        some = list(self._wanted.items())[:AT_ONCE]
        for customer_id, _ in some:
            del self._wanted[customer_id]
        answers = await asyncio.gather(*(self._read(key, force=force) for key, force in some))
        if not all(answers):
            self.lost()

    async def _read(self, customer_id: str, *, force: bool) -> bool:
        try:
            return await refresh(self._hub, self._core, customer_id, force=force)
        except HubError:
            log.exception("record_not_kept")
            return True

    async def _want_shown(self) -> None:
        for (customer_id,) in await self._hub.reader.heavy(_shown()):
            self.want(customer_id)

    async def _want_behind(self) -> None:
        for (customer_id,) in await self._hub.reader.heavy(_behind()):
            self.want(customer_id)


def _note(hub: Hub, change: CoreChange, customer_id: str) -> Unit[None]:
    seen = yield find(Receipt, "at", scope=RECEIPT_SCOPE, key=change.id)
    if seen:
        return
    yield put(Receipt, scope=RECEIPT_SCOPE, key=change.id, at=hub.clock.now())
    if not (yield find(CoreSync, "version", customer_id=customer_id)):
        yield put(CoreSync, customer_id=customer_id)
    yield _raise_wanted(of=customer_id, wanted=change.version)


def _hurry(now: float) -> Unit[None]:
    for kind in (EFFECT_KIND, VERDICT_KIND):
        yield hurry(kind, due_at=now)
