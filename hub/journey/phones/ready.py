"""Whether an agent can be called now: told by the desk, asked before anybody is put through."""

from enum import StrEnum
from typing import Final, NamedTuple

from hub.domain.calls_events import AgentPhoneChanged
from hub.domain.errors import Refused
from hub.journey.context import Hub
from hub.store.rows import change, find, put
from hub.store.tables import AgentPhone
from hub.store.unit import Append, Unit


class Device(StrEnum):
    """What rings when an agent accepts a call."""

    BROWSER = "browser"
    OUTSIDE = "outside"


class PhoneRow(NamedTuple):
    """The columns of `AgentPhone` that decisions need."""

    device: str = Device.BROWSER
    is_up: bool = True
    phone_id: str | None = None
    """Which of the agent's approved numbers rings."""


UNTOLD: Final = PhoneRow()
"""Of whom nobody told anything: a robot or another client, taken as ready."""


async def tell_phone(hub: Hub, agent_id: str, *, is_up: bool) -> None:
    """The desk's phone is connected, or is not; of an outside phone a desk knows nothing."""
    await hub.journal.run(lambda: _tell(hub, agent_id, is_up=is_up))


def _tell(hub: Hub, agent_id: str, *, is_up: bool) -> Unit[None]:
    phone = yield from phone_of(agent_id)
    if phone.device == Device.BROWSER and phone.is_up != is_up:
        yield from keep_phone(hub, agent_id, phone._replace(is_up=is_up), by=agent_id)


def phone_of(agent_id: str) -> Unit[PhoneRow]:
    """Read and hold the phone of an agent."""
    rows = yield find(AgentPhone, *PhoneRow._fields, lock=True, id=agent_id)
    return PhoneRow(*rows[0]) if rows else UNTOLD


def keep_phone(hub: Hub, agent_id: str, phone: PhoneRow, *, by: str) -> Unit[None]:
    """Store it and tell the log."""
    at, known = hub.clock.now(), (yield find(AgentPhone, "id", id=agent_id))
    if known:
        yield change(AgentPhone, agent_id, since_at=at, **phone._asdict())
    else:
        yield put(AgentPhone, id=agent_id, since_at=at, **phone._asdict())
    yield Append(
        AgentPhoneChanged(
            at=at, agent_id=agent_id, device=str(phone.device), is_up=phone.is_up, by=by
        )
    )


def require_phone(agent_id: str) -> Unit[None]:
    """Raise `Refused("phone_not_ready")` for an agent who cannot be called now."""
    phone = yield from phone_of(agent_id)
    if not phone.is_up:
        raise Refused("phone_not_ready", "the phone is not connected")
