"""Who must not be written to: every sender asks here, in the outbox, right before it sends.

await note_opt_out(hub, channel="sms", address=number, by="customer", proof=message_id)
"""

from collections.abc import Collection
from typing import Final

from sqlalchemy import bindparam, select

from hub.customers import opt_outs
from hub.customers.opt_outs import HELD, Purpose, Refusal
from hub.domain.events import OptOutChanged
from hub.journey.context import Hub
from hub.store.rows import table_of
from hub.store.tables import Address, Conversation
from hub.store.unit import Append, Prepared, Unit

OPTED_OUT: Final = "opted_out"
"""The error code of what was not sent for this reason."""
ADDRESS_HELD: Final = "address_held"
"""The error code of what was not sent since the address may be somebody else's."""
ALL: Final = tuple(Purpose)
_WHEN_HELD: Final = frozenset({"not_me_receipt"})
_NEVER_REFUSED: Final = frozenset({"one_time_code", "fraud_alert", "opt_out_receipt", "help"})
"""What customers ask for themselves, or must be told for their safety."""

_a, _v = table_of(Address).c, table_of(Conversation).c
_open_at = Prepared(
    select(_v.id, _v.open_contact_id)
    .join_from(table_of(Address), table_of(Conversation), _v.address_id == _a.id)
    .where(
        _a.channel == bindparam("channel"),
        _a.value_key == bindparam("value_key"),
        _v.open_contact_id.is_not(None),
    )
)


def purpose_of(word: str) -> Purpose | None:
    """Return what a sender's purpose falls under; None: it cannot be opted out of."""
    if word in _NEVER_REFUSED:
        return None
    return Purpose(word) if word in set(Purpose) else Purpose.SERVICE


async def why_not(hub: Hub, channel: str, address: str, purpose: str) -> str:
    """Why an address must not be written to, for the purpose a sender names; empty: it may be."""
    return _why(purpose, await opt_outs_of(hub, channel, address))


def _why(purpose: str, noted: frozenset[str]) -> str:
    if HELD in noted and purpose not in _WHEN_HELD:
        return ADDRESS_HELD
    wanted = purpose_of(purpose)
    return OPTED_OUT if wanted is not None and wanted in noted else ""


async def opt_outs_of(hub: Hub, channel: str, address: str) -> frozenset[str]:
    """Read the purposes that an address has opted out of."""
    rows = await hub.reader.rows(opt_outs.in_force(hub.lookup, channel, address))
    return frozenset(Refusal(*row).purpose for row in rows)


def refused(hub: Hub, channel: str, address: str, purpose: str) -> Unit[str]:
    """Do what `why_not` does, inside a unit."""
    rows = yield opt_outs.in_force(hub.lookup, channel, address)
    return _why(purpose, frozenset(Refusal(*row).purpose for row in rows))


def hold_in_unit(hub: Hub, *, channel: str, address: str, by: str, proof: str) -> Unit[bool]:
    """Suspend an address; False when it is."""
    line = opt_outs.note(
        hub.lookup, hub.vault, channel=channel, address=address, purpose=HELD, by=by,
        proof=proof, at=hub.clock.now(),
    )  # fmt: skip
    return bool((yield line))


def let_go_in_unit(hub: Hub, *, channel: str, address: str, by: str, proof: str) -> Unit[bool]:
    """End that; False when it was not suspended."""
    line = opt_outs.take_back(
        hub.lookup, channel=channel, address=address, purpose=HELD, by=by, proof=proof,
        at=hub.clock.now(),
    )  # fmt: skip
    return bool((yield line))


async def note_opt_out(
    hub: Hub,
    *,
    channel: str,
    address: str,
    by: str,
    proof: str,
    purposes: Collection[Purpose] = ALL,
) -> bool:
    """Put an address into the ledger; False when all of it stood there already.

    `by` is `customer` or a member of staff; `proof` is the id of the Message or Contact in which
    it was said.
    """
    return await hub.journal.run(
        lambda: note_in_unit(
            hub, channel=channel, address=address, by=by, proof=proof, purposes=purposes
        )
    )


async def take_back_opt_out(
    hub: Hub,
    *,
    channel: str,
    address: str,
    by: str,
    proof: str,
    purposes: Collection[Purpose] = ALL,
) -> bool:
    """Let an address be written to again; False when it was not in the ledger."""
    return await hub.journal.run(
        lambda: take_back_in_unit(
            hub, channel=channel, address=address, by=by, proof=proof, purposes=purposes
        )
    )


def note_in_unit(
    hub: Hub, *, channel: str, address: str, by: str, proof: str, purposes: Collection[Purpose]
) -> Unit[bool]:
    """The unit of `note_opt_out`."""
    at, changed = hub.clock.now(), []
    for purpose in purposes:
        line = opt_outs.note(
            hub.lookup, hub.vault, channel=channel, address=address, purpose=purpose,
            by=by, proof=proof, at=at,
        )  # fmt: skip
        if (yield line):
            changed.append(purpose)
    yield from _tell(hub, channel, address, changed, by, at, on=True)
    return bool(changed)


def take_back_in_unit(
    hub: Hub, *, channel: str, address: str, by: str, proof: str, purposes: Collection[Purpose]
) -> Unit[bool]:
    """The unit of `take_back_opt_out`."""
    at, changed = hub.clock.now(), []
    for purpose in purposes:
        line = opt_outs.take_back(
            hub.lookup, channel=channel, address=address, purpose=purpose,
            by=by, proof=proof, at=at,
        )  # fmt: skip
        if (yield line):
            changed.append(purpose)
    yield from _tell(hub, channel, address, changed, by, at, on=False)
    return bool(changed)


def _tell(
    hub: Hub, channel: str, address: str, changed: list[Purpose], by: str, at: float, *, on: bool
) -> Unit[None]:
    """Tell the pages on which somebody might be writing to that address just now."""
    if not changed:
        return
    talks = yield _open_at(channel=channel, value_key=hub.lookup.of("address", address))
    for conversation_id, contact_id in talks:
        ids = {"contact_id": contact_id, "conversation_id": conversation_id}
        for purpose in changed:
            event = OptOutChanged(
                at=at, channel=channel, purpose=purpose.value, on=on, by=by, **ids
            )
            yield Append(event)
