"""How far an application for a loan is: the Case in which people decide on it."""

import json
from collections.abc import Mapping
from typing import Final

from sqlalchemy import bindparam, select

from hub.domain.states import IdentityLevel
from hub.journey.context import Hub
from hub.journey.days import day_text
from hub.journey.errands import words
from hub.journey.errands.answer import YES, Answer, refused
from hub.journey.errands.known import NotProved, speaker_of
from hub.ports import SelfServiceContact
from hub.store.rows import table_of
from hub.store.tables import Case
from hub.store.unit import Prepared

KIND: Final = "loan_application"
APPLICATIONS_SAID: Final = 2
_k = table_of(Case).c
_applications = Prepared(
    select(_k.number, _k.title, _k.stage, _k.due_at, _k.closed_at, _k.resolution)
    .where(_k.customer_id == bindparam("of"), _k.kind == KIND)
    .order_by(_k.closed_at.is_not(None), _k.opened_at.desc())
    .limit(APPLICATIONS_SAID)
)


async def loan_state(hub: Hub, contact: SelfServiceContact, _: Mapping[str, str]) -> Answer:
    """Say how far the customer's applications are, with the next step; an open one comes first."""
    try:
        speaker = await speaker_of(hub, contact, level=IdentityLevel.PROVED)
    except NotProved:
        return refused(contact, "proof_needed")
    if speaker.party_id is not None:
        return refused(contact, "none")
    rows = await hub.reader.rows(_applications(of=speaker.customer_id))
    if not rows:
        return refused(contact, "no_application")
    said = [_application(hub, contact.language, row) for row in rows]
    text = ("" if contact.language == "zh" else " ").join(said)
    return {"ok": YES, "count": str(len(rows)), "text": text}


def _application(hub: Hub, language: str, row: tuple[object, ...]) -> str:
    number, title, stage, due_at, closed_at, resolution = row
    kind = hub.work.cases.get(KIND)
    if kind is not None and closed_at is not None:
        label = kind.resolutions.get(str(resolution), {})
    else:
        now = kind.stage(str(stage)) if kind is not None else None
        label = now.label if now is not None else {}
    told = words.of(label, language) if label else str(stage)
    text = words.of(
        words.APPLICATION, language, number=str(number), stage=told,
        title=words.of(json.loads(str(title)), language),
    )  # fmt: skip
    if closed_at is None and isinstance(due_at, float):
        day = day_text(hub, due_at, language)
        text += words.of(words.APPLICATION_DUE, language, day=day)
    return text
