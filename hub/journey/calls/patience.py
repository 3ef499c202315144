"""Customers in chats of an agent who takes a call are told so, once per call."""

from typing import Final

from sqlalchemy import bindparam, select

from hub.domain.calls import CHANNEL
from hub.domain.states import ContactState, Speaker
from hub.domain.work import TASK_CHANNEL
from hub.journey.context import Hub
from hub.journey.messages import Draft, add_message, call_by_key
from hub.store.rows import table_of
from hub.store.tables import Contact
from hub.store.unit import Prepared, Unit

_SAID: Final = {
    "en": "One moment please: I am on the phone and will answer you as soon as I can.",
    "zh": "请稍候，我正在接听电话，会尽快回复您。",
}
_c = table_of(Contact).c
_others = Prepared(
    select(_c.id, _c.conversation_id, _c.language)
    .where(_c.owner_agent_id == bindparam("agent"))
    .where(_c.state == ContactState.ASSIGNED.value)
    .where(_c.channel.not_in((CHANNEL, TASK_CHANNEL)))
    .order_by(_c.id)
)


def ask_for_patience(hub: Hub, agent_id: str, leg_id: str, at: float) -> Unit[None]:
    """Say it in each of the agent's chats."""
    for contact_id, conversation_id, language in (yield _others(agent=agent_id)):
        key = f"on-call-{leg_id}"
        if (yield call_by_key(conversation_id, key)):
            continue
        text = _SAID["zh" if language.startswith("zh") else "en"]
        draft = Draft(key=key, speaker=Speaker.AGENT, agent_id=agent_id, body={"text": text})
        yield from add_message(hub, conversation_id, contact_id, draft, at)
