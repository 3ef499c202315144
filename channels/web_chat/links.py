"""Short-lived permissions for what needs HTTP: sending a file, fetching one or the transcript."""

from typing import Final

from channels.web_chat.settings import WebChatSettings
from hub.ports import Clock
from hub.security.signed_link import ANYBODY, SignedLinks

UPLOAD: Final = "web_chat.upload"
FILE: Final = "web_chat.file"
TRANSCRIPT: Final = "web_chat.transcript"
FILES_PATH: Final = "/chat/files"
TRANSCRIPT_PATH: Final = "/chat/transcript"


class Links:
    """Signs and reads them. All are given over a welcomed socket only, and live a minute or two.

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

    def transcript_link(self, contact_id: str) -> tuple[str, float]:
        """Return path and query of a Contact's transcript, and its end."""
        expires_at = self._clock.now() + self._settings.file_link_seconds
        ticket = self._signed.sign(TRANSCRIPT, contact_id, viewer=ANYBODY, expires_at=expires_at)
        return f"{TRANSCRIPT_PATH}?t={ticket}", expires_at

    def read_transcript_ticket(self, ticket: str) -> str:
        """Return the Contact; raise `BadLink`."""
        return self._signed.read(TRANSCRIPT, ticket, viewer=ANYBODY, now=self._clock.now())

    def read_file_ticket(self, ticket: str) -> str:
        """Return the file's id; raise `BadLink`."""
        return self._signed.read(FILE, ticket, viewer=ANYBODY, now=self._clock.now())
