"""Before staff's words leave on a written channel: what must never go there in plain."""

from collections.abc import Collection, Sequence
from typing import Final

from hub.domain.errors import Refused
from hub.journey.context import Hub
from hub.journey.delivery.recipients import Other, name_of_file, require_own
from hub.journey.guarding import Guard
from hub.security.protected import Protected, is_protected_document, protected_in
from hub.store.rows import find
from hub.store.tables import Contact

WITHHELD: Final = {
    "en": "For your safety we do not send this by SMS or e-mail. "
    "Please sign in to the bank's app, or ask for a colleague here.",
    "zh": "为了您的安全，此类信息不通过短信或邮件发送。请登录手机银行查看，或在此联系人工客服。",
}
"""What leaves instead of a machine's words that hold what is protected."""


async def require_fit(
    hub: Hub,
    contact_id: str,
    text: str,
    *,
    file_id: str | None = None,
    sure: Collection[Guard] = (),
) -> tuple[Other, ...]:
    """Raise on a written channel what stops these words, each guard by its own name.

    `Refused("protected_in_text")`, the detail naming the kinds: nobody can insist, such content
    goes as a secure message (`hub.journey.secure`). `Refused("other_customer")` unless `sure` names
    that guard; returns what was let through, for the audit.
    """
    rows = await hub.reader.rows(find(Contact, "channel", "customer_id", id=contact_id))
    if not rows or rows[0][0] not in hub.writers:
        return ()
    name = await name_of_file(hub, file_id)
    refuse_protected([*protected_here(hub, text), *protected_names(hub, name)])
    return await require_own(hub, rows[0][1], f"{text}\n{name}", sure=sure)


def protected_here(hub: Hub, text: str) -> tuple[Protected, ...]:
    """The kinds of protected content in a text, by the operator's rules."""
    return protected_in(text, hub.settings.written.protected)


def refuse_protected(kinds: Sequence[Protected]) -> None:
    """Raise when there are any."""
    if kinds:
        raise Refused(Guard.PROTECTED, ",".join(kinds))


def protected_names(hub: Hub, names: str) -> list[Protected]:
    """Whether one of these names of files, a line each, is of a document that must not leave."""
    rules = hub.settings.written.protected
    is_one = any(is_protected_document(name, rules) for name in names.splitlines())
    return [Protected.DOCUMENT] if is_one else []
