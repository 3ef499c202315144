"""Short-lived addresses of files, for one viewer each."""

import base64
import json
import math
from dataclasses import dataclass

from agent_console.settings import ConsoleSettings
from hub.domain.errors import Invalid
from hub.journey.context import Hub, Viewer
from hub.journey.secure.link import PURPOSE as SECURE
from hub.journey.survey_link import PURPOSE as SURVEY
from hub.journey.survey_link import survey_path
from hub.security.signed_link import ANYBODY, SignedLinks
from hub.store.rows import find
from hub.store.tables import Contact

_READ, _UPLOAD, _HEAR = "console_file", "console_upload", "console_recording"
_GRANT = "secure_grant"
_PLACE = ("upload_ticket", "name")

_NAME_BYTES = 240
GRANT_SECONDS = 1800.0
"""So long the page of an opened secure message may be answered."""
HEAR_SECONDS = 3600.0
"""A long call is heard to its end."""


@dataclass(frozen=True, slots=True)
class Upload:
    """An announced file."""

    conversation_id: str
    size_bytes: int
    name: str


class Tickets:
    """Signs and reads the `t` of `/files`."""

    def __init__(self, hub: Hub, links: SignedLinks, settings: ConsoleSettings) -> None:
        self._hub = hub
        self._links = links
        self._settings = settings

    def href(self, viewer: Viewer, file_id: str) -> str:
        """Return the address of a stored file.

        It ends on a round time, so that the same file has the same address for a while and a
        snapshot equals the increments before it.
        """
        seconds = self._settings.file_link_seconds
        expires_at = (math.floor(self._hub.clock.now() / seconds) + 2) * seconds
        ticket = self._links.sign(_READ, file_id, viewer=viewer.user_id, expires_at=expires_at)
        return f"/files/{file_id}?t={ticket}"

    def check(self, viewer: Viewer, file_id: str, ticket: str) -> None:
        """Raise `BadLink` unless the ticket opens this file for this viewer now."""
        now = self._hub.clock.now()
        if self._links.read(_READ, ticket, viewer=viewer.user_id, now=now) != file_id:
            raise Invalid("forged", "this link is for another file")

    def recording_href(self, viewer: Viewer, recording_id: str) -> str:
        """Return the address of a recording for this viewer, good for an hour."""
        expires_at = self._hub.clock.now() + HEAR_SECONDS
        ticket = self._links.sign(_HEAR, recording_id, viewer=viewer.user_id, expires_at=expires_at)
        return f"/api/recordings/{recording_id}/audio?t={ticket}"

    def check_recording(self, viewer: Viewer, recording_id: str, ticket: str) -> None:
        """Raise `BadLink` unless the ticket opens this recording for this viewer now."""
        now = self._hub.clock.now()
        if self._links.read(_HEAR, ticket, viewer=viewer.user_id, now=now) != recording_id:
            raise Invalid("forged", "this link is for another recording")

    async def upload_url(self, viewer: Viewer, contact_id: str, name: str, size_bytes: int) -> str:
        """Return the address to which one announced file may be sent.

        The name travels sealed: an address is written into logs, a name may say who it is about.
        """
        most = self._hub.settings.file_max_bytes
        if size_bytes > most:
            raise Invalid("file_too_large", f"at most {most} bytes")
        rows = await self._hub.reader.rows(find(Contact, "conversation_id", id=contact_id))
        sealed = self._hub.vault.seal(_short(name), *_PLACE, viewer.user_id)
        subject = json.dumps([rows[0][0], size_bytes, base64.b64encode(sealed).decode()])
        expires_at = self._hub.clock.now() + self._settings.upload_seconds
        ticket = self._links.sign(_UPLOAD, subject, viewer=viewer.user_id, expires_at=expires_at)
        return f"/files?t={ticket}"

    def upload(self, viewer: Viewer, ticket: str) -> Upload:
        """Return what was announced; raise `BadLink`."""
        now = self._hub.clock.now()
        subject = self._links.read(_UPLOAD, ticket, viewer=viewer.user_id, now=now)
        conversation_id, size_bytes, sealed = json.loads(subject)
        name = self._hub.vault.open(base64.b64decode(sealed), *_PLACE, viewer.user_id)
        return Upload(conversation_id, size_bytes, name)

    def survey_link(self, survey_id: str, expires_at: float) -> str:
        """Return the address of a survey's page; whoever has it may answer, once."""
        return survey_path(self._links, survey_id, expires_at)

    def secure(self, ticket: str) -> str:
        """Return the id of a secure message, which its link alone does not open."""
        return self._links.read(SECURE, ticket, viewer=ANYBODY, now=self._hub.clock.now())

    def grant(self, secure_id: str) -> str:
        """Return a word that stands for a proof that was just given."""
        expires_at = self._hub.clock.now() + GRANT_SECONDS
        return self._links.sign(_GRANT, secure_id, viewer=ANYBODY, expires_at=expires_at)

    def check_grant(self, secure_id: str, grant: str) -> None:
        """Raise `BadLink` or `Invalid` unless this secure message was opened a while ago."""
        now = self._hub.clock.now()
        if self._links.read(_GRANT, grant, viewer=ANYBODY, now=now) != secure_id:
            raise Invalid("forged", "this was given for another message")

    def survey(self, ticket: str) -> str:
        """Return the survey's id; raise `BadLink`."""
        return self._links.read(SURVEY, ticket, viewer=ANYBODY, now=self._hub.clock.now())


def _short(name: str) -> str:
    """Cut a long name, keeping its ending."""
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending) > 10:
        stem, dot, ending = name, "", ""
    room = _NAME_BYTES - len((dot + ending).encode("utf-8", "replace"))
    cut = stem.encode("utf-8", "replace")[:room].decode("utf-8", "ignore")
    return cut + dot + ending
