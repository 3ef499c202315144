"""Before staff's words leave on a written channel: what must never go there in plain."""

from collections.abc import Sequence
from typing import Final

from hub.domain.errors import Refused
from hub.journey.context import Hub
from hub.journey.guarding import Guard
from hub.security.protected import Protected, is_protected_document, protected_in
from hub.store.rows import find
from hub.store.tables import Contact, File

WITHHELD: Final = {
    "en": "For your safety we do not send this by SMS or e-mail. "
    "Please sign in to the bank's app, or ask for a colleague here.",
    "zh": "为了您的安全，此类信息不通过短信或邮件发送。请登录手机银行查看，或在此联系人工客服。",
}
"""What leaves instead of a machine's words that hold what is protected."""


async def require_plain(
    hub: Hub, contact_id: str, text: str, *, file_id: str | None = None
) -> None:
    """Raise `Refused("protected_in_text")`, the detail naming the kinds, on a written channel.

    Nobody can insist: such content goes as a secure message (`hub.journey.secure`).
    """
    rows = await hub.reader.rows(find(Contact, "channel", id=contact_id))
    if not rows or rows[0][0] not in hub.writers:
        return
    refuse_protected([*protected_here(hub, text), *await _protected_file(hub, file_id)])


def protected_here(hub: Hub, text: str) -> tuple[Protected, ...]:
    """The kinds of protected content in a text, by the operator's rules."""
    return protected_in(text, hub.settings.written.protected)


def refuse_protected(kinds: Sequence[Protected]) -> None:
    """Raise when there are any."""
    if kinds:
        raise Refused(Guard.PROTECTED, ",".join(kinds))


async def _protected_file(hub: Hub, file_id: str | None) -> list[Protected]:
    if file_id is None:
        return []
    rows = await hub.reader.rows(find(File, "name_sealed", id=file_id))
    name = hub.vault.open(rows[0][0], "file", "name", file_id) if rows else ""
    is_one = is_protected_document(name, hub.settings.written.protected)
    return [Protected.DOCUMENT] if is_one else []
