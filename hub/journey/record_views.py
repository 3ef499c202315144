"""From rows to the ScreenPop: every field passes the viewer's `Eye` on its way out."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from hub.customers import parties, warnings
from hub.customers.preference import open_preference
from hub.journey.banking.record_part import banking_part
from hub.journey.context import Hub, Viewer
from hub.journey.record_eye import SPEAKER_UNKNOWN, Eye
from hub.journey.record_people import (
    Lock,
    RecordContact,
    Speaking,
    blocked_because,
    identity_view,
    person_view,
    speaking_of,
    ways_of,
)
from hub.security.roles import Right, Role, may

Row = Sequence[Any]
PAYMENTS_SHOWN = 10
CONSENT_LABELS = {
    "recording": {"en": "Recording of contacts", "zh": "会话录音与记录"},
    "marketing": {"en": "Offers by message", "zh": "营销信息"},
    "data_sharing": {"en": "Sharing with group companies", "zh": "集团内信息共享"},
    "email_statements": {"en": "Statements by e-mail", "zh": "电子账单"},
    "surveys": {"en": "Surveys by message", "zh": "短信或邮件评价邀请"},
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
    orders: Sequence[Row] = ()
    persons: Sequence[parties.Person] = ()
    """Who else may act on the record, and the Customer's own part in other records."""
    profiles: Mapping[str, bytes] = {}
    """Sealed profiles of those with a record, by Customer."""
    shared_accounts: Sequence[Row] = ()
    shared_payments: Sequence[Row] = ()
    subjects: Mapping[str, str] = {}
    """Of past mails, by Contact."""


def pop_of(
    hub: Hub, contact: Row, rows: RecordRows | None, viewer: Viewer, *, eye: Eye | None = None
) -> dict[str, Any]:
    """Build the ScreenPop; a guest has an empty one that says so.

    `contact` holds the fields of `RecordContact`; `eye` learns what was kept from the viewer.
    """
    told = RecordContact(*contact)
    eye = eye or Eye(viewer, told.level)
    if rows is None or not rows.customer:
        return _closed(hub, told)
    listed = warnings.in_force(rows.customer[0][7])
    if warnings.is_restricted(listed, viewer.roles):
        eye.denied.add("record")
        return _closed(hub, told) | {"restricted": {"ask": _who_may_open(hub)}}
    customer_id = rows.customer[0][0]
    speaking = speaking_of(told, customer_id, rows.persons, hub.clock.now())
    return {
        **_empty(told),
        **_people(hub, told, rows, speaking, eye),
        **_holdings(hub, rows, speaking, eye),
        **banking_part(hub, rows.customer[0][12:14], rows.orders, speaking, eye),
    }


def _closed(hub: Hub, contact: RecordContact) -> dict[str, Any]:
    """Tell of nobody but how the one who speaks was proved."""
    return _empty(contact) | {"identity": identity_view(hub, contact, Lock(), (), "")}


def _empty(contact: RecordContact) -> dict[str, Any]:
    return {
        "contact_id": contact.id,
        "customer": None,
        "restricted": None,
        "candidates": 0,
        "identity": None,
        "speaker": None, "persons": [],
        "accounts": [], "cards": [], "payments": [], "cases": [], "tasks": [], "history": [],
        "consents": [], "closed": None, "core": None, "orders": [], "actions": [],
    }  # fmt: skip


def _who_may_open(hub: Hub) -> list[dict[str, str]]:
    """Names of those who may open a colleague's record."""
    able = (
        one for one in hub.staff.all()
        if one.enabled and may((Role(role) for role in one.roles), Right.SEE_STAFF_RECORDS)
    )  # fmt: skip
    return [one.name for one in able]


def _people(
    hub: Hub, contact: RecordContact, rows: RecordRows, speaking: Speaking, eye: Eye
) -> dict[str, Any]:
    row, now = rows.customer[0], hub.clock.now()
    customer_id, listed = row[0], warnings.in_force(row[7])
    own = [one for one in rows.persons if one.customer_id == customer_id]
    profiles = {one.party_id: _profile_of_person(hub, one, rows) for one in own}
    who = speaking.person
    profile = profile_of(hub, row[6], customer_id)
    blocked = blocked_because(speaking, listed, now)
    ways = [] if blocked else ways_of(hub, profiles[who.party_id] if who else profile)
    return {
        "customer": {
            **_customer(row, profile, listed, speaking, eye),
            "manager": hub.staff.name_of(row[14]),
            "standing": json.loads(row[15]),
            "preference": _preference(hub, customer_id, row[16]),
        },
        "identity": identity_view(hub, contact, Lock(*row[8:11]), ways, blocked),
        "speaker": contact.speaker,
        "persons": [person_view(one, profiles[one.party_id], eye, now) for one in own],
    }


def _profile_of_person(hub: Hub, one: parties.Person, rows: RecordRows) -> dict[str, str]:
    record = one.holder_customer_id
    if record is None or record not in rows.profiles:
        return parties.profile_of(hub.vault, one)
    return profile_of(hub, rows.profiles[record], record)


