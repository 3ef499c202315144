"""A new SMS or mail from the record: always a Contact, assigned to who writes it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import bindparam, select

from hub.customers.opt_outs import FIELD_OF
from hub.customers.profile import open_profile
from hub.customers.warnings import DECEASED, in_force
from hub.domain.errors import Invalid, NotFound, Refused
from hub.domain.events import ContactArrived
from hub.domain.letter import Letter
from hub.domain.outbound import WrittenAccount
from hub.domain.reference import reference_of
from hub.domain.states import ContactState, IdentityLevel, Speaker
from hub.journey.assign import assign
from hub.journey.contact_row import load_contact
from hub.journey.context import Hub
from hub.journey.delivery.heading import headed, outside
from hub.journey.delivery.leaving import protected_here, refuse_protected
from hub.journey.delivery.preference import preference_of
from hub.journey.delivery.recipients import Other, note_let_through, require_own
from hub.journey.guarding import Guard, note_overruling, require_sendable
from hub.journey.load import require_room
from hub.journey.memory import remember
from hub.journey.messages import Draft
from hub.journey.opt_out import refused
from hub.journey.outgoing.write import send_or_keep
from hub.journey.threads import Reach, Thread, hold_thread
from hub.journey.transfer import require_present
from hub.security.send_guard import Secret
from hub.store.rows import change, find, put, table_of
from hub.store.tables import Address, Contact, Conversation, Customer
from hub.store.unit import Append, Prepared, Unit

ON_RECORD: Final = "record"
"""Names the number or mailbox of the record itself."""
TEXT_MOST_CHARACTERS: Final = 8_000

_a, _c = table_of(Address).c, table_of(Contact).c
_LAST_USED = Prepared(
    select(_c.channel)
    .where(_c.customer_id == bindparam("customer"))
    .where(_c.channel.in_(bindparam("channels", expanding=True)))
    .where(_c.queued_at.is_not(None))
    .order_by(_c.arrived_at.desc())
    .limit(1)
)
"""What the customer wrote by; a letter that we began was never in a line."""
_KNOWN = Prepared(
    select(_a.id, _a.value_sealed)
    .where(_a.customer_id == bindparam("customer"), _a.channel == bindparam("channel"))
    .order_by(_a.created_at.desc())
    .limit(10)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLetter:
    """What an agent wants written, to whom, and from where."""

    customer_id: str
    channel: str
    account: str
    """One of `hub.writers.accounts(channel)`."""
    address: str = ON_RECORD
    """`record`, or the id of one of the customer's Addresses: agents need not see it whole."""
    key: str
    text: str
    letter: Letter | None = None
    """Subject and copies, where the channel knows them."""
    language: str | None = None


async def start_written(
    hub: Hub, agent_id: str, letter: NewLetter, *, sure: Collection[Guard] = ()
) -> str:
    """Begin a Contact with a Message that leaves; returns its id.

    Raises `Refused` with `no_account`, `no_address`, `opted_out`, `not_to_be_written`,
    `conversation_open`, `no_capacity` or, unless `sure` names them, the guards.
    """
    if not 0 < len(letter.text) <= TEXT_MOST_CHARACTERS:
        raise Invalid("text_too_long", f"1 to {TEXT_MOST_CHARACTERS} characters")
    head = letter.letter or Letter()
    copies = outside(hub, letter.channel, (*head.cc, *head.bcc))
    if copies and Guard.NEW_COPY not in sure:
        raise Refused(Guard.NEW_COPY, "\n".join(copies))
    words = f"{head.subject}\n{letter.text}"
    refuse_protected(protected_here(hub, words))
    named = "\n".join((words, *head.cc, *head.bcc))
    others = await require_own(hub, letter.customer_id, named, sure=sure)
    through = require_sendable(words, sure=sure)
    return await hub.journal.run(lambda: _start(hub, agent_id, letter, through, others, sure))


def _start(
    hub: Hub,
    agent_id: str,
    letter: NewLetter,
    through: tuple[Secret, ...],
    others: tuple[Other, ...],
    sure: Collection[Guard],
) -> Unit[str]:
    account = hub.writers.account(letter.channel, letter.account)
    if account is None:
        raise Refused("no_account", "the bank does not write from there")
    address, language, segment = yield from _goal(hub, letter)
    at = hub.clock.now()
    yield from require_present(hub, agent_id)
    yield from require_room(hub, agent_id, letter.channel)
    if closed := (yield from refused(hub, letter.channel, address, "service")):
        raise Refused(closed, "nothing may be written to the customer there")
    reach = Reach(
        channel=letter.channel, account=account.id, address=address,
        language=letter.language or language,
    )  # fmt: skip
    thread = yield from hold_thread(hub, reach)
    if thread.open_contact_id is not None:
        raise Refused("conversation_open", "somebody is in touch with this address already")
    contact_id = yield from _open(hub, thread, reach, letter.customer_id, segment, at)
    contact = yield from load_contact(contact_id)
    queue_id = account.queue_id or _queue_of(hub, agent_id)
    yield from assign(hub, contact, agent_id, at, cause="outgoing", queue_id=queue_id)
    yield from note_overruling(hub, agent_id, contact_id, through)
    yield from note_let_through(hub, agent_id, contact_id, others)
    body: dict[str, Any] = {"text": letter.text}
    if letter.letter is not None:
        body["channel_data"] = yield from headed(hub, thread.conversation_id, letter.letter)
    draft = Draft(key=letter.key, speaker=Speaker.AGENT, agent_id=agent_id, body=body)
    yield from send_or_keep(hub, contact, draft, sure=sure)
    return contact_id


