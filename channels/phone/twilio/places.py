"""Addresses that Twilio calls, and the token that makes the same question the same event.

Nothing personal is in an address: only identifiers of ours. `t` is the token of the turn. It is
made of the key of the event that led to the turn, so a request that is repeated leads to the same
document with the same addresses, on every node and without any memory.
"""

import hashlib
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

PREFIX: Final = "/phone/twilio"
TOKEN: Final = "t"
TOKEN_CHARACTERS: Final = 24


def token_of(key: str) -> str:
    """Return the token of the turn that an event's key leads to."""
    return hashlib.sha256(key.encode()).hexdigest()[:TOKEN_CHARACTERS]


@dataclass(frozen=True, slots=True)
class Places:
    """Addresses under the one that the provider knows us by."""

    public_url: str
    """Scheme, host and where needed port, without a slash at the end."""

    def leg(self, leg_id: str, what: str, token: str) -> str:
        """Return where a Leg's document goes on."""
        return f"{self._at('legs', leg_id, what)}?{TOKEN}={token}"

    def status(self, leg_id: str) -> str:
        """Return where a dialled Leg's states are told."""
        return self._at("legs", leg_id, "status")

    def room(self, room_id: str) -> str:
        """Return where a room's comings and goings are told."""
        return self._at("rooms", room_id)

    def recording(self, leg_id: str, recording_id: str) -> str:
        """Return where a finished recording of a room is told."""
        return self._at("legs", leg_id, "recordings", recording_id)

    def sounds(self, sealed: str) -> str:
        """Return where sounds to be announced are read from."""
        return self._at("sounds", sealed)

    @property
    def hold(self) -> str:
        """Where the music of a held Leg is read from."""
        return self._at("hold")

    def music(self, seconds: int) -> str:
        """Return the file of so much music."""
        return self._at("music", f"{seconds}.wav")

    def prompt(self, language: str, name: str) -> str:
        """Return the file of a recorded prompt."""
        return self._at("prompts", language, f"{name}.wav")

    def _at(self, *parts: str) -> str:
        return "/".join((self.public_url + PREFIX, *(quote(part, safe="") for part in parts)))