def _holdings(hub: Hub, rows: RecordRows, speaking: Speaking, eye: Eye) -> dict[str, Any]:
    told: dict[str, Any] = {
        "accounts": [
            *(_account(hub, row, speaking, eye, parties.HOLDER) for row in rows.accounts),
            *_shared(hub, rows, speaking, eye),
        ],
        "cards": [_card(row, speaking, eye) for row in rows.cards],
        "consents": [_consent(row) for row in rows.consents],
    }
    if not speaking.is_marked:
        told["closed"] = SPEAKER_UNKNOWN
    elif eye.sees("payment"):
        told["payments"] = _payments(hub, rows, speaking)
    else:
        told["closed"] = eye.why("payment")
    if eye.sees("case"):
        told["cases"] = [_case(hub, row) for row in rows.cases]
        told["tasks"] = [_task(row) for row in rows.tasks]
    if eye.sees("history"):
        told["history"] = [_past(hub, row, rows.subjects) for row in rows.history]
    return told


def _shared(hub: Hub, rows: RecordRows, speaking: Speaking, eye: Eye) -> list[dict[str, Any]]:
    """Accounts of other records on which this Customer may act, with the part they have."""
    now, own = hub.clock.now(), rows.customer[0][0]
    part = {
        account: one.role
        for one in rows.persons
        if one.holder_customer_id == own and one.holds_at(now)
        for account in one.accounts
    }
    return [
        _account(hub, row, speaking, eye, part[row[0]])
        for row in rows.shared_accounts
        if row[0] in part
    ]


def _preference(hub: Hub, customer_id: str, sealed: bytes | None) -> dict[str, Any] | None:
    told = open_preference(hub.vault, customer_id, sealed)
    return told and {
        "channel": told.channel, "words": told.words, "by": hub.staff.name_of(told.by),
        "at": told.at,
    }  # fmt: skip


def _payments(hub: Hub, rows: RecordRows, speaking: Speaking) -> list[dict[str, Any]]:
    shown = [
        row for row in [*rows.payments, *rows.shared_payments] if speaking.closes(row[2]) is None
    ]
    shown.sort(key=lambda row: float(row[1]), reverse=True)
    return [_payment(hub, row) for row in shown[:PAYMENTS_SHOWN]]


def profile_of(hub: Hub, sealed: bytes, customer_id: str) -> dict[str, str]:
    """Open the personal fields of a Customer."""
    profile: dict[str, str] = hub.vault.open_json(sealed, "customer", "profile", customer_id)
    return profile


def _customer(
    row: Row, profile: Mapping[str, str], listed: Sequence[str], speaking: Speaking, eye: Eye
) -> dict[str, Any]:
    customer_id, number, segment, lifecycle, language, since = row[:6]
    fields = ("phone", "email", "id_number", "birth_date", "address")
    closed = speaking.closes_personal
    return {
        "id": customer_id,
        "number": number,
        "name": eye.text("name", profile.get("name", "")),
        "name_zh": eye.text("name_zh", profile.get("name_zh", "")),
        "segment": segment,
        "lifecycle": lifecycle,
        "since_year": since,
        "language": language,
        "warnings": list(listed),
        **{name: eye.field(name, profile.get(name), closed=closed) for name in fields},
    }


def _account(hub: Hub, row: Row, speaking: Speaking, eye: Eye, role: str) -> dict[str, Any]:
    account_id, kind, currency, sealed = row
    detail = hub.vault.open_json(sealed, "account", "detail", account_id)
    closed, path = speaking.closes(account_id), f"account.{account_id}.number"
    return {
        "id": account_id,
        "kind": kind,
        "name": detail["name"],
        "role": role,
        "number": eye.field("account.number", detail["number"], path=path, closed=closed),
        "currency": currency,
        "balance": eye.field("account.balance", detail["balance"], closed=closed),
        "limit": eye.field("account.limit", detail.get("limit"), closed=closed),
    }


def _card(row: Row, speaking: Speaking, eye: Eye) -> dict[str, Any]:
    card_id, kind, last_four, state, account_id = row
    closed = speaking.closes(account_id)
    number = eye.field("card.last_four", f"•••• {last_four}", closed=closed)
    return {"id": card_id, "kind": kind, "number": number, "state": state}


def _payment(hub: Hub, row: Row) -> dict[str, Any]:
    payment_id, at, account_id, sealed, unusual, times = row
    detail = hub.vault.open_json(sealed, "payment", "detail", payment_id)
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


def _past(hub: Hub, row: Row, subjects: Mapping[str, str]) -> dict[str, Any]:
    contact_id, channel, at, queue_id, disposition, score, ending = row
    queue = hub.setup.queues.get(queue_id or "")
    label: Mapping[str, str] | None = (
        queue.dispositions.get(disposition) if queue and disposition else None
    )
    return {
        "contact_id": contact_id,
        "channel": channel,
        "subject": subjects.get(contact_id, ""),
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
