"""The saved replies in force, as this node knows them."""

from collections.abc import Callable, Sequence
from typing import Final

import structlog

from agent_console.replies.judge import document_of, replies_of, require_sound
from agent_console.setup import SavedReply
from hub.domain.errors import HubError
from hub.journey.context import Hub
from hub.journey.set_up import versions
from hub.journey.set_up.rules import TOPIC
from hub.store.wake import Wake

log = structlog.get_logger(__name__)

KIND: Final = "replies"
NAME: Final = "desk"
POLL_SECONDS: Final = 15.0


class ReplyShelf:
    """`replies` never waits; `version` 0 means that nothing was published yet."""

    def __init__(self, hub: Hub, files: Sequence[SavedReply]) -> None:
        """`files` are those of the operator's file."""
        self._hub, self._files = hub, files
        self.replies: Sequence[SavedReply] = files
        self.version = 0

    async def start(self) -> None:
        """Publish what the file says, unless a person has published since, and read it."""
        await versions.seed(self._hub, KIND, NAME, document_of(self._files))
        await self.look()

    async def look(self) -> bool:
        """Read what is in force; True when it is something else than before."""
        version = (await versions.newest(self._hub, KIND)).get(NAME, 0)
        if version == self.version:
            return False
        self.replies = replies_of(await versions.document_of(self._hub, KIND, NAME, version))
        self.version = version
        return True

    async def run(self, changed: Callable[[], object]) -> None:
        """Look whenever somebody publishes, on any node, and now and then."""
        bell = Wake(self._hub.clock)
        end = self._hub.signal.subscribe(TOPIC, lambda _kind: bell.ring())
        try:
            while True:
                await bell.sleep(POLL_SECONDS)
                try:
                    if await self.look():
                        changed()
                except (HubError, OSError):
                    log.warning("replies_not_read")
        finally:
            end()

    async def save(self, by: str, replies: Sequence[SavedReply], *, seen: int, why: str) -> int:
        """Put other replies in force; returns the number of the version.

        Raises `Invalid("bad_reply")`, `Invalid("need_reason")`, `Refused("published_meanwhile")`.
        """
        require_sound(replies, self._hub.setup.queues)
        return await versions.put_in_force(
            self._hub, by, KIND, NAME, document_of(replies), seen=seen, why=why
        )

    async def roll_back(self, by: str, *, to: int, why: str) -> int:
        """Put an old version in force again."""
        return await versions.roll_back(
            self._hub, by, KIND, NAME, to=to, why=why,
            require_sound=lambda one: require_sound(replies_of(one), self._hub.setup.queues),
        )  # fmt: skip

    async def history(self) -> list[versions.Version]:
        """Return the last versions, the newest first."""
        return await versions.history(self._hub, KIND, NAME)
