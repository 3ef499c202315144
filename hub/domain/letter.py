"""What a written Message has beside its text, where its channel knows subjects and copies.

It travels in `channel_data`, sealed with the Message. The adapter writes it, the console shows it,
and nothing is decided by it.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Final, Literal, Self

Certainty = Literal["verified", "claimed", "ambiguous", "none"]
"""Of the sender: proved by our relay, only said, said in two ways, not said at all."""

ASLEEP: Final = "asleep-"
"""Before the address of a picture from elsewhere, in the cleaned original of a letter: no browser
fetches such a scheme. Who shows the original takes it away when somebody has asked for them."""
KEY: Final = "letter"
"""The key in `channel_data`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The head of a written Message, and what was set apart from its visible words."""

    subject: str = ""
    sender: str = ""
    """The address it came from; empty for a Message of ours."""
    sender_name: str = ""
    certainty: Certainty | None = None
    """None for a Message of ours."""
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()
    """Of a Message of ours: who gets it unseen by the others."""
    is_forward: bool = False
    """It passes on, to somebody else, what lies in `quoted`."""
    quoted: str = ""
    """What the sender repeated below the new words."""
    signature: str = ""
    html_file: str = ""
    """Id of the stored file with the cleaned original; empty when there is none."""
    remote_count: int = 0
    """Pictures and styles from elsewhere that were taken out of the original."""
    automatic: str = ""
    """Why nobody waits for an answer, as the adapter codes it; empty for a person's words."""
    flags: tuple[str, ...] = ()
    """What was odd about it, as the adapter codes it."""

    def channel_data(self) -> dict[str, str]:
        """Return the entry for `channel_data`; what is empty is left out."""
        kept = {name: value for name, value in asdict(self).items() if value}
        return {KEY: json.dumps(kept, ensure_ascii=False)} if kept else {}

    @classmethod
    def of(cls, channel_data: Mapping[str, str]) -> Self | None:
        """Read it back; None where a Message has none. Unknown fields are of a newer version."""
        told = channel_data.get(KEY)
        if not told:
            return None
        found = json.loads(told)
        lists = {name: tuple(found[name]) for name in ("to", "cc", "bcc", "flags") if name in found}
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in (found | lists).items() if name in known})
