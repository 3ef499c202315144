"""The survey's link, sent when the chat gave no answer: to whom has agreed, and not too often."""

import json
from typing import Final

from sqlalchemy import bindparam, select

from hub.customers.profile import open_profile
from hub.customers.time_zones import zones_of
from hub.domain.notice import NoticeKind
from hub.journey.contact_row import ContactRow
from hub.journey.context import Hub
from hub.journey.delivery.ask_survey import ask
from hub.journey.delivery.compose import address_of
from hub.journey.delivery.rules import after_quiet
from hub.journey.notify import notice
from hub.journey.waiting import TimerKind, arm, ring
from hub.security.signed_link import ANYBODY, SignedLinks
from hub.store.rows import change, find, table_of
from hub.store.tables import Consent, Customer, Survey
from hub.store.unit import Prepared, Unit

PURPOSE: Final = "survey"
"""Of the signed link, and of the Notice that carries it."""
CONSENT: Final = "surveys"
SUBJECT: Final = {"en": "How did we do?", "zh": "请评价我们的服务"}
TEXT: Final = {
    "en": "How did we do? One question, one minute: {link}",
    "zh": "请评价刚才的服务，只有一个问题，约一分钟：{link}",
}
_REACH: Final[tuple[tuple[NoticeKind, str], ...]] = (("sms", "phone"), ("email", "email"))

_s = table_of(Survey).c
_sent_since = Prepared(
    select(_s.id)
    .where(_s.customer_id == bindparam("customer"), _s.sent_at > bindparam("since"))
    .limit(1)
)


def survey_path(links: SignedLinks, survey_id: str, expires_at: float) -> str:
    """Return the path of a survey's page; whoever has it may answer, once."""
    return f"/survey/{links.sign(PURPOSE, survey_id, viewer=ANYBODY, expires_at=expires_at)}"


def plan_link(hub: Hub, survey_id: str, contact: ContactRow, at: float) -> Unit[None]:
    """Wait for an answer in the chat before the link is sent; in letters one is asked at once.

    Neither in the hours in which it is night where the customer is.
    """
    written = contact.channel in hub.writers
    if not written and (hub.survey_link is None or not hub.notify.kinds):
        return
    due_at = at if written else at + hub.settings.survey_link_after_seconds
    zones = yield from zones_of_contact(hub, contact)
    due_at = after_quiet(due_at, hub.settings.written.quiet, zones)
    yield arm(TimerKind.SURVEY_LINK, survey_id, due_at)


def zones_of_contact(hub: Hub, contact: ContactRow) -> Unit[tuple[str, ...]]:
    """By the number written from, else the record's; empty where neither tells."""
    if contact.channel in hub.writers:
        _, _, address_id, sealed = (yield address_of(contact.conversation_id))[0]
        if zones := zones_of(hub.vault.open(sealed, "address", "value", address_id)):
            return zones
    if contact.customer_id is None:
        return ()
    rows = yield find(Customer, "profile_sealed", id=contact.customer_id)
    profile = open_profile(hub.vault, rows[0][0], contact.customer_id) if rows else {}
    return zones_of(profile.get("phone", ""))


async def send_link(hub: Hub, survey_id: str) -> None:
    """Timer `survey_link`: the chat gave no answer so far."""
    await hub.journal.run(lambda: _send_link(hub, survey_id))


def _send_link(hub: Hub, survey_id: str) -> Unit[None]:
    taken = yield ring(hub, TimerKind.SURVEY_LINK, survey_id)
    columns = ("customer_id", "language", "expires_at", "answered_at", "channel")
    rows = yield find(Survey, *columns, lock=True, id=survey_id)
    if not taken or not rows or rows[0][3] is not None:
        return
    customer_id, language, expires_at, _, channel = rows[0]
    if channel in hub.writers:
        yield from ask(hub, survey_id, hub.clock.now())
        return
    if customer_id is None or hub.survey_link is None:
        return
    reach = yield from _reach_of(hub, customer_id)
    at = hub.clock.now()
    since = at - hub.settings.survey_link_every_seconds
    if reach is None or (yield _sent_since(customer=customer_id, since=since)):
        return
    to_kind, to = reach
    yield change(Survey, survey_id, sent_at=at)
    yield from notice(
        hub,
        to_kind=to_kind,
        to=to,
        language=language,
        subject=SUBJECT[language] if to_kind == "email" else None,
        text=TEXT[language].format(link=hub.survey_link(survey_id, expires_at)),
        purpose=PURPOSE,
        about=survey_id,
        useful_until=expires_at,
    )


def _reach_of(hub: Hub, customer_id: str) -> Unit[tuple[NoticeKind, str] | None]:
    """Where the Customer may be asked; their row is held, so that two Contacts ask once."""
    people = yield find(Customer, "profile_sealed", lock=True, id=customer_id)
    agreed = yield find(Consent, "given", customer_id=customer_id, code=CONSENT)
    if not people or not agreed or not agreed[0][0]:
        return None
    profile = json.loads(hub.vault.open(people[0][0], "customer", "profile", customer_id))
    for kind, field in _REACH:
        if kind in hub.notify.kinds and profile.get(field):
            return kind, profile[field]
    return None
