"""Running an errand for self-service: whatever happens, there is an answer to go on with."""

from collections.abc import Mapping

import structlog

from hub.domain.dated_values import as_data
from hub.domain.errors import HubError
from hub.journey.context import Hub
from hub.journey.errands.answer import Answer, refused
from hub.journey.floor.switched_off import off_on
from hub.ports import SelfServiceContact

log = structlog.get_logger(__name__)


async def run_errand(
    hub: Hub, contact: SelfServiceContact, command: str, arguments: Mapping[str, str]
) -> Answer:
    """Run it; whatever fails is an answer with `ok` no, a `code` and a `text` to say."""
    errand = hub.errands.get(command)
    if errand is None:
        return refused(contact, "unknown_command")
    if command in (await off_on(hub, contact.channel)).errands:
        return refused(contact, "switched_off")
    try:
        told = await errand(hub, contact, arguments)
        return {name: as_data(value) for name, value in told.items()}
    except HubError as error:
        return refused(contact, error.code)
    except Exception:  # the customer gets a person; the operator gets the trace
        log.exception("errand_failed", errand=command, contact_id=contact.contact_id)
        return refused(contact, "failed")
