"""The top of a ScreenPop: who speaks, how it was proved, what can be done to prove it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from hub.customers import parties, warnings
from hub.customers.parties import PartyRole, Person
from hub.domain.proof import TAKEN_BACK, ProofRules
from hub.domain.states import IdentityLevel
from hub.journey.context import Hub
from hub.journey.record_eye import NOT_THE_SPEAKERS, SPEAKER_UNKNOWN, Eye
from hub.security import masks

Profile = Mapping[str, str]


class RecordContact(NamedTuple):
    """The Contact as its record needs it; a record looked at without one is at level 0."""

    id: str
    conversation_id: str
    customer_id: str | None
    level: int
    proof: str | None
    proved_at: float | None
    owner_agent_id: str | None
    proved_by: str | None = None
    speaker: str | None = None
    code_via: str | None = None
    code_sent_at: float | None = None
    code_expires_at: float | None = None


class Lock(NamedTuple):
    """Misses of the customer so far."""

    misses: int | None = None
    first_missed_at: float | None = None
    locked_until: float | None = None


class Speaking(NamedTuple):
    """Who speaks, and what of the record is theirs."""

    person: Person | None
    """None: the Customer in person."""
    is_marked: bool
    """False for a firm as long as nobody is marked: a firm cannot speak."""
    accounts: frozenset[str] | None
    """None: all of the record."""

    def closes(self, account_id: str) -> str | None:
        """Return why an account is closed to who speaks; None when it is theirs."""
        if self.accounts is None or account_id in self.accounts:
            return None
        return NOT_THE_SPEAKERS if self.is_marked else SPEAKER_UNKNOWN

    @property
    def closes_personal(self) -> str | None:
        """Why the holder's personal fields are closed: they are not told to others."""
        if not self.is_marked:
            return SPEAKER_UNKNOWN
        other = self.person is not None and self.person.role != PartyRole.DIRECTOR
        return NOT_THE_SPEAKERS if other else None


def speaking_of(
    contact: RecordContact, customer_id: str, found: Sequence[Person], now: float
) -> Speaking:
    """Decide who speaks and which accounts are theirs."""
    person = next((one for one in found if one.party_id == contact.speaker), None)
    is_firm = parties.speaks_for_a_firm(found, customer_id)
    return Speaking(
        person=person,
        is_marked=contact.speaker is not None or not is_firm,
        accounts=parties.open_accounts(found, customer_id, contact.speaker, now),
    )


def identity_view(
    hub: Hub, contact: RecordContact, lock: Lock, ways: Sequence[Mapping[str, str]], blocked: str
) -> dict[str, Any]:
    """The `identity` of the feed contract."""
    rules, now = hub.settings.proof, hub.clock.now()
    return {
        "level": contact.level,
        "proof": None if contact.proof == TAKEN_BACK else contact.proof,
        "proved_at": contact.proved_at,
        "proved_by": hub.staff.name_of(contact.proved_by),
        "tries_left": _tries_left(lock, rules, now),
        "locked_until": lock.locked_until if (lock.locked_until or 0.0) > now else None,
        "code": _code(contact, rules),
        "ways": list(ways),
        "questions": contact.level < IdentityLevel.PROVED,
        "blocked": blocked or None,
    }


def _tries_left(lock: Lock, rules: ProofRules, now: float) -> int:
    if (lock.locked_until or 0.0) > now:
        return 0
    is_old = lock.first_missed_at is None or now - lock.first_missed_at >= rules.lock_seconds
    misses = 0 if is_old or lock.locked_until is not None else lock.misses or 0
    return max(0, rules.misses_allowed - misses)


def _code(contact: RecordContact, rules: ProofRules) -> dict[str, Any] | None:
    if contact.code_expires_at is None or contact.code_sent_at is None:
        return None
    return {
        "via": contact.code_via,
        "sent_at": contact.code_sent_at,
        "expires_at": contact.code_expires_at,
        "resend_at": contact.code_sent_at + rules.resend_seconds,
    }


def ways_of(hub: Hub, profile: Profile) -> list[dict[str, str]]:
    """Addresses of the record that a code can go to now, masked."""
    able = (
        ("sms", masks.mask_phone, profile.get("phone", "")),
        ("email", masks.mask_mail, profile.get("email", "")),
    )
    return [
        {"via": via, "masked": mask(address)}
        for via, mask, address in able
        if address and via in hub.notify.kinds
    ]


def blocked_because(speaking: Speaking, listed: Sequence[str], now: float) -> str:
    """Return why nobody can be proved here; empty when somebody can."""
    person = speaking.person
    acts_for_the_dead = person is None or person.role == PartyRole.ATTORNEY
    if warnings.DECEASED in listed and acts_for_the_dead:
        return warnings.DECEASED
    if not speaking.is_marked:
        return SPEAKER_UNKNOWN
    if person is not None and not person.holds_at(now):
        return "power_ended"
    return ""


def person_view(person: Person, profile: Profile, eye: Eye, now: float) -> dict[str, Any]:
    """One line of the speaker chooser."""
    return {
        "id": person.party_id,
        "role": person.role,
        "name": eye.text("name", profile.get("name", "")),
        "name_zh": eye.text("name_zh", profile.get("name_zh", "")),
        "accounts": sorted(person.accounts),
        "in_force": person.holds_at(now),
        "until_at": person.until_at,
    }
