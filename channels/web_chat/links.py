"""Short-lived permissions for the two things that need HTTP: sending a file and fetching one."""

from typing import Final

from channels.web_chat.settings import WebChatSettings
from hub.ports import Clock
from hub.security.signed_link import ANYBODY, SignedLinks

UPLOAD: Final = "web_chat.upload"
FILE: Final = "web_chat.file"
FILES_PATH: Final = "/chat/files"


class Links:
    """Signs and reads them. Both are given over a welcomed socket only, and live a minute or two.

    A browser that follows a link has no other way to say who it is: the page's cookies are the
    bank's, not ours. So the link itself is the proof, and short-lived.
    """

    def __init__(self, signed: SignedLinks, clock: Clock, settings: WebChatSettings) -> None:
        self._signed, self._clock, self._settings = signed, clock, settings

    def upload_ticket(self, conversation_id: str) -> tuple[str, float]:
        """Return a ticket for an upload into the Conversation, and its end."""
        expires_at = self._clock.now() + self._settings.upload_ticket_seconds
        ticket = self._signed.sign(UPLOAD, conversation_id, viewer=ANYBODY, expires_at=expires_at)
        return ticket, expires_at

    def read_upload_ticket(self, ticket: str) -> str:
        """Return the Conversation; raise `BadLink`."""
        return self._signed.read(UPLOAD, ticket, viewer=ANYBODY, now=self._clock.now())

    def file_link(self, file_id: str) -> tuple[str, float]:
        """Return path and query of a download, and its end."""
        expires_at = self._clock.now() + self._settings.file_link_seconds
        ticket = self._signed.sign(FILE, file_id, viewer=ANYBODY, expires_at=expires_at)
        return f"{FILES_PATH}/{file_id}?t={ticket}", expires_at

    def read_file_ticket(self, ticket: str) -> str:
        """Return the file's id; raise `BadLink`."""
        return self._signed.read(FILE, ticket, viewer=ANYBODY, now=self._clock.now())
