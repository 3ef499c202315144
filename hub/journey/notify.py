"""Notices: words to a customer outside any Conversation, sent when the deed that asks is stored.

    yield from notice(hub, to_kind="sms", to=phone, language="zh", text=words,
                      purpose="one_time_code", about=contact_id, useful_until=at + 300)

Inside the unit of the deed: no deed without its Notice, no Notice without its deed. The words lie
sealed in the outbox and are deleted when they are sent.
"""

import json

from hub.domain.notice import Notice, NoticeKind
from hub.journey.context import Hub
from hub.journey.opt_out import why_not
from hub.ports import SendNever
from hub.store.outbox import DueEffect, emit
from hub.store.outbox_runner import EffectHandler
from hub.store.unit import Unit

KIND = "notify"


def notice(
    hub: Hub,
    *,
    to_kind: NoticeKind,
    to: str,
    language: str,
    text: str,
    purpose: str,
    about: str,
    subject: str | None = None,
    due_at: float | None = None,
    useful_until: float | None = None,
) -> Unit[str]:
    """Ask for a Notice; returns its effect's id. `about` is the id of what it is about.

    Look at `hub.notify.kinds` first: what no carrier can take fails before a supervisor's eyes.
    """
    effect_id = hub.new_id("eff")
    payload = {
        "to_kind": to_kind,
        "to": to,
        "language": language,
        "subject": subject,
        "text": text,
        "purpose": purpose,
        "useful_until": useful_until,
    }
    yield emit(
        effect_id=effect_id,
        kind=KIND,
        subject=about,
        payload_sealed=hub.vault.seal(json.dumps(payload), "effect", "payload", effect_id),
        created_at=hub.clock.now(),
        due_at=due_at,
    )
    return effect_id


def handler(hub: Hub) -> EffectHandler:
    """The outbox's hand for Notices."""

    async def act(effect: DueEffect) -> None:
        payload = hub.vault.open(effect.payload_sealed, "effect", "payload", effect.id)
        one = Notice(**json.loads(payload), key=effect.id)
        if one.useful_until is not None and hub.clock.now() > one.useful_until:
            raise SendNever("its time is over")
        if closed := await why_not(hub, one.to_kind, one.to, one.purpose):
            raise SendNever(code=closed)
        await hub.notify.send(one)

    return EffectHandler(act, repeatable=hub.notify.honours_key)
