"""The send guard on both sides: what staff may not send, and what a customer is told was hidden."""

from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import Final

from hub.domain.errors import Refused
from hub.domain.states import Speaker
from hub.journey.audited import audited
from hub.journey.contact_row import load_contact
from hub.journey.context import Hub
from hub.journey.messages import Draft, add_message
from hub.security.send_guard import NEVER_SENT, Secret, guard
from hub.store.unit import Unit


class Guard(StrEnum):
    """What stops staff's words until they insist, each by its name: one word for two would hide the
    second from who was asked of the first.
    """

    SECRET = "secret_in_text"
    NEW_COPY = "new_copy"
    """Somebody outside the bank whom nobody in the talk has named."""
    REPLY_ALL = "reply_all"
    """Somebody outside whom only the customer has named."""
    ANSWERED = "answered_meanwhile"
    """A colleague has answered since these words were begun."""
    OTHER_CUSTOMER = "other_customer"
    PROTECTED = "protected_in_text"
    """Nobody can insist on this one: there is another way."""


_HIDDEN: Final = {
    "en": "For your safety we hid {what} in your message before it was stored. "
    "Nobody here can read it. Please never write it in a chat.",
    "zh": "为了您的安全，消息中的{what}已在保存前隐去，我们的工作人员也看不到。"
    "请勿在聊天中发送此类信息。",
}
_WHAT: Final = {
    Secret.CARD: {"en": "a card number", "zh": "银行卡号"},
    Secret.PERSON_ID: {"en": "an identity number", "zh": "身份证号"},
    Secret.PASSWORD: {"en": "a password or PIN", "zh": "密码"},
    Secret.CODE: {"en": "a code", "zh": "验证码或安全码"},
}
_AND: Final = {"en": " and ", "zh": "、"}


def require_sendable(text: str, *, sure: Collection[Guard] = ()) -> tuple[Secret, ...]:
    """Raise `Refused("secret_in_text")`, the detail naming the kinds, unless staff may send it.

    `sure` of this guard lets identity numbers and codes through, never cards and passwords. Returns
    the kinds that were let through, for the audit.
    """
    kinds = guard(text).kinds
    if kinds and (Guard.SECRET not in sure or NEVER_SENT.intersection(kinds)):
        raise Refused(Guard.SECRET, ",".join(kinds))
    return kinds


def note_overruling(hub: Hub, user_id: str, contact_id: str, kinds: Iterable[Secret]) -> Unit[None]:
    """Write into the audit that somebody sent what the guard had stopped."""
    found = ",".join(kinds)
    if found:
        yield from audited(hub, user_id, "guard_overruled", contact_id, details={"kinds": found})


def tell_hidden(hub: Hub, contact_id: str, kinds: Iterable[Secret], at: float) -> Unit[None]:
    """Tell the customer, in the talk, what was taken out of their words and why."""
    found = tuple(kinds)
    if not found:
        return
    contact = yield from load_contact(contact_id)
    language = "zh" if contact.language.startswith("zh") else "en"
    what = _AND[language].join(_WHAT[kind][language] for kind in found)
    text = _HIDDEN[language].format(what=what)
    draft = Draft(key=hub.new_id("evt"), speaker=Speaker.SYSTEM, body={"text": text})
    yield from add_message(hub, contact.conversation_id, contact_id, draft, at)
