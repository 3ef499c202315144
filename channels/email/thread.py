"""Which thread a mail belongs to, by proof: our own signed names of mails, never a guess.

Each mail of ours is named `KEY.TOKEN@domain`; the token binds the Conversation and the recipient
under a MAC of full length. A reply brings the name back in In-Reply-To or References. Names of
mails that came to us prove less: only that the sender of then writes again.
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Literal

from hub.journey.channel_state import ChannelState
from hub.journey.context import Hub
from hub.security.signed_link import ANYBODY, BadLink, SignedLinks
from hub.store.unit import Unit

PURPOSE: Final = "email.thread"
FOREVER: Final = 4_102_444_800.0
"""A name does not open anything, so it does not end; 2100-01-01."""
NAMES_READ_MOST: Final = 40
_PLAIN: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")

Proof = Literal["token", "references", "other_sender", "none"]


@dataclass(frozen=True, slots=True)
class Threaded:
    """What a mail proves about where it belongs; `conversation_id` is whose thread it names."""

    proof: Proof
    conversation_id: str = ""


class Threads:
    """Names our mails, and reads such names again."""

    def __init__(self, hub: Hub, signed: SignedLinks, remember_seconds: float) -> None:
        self._hub, self._signed, self._seconds = hub, signed, remember_seconds

    def name(self, key: str, conversation_id: str, address: str, domain: str) -> str:
        """Return the Message-ID of a mail, without brackets; the same for the same key."""
        plain = key if _PLAIN.fullmatch(key) else sha256(key.encode()).hexdigest()[:32]
        said = f"{conversation_id} {self._mark(address)}"
        token = self._signed.sign(PURPOSE, said, viewer=ANYBODY, expires_at=FOREVER)
        return f"{plain}.{token}@{domain}"

    def read(self, message_id: str) -> tuple[str, str] | None:
        """Return Conversation and mark of the recipient from a name of ours; None for others'."""
        return read_name(message_id, self._signed, now=self._hub.clock.now())

    def was_sent_to(self, message_id: str, address: str) -> bool:
        """Whether the name is ours and the mail went to that address."""
        found = self.read(message_id)
        return found is not None and found[1] == self._mark(address)

    async def judge(self, account: str, sender: str, names: tuple[str, ...]) -> Threaded:
        """Say what the names in a mail prove, the newest first; `sender` may be empty."""
        mark = self._mark(sender) if sender else ""
        another = ""
        for name in names[-NAMES_READ_MOST:][::-1]:
            found = self.read(name) or await self._known(account, name)
            if found is None:
                continue
            if found[1] == mark:
                return Threaded("token" if self.read(name) else "references", found[0])
            another = another or (found[0] if self.read(name) else "")
        return Threaded("other_sender", another) if another else Threaded("none")

    def keep(self, account: str, message_id: str, conversation_id: str, sender: str) -> Unit[None]:
        """Remember a mail that came, inside a unit, so that a later one may refer to it."""
        value = f"{conversation_id} {self._mark(sender)}"
        until = self._hub.clock.now() + self._seconds
        yield from self._state(account).keep(_place(message_id), value, expires_at=until)

    async def _known(self, account: str, name: str) -> tuple[str, str] | None:
        value = await self._state(account).recall(_place(name))
        if value is None:
            return None
        conversation_id, _, mark = value.partition(" ")
        return conversation_id, mark

    def _state(self, account: str) -> ChannelState:
        return ChannelState(self._hub, "email", account)

    def _mark(self, address: str) -> str:
        return self._hub.lookup.of("mail", address)


def _place(message_id: str) -> str:
    return f"mail/{message_id}"


def read_name(message_id: str, signed: SignedLinks, *, now: float) -> tuple[str, str] | None:
    """Return Conversation and mark of the recipient from a name of ours; None for others'."""
    token = message_id.partition("@")[0].partition(".")[2]
    if not token:
        return None
    try:
        said = signed.read(PURPOSE, token, viewer=ANYBODY, now=now)
    except BadLink:
        return None
    conversation_id, _, mark = said.partition(" ")
    return conversation_id, mark
