"""An agent sends the caller to a menu, for a PIN that nobody hears, and gets them back."""

from hub.domain.calls import RunProgram
from hub.domain.errors import Invalid
from hub.domain.steps import Heard
from hub.journey.calls.commands import tell
from hub.journey.calls.connect import NO_MEMORY, put_on
from hub.journey.calls.control import steered
from hub.journey.calls.legs import Phase, load_call, load_leg
from hub.journey.calls.line import music_only
from hub.journey.calls.record_call import pause
from hub.journey.calls.turn import Asked, serve
from hub.journey.contact_row import load_contact
from hub.journey.context import Hub
from hub.journey.memory import remember, remembered
from hub.journey.messages import add_message, event_draft
from hub.store.rows import change
from hub.store.tables import Contact
from hub.store.unit import Unit

FLOW_MOST_CHARACTERS = 60


async def send_to_menu(hub: Hub, agent_id: str, *, contact_id: str, flow: str) -> None:
    """Let the caller answer a flow by keys; they come back to the same agent when it ends."""
    if not 0 < len(flow) <= FLOW_MOST_CHARACTERS:
        raise Invalid("bad_flow", "name a flow")
    asked = await hub.journal.run(lambda: _leave_room(hub, agent_id, contact_id, flow))
    async with hub.engines.alone(asked.leg_id):
        program = await serve(hub, asked)
        if program:
            await hub.journal.run(lambda: _play(hub, asked, program))


def _leave_room(hub: Hub, agent_id: str, contact_id: str, flow: str) -> Unit[Asked]:
    contact, call, customer = yield from steered(contact_id, agent_id)
    at = hub.clock.now()
    is_paused = call.recording == "on"
    if is_paused:
        call = yield from pause(hub, call, agent_id)
    yield from put_on(hub, call, customer, music_only(hub), Phase.MENU, NO_MEMORY)
    kept = remembered(hub, contact_id, contact.bot_state_sealed)
    kept["visit"], kept["visit_paused"] = {"flow": flow}, is_paused
    yield change(Contact, contact_id, bot_state_sealed=remember(hub, contact_id, kept))
    draft = event_draft(hub, "sent_to_menu", {"flow": flow}, staff_only=True)
    yield from add_message(hub, contact.conversation_id, contact_id, draft, at)
    return Asked(
        leg_id=customer.id,
        key=f"menu-{call.commands}",
        contact_id=contact_id,
        state={"flow": flow},
        heard=Heard(start=True, language=contact.language),
        is_visit=True,
    )


def _play(hub: Hub, asked: Asked, program: "tuple[object, ...]") -> Unit[None]:
    yield from load_contact(asked.contact_id)
    call = yield from load_call(asked.contact_id)
    leg = yield from load_leg(asked.leg_id)
    if leg.is_live and leg.phase == Phase.MENU:
        yield from tell(hub, call, RunProgram, leg_id=leg.id, program=program)
