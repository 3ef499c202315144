"""The outbox's hand for one written channel: asks the ledger, gives it away, records what became.

runner = LaneRunner(..., {kind_of(writer.name): handler(hub, writer) for writer in hub.writers})
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from sqlalchemy import bindparam

from hub.domain.conduct import word_in
from hub.domain.errors import HubError, Unavailable
from hub.domain.outbound import DeliveryState, Outbound, Sent
from hub.domain.states import Speaker
from hub.journey.context import Hub
from hub.journey.delivery.compose import Letter, compose
from hub.journey.delivery.leaving import WITHHELD, protected_here
from hub.journey.delivery.plan import kind_of
from hub.journey.delivery.told import RANK, name_message, put_state, tell
from hub.journey.delivery.writers import NamedWriter
from hub.journey.opt_out import why_not
from hub.ports import NeedsAttention, SendLater, SendNever
from hub.store.outbox import DueEffect
from hub.store.outbox_runner import UNKNOWN_OUTCOME, EffectHandler, NotNow
from hub.store.rows import find, table_of
from hub.store.tables import MessageDelivery
from hub.store.unit import Prepared, Unit

ATTEMPTS: Final = 40
"""About five hours: a provider that is away for a morning loses nothing."""

_d = table_of(MessageDelivery).c
_KEEP = Prepared(
    table_of(MessageDelivery)
    .update()
    .where(_d.conversation_id == bindparam("of"), _d.seq == bindparam("number"))
    .values(ref=bindparam("ref"), data_sealed=bindparam("data_sealed"))
)


def handlers(hub: Hub) -> Mapping[str, EffectHandler]:
    """One hand for each written channel of this node."""
    return {kind_of(writer.name): handler(hub, writer) for writer in hub.writers}


def handler(hub: Hub, writer: NamedWriter) -> EffectHandler:
    """Send on one channel; its acts about one Conversation are done in order by a `LaneRunner`."""
    ended: dict[str, Sent | str] = {}
    """What the provider answered, or why nothing was given to it."""

    async def act(effect: DueEffect) -> None:
        letter = await _read(hub, effect)
        goal = letter.outbound
        if hub.accounts.is_paused(letter.channel, goal.account):
            raise NotNow
        closed = await why_not(hub, letter.channel, goal.address, letter.purpose)
        if closed:
            ended[effect.id] = closed
        else:
            ended[effect.id] = await _send(hub, writer, _without_protected(hub, goal))

    def done(effect: DueEffect) -> Unit[None]:
        sent = ended.pop(effect.id)
        if isinstance(sent, str):
            yield from _end(hub, effect, DeliveryState.FAILED, sent)
        else:
            yield from _sent(hub, effect, sent)

    def failed(effect: DueEffect, error_code: str) -> Unit[None]:
        is_unknown = error_code == UNKNOWN_OUTCOME
        state = DeliveryState.UNKNOWN if is_unknown else DeliveryState.FAILED
        yield from _end(hub, effect, state, error_code)

    return EffectHandler(
        act, repeatable=writer.honours_key, attempts=ATTEMPTS, on_done=done, on_failed=failed
    )


async def _send(hub: Hub, writer: NamedWriter, goal: Outbound) -> Sent:
    """Give it to the provider, and note how its account fares."""
    at = hub.clock.now
    try:
        sent = await writer.send(goal)
    except NeedsAttention as error:
        hub.accounts.failed(writer.name, goal.account, error.code, at())
        raise
    except SendLater as error:
        hub.accounts.failed(writer.name, goal.account, str(error), at())
        raise
    hub.accounts.left(writer.name, goal.account, at())
    return sent


def _without_protected(hub: Hub, goal: Outbound) -> Outbound:
    """Staff were asked before they sent; a machine is not asked, it is not obeyed."""
    if goal.speaker != Speaker.BOT or not protected_here(hub, goal.text):
        return goal
    return replace(goal, text=word_in(WITHHELD, goal.language))


async def _read(hub: Hub, effect: DueEffect) -> Letter:
    """Read what is to be sent; a failure here leaves no doubt: nothing was."""
    try:
        return await compose(hub, effect)
    except Unavailable as error:
        raise SendLater(error.code) from error
    except HubError as error:
        raise SendNever(code=error.code) from error


def _sent(hub: Hub, effect: DueEffect, sent: Sent) -> Unit[None]:
    """The provider has it; a report that was faster is taken up now."""
    at, conversation_id = hub.clock.now(), effect.subject
    rows = yield find(
        MessageDelivery, "seq", lock=True, conversation_id=conversation_id, effect_id=effect.id
    )
    if not rows:
        return
    seq = int(rows[0][0])
    state, error_code = DeliveryState.SENT, ""
    if sent.ref:
        known = yield from name_message(_channel(effect), sent.ref, conversation_id, seq, at)
        if known.state is not None and RANK[DeliveryState(known.state)] > RANK[state]:
            state, error_code = DeliveryState(known.state), known.error_code
    data = None
    if sent.channel_data:
        text = json.dumps(dict(sent.channel_data), ensure_ascii=False)
        data = hub.vault.seal(text, "message_delivery", "data", f"{conversation_id}/{seq}")
    yield _KEEP(of=conversation_id, number=seq, ref=sent.ref or None, data_sealed=data)
    yield from _end(hub, effect, state, error_code)


def _end(hub: Hub, effect: DueEffect, state: DeliveryState, error_code: str) -> Unit[None]:
    """Write the state and say so; nothing when a person has had it sent by another act since."""
    rows = yield find(
        MessageDelivery, "seq", "contact_id", lock=True,
        conversation_id=effect.subject, effect_id=effect.id,
    )  # fmt: skip
    if rows:
        seq, contact_id = rows[0]
        at = hub.clock.now()
        yield from put_state(effect.subject, seq, state, error_code, at)
        yield tell(contact_id, effect.subject, seq, state, error_code, at)


def _channel(effect: DueEffect) -> str:
    return effect.kind.partition(".")[2]
