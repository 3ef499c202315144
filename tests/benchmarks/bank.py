"""A data folder for a server under measurement: staff with open sessions, perhaps customers.

Filled before the server starts, through the journal as everything else. The server is the
product as an operator runs it: `hub serve`, settings from the environment.
"""

import asyncio
import base64
import json
import os
from dataclasses import dataclass
from pathlib import Path

from hub.adapters.clock import SystemClock
from hub.adapters.ids import RandomIds
from hub.security.master_key import find_master_key
from hub.security.sessions import open_session
from hub.store.engine import open_store
from hub.store.rows import put
from hub.store.tables import User
from hub.store.unit import Unit

WIDGET = "bench"
SOCKETS_MOST = 20_000
SKILLS = [["lang:en", 5], ["lang:zh", 5], ["cards", 5], ["payments", 5], ["premier", 5],
          ["loans", 5], ["complaints", 5], ["messages", 5]]  # fmt: skip
QUEUES = ["cards", "payments", "loans", "premier", "messages", "complaints"]


@dataclass(frozen=True, slots=True)
class Bank:
    """A prepared data folder."""

    folder: Path
    port: int
    widget_key: str
    tokens: tuple[str, ...]
    """Session tokens, one per agent."""

    @property
    def origin(self) -> str:
        """Where pages come from."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """Settings of the server."""
        widget = {
            "origins": [self.origin], "key": self.widget_key, "warn_seconds": 3600,
        }  # fmt: skip
        return {
            "HUB_PORT": str(self.port),
            "HUB_DATA_DIR": str(self.folder),
            "HUB_BOT__ENGINE": "menu",
            "HUB_WIDGETS": json.dumps({WIDGET: widget}),
            "HUB_LOG__LEVEL": "warning",
            # All visitors of a measurement come from one address.
            "HUB_CHANNELS": json.dumps({"web_chat": {"sockets_per_address": SOCKETS_MOST}}),
        }


def prepare(folder: Path, port: int, agents: int) -> Bank:
    """Make the folder with so many agents who are signed in."""
    folder.mkdir(parents=True, exist_ok=True)
    key = base64.b64encode(os.urandom(32)).decode()
    find_master_key({}, folder, may_create=True)
    tokens = asyncio.run(_hire(folder, agents))
    return Bank(folder, port, key, tokens)


async def _hire(folder: Path, agents: int) -> tuple[str, ...]:
    clock, new_id = SystemClock(), RandomIds()
    store = await open_store(f"sqlite:///{folder / 'hub.db'}", clock=clock)

    def hire(number: int) -> Unit[str]:
        user_id, at = f"usr_bench_{number:05d}", clock.now()
        yield put(
            User,
            id=user_id,
            login=f"agent{number}",
            name=json.dumps({"en": f"Agent {number}", "zh": f"员工{number}"}, ensure_ascii=False),
            roles='["agent"]',
            password_hash="",
            skills=json.dumps(SKILLS),
            queues=json.dumps(QUEUES),
            capacity_units=8,
            created_at=at,
        )
        fresh = yield from open_session(new_id("ses"), user_id, at=at)
        return fresh.token

    try:
        return tuple([await store.journal.run(hire(number)) for number in range(agents)])
    finally:
        await store.close()
