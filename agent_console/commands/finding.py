"""What an agent says about whose record a live Contact belongs to."""

from typing import Final, Literal

from agent_console.commands.arguments import Arguments, Id, OnContact
from agent_console.commands.command import Command, Desk, Result
from hub.journey.context import Viewer
from hub.journey.finding import link as linking
from hub.security.roles import Right


class LinkCustomer(OnContact):
    """`link_customer`."""

    customer_id: Id
    how: Literal["said_name", "gave_number", "address_known", "recognised"]


class OnLink(Arguments):
    """`undo_link`."""

    link_id: Id


async def _link(desk: Desk, viewer: Viewer, a: LinkCustomer) -> Result:
    link_id = await linking.link(
        desk.hub, viewer, contact_id=a.contact_id, customer_id=a.customer_id, how=a.how
    )
    return {"link_id": link_id, "undo_seconds": linking.UNDO_SECONDS}


async def _unlink(desk: Desk, viewer: Viewer, a: OnContact) -> Result:
    link_id = await linking.unlink(desk.hub, viewer, contact_id=a.contact_id)
    return {"link_id": link_id, "undo_seconds": linking.UNDO_SECONDS}


async def _undo(desk: Desk, viewer: Viewer, a: OnLink) -> None:
    await linking.undo(desk.hub, viewer, link_id=a.link_id)


FINDING_COMMANDS: Final[dict[str, Command]] = {
    "link_customer": Command(LinkCustomer, Right.HANDLE_CONTACTS, _link),
    "unlink_customer": Command(OnContact, Right.HANDLE_CONTACTS, _unlink),
    "undo_link": Command(OnLink, Right.HANDLE_CONTACTS, _undo),
}
