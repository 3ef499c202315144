"""The address of a secure message: a signed token, and nothing about anybody."""

from typing import Final

from hub.security.signed_link import ANYBODY, SignedLinks

PURPOSE: Final = "secure_message"


def secure_path(links: SignedLinks, secure_id: str, expires_at: float) -> str:
    """Return the path of its page; the link alone shows nothing."""
    return f"/secure/{links.sign(PURPOSE, secure_id, viewer=ANYBODY, expires_at=expires_at)}"
