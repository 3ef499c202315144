"""An agent sends a secure message: the channel carries a link, the words wait behind it."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from hub.customers.opt_outs import FIELD_OF
from hub.customers.profile import open_profile
from hub.domain.errors import Invalid, Refused
from hub.domain.letter import Letter
from hub.domain.states import ContactState, Speaker
from hub.journey.audited import audited
from hub.journey.contact_row import ContactRow, load_contact
from hub.journey.context import Hub
from hub.journey.converse import require_voice
from hub.journey.delivery.heading import headed
from hub.journey.delivery.recipients import Other, name_of_file, note_let_through, require_own
from hub.journey.guarding import Guard
from hub.journey.messages import Draft, Posted, add_message
from hub.journey.receive import check_text, file_body
from hub.journey.secure import texts
from hub.journey.secure.row import GOOD_SECONDS
from hub.security.send_guard import NEVER_SENT, guard
from hub.store.rows import find, put
from hub.store.tables import Contact, Customer, SecureMessage
from hub.store.unit import Unit

_DAY_SECONDS: Final = 86_400.0
_OTHER_KIND: Final = {"sms": "email", "email": "sms"}
"""A code goes another way than its link: who reads one mailbox does not read the telephone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSecure:
    """What an agent wants to be read behind a proof."""

    contact_id: str
    key: str
    text: str
    file_id: str | None = None
    letter: Letter | None = None
    """The subject above the plain notice, where the channel knows one."""
    asks_files: bool = False
    """Ask for documents: the page takes them."""


async def send_secure(
    hub: Hub, agent_id: str, new: NewSecure, *, sure: Collection[Guard] = ()
) -> Posted:
    """Store it and send its link; only who may speak in the Contact can.

    Raises `Refused`: not_written, no_customer, no_proof_address, contact_over; `secret_in_text`
    for cards and passwords, which nobody sends anywhere; `other_customer` unless `sure` names it.
    """
    check_text(new.text)
    if not new.text.strip() and new.file_id is None:
        raise Invalid("empty", "say something, or name a file")
    never = NEVER_SENT.intersection(guard(new.text).kinds)
    if never:
        raise Refused(Guard.SECRET, ",".join(sorted(never)))
    rows = await hub.reader.rows(find(Contact, "customer_id", id=new.contact_id))
    words = f"{new.text}\n{await name_of_file(hub, new.file_id)}"
    others = await require_own(hub, rows[0][0] if rows else None, words, sure=sure)
    return await hub.journal.run(lambda: _send(hub, agent_id, new, others))


def _send(hub: Hub, agent_id: str, new: NewSecure, others: tuple[Other, ...]) -> Unit[Posted]:
    contact = yield from load_contact(new.contact_id)
    if contact.state != ContactState.ASSIGNED:
        raise Refused("contact_over", "the contact is not in a talk any more")
    yield from require_voice(contact, agent_id)
    via = yield from _proof_way(hub, contact)
    at, secure_id = hub.clock.now(), hub.new_id("sec")
    words: dict[str, Any] = {"text": new.text}
    if new.file_id is not None:
        words |= {"file": (yield from file_body(hub, contact.conversation_id, new.file_id))["file"]}
    sealed = json.dumps(words, ensure_ascii=False)
    yield put(
        SecureMessage, id=secure_id, conversation_id=contact.conversation_id,
        contact_id=contact.id, customer_id=contact.customer_id, language=contact.language,
        words_sealed=hub.vault.seal(sealed, "secure_message", "words", secure_id),
        asks_files=new.asks_files, via=via, sent_by=agent_id, sent_at=at,
        expires_at=at + GOOD_SECONDS,
    )  # fmt: skip
    yield from audited(
        hub, agent_id, "secure_sent", secure_id,
        details={"contact": contact.id, "via": via, "asks_files": new.asks_files},
    )  # fmt: skip
    yield from note_let_through(hub, agent_id, contact.id, others)
    body = yield from _body(hub, contact, new, secure_id, via, at)
    draft = Draft(key=new.key, speaker=Speaker.AGENT, agent_id=agent_id, body=body | {
        "secure": words | {"id": secure_id, "asks_files": new.asks_files},
    })  # fmt: skip
    return (yield from add_message(hub, contact.conversation_id, contact.id, draft, at))


def _body(
    hub: Hub, contact: ContactRow, new: NewSecure, secure_id: str, via: str, at: float
) -> Unit[dict[str, Any]]:
    """What leaves in plain."""
    if hub.secure_link is None:
        raise Refused("no_secure_page", "this node has no page for it")
    text = texts.notice(
        contact.language, link=hub.secure_link(secure_id, at + GOOD_SECONDS), via=via,
        days=round(GOOD_SECONDS / _DAY_SECONDS), asks_files=new.asks_files,
    )  # fmt: skip
    body: dict[str, Any] = {"text": text}
    if new.letter is not None:
        head = Letter(subject=new.letter.subject)
        body["channel_data"] = yield from headed(hub, contact.conversation_id, head)
    return body


def _proof_way(hub: Hub, contact: ContactRow) -> Unit[str]:
    """Where the code will go: to an address of the record, of another kind than the channel."""
    if contact.channel not in hub.writers or contact.channel not in _OTHER_KIND:
        raise Refused("not_written", "only mail and SMS carry such links")
    if contact.customer_id is None:
        raise Refused("no_customer", "find out who it is first")
    rows = yield find(Customer, "profile_sealed", id=contact.customer_id)
    profile = open_profile(hub.vault, rows[0][0], contact.customer_id)
    via = _OTHER_KIND[contact.channel]
    if via not in hub.notify.kinds or not profile.get(FIELD_OF[via]):
        raise Refused("no_proof_address", "the record has no other way to prove who reads it")
    return via
