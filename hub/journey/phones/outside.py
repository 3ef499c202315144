"""Phones away from the desk: approved by an administrator, chosen by the agent."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from hub.domain.calls import CallAbility
from hub.domain.errors import HubError, Invalid, NotFound, Refused
from hub.journey.audited import audited
from hub.journey.calls.dial_limits import dialable
from hub.journey.context import Hub
from hub.journey.phones.ready import Device, PhoneRow, keep_phone, phone_of
from hub.security.masks import mask_phone
from hub.store.rows import find, put, remove
from hub.store.tables import AgentPhone, OutsidePhone, User
from hub.store.unit import Unit

NUMBERS_MOST: Final = 3


class Approved(NamedTuple):
    """One number that an agent may be called at."""

    phone_id: str
    agent_id: str
    number: str


def can_ring_outside(hub: Hub) -> bool:
    """Whether an engine of our numbers can call telephones at all."""
    named = {one.engine for one in hub.phone.numbers.values()}
    return any(CallAbility.DIAL_OUT in one.abilities and one.name in named for one in hub.engines)


async def approve_numbers(hub: Hub, actor: str, user_id: str, numbers: Sequence[str]) -> bool:
    """Make these the numbers that a User may be called at; True when they are other ones now.

    Raises `NotFound`, `Invalid`, or `Refused("number_not_allowed")` for what the bank never dials.
    Whoever had chosen one that is gone takes calls in the browser again.
    """
    wanted = list(dict.fromkeys(dialable(hub, number) for number in numbers))
    if len(wanted) > NUMBERS_MOST:
        raise Invalid("too_many_numbers", f"at most {NUMBERS_MOST}")
    return await hub.journal.run(lambda: _approve(hub, actor, user_id, wanted))


def _approve(hub: Hub, actor: str, user_id: str, wanted: list[str]) -> Unit[bool]:
    if not (yield find(User, "id", lock=True, id=user_id)):
        raise NotFound("no_user")
    known = yield from approved_of(hub, user_id)
    gone = [one for one in known if one.number not in wanted]
    new = [number for number in wanted if number not in {one.number for one in known}]
    if not gone and not new:
        return False
    for one in gone:
        yield remove(OutsidePhone, id=one.phone_id)
    for number in new:
        phone_id, at = hub.new_id("tel"), hub.clock.now()
        sealed = hub.vault.seal(number, "outside_phone", "number", phone_id)
        yield put(
            OutsidePhone, id=phone_id, agent_id=user_id, number_sealed=sealed, added_by=actor,
            added_at=at,
        )  # fmt: skip
    details = {
        "added": [mask_phone(number) for number in new],
        "removed": [mask_phone(one.number) for one in gone],
    }
    yield from audited(hub, actor, "outside_phones_set", user_id, details=details)
    phone = yield from phone_of(user_id)
    if phone.phone_id in {one.phone_id for one in gone}:
        yield from keep_phone(hub, user_id, PhoneRow(is_up=False), by=actor)
    return True


def approved_of(hub: Hub, agent_id: str) -> Unit[list[Approved]]:
    """Read the numbers that an agent may be called at, always in the same order."""
    rows = yield find(OutsidePhone, "id", "agent_id", "number_sealed", agent_id=agent_id)
    return sorted(opened(hub, row) for row in rows)


def opened(hub: Hub, row: Sequence[Any]) -> Approved:
    """Return an approved number from its columns (id, agent_id, number_sealed)."""
    phone_id, agent_id, sealed = row
    number = hub.vault.open(sealed, "outside_phone", "number", phone_id)
    return Approved(phone_id, agent_id, number)


async def phones_for(hub: Hub, agent_id: str) -> tuple[list[Approved], str | None]:
    """Return the approved numbers of an agent, and which of them rings now."""
    rows, phone = await hub.reader.gather(
        [
            find(OutsidePhone, "id", "agent_id", "number_sealed", agent_id=agent_id),
            find(AgentPhone, "phone_id", id=agent_id),
        ]
    )
    return sorted(opened(hub, row) for row in rows), phone[0][0] if phone else None


async def numbers_by_user(hub: Hub) -> dict[str, list[str]]:
    """Return everybody's approved numbers, for administrators."""
    found: dict[str, list[str]] = {}
    rows = await hub.reader.rows(find(OutsidePhone, "id", "agent_id", "number_sealed"))
    for one in sorted(opened(hub, row) for row in rows):
        found.setdefault(one.agent_id, []).append(one.number)
    return found


async def choose_phone(hub: Hub, agent_id: str, *, phone_id: str | None) -> None:
    """Take calls at an approved number from now on; None: in the browser.

    The browser's phone counts as ready once the desk tells so. Raises `NotFound("no_phone")`,
    `Refused("no_outside_line")` where no engine can call telephones, `number_not_allowed`.
    """
    await hub.journal.run(lambda: _choose(hub, agent_id, phone_id))


def _choose(hub: Hub, agent_id: str, phone_id: str | None) -> Unit[None]:
    before = yield from phone_of(agent_id)
    if before.phone_id == phone_id:
        return
    if phone_id is None:
        yield from keep_phone(hub, agent_id, PhoneRow(is_up=False), by=agent_id)
        return
    chosen = yield from approved_number(hub, agent_id, phone_id)
    if chosen is None:
        raise NotFound("no_phone", "an administrator has not approved this number for you")
    if not can_ring_outside(hub):
        raise Refused("no_outside_line", "no line of ours can call telephones")
    dialable(hub, chosen)
    phone = PhoneRow(device=Device.OUTSIDE, is_up=True, phone_id=phone_id)
    yield from keep_phone(hub, agent_id, phone, by=agent_id)


def approved_number(hub: Hub, agent_id: str, phone_id: str) -> Unit[str | None]:
    """Return the number that was approved for this agent; None when it is not, or no more."""
    rows = yield find(
        OutsidePhone, "id", "agent_id", "number_sealed", id=phone_id, agent_id=agent_id
    )
    return opened(hub, rows[0]).number if rows else None


def number_to_ring(hub: Hub, agent_id: str, engine: str) -> Unit[str | None]:
    """Return the number to call for an agent; None: the browser, as when the engine cannot."""
    phone = yield from phone_of(agent_id)
    found = hub.engines.get(engine)
    if phone.phone_id is None or found is None or CallAbility.DIAL_OUT not in found.abilities:
        return None
    number = yield from approved_number(hub, agent_id, phone.phone_id)
    try:
        return dialable(hub, number) if number else None
    except HubError:
        return None
