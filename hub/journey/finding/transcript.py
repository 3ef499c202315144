"""A closed Contact on paper: to read, to export redacted by right, to send to the customer."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select

from hub.customers.profile import open_profile
from hub.domain.errors import NotFound, Refused
from hub.domain.reference import shown_reference
from hub.domain.states import Audience, ContactState
from hub.journey.audited import audited
from hub.journey.context import Hub, Viewer
from hub.journey.finding.amend import amendments_of
from hub.journey.finding.closed import (
    closed_row,
    load_closed,
    read_messages,
    require_theirs,
    rows_for,
)
from hub.journey.finding.selection import Closed
from hub.journey.messages import MessageRead
from hub.journey.notify import notice
from hub.security.roles import Right, may
from hub.store.rows import find, table_of
from hub.store.tables import Contact, Customer
from hub.store.unit import Prepared, Unit

_LONG_NUMBER: Final = re.compile(r"(?<![\w])\+?\d[\d \-]{4,}\d(?!\w)")
_MAIL: Final = re.compile(r"[\w.+\-]+@[\w.\-]+\.\w+")
_WHO: Final = {
    "en": {"customer": "Customer", "bot": "Assistant", "agent": "Staff", "system": "Bank"},
    "zh": {"customer": "客户", "bot": "智能助手", "agent": "客服", "system": "银行"},
}
_c = table_of(Contact).c
_last = Prepared(
    select(_c.id)
    .where(_c.conversation_id == bindparam("of"), _c.state == ContactState.CLOSED.value)
    .order_by(_c.closed_at.desc())
    .limit(1)
)
_SUBJECT: Final = {"en": "Your conversation {reference}", "zh": "您的会话记录 {reference}"}


async def open_contact(
    hub: Hub, viewer: Viewer, *, contact_id: str, reason: str = ""
) -> tuple[dict[str, Any], list[MessageRead]]:
    """Return a closed Contact with all that was added since, and its messages; audited."""
    row, is_theirs = await load_closed(hub, viewer, contact_id, reason=reason)
    found = (await rows_for(hub, viewer, [row]))[0]
    found |= {
        "conversation_id": row.conversation_id,
        "language": row.language,
        "theirs": is_theirs,
        "amendments": await amendments_of(hub, row),
        "can_send": await _mailbox(hub, row) is not None,
    }
    await hub.journal.run(_note(hub, viewer, "contact_opened", row.id, reason))
    return found, await read_messages(hub, [row])


async def export_contact(
    hub: Hub, viewer: Viewer, *, contact_id: str, language: str, reason: str, zone: ZoneInfo
) -> str:
    """Return the Contact as text. Numbers and mail addresses are dots but for a supervisor."""
    row, _ = await load_closed(hub, viewer, contact_id, reason=reason)
    messages = await read_messages(hub, [row])
    await hub.journal.run(_note(hub, viewer, "contact_exported", row.id, reason))
    sees_all = may(viewer.roles, Right.WATCH_CONTACTS)
    return _text(row, messages, language, zone, as_shown=str if sees_all else redacted)


async def send_transcript(hub: Hub, viewer: Viewer, *, contact_id: str, zone: ZoneInfo) -> None:
    """Send the customer's side of a Contact to the mailbox in the record; audited."""
    row = await require_theirs(hub, viewer, contact_id)
    mailbox = await _mailbox(hub, row)
    if mailbox is None:
        raise Refused("no_mailbox", "there is no mailbox in the record, or mail cannot be sent")
    text = _text(row, _open_to_all(await read_messages(hub, [row])), row.language, zone)
    await hub.journal.run(lambda: _send(hub, viewer, row, mailbox, text))


def _send(hub: Hub, viewer: Viewer, row: Closed, mailbox: str, text: str) -> Unit[None]:
    subject = _SUBJECT.get(row.language, _SUBJECT["en"])
    yield from notice(
        hub, to_kind="email", to=mailbox, language=row.language, text=text,
        purpose="transcript", about=row.id,
        subject=subject.format(reference=shown_reference(row.id)),
    )  # fmt: skip
    yield from _note(hub, viewer, "transcript_sent", row.id, "")


async def _mailbox(hub: Hub, row: Closed) -> str | None:
    if row.customer_id is None or "email" not in hub.notify.kinds:
        return None
    rows = await hub.reader.rows(find(Customer, "profile_sealed", id=row.customer_id))
    profile = open_profile(hub.vault, rows[0][0], row.customer_id) if rows else {}
    return profile.get("email") or None


async def last_closed(hub: Hub, conversation_id: str) -> str:
    """Return the Contact of a Conversation that ended last; raise `NotFound`."""
    rows = await hub.reader.rows(_last(of=conversation_id))
    if not rows:
        raise NotFound("no_transcript", "nothing has ended yet")
    return str(rows[0][0])


async def customer_transcript(hub: Hub, contact_id: str, *, zone: ZoneInfo) -> tuple[str, str]:
    """Return name and text of what the customer's page showed of a closed Contact; audited.

    Whoever holds the link may read it: numbers and mail addresses are dots, as for an agent.
    """
    row = await closed_row(hub, contact_id)
    messages = await read_messages(hub, [row])
    text = _text(row, _open_to_all(messages), row.language, zone, as_shown=redacted)
    await hub.journal.run(lambda: audited(hub, "customer", "transcript_taken", row.id))
    return f"chat-{shown_reference(row.id)}.txt", text


def redacted(text: str) -> str:
    """Put dots over numbers of six digits and more, and over mail addresses."""
    dotted = _LONG_NUMBER.sub(lambda m: re.sub(r"\d", "•", m.group()), text)
    return _MAIL.sub("•••@•••", dotted)


def _open_to_all(messages: Sequence[MessageRead]) -> list[MessageRead]:
    return [one for one in messages if one.audience == Audience.EVERYONE]


def _text(
    row: Closed,
    messages: Sequence[MessageRead],
    language: str,
    zone: ZoneInfo,
    *,
    as_shown: Callable[[str], str] = str,
) -> str:
    """Lay it out; `as_shown` redacts what was said, never the times and the reference."""
    who = _WHO.get(language, _WHO["en"])
    lines = [shown_reference(row.id), _when(row.arrived_at, zone), ""]
    for one in messages:
        said = str(one.body.get("text", "")) or _named_file(one)
        if not said:
            continue
        name = (one.agent_name or {}).get(language) or who[one.speaker]
        lines.append(f"{_when(one.at, zone)}  {name}: {as_shown(said)}")
    return "\n".join(lines) + "\n"


def _named_file(one: MessageRead) -> str:
    return f"[{one.body['file']['name']}]" if one.kind == "file" else ""


def _when(at: float, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp(at, UTC).astimezone(zone).strftime("%Y-%m-%d %H:%M")


def _note(hub: Hub, viewer: Viewer, action: str, contact_id: str, reason: str) -> Unit[None]:
    yield from audited(hub, viewer.user_id, action, contact_id, reason=reason.strip())
