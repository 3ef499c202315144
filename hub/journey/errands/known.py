"""The customer of a Contact as an errand may use it: proved far enough, alive, a person."""

from typing import NamedTuple

from hub.customers import parties
from hub.domain.errors import Forbidden, Refused
from hub.domain.states import IdentityLevel
from hub.journey.context import Hub
from hub.journey.identity.require import require_level
from hub.journey.record import read_record
from hub.journey.record_views import RecordRows
from hub.ports import SelfServiceContact


class NotProved(Exception):
    """Who speaks must prove more first."""


class Speaker(NamedTuple):
    """Whose record may be read aloud."""

    customer_id: str
    party_id: str | None


async def speaker_of(
    hub: Hub, contact: SelfServiceContact, *, level: int = IdentityLevel.PROVED
) -> Speaker:
    """Return who is proved to speak, to this level; raise `NotProved`.

    Asked of the Contact's row at this moment, never of what self-service remembers.
    """
    try:
        row = await hub.journal.run(lambda: require_level(hub, contact.contact_id, level))
    except (Forbidden, Refused) as error:
        raise NotProved from error
    return Speaker(row.customer_id or "", row.speaker_party_id)


async def record_of(hub: Hub, speaker: Speaker) -> RecordRows:
    """Read the record: accounts (those shared with others last) and cards of who speaks alone."""
    rows = await read_record(hub, speaker.customer_id, speaker=speaker.party_id)
    may_hear = parties.open_accounts(
        rows.persons, speaker.customer_id, speaker.party_id, hub.clock.now()
    )
    shared = [*rows.accounts, *rows.shared_accounts] if speaker.party_id is None else rows.accounts
    return rows._replace(
        accounts=[row for row in shared if may_hear is None or row[0] in may_hear],
        cards=[row for row in rows.cards if may_hear is None or row[4] in may_hear],
    )


def stale_since(rows: RecordRows) -> float | None:
    """Return since when the bank's system has not answered for the record; None: it is fresh."""
    return rows.customer[0][13] if rows.customer else None
