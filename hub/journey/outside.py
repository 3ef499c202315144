"""Words about the bank's service to a customer who is not in a talk: where they may go, and how."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from hub.customers.preference import open_preference
from hub.customers.profile import open_profile
from hub.customers.warnings import DECEASED, in_force
from hub.domain.notice import NoticeKind
from hub.journey.context import Hub
from hub.journey.notify import notice
from hub.store.rows import find
from hub.store.tables import Consent, Customer
from hub.store.unit import Unit

PURPOSE: Final = "service"
"""Also the consent that a customer may take back; nobody has to give it first."""
SAFETY: Final = "fraud_alert"
"""The purpose of what customers must be told for their safety."""
SUBJECT: Final[Mapping[str, str]] = {"en": "News from your bank", "zh": "银行业务通知"}
USEFUL_SECONDS: Final = 24 * 3600.0
_REACH: Final[tuple[tuple[NoticeKind, str], ...]] = (("sms", "phone"), ("email", "email"))


class _Reach(NamedTuple):
    kind: NoticeKind
    to: str


def tell_outside(
    hub: Hub, *, customer_id: str, language: str, text: str, about: str, purpose: str = PURPOSE
) -> Unit[None]:
    """Ask for one Notice to phone or mailbox; none for who must not be written to.

    It goes where the Customer asks to be reached, if it can.

    What is for the customer's own safety (`SAFETY`) is told whatever was consented to.
    """
    reach = yield from _reach_of(hub, customer_id, is_free=purpose == SAFETY)
    if reach is None:
        return
    yield from notice(
        hub,
        to_kind=reach.kind,
        to=reach.to,
        language=language,
        subject=SUBJECT[language] if reach.kind == "email" else None,
        text=text,
        purpose=purpose,
        about=about,
        useful_until=hub.clock.now() + USEFUL_SECONDS,
    )


def _reach_of(hub: Hub, customer_id: str, *, is_free: bool) -> Unit[_Reach | None]:
    columns = ("profile_sealed", "warnings", "preference_sealed")
    rows = yield find(Customer, *columns, id=customer_id)
    consent = yield find(Consent, "given", customer_id=customer_id, code=PURPOSE)
    if not rows or DECEASED in in_force(rows[0][1]):
        return None
    if consent and not consent[0][0] and not is_free:
        return None
    profile = open_profile(hub.vault, rows[0][0], customer_id)
    told = open_preference(hub.vault, customer_id, rows[0][2])
    for kind, name in sorted(_REACH, key=lambda one: told is None or one[0] != told.channel):
        if kind in hub.notify.kinds and profile.get(name):
            return _Reach(kind, profile[name])
    return None
