"""What an agent wants said, and what the guards found in it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from hub.domain.letter import Letter
from hub.journey.context import Hub
from hub.journey.delivery.heading import require_known_copies
from hub.journey.delivery.leaving import require_fit
from hub.journey.delivery.recipients import Other
from hub.journey.guarding import Guard, require_sendable
from hub.security.send_guard import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """An agent's words to the customer of a Contact."""

    contact_id: str
    key: str
    """The sender's own id: the same one again is the same words."""
    text: str
    file_id: str | None = None
    letter: Letter | None = None
    """Subject and copies, where the channel knows them."""
    language: str | None = None
    """Of the words; None: the Contact's."""
    seen_seq: int | None = None
    """The newest Message that the agent had seen when the words were begun."""
    sure: Collection[Guard] = ()
    """Guards that the agent overrules."""


class Passed(NamedTuple):
    """What staff let through, for the audit."""

    secrets: tuple[Secret, ...] = ()
    others: tuple[Other, ...] = ()


async def let_through(hub: Hub, words: Words) -> Passed:
    """Raise `Refused` by the name of the first guard that stops the words (`Guard`)."""
    letter = words.letter or Letter()
    copies = (*letter.cc, *letter.bcc)
    text = words.text if words.letter is None else f"{letter.subject}\n{words.text}"
    others = await require_fit(
        hub, words.contact_id, "\n".join((text, *copies)), file_id=words.file_id, sure=words.sure
    )
    secrets = require_sendable(text, sure=words.sure)
    await require_known_copies(hub, words.contact_id, copies, sure=words.sure)
    return Passed(secrets, others)
