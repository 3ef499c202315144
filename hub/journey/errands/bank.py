"""What the bank can say of itself and of open matters."""

import json
from collections.abc import Mapping

from sqlalchemy import bindparam, select

from hub.domain.branches import Branch
from hub.journey.context import Hub
from hub.journey.days import day_text
from hub.journey.errands import words
from hub.journey.errands.answer import YES, Answer, refused
from hub.ports import SelfServiceContact
from hub.store.rows import find, table_of
from hub.store.tables import Case, Contact
from hub.store.unit import Prepared

BRANCHES_SAID = 3
CASES_SAID = 2
CLAIMED = 1
_k = table_of(Case).c
_open_cases = Prepared(
    select(_k.number, _k.kind, _k.title, _k.stage, _k.due_at)
    .where(_k.customer_id == bindparam("of"), _k.closed_at.is_(None))
    .order_by(_k.due_at)
    .limit(CASES_SAID)
)
_DAYS: Mapping[str, tuple[str, ...]] = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
}


async def branch_hours(hub: Hub, contact: SelfServiceContact, _: Mapping[str, str]) -> Answer:
    """Say where the branches are and when they are open."""
    branches = list(hub.banking.calendar.branches.values())[:BRANCHES_SAID]
    if not branches:
        return refused(contact, "none")
    return {
        "ok": YES,
        "text": _joined(contact, [_branch(one, contact.language) for one in branches]),
    }


async def case_state(hub: Hub, contact: SelfServiceContact, _: Mapping[str, str]) -> Answer:
    """Say how far the customer's open Cases are; numbers and stages, no words of anybody's."""
    rows = await hub.reader.rows(
        find(Contact, "customer_id", "identity_level", id=contact.contact_id)
    )
    customer_id, level = rows[0] if rows else (None, 0)
    if customer_id is None or level < CLAIMED:
        return refused(contact, "proof_needed")
    said: list[str] = []
    for number, kind, title, stage, due_at in await hub.reader.rows(_open_cases(of=customer_id)):
        known = hub.work.cases.get(kind)
        label = next((one.label for one in known.stages if one.code == stage), {}) if known else {}
        text = words.of(
            words.CASE, contact.language, number=number,
            title=words.of(json.loads(title), contact.language),
            stage=words.of(label, contact.language) if label else stage,
        )  # fmt: skip
        if due_at is not None:
            day = day_text(hub, due_at, contact.language)
            text += words.of(words.CASE_DUE, contact.language, day=day)
        said.append(text)
    if not said:
        return refused(contact, "none", count="0")
    return {"ok": YES, "count": str(len(said)), "text": _joined(contact, said)}


def _joined(contact: SelfServiceContact, said: list[str]) -> str:
    return ("" if contact.language == "zh" else " ").join(said)


def _branch(one: Branch, language: str) -> str:
    known = "zh" if language == "zh" else "en"
    days = sorted(one.days)
    first, last = _DAYS[known][days[0] - 1], _DAYS[known][days[-1] - 1]
    to = "至" if known == "zh" else " to "
    return words.of(
        words.BRANCH, language, name=words.of(one.name, language),
        address=words.of(one.address, language), days=f"{first}{to}{last}",
        opens=f"{one.opens:%H:%M}", closes=f"{one.closes:%H:%M}",
    )  # fmt: skip
