"""Files of a Conversation: type by content, bytes sealed on disk under their own id."""

import asyncio
import errno
import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from hub.domain.errors import HubError, Invalid, NotFound, Unavailable
from hub.journey.context import Hub
from hub.security.file_names import clean_name
from hub.security.files import sniff
from hub.security.office_files import is_protected, office_kind
from hub.store.rows import find, put
from hub.store.tables import File
from hub.store.unit import Unit

_COLUMNS = ("id", "conversation_id", "name_sealed", "media_type", "size_bytes", "sha256")


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as it may be handed out."""

    id: str
    conversation_id: str
    name: str
    media_type: str
    data: bytes


async def store_file(
    hub: Hub, *, conversation_id: str, uploaded_by: str, name: str, data: bytes,
    takes_office: bool = False,
) -> str:  # fmt: skip
    """Keep a file and return its id; raises `Invalid` for a size or type that is not
    allowed, `Unavailable` when the disk takes no more.

    Office documents are kept where the channel says so, since the desk shows their words alone;
    there `file_protected` tells apart what nobody can look into.

    The bytes are on disk, synced, before the row is: a row without its file cannot be.
    """
    if not 0 < len(data) <= hub.settings.file_max_bytes:
        raise Invalid("file_too_large", f"at most {hub.settings.file_max_bytes} bytes, at least 1")
    kind = sniff(data, name=name)
    is_allowed = kind is not None and kind.media_type in hub.settings.file_media_types
    if kind is None and takes_office:
        kind = await asyncio.to_thread(office_kind, data)
        is_allowed = kind is not None
    if not is_allowed and takes_office and await asyncio.to_thread(is_protected, data):
        raise Invalid("file_protected", "it asks for a password")
    if kind is None or not is_allowed:
        raise Invalid("file_type", "send a picture, a PDF or plain text")
    name = clean_name(name, kind)
    return await _keep(hub, conversation_id, uploaded_by, name, kind.media_type, data)


async def keep_original(
    hub: Hub, *, conversation_id: str, uploaded_by: str, name: str, media_type: str, data: bytes
) -> str:
    """Keep what came in exactly as it came, such as a raw mail; the same bytes again are one file.

    No size and no type is refused: it is for the record, and nobody is shown it as it is.
    """
    digest = hashlib.sha256(data).hexdigest()
    rows = await hub.reader.rows(
        find(File, "id", conversation_id=conversation_id, uploaded_by=uploaded_by, sha256=digest)
    )
    if rows:
        return str(rows[0][0])
    return await _keep(hub, conversation_id, uploaded_by, name, media_type, data)


async def _keep(
    hub: Hub, conversation_id: str, by: str, name: str, media_type: str, data: bytes
) -> str:
    file_id = hub.new_id("fil")
    sealed = hub.vault.seal_bytes(data, "file", "bytes", file_id)
    path = _path(hub, file_id)
    try:
        await asyncio.to_thread(_write, path, sealed)
        await hub.journal.run(_row(hub, file_id, conversation_id, by, name, media_type, data))
    except (OSError, HubError) as error:
        await _drop(path, error)
        if isinstance(error, OSError):
            raise _unavailable(error) from error
        raise
    return file_id


async def _drop(path: Path, error: OSError | HubError) -> None:
    """Take bytes away that no row will name; after a lost COMMIT one may."""
    if isinstance(error, HubError) and error.code == "outcome_unknown":
        return
    with suppress(OSError):
        await asyncio.to_thread(path.unlink, missing_ok=True)


def _unavailable(error: OSError) -> Unavailable:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    return Unavailable("disk_full" if full else "disk_error", "the file was not kept")


def _row(
    hub: Hub, file_id: str, conversation_id: str, by: str, name: str, media_type: str, data: bytes
) -> Unit[None]:
    yield put(
        File,
        id=file_id,
        conversation_id=conversation_id,
        name_sealed=hub.vault.seal(name, "file", "name", file_id),
        media_type=media_type,
        size_bytes=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        uploaded_by=by,
        created_at=hub.clock.now(),
    )


async def open_file(hub: Hub, file_id: str) -> StoredFile:
    """Read a stored file and check its hash; who may see it is decided by whoever calls."""
    rows = await hub.reader.rows(find(File, *_COLUMNS, id=file_id))
    if not rows:
        raise NotFound("no_file")
    _, conversation_id, name, media_type, _, digest = rows[0]
    try:
        sealed = await asyncio.to_thread(_path(hub, file_id).read_bytes)
    except FileNotFoundError:
        raise NotFound("file_bytes_missing", "restore the files folder from backup") from None
    data = hub.vault.open_bytes(sealed, "file", "bytes", file_id)
    if hashlib.sha256(data).hexdigest() != digest:
        raise Invalid("file_damaged", "its bytes do not match; restore it from backup")
    return StoredFile(
        file_id, conversation_id, hub.vault.open(name, "file", "name", file_id), media_type, data
    )


def _path(hub: Hub, file_id: str) -> Path:
    return hub.files_folder / file_id[-2:] / file_id


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
