"""What a customer hears of a Case: that it moves. Why and how is for a talk, not for a phone."""

import json
from collections.abc import Mapping
from typing import Final

from hub.domain.states import Speaker
from hub.journey.cases.case_row import CASE_COLUMNS, CaseRow
from hub.journey.context import Hub
from hub.journey.days import day_text
from hub.journey.messages import Draft, add_message
from hub.journey.news_told import News, plan_news
from hub.store.rows import find
from hub.store.tables import Case, Contact, Conversation, Customer
from hub.store.unit import Unit

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "acknowledged": {
        "en": "{label} {number} is opened. You will have our answer by {day}.",
        "zh": "您的{label}已受理，编号 {number}，我们将在{day}前答复您。",
    },
    "staged": {
        "en": "There is progress in your matter {number}. Write to us if you want to know more.",
        "zh": "您的事项 {number} 有新进展。如需了解详情，请联系我们。",
    },
    "resolved": {
        "en": "Your matter {number} is settled. Write to us if anything is still open.",
        "zh": "您的事项 {number} 已处理完毕。如仍有疑问，请联系我们。",
    },
    "reopened": {
        "en": "We are looking at your matter {number} again.",
        "zh": "我们正在重新处理您的事项 {number}。",
    },
}


def tell_customer(hub: Hub, case: CaseRow, what: str, version: int, at: float) -> Unit[None]:
    """Write it where the Case was opened; who does not read it there hears by other ways."""
    if what not in WORDS:
        return
    key = f"{what}-{case.id}-{version}"
    thread = yield from _thread_of(case)
    if thread is not None:
        conversation_id, contact_id, language = thread
        text = _text(hub, case, what, language)
        draft = Draft(key=key, speaker=Speaker.SYSTEM, body={"text": text})
        yield from add_message(hub, conversation_id, contact_id, draft, at)
    yield from plan_news(hub, "case", case.id, key, at)


def case_news(hub: Hub, case_id: str, key: str) -> Unit[News | None]:
    """Return what there is to tell of a Case."""
    rows = yield find(Case, *CASE_COLUMNS, id=case_id)
    if not rows:
        return None
    case = CaseRow(*rows[0])
    thread = yield from _thread_of(case)
    people = yield find(Customer, "language", id=case.customer_id)
    language = thread[2] if thread else _known(people[0][0] if people else "en")
    text = _text(hub, case, key.split("-", maxsplit=1)[0], language)
    return News(case.customer_id, language, text, thread[0] if thread else None, key)


def _text(hub: Hub, case: CaseRow, what: str, language: str) -> str:
    day = day_text(hub, case.due_at, language) if case.due_at is not None else ""
    label = json.loads(case.title)[language]
    return WORDS[what][language].format(number=case.number, label=label, day=day)


def _thread_of(case: CaseRow) -> Unit[tuple[str, str, str] | None]:
    """Conversation, Contact to write under, and language of where the Case was opened."""
    rows = yield find(Contact, "conversation_id", "language", "customer_id", id=case.contact_id)
    if not rows or rows[0][2] != case.customer_id:
        return None
    conversation_id, language, _ = rows[0]
    open_now = yield find(Conversation, "open_contact_id", id=conversation_id)
    contact_id = (open_now[0][0] if open_now else None) or case.contact_id
    return conversation_id, str(contact_id), _known(language)


def _known(language: str) -> str:
    return "zh" if language.startswith("zh") else "en"
