"""The demo's carrier of SMS and e-mail: it keeps what it is given, and a page shows it.

It plays the customers' phones and mailboxes. What it holds is sealed like all that customers get,
and goes away after a week.
"""

import json
from dataclasses import asdict, dataclass

from sqlalchemy import bindparam, delete, select

from hub.domain.notice import Notice, NoticeKind
from hub.ports import Clock
from hub.security.vault import Vault
from hub.store.journal import Journal
from hub.store.reader import Reader
from hub.store.rows import table_of
from hub.store.tables import ChannelState
from hub.store.unit import Prepared, Unit
from hub.store.upsert import upsert

CHANNEL = "demo_carrier"
KEPT_SECONDS = 7 * 86_400.0
SHOWN = 100

_STATE = table_of(ChannelState)
_COLUMN = _STATE.c
_TAKE = Prepared(upsert(_STATE).on_conflict_do_nothing(index_elements=["channel", "key"]))
_FORGET = Prepared(
    delete(_STATE).where(
        _COLUMN.channel == bindparam("channel"), _COLUMN.expires_at < bindparam("now")
    )
)
_NEWEST = Prepared(
    select(_COLUMN.key, _COLUMN.value_sealed)
    .where(_COLUMN.channel == bindparam("channel"))
    .order_by(_COLUMN.key.desc())  # keys begin with their time
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """A Notice as it lies on the customer's screen."""

    at: float
    notice: Notice


class DemoCarrier:
    """The port `Notify` for the demo."""

    kinds: frozenset[NoticeKind] = frozenset({"sms", "email"})
    honours_key = True

    def __init__(self, journal: Journal, reader: Reader, vault: Vault, clock: Clock) -> None:
        self._journal = journal
        self._reader = reader
        self._vault = vault
        self._clock = clock

    async def send(self, notice: Notice) -> None:
        """Keep it; the same key again changes nothing."""
        now = self._clock.now()
        text = json.dumps({"at": now, "notice": asdict(notice)})
        sealed = self._vault.seal(text, *_place(notice.key))

        def unit() -> Unit[None]:
            yield _FORGET(channel=CHANNEL, now=now)
            yield _TAKE(
                channel=CHANNEL,
                key=notice.key,
                value_sealed=sealed,
                expires_at=now + KEPT_SECONDS,
            )

        await self._journal.run(unit())

    async def delivered(self) -> list[Delivered]:
        """Return what has arrived, the newest first."""
        rows = await self._reader.rows(_NEWEST(channel=CHANNEL, most=SHOWN))
        found = (json.loads(self._vault.open(sealed, *_place(key))) for key, sealed in rows)
        return [Delivered(at=one["at"], notice=Notice(**one["notice"])) for one in found]


def _place(key: str) -> tuple[str, str, str]:
    return ("channel_state", "value", f"{CHANNEL}/{key}")