def _goal(hub: Hub, letter: NewLetter) -> Unit[tuple[str, str, str | None]]:
    """Where to, in which language, and the customer's segment."""
    rows = yield find(
        Customer, "profile_sealed", "language", "warnings", "segment", id=letter.customer_id
    )
    if not rows:
        raise NotFound("no_customer")
    sealed, language, warned, segment = rows[0]
    if DECEASED in in_force(warned):
        raise Refused("not_to_be_written", "the record says so")
    if letter.address == ON_RECORD:
        profile = open_profile(hub.vault, sealed, letter.customer_id)
        address = profile.get(FIELD_OF.get(letter.channel, ""), "")
    else:
        known = yield _KNOWN(customer=letter.customer_id, channel=letter.channel)
        found = next((one for one in known if one[0] == letter.address), None)
        address = hub.vault.open(found[1], "address", "value", found[0]) if found else ""
    if not address:
        raise Refused("no_address", "there is no such address on the record")
    return address, language, segment


def _open(
    hub: Hub, thread: Thread, reach: Reach, customer_id: str, segment: str | None, at: float
) -> Unit[str]:
    contact_id = hub.new_id("con")
    facts: dict[str, Any] = {
        "conversation_id": thread.conversation_id, "channel": reach.channel,
        "account": reach.account, "language": reach.language, "customer_id": customer_id,
        "segment": segment, "reopened_from": thread.last_contact_id,
        # An address of a record is no proof of who reads it.
        "identity_level": int(IdentityLevel.CLAIMED),
    }  # fmt: skip
    yield put(
        Contact, id=contact_id, reference=reference_of(contact_id),
        state=ContactState.ARRIVED.value, first_seq=thread.last_seq + 1, arrived_at=at,
        state_since=at,
        bot_state_sealed=remember(hub, contact_id, {"heard_seq": thread.last_seq}), **facts,
    )  # fmt: skip
    yield change(Conversation, thread.conversation_id, open_contact_id=contact_id)
    yield Append(ContactArrived(at=at, contact_id=contact_id, **facts))
    return contact_id


def _queue_of(hub: Hub, agent_id: str) -> str | None:
    """A Queue of the agent's, so that a reply finds who else can answer it."""
    member = hub.staff.get(agent_id)
    return next(iter(member.profile.queues), None) if member else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """An address of a customer that can be written to, or why it cannot."""

    ref: str
    value: str
    """Whole: whoever shows it masks it."""
    closed: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A written channel with what can be chosen on it."""

    channel: str
    accounts: tuple[WrittenAccount, ...]
    goals: tuple[Goal, ...]
    is_preferred: bool = False
    """The customer asks for it; where they asked for nothing, they wrote by it last."""


async def ways_to_write(hub: Hub, customer_id: str) -> list[Way]:
    """Return where a customer can be written to, and from where."""
    return await hub.journal.run(lambda: _ways(hub, customer_id))


def _ways(hub: Hub, customer_id: str) -> Unit[list[Way]]:
    rows = yield find(Customer, "profile_sealed", id=customer_id)
    if not rows:
        raise NotFound("no_customer")
    profile = open_profile(hub.vault, rows[0][0], customer_id)
    channels = [writer.name for writer in hub.writers] or [""]
    told = yield from preference_of(hub, customer_id)
    last = yield _LAST_USED(customer=customer_id, channels=channels)
    preferred = told.channel if told else last[0][0] if last else None
    ways = []
    for writer in hub.writers:
        values = {ON_RECORD: profile.get(FIELD_OF.get(writer.name, ""), "")}
        for address_id, sealed in (yield _KNOWN(customer=customer_id, channel=writer.name)):
            value = hub.vault.open(sealed, "address", "value", address_id)
            if value not in values.values():
                values[address_id] = value
        goals = []
        for ref, value in values.items():
            if value:
                closed = yield from refused(hub, writer.name, value, "service")
                goals.append(Goal(ref=ref, value=value, closed=closed or None))
        accounts = tuple(hub.writers.accounts(writer.name))
        ways.append(
            Way(
                channel=writer.name, accounts=accounts, goals=tuple(goals),
                is_preferred=writer.name == preferred,
            )
        )  # fmt: skip
    return sorted(ways, key=lambda way: not way.is_preferred)
