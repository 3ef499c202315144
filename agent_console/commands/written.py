"""Mail and SMS: beginning one, sending again, and what a customer refuses."""

from typing import Annotated, Any, Final, Literal

from pydantic import Field, StringConstraints

from agent_console.commands.access import contact_of, require_open_to
from agent_console.commands.arguments import Arguments, Heading, Id, Key, OnContact, Seq, Sure
from agent_console.commands.command import Command, Desk, Result
from hub.domain.errors import Refused
from hub.journey.context import Viewer
from hub.journey.delivery import preference, refusals, retry, start
from hub.security.masks import mask_mail, mask_phone
from hub.security.roles import Right

Account = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=254)]


class OnCustomer(Arguments):
    """`ways_to_write`: the customer of a Contact in hand, or of a record."""

    contact_id: Id | None = None
    customer_id: Id | None = None


class StartWritten(OnCustomer):
    """`start_written`; `address` is a `ref` of `ways_to_write`."""

    channel: Id
    account: Account
    address: Id = start.ON_RECORD
    key: Key
    text: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=8_000)]
    language: Literal["en", "zh"] | None = None
    letter: Heading | None = None
    sure: Sure = ()


class Retry(OnContact):
    """`retry_delivery`."""

    seq: Seq


class Refusal(OnContact):
    """`note_refusal`, `take_back_refusal`."""

    channel: Id
    purposes: Annotated[tuple[Id, ...], Field(min_length=1, max_length=3)]


class Preferred(OnContact):
    """`prefer_channel`; none: no channel is asked for any more."""

    channel: Literal["phone", "sms", "email"] | None
    words: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=300)]


async def _ways(desk: Desk, viewer: Viewer, a: OnCustomer) -> Result:
    ways = await start.ways_to_write(desk.hub, await _customer(desk, viewer, a))
    return {"ways": [_way_view(way) for way in ways]}


async def _customer(desk: Desk, viewer: Viewer, a: OnCustomer) -> str:
    customer_id = a.customer_id
    if a.contact_id is not None:
        customer_id = (await contact_of(desk.hub, viewer, a.contact_id)).customer_id
    if customer_id is None:
        raise Refused("no_customer", "find out who it is first")
    await require_open_to(desk.hub, viewer, customer_id)
    return customer_id


def _way_view(way: start.Way) -> dict[str, Any]:
    return {
        "channel": way.channel,
        "preferred": way.is_preferred,
        "accounts": [
            {"id": one.id, "name": dict(one.name) if one.name else None} for one in way.accounts
        ],
        "addresses": [
            {"ref": one.ref, "shown": _outline(one.value), "closed": one.closed}
            for one in way.goals
        ],
    }


def _outline(address: str) -> str:
    return mask_mail(address) if "@" in address else mask_phone(address)


async def _start(desk: Desk, viewer: Viewer, a: StartWritten) -> Result:
    customer_id = await _customer(desk, viewer, a)
    letter = a.letter.letter() if a.letter else None
    wanted = start.NewLetter(
        customer_id=customer_id, channel=a.channel, account=a.account, address=a.address,
        key=a.key, text=a.text, language=a.language, letter=letter,
    )  # fmt: skip
    contact_id = await start.start_written(desk.hub, viewer.user_id, wanted, sure=a.sure)
    return {"contact_id": contact_id}


async def _retry(desk: Desk, viewer: Viewer, a: Retry) -> None:
    await retry.retry_delivery(desk.hub, viewer.user_id, contact_id=a.contact_id, seq=a.seq)


async def _note(desk: Desk, viewer: Viewer, a: Refusal) -> Result:
    changed = await refusals.note_refusal(
        desk.hub, viewer.user_id, contact_id=a.contact_id, channel=a.channel, purposes=a.purposes
    )
    return {"changed": changed}


async def _take_back(desk: Desk, viewer: Viewer, a: Refusal) -> Result:
    changed = await refusals.take_back_refusal(
        desk.hub, viewer.user_id, contact_id=a.contact_id, channel=a.channel, purposes=a.purposes
    )
    return {"changed": changed}


async def _refusals(desk: Desk, viewer: Viewer, a: OnContact) -> Result:
    noted = await refusals.refusals_of(desk.hub, viewer.user_id, a.contact_id)
    return {
        "refusals": [
            {
                "channel": one.channel, "purpose": one.purpose, "at": one.at,
                "by": desk.hub.staff.name_of(one.by),
            }
            for one in noted
        ]
    }  # fmt: skip


async def _prefer(desk: Desk, viewer: Viewer, a: Preferred) -> Result:
    changed = await preference.prefer_channel(
        desk.hub, viewer.user_id, contact_id=a.contact_id, channel=a.channel, words=a.words
    )
    return {"changed": changed}


_HANDLE: Final = Right.HANDLE_CONTACTS

WRITTEN_COMMANDS: Final[dict[str, Command]] = {
    "ways_to_write": Command(OnCustomer, _HANDLE, _ways),
    "start_written": Command(StartWritten, _HANDLE, _start),
    "retry_delivery": Command(Retry, _HANDLE, _retry),
    "note_refusal": Command(Refusal, _HANDLE, _note),
    "prefer_channel": Command(Preferred, _HANDLE, _prefer),
    "refusals": Command(OnContact, _HANDLE, _refusals),
    "take_back_refusal": Command(Refusal, _HANDLE, _take_back),
}
