"""The survey on a written channel: a link, or a number that is sent back."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from sqlalchemy import bindparam, select

from hub.domain.conduct import word_in
from hub.domain.states import Speaker
from hub.journey.context import Hub
from hub.journey.delivery.compose import PURPOSE
from hub.journey.messages import Draft, add_message
from hub.journey.opt_out import refused
from hub.store.rows import change, find, table_of
from hub.store.tables import Address, Consent, Conversation, Survey
from hub.store.unit import Prepared, Unit

CONSENT: Final = "surveys"
REPLY: Final[Mapping[str, str]] = {
    "en": "How did we do? Reply with a number from 1 (poor) to 5 (very good).",
    "zh": "请评价刚才的服务：回复数字 1（很差）到 5（很好）。",
}
LINK: Final[Mapping[str, str]] = {
    "en": "How did we do? One question, one minute: {link}",
    "zh": "请评价刚才的服务，只有一个问题，约一分钟：{link}",
}
THANKS: Final[Mapping[str, str]] = {
    "en": "Thank you for your answer.",
    "zh": "感谢您的评价。",
}

_s, _v, _a = (table_of(one).c for one in (Survey, Conversation, Address))
_REACH = Prepared(
    select(_a.id, _a.value_sealed, _v.open_contact_id)
    .join_from(table_of(Conversation), table_of(Address), _a.id == _v.address_id)
    .where(_v.id == bindparam("of"))
)
_ASKED_SINCE = Prepared(
    select(_s.id)
    .where(_s.conversation_id == bindparam("of"), _s.sent_at > bindparam("since"))
    .limit(1)
)
_CUSTOMER_SINCE = Prepared(
    select(_s.id).where(_s.customer_id == bindparam("of"), _s.sent_at > bindparam("since")).limit(1)
)
"""One question in that time to one person, whatever channels they use."""
_WAITING = Prepared(
    select(_s.id, _s.contact_id, _s.language)
    .where(
        _s.conversation_id == bindparam("of"),
        _s.answered_at.is_(None),
        _s.sent_at > bindparam("since"),
        _s.expires_at > bindparam("now"),
    )
    .order_by(_s.sent_at.desc())
    .limit(1)
)


class Asked(NamedTuple):
    """A survey that waits for an answer."""

    survey_id: str
    contact_id: str
    language: str


def ask(hub: Hub, survey_id: str, at: float) -> Unit[bool]:
    """Ask in the Conversation of the Contact; False when this customer is not to be asked now."""
    columns = ("contact_id", "conversation_id", "channel", "customer_id", "language", "expires_at")
    rows = yield find(Survey, *columns, lock=True, id=survey_id)
    contact_id, conversation_id, channel, customer_id, language, expires_at = rows[0]
    way = hub.settings.written.rules(channel).survey
    if way == "none" or not (yield from _may_ask(hub, conversation_id, channel, customer_id, at)):
        return False
    text = word_in(REPLY, language)
    if way == "link":
        if hub.survey_link is None:
            return False
        text = word_in(LINK, language).format(link=hub.survey_link(survey_id, expires_at))
    yield change(Survey, survey_id, sent_at=at)
    draft = Draft(
        key=f"survey-{survey_id}", speaker=Speaker.SYSTEM, body={"text": text, PURPOSE: "survey"}
    )
    yield from add_message(hub, conversation_id, contact_id, draft, at)
    return True


def _may_ask(
    hub: Hub, conversation_id: str, channel: str, customer_id: str | None, at: float
) -> Unit[bool]:
    """Not who refused, not who was asked lately, not who is writing about something else."""
    address_id, sealed, open_contact_id = (yield _REACH(of=conversation_id))[0]
    if open_contact_id is not None:
        return False
    address = hub.vault.open(sealed, "address", "value", address_id)
    if (yield from refused(hub, channel, address, "survey")):
        return False
    since = at - hub.settings.survey_link_every_seconds
    if (yield _ASKED_SINCE(of=conversation_id, since=since)):
        return False
    if customer_id is None:
        return True
    if (yield _CUSTOMER_SINCE(of=customer_id, since=since)):
        return False
    consent = yield find(Consent, "given", customer_id=customer_id, code=CONSENT)
    return not consent or bool(consent[0][0])


def asked(hub: Hub, conversation_id: str, channel: str) -> Unit[Asked | None]:
    """Return the survey of a Conversation that waits for an answer."""
    rules, now = hub.settings.written.rules(channel), hub.clock.now()
    if channel not in hub.writers or rules.survey == "none":
        return None
    rows = yield _WAITING(of=conversation_id, since=now - rules.survey_seconds, now=now)
    return Asked(*rows[0]) if rows else None


def takes_numbers(hub: Hub, channel: str) -> bool:
    """Whether a number that is sent back is a score there."""
    return hub.settings.written.rules(channel).survey == "reply"


def thanks(hub: Hub, language: str, words: Mapping[str, str] = THANKS) -> Draft:
    """Our last word."""
    return Draft(
        key=hub.new_id("evt"),
        speaker=Speaker.SYSTEM,
        body={"text": word_in(words, language), PURPOSE: "opt_out_receipt"},
    )
