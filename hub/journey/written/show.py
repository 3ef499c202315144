"""What a row of a list shows: the customer in outline, the newest words, tags; all masked."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import bindparam, case, func, select, tuple_

from hub.customers.profile import open_profile
from hub.customers.warnings import in_force, is_restricted
from hub.domain.letter import Letter
from hub.domain.reference import shown_reference
from hub.domain.states import Audience, Speaker
from hub.journey.context import Hub, Viewer
from hub.journey.messages import message_columns, open_message
from hub.journey.written.lists import Line
from hub.security import field_rights
from hub.security.masks import mask_mail, mask_phone
from hub.store.rows import table_of
from hub.store.tables import ContactTag, Customer, Message
from hub.store.unit import Prepared

PREVIEW_CHARACTERS: Final = 160

_m, _g, _u = (table_of(one).c for one in (Message, ContactTag, Customer))
_by_customer = case((_m.speaker == Speaker.CUSTOMER.value, _m.seq))
_last = (
    select(_m.conversation_id, func.coalesce(func.max(_by_customer), func.max(_m.seq)).label("seq"))
    .where(_m.conversation_id.in_(bindparam("threads", expanding=True)))
    .where(_m.audience == Audience.EVERYONE.value, _m.kind != "event")
    .group_by(_m.conversation_id)
    .subquery()
)
"""The customer's newest words; ours where the customer has said nothing yet."""
_newest = Prepared(
    select(*message_columns).where(
        tuple_(_m.conversation_id, _m.seq).in_(select(_last.c.conversation_id, _last.c.seq))
    )
)
_tags = Prepared(
    select(_g.contact_id, _g.tag)
    .where(_g.contact_id.in_(bindparam("ids", expanding=True)))
    .order_by(_g.tag)
)
_customers = Prepared(
    select(_u.id, _u.profile_sealed, _u.warnings).where(_u.id.in_(bindparam("ids", expanding=True)))
)


async def shown(hub: Hub, viewer: Viewer, lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Return the rows as pages get them (`LetterLine` of the page)."""
    if not lines:
        return []
    ids, threads = [one.id for one in lines], sorted({one.conversation_id for one in lines})
    customers = sorted({one.customer_id for one in lines if one.customer_id}) or [""]
    newest, tagged, known = await hub.reader.gather(
        [_newest(threads=threads), _tags(ids=ids), _customers(ids=customers)]
    )
    words = {row[0]: _words(open_message(hub, row).body) for row in newest}
    tags: dict[str, list[str]] = {}
    for contact_id, tag in tagged:
        tags.setdefault(contact_id, []).append(tag)
    people = {row[0]: _outline(hub, viewer, *row) for row in known}
    return [
        _row(hub, one, people.get(one.customer_id or ""), words, tags.get(one.id, []))
        for one in lines
    ]


def _row(
    hub: Hub,
    line: Line,
    customer: dict[str, str] | None,
    words: dict[str, tuple[str, str]],
    tags: list[str],
) -> dict[str, Any]:
    is_closed = line.customer_id is not None and customer is None
    subject, preview = words.get(line.conversation_id, ("", "")) if not is_closed else ("", "")
    return {
        "key": [line.at, line.key_id],
        "contact_id": line.id,
        "reference": shown_reference(line.id),
        "channel": line.channel,
        "account": line.account,
        "state": line.state,
        "waits_for": line.waits_for,
        "queue_id": line.queue_id,
        "agent_id": line.owner_agent_id or line.target_agent_id or line.preferred_agent_id,
        "customer": customer,
        "is_restricted": is_closed,
        "guest_number": line.guest_number,
        "sender": _masked_address(hub, line),
        "segment": line.segment,
        "language": line.language,
        "subject": subject,
        "preview": preview,
        "tags": tags,
        "arrived_at": line.arrived_at,
        "due_at": line.answer_due_at,
        "until_at": line.parked_until,
        "seq": line.seq,
        "delivery": line.delivery,
        "error_code": line.error_code,
    }


def _words(body: Any) -> tuple[str, str]:
    letter = Letter.of(body.get("channel_data") or {})
    text = " ".join(str(body.get("text") or "").split())
    if not text and body.get("file"):
        text = str(body["file"]["name"])
    return (letter.subject if letter else "", text[:PREVIEW_CHARACTERS])


def _masked_address(hub: Hub, line: Line) -> str:
    if line.address_sealed is None:
        return ""
    address = hub.vault.open(line.address_sealed, "address", "value", line.address_id)
    return mask_mail(address) if "@" in address else mask_phone(address)


def _outline(
    hub: Hub, viewer: Viewer, customer_id: str, sealed: bytes, warnings: str
) -> dict[str, str] | None:
    """The name as this viewer may see it; None for a record that is closed to them."""
    if is_restricted(in_force(warnings), viewer.roles):
        return None
    profile = open_profile(hub.vault, sealed, customer_id)
    names = {
        name: field_rights.view(name, profile.get(name, ""), viewer.roles, 0).text or ""
        for name in ("name", "name_zh")
        if profile.get(name)
    }
    return {"id": customer_id, "name": "", "name_zh": ""} | names
