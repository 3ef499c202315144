"""Calls that the bank makes: always a Contact, the agent's headset first, then the customer."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from sqlalchemy import bindparam, select

from hub.customers.profile import open_profile
from hub.domain.calls import CHANNEL, CallAbility, LegKind, LegState
from hub.domain.errors import Invalid, NotFound, Refused
from hub.domain.events import ContactArrived
from hub.domain.reference import reference_of
from hub.domain.states import ContactState, IdentityLevel
from hub.journey.assign import assign
from hub.journey.calls.dial_limits import dialable, require_within_limits
from hub.journey.calls.legs import Phase, number_of_leg, open_leg
from hub.journey.calls.set_up import PhoneNumber
from hub.journey.calls.together import require_off_the_line
from hub.journey.contact_row import load_contact
from hub.journey.context import Hub
from hub.journey.load import require_room
from hub.journey.memory import remember
from hub.journey.messages import add_message, event_draft
from hub.journey.phones.ready import require_phone
from hub.journey.threads import Reach, hold_thread, segment_of
from hub.journey.transfer import require_present
from hub.journey.work.task_row import load_task, open_words
from hub.journey.wrap_up import finish_as
from hub.security.send_guard import guard
from hub.store.rows import change, find, put, table_of
from hub.store.tables import Assignment, Call, Contact, Conversation, Customer
from hub.store.unit import Append, Prepared, Unit

WHY_MOST_CHARACTERS: Final = 200
CALLED_BACK: Final = "called_back"
"""The outcome of a talk that was cut off and goes on in a call of ours."""


class Goal(NamedTuple):
    """Whom to call."""

    number: str
    customer_id: str | None
    language: str | None
    about: str | None
    """The Contact it goes back to."""


async def dial_customer(
    hub: Hub,
    agent_id: str,
    *,
    customer_id: str | None = None,
    number: str | None = None,
    caller_number: str | None = None,
    task_id: str | None = None,
    why: str = "",
) -> str:
    """Call a customer by record, number or Task; returns the new Contact's id.

    Raises `Refused` with `number_not_allowed`, `dial_limit_agent`, `dial_limit_day`, `on_a_call`,
    `phone_not_ready`, `no_capacity`, `no_number` or `conversation_open`. When nobody answers, that
    is its outcome.
    """
    if len(why) > WHY_MOST_CHARACTERS:
        raise Invalid("why_too_long", f"at most {WHY_MOST_CHARACTERS} characters")

    def unit() -> Unit[str]:
        goal = yield from _goal(hub, customer_id, number, task_id)
        return (yield from _dial(hub, agent_id, goal, caller_number, why))

    return await hub.journal.run(unit)


async def call_back(hub: Hub, agent_id: str, *, contact_id: str) -> str:
    """Call somebody back whose call one has just had; returns the new Contact's id."""
    return await hub.journal.run(lambda: _call_back(hub, agent_id, contact_id))


_a = table_of(Assignment).c
_had = Prepared(
    select(_a.id)
    .where(_a.contact_id == bindparam("of"), _a.agent_id == bindparam("agent"))
    .limit(1)
)


def _call_back(hub: Hub, agent_id: str, contact_id: str) -> Unit[str]:
    rows = yield find(Call, "customer_leg_id", "account", id=contact_id)
    known = yield find(Contact, "customer_id", "language", "state", id=contact_id)
    if not rows or not (yield _had(of=contact_id, agent=agent_id)):
        raise NotFound("no_contact", "it is not there, or was not yours")
    if known[0][2] != ContactState.CLOSED:
        raise Refused("contact_open", "the call is not over")
    number = yield from number_of_leg(hub, str(rows[0][0]))
    if not number:
        raise Refused("no_number", "the number was withheld")
    if (yield find(Assignment, "id", contact_id=contact_id, agent_id=agent_id, wrap_up="open")):
        yield from finish_as(hub, agent_id, contact_id, CALLED_BACK)
    goal = Goal(number, known[0][0], known[0][1], contact_id)
    return (yield from _dial(hub, agent_id, goal, str(rows[0][1]), "call_back"))


# -- whom ----------------------------------------------------------------------------------------


