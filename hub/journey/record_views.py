"""From rows to the ScreenPop: every field passes `hub/security/field_rights` on its way out."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from hub.journey.context import Hub, Viewer
from hub.security import field_rights
from hub.security.field_rights import ClosedBecause, Sight

Row = Sequence[Any]
CONSENT_LABELS = {
    "recording": {"en": "Recording of contacts", "zh": "会话录音与记录"},
    "marketing": {"en": "Offers by message", "zh": "营销信息"},
    "data_sharing": {"en": "Sharing with group companies", "zh": "集团内信息共享"},
    "email_statements": {"en": "Statements by e-mail", "zh": "电子账单"},
}


class RecordRows(NamedTuple):
    """What was read of one Customer."""

    customer: Sequence[Row]
    accounts: Sequence[Row]
    cards: Sequence[Row]
    payments: Sequence[Row]
    cases: Sequence[Row]
    tasks: Sequence[Row]
    history: Sequence[Row]
    consents: Sequence[Row]


class _Eye:
    """One viewer's sight of one customer who is proved to one level."""

    def __init__(self, viewer: Viewer, level: int) -> None:
        self._roles, self._level = viewer.roles, level

    def field(self, name: str, value: str | None, *, path: str | None = None) -> dict[str, Any]:
        """The `Field` of the feed contract."""
        seen = field_rights.view(name, value or "", self._roles, self._level)
        why = None
        if seen.visible.reason is ClosedBecause.IDENTITY_LEVEL or seen.visible.needs_level:
            why = f"identity_level_{seen.visible.needs_level}"
        elif seen.visible.reason is not None:
            why = seen.visible.reason.value
        return {
            "shown": seen.visible.sight.value,
            "value": seen.text,
            "why": why,
            "reveal": (path or name) if seen.visible.may_reveal and value else None,
        }

    def text(self, name: str, value: str) -> str:
        """The value as this viewer may read it; empty when closed."""
        return field_rights.view(name, value, self._roles, self._level).text or ""

    def sees(self, name: str) -> bool:
        """Whether the field is shown in full."""
        return field_rights.visible(name, self._roles, self._level).sight is Sight.SHOWN


def pop_of(hub: Hub, contact: Row, rows: RecordRows | None, viewer: Viewer) -> dict[str, Any]:
    """Build the ScreenPop; a guest has an empty one that says so."""
    contact_id, _, _, level, proof, proved_at = contact[:6]
    eye = _Eye(viewer, level)
    known = rows is not None and bool(rows.customer)
    pop: dict[str, Any] = {
        "contact_id": contact_id,
        "customer": _customer(hub, rows.customer[0], eye) if known and rows else None,
        "candidates": 0,
        "identity": {"level": level, "proof": proof, "proved_at": proved_at},
        "accounts": [], "cards": [], "payments": [], "cases": [], "tasks": [], "history": [],
        "consents": [], "closed": None,
    }  # fmt: skip
    if not known or rows is None:
        return pop
    pop["accounts"] = [_account(hub, row, eye) for row in rows.accounts]
    pop["cards"] = [_card(row, eye) for row in rows.cards]
    if eye.sees("payment"):
        pop["payments"] = [_payment(hub, row) for row in rows.payments]
    else:
        pop["closed"] = eye.field("payment", "")["why"]
    if eye.sees("case"):
        pop["cases"] = [_case(hub, row) for row in rows.cases]
        pop["tasks"] = [_task(row) for row in rows.tasks]
    if eye.sees("history"):
        pop["history"] = [_past(hub, row) for row in rows.history]
    pop["consents"] = [_consent(row) for row in rows.consents]
    return pop


def profile_of(hub: Hub, sealed: bytes, customer_id: str) -> dict[str, str]:
    """Open the personal fields of a Customer."""
    profile: dict[str, str] = json.loads(hub.vault.open(sealed, "customer", "profile", customer_id))
    return profile


def _customer(hub: Hub, row: Row, eye: _Eye) -> dict[str, Any]:
    customer_id, number, segment, lifecycle, language, since, sealed, warnings = row
    profile = profile_of(hub, sealed, customer_id)
    fields = ("phone", "email", "id_number", "birth_date", "address")
    return {
        "id": customer_id,
        "number": number,
        "name": eye.text("name", profile.get("name", "")),
        "name_zh": eye.text("name_zh", profile.get("name_zh", "")),
        "segment": segment,
        "lifecycle": lifecycle,
        "since_year": since,
        "language": language,
        "warnings": json.loads(warnings),
        **{name: eye.field(name, profile.get(name)) for name in fields},
    }


def _account(hub: Hub, row: Row, eye: _Eye) -> dict[str, Any]:
    account_id, kind, currency, sealed = row
    detail = json.loads(hub.vault.open(sealed, "account", "detail", account_id))
    return {
        "id": account_id,
        "kind": kind,
        "name": detail["name"],
        "number": eye.field(
            "account.number", detail["number"], path=f"account.{account_id}.number"
        ),
        "currency": currency,
        "balance": eye.field("account.balance", detail["balance"]),
    }


def _card(row: Row, eye: _Eye) -> dict[str, Any]:
    card_id, kind, last_four, state = row
    number = eye.field("card.last_four", f"•••• {last_four}")
    return {"id": card_id, "kind": kind, "number": number, "state": state}


def _payment(hub: Hub, row: Row) -> dict[str, Any]:
    payment_id, at, account_id, sealed, unusual, times = row
    detail = json.loads(hub.vault.open(sealed, "payment", "detail", payment_id))
    return {
        "id": payment_id,
        "at": at,
        "merchant": detail["merchant"],
        "amount": detail["amount"],
        "currency": detail["currency"],
        "account_id": account_id,
        "unusual": unusual,
        "unusual_times": times,
    }


def _case(hub: Hub, row: Row) -> dict[str, Any]:
    case_id, number, title, stage, due_at, owner_id = row
    owner = hub.staff.name_of(owner_id)
    return {
        "id": case_id,
        "number": number,
        "title": json.loads(title),
        "stage": stage,
        "due_at": due_at,
        "owner": owner["en"] if owner else None,
    }


def _task(row: Row) -> dict[str, Any]:
    task_id, kind, due_at, title = row
    return {"id": task_id, "kind": kind, "due_at": due_at, "title": json.loads(title)}


def _past(hub: Hub, row: Row) -> dict[str, Any]:
    contact_id, channel, at, queue_id, disposition, score, ending = row
    queue = hub.setup.queues.get(queue_id or "")
    label: Mapping[str, str] | None = (
        queue.dispositions.get(disposition) if queue and disposition else None
    )
    return {
        "contact_id": contact_id,
        "channel": channel,
        "at": at,
        "queue_id": queue_id,
        "disposition": disposition,
        "disposition_label": dict(label) if label else None,
        "score": score,
        "agent": None,
        "ending": ending,
    }


def _consent(row: Row) -> dict[str, Any]:
    code, given, at = row
    label = CONSENT_LABELS.get(code, {"en": code, "zh": code})
    return {"code": code, "label": label, "given": bool(given), "at": at}
