"""The customer of a Contact as an errand may use it: proved far enough, alive, a person."""

from typing import NamedTuple

from hub.domain.errors import Forbidden, Refused
from hub.domain.states import IdentityLevel
from hub.journey.context import Hub
from hub.journey.identity.require import require_level
from hub.ports import SelfServiceContact


class NotProved(Exception):
    """Who speaks must prove more first."""


class Speaker(NamedTuple):
    """Whose record may be read aloud."""

    customer_id: str
    party_id: str | None


async def speaker_of(hub: Hub, contact: SelfServiceContact) -> Speaker:
    """Return who is proved to speak; raise `NotProved`.

    Asked of the Contact's row at this moment, never of what self-service remembers.
    """
    try:
        row = await hub.journal.run(
            lambda: require_level(hub, contact.contact_id, IdentityLevel.PROVED)
        )
    except (Forbidden, Refused) as error:
        raise NotProved from error
    return Speaker(row.customer_id or "", row.speaker_party_id)