def _goal(hub: Hub, customer_id: str | None, number: str | None, task_id: str | None) -> Unit[Goal]:
    language, about = None, None
    if task_id is not None:
        task = yield from load_task(task_id)
        told = dict(open_words(hub, task_id, task.words_sealed).evidence)
        number = number or told.get("number")
        customer_id, language = customer_id or task.customer_id, task.language
        about = task.contact_id
    if customer_id is not None:
        rows = yield find(Customer, "profile_sealed", "language", id=customer_id)
        if not rows:
            raise NotFound("no_customer")
        profile = open_profile(hub.vault, rows[0][0], customer_id)
        number, language = number or profile.get("phone"), language or rows[0][1]
    if not number:
        raise Refused("no_number", "there is no number to call")
    return Goal(number, customer_id, language, about)


def _line(hub: Hub, caller_number: str | None) -> PhoneNumber:
    """The number of ours that is shown, with the engine that dials."""
    usable = [one for one in hub.phone.numbers.values() if one.engine]
    for one in usable:
        found = hub.engines.get(one.engine)
        can = found is not None and CallAbility.DIAL_OUT in found.abilities
        if can and caller_number in (None, "", one.number):
            return one
    raise Refused("no_line", "no line of ours can make this call now")


# -- the call ------------------------------------------------------------------------------------


def _dial(hub: Hub, agent_id: str, goal: Goal, caller_number: str | None, why: str) -> Unit[str]:
    number = dialable(hub, goal.number)
    line = _line(hub, caller_number)
    at = hub.clock.now()
    yield from require_present(hub, agent_id)
    yield from require_off_the_line(agent_id)
    yield from require_phone(agent_id)
    yield from require_room(hub, agent_id, CHANNEL)
    yield from require_within_limits(hub, agent_id, at)
    contact_id = yield from _open(hub, goal._replace(number=number), line, agent_id, at)
    contact = yield from load_contact(contact_id)
    said = {"why": guard(why).text} if why else {}
    draft = event_draft(hub, "call_going_out", {"number": line.number, **said}, staff_only=True)
    yield from add_message(hub, contact.conversation_id, contact_id, draft, at)
    yield from assign(hub, contact, agent_id, at, cause="outgoing", queue_id=line.queue_id or None)
    return contact_id


def _open(hub: Hub, goal: Goal, line: PhoneNumber, agent_id: str, at: float) -> Unit[str]:
    """The Contact, its Call, and the customer's Leg, which is dialled when the agent is there."""
    language = goal.language or line.language
    reach = Reach(channel=CHANNEL, account=line.number, address=goal.number, language=language)
    thread = yield from hold_thread(hub, reach)
    if thread.open_contact_id is not None:
        raise Refused("conversation_open", "this number is on the line already")
    contact_id, leg_id = hub.new_id("con"), hub.new_id("leg")
    segment = yield from segment_of(goal.customer_id)
    # The number of a record is no proof of who picks it up.
    level = IdentityLevel.CLAIMED if goal.customer_id else IdentityLevel.UNKNOWN
    facts = {
        "contact_id": contact_id, "conversation_id": thread.conversation_id, "channel": CHANNEL,
        "account": line.number, "language": language, "customer_id": goal.customer_id,
        "segment": segment, "identity_level": level, "reopened_from": goal.about,
    }  # fmt: skip
    row = {name: value for name, value in facts.items() if name != "contact_id"}
    yield put(
        Contact, id=contact_id, reference=reference_of(contact_id),
        state=ContactState.ARRIVED.value, first_seq=thread.last_seq + 1, arrived_at=at,
        state_since=at,
        bot_state_sealed=remember(hub, contact_id, {"heard_seq": thread.last_seq}), **row,
    )  # fmt: skip
    yield change(Conversation, thread.conversation_id, open_contact_id=contact_id)
    yield put(
        Call, id=contact_id, conversation_id=thread.conversation_id, engine=line.engine,
        account=line.number, direction="out", customer_leg_id=leg_id,
    )  # fmt: skip
    yield Append(_arrived(at, facts))
    yield from open_leg(
        hub, leg_id, engine=line.engine, kind=LegKind.CUSTOMER, state=LegState.DIALLED, at=at,
        contact_id=contact_id, conversation_id=thread.conversation_id, number=goal.number,
        phase=Phase.CONNECTING.value, dialled_by=agent_id,
    )  # fmt: skip
    return contact_id


def _arrived(at: float, facts: Mapping[str, object]) -> ContactArrived:
    return ContactArrived(at=at, **facts)  # type: ignore[arg-type]  # the columns of the Contact
