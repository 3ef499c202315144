"""Recordings: fetched from the engine, sealed on our own disk, then deleted there."""

import asyncio
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from hub.domain.calls import DeleteRecording, RecordingReady
from hub.domain.errors import NotFound
from hub.journey.calls.commands import tell
from hub.journey.calls.connect import recording_changed
from hub.journey.calls.legs import LegRow, load_call
from hub.journey.calls.sealed_file import read_sealed, write_sealed
from hub.journey.context import Hub
from hub.journey.waiting import TimerKind, arm
from hub.ports import SendLater, SendNever
from hub.store.outbox import DueEffect, emit
from hub.store.outbox_runner import EffectHandler
from hub.store.rows import change, find
from hub.store.tables import CallRecording, Timer
from hub.store.unit import Unit

KIND: Final = "call_recording"
TABLE: Final = "call_recording"
MOST_BYTES: Final = 512 * 1024 * 1024
FOLDER: Final = "recordings"
DAY_SECONDS: Final = 86_400.0
FETCHES_MOST: Final = 500
"""With the outbox's longest pause about three days, in which a store or a provider comes back."""


@dataclass(frozen=True, slots=True)
class StoredRecording:
    """A recording as it may be played; who may hear it is the caller's to decide."""

    id: str
    contact_id: str
    kind: str
    size_bytes: int
    seconds: float


def recording_ready(hub: Hub, leg: LegRow, event: RecordingReady, at: float) -> Unit[None]:
    """The engine has a recording whole: note its length and pauses, and fetch it."""
    rows = yield find(CallRecording, "state", "contact_id", "ref", lock=True, id=event.recording_id)
    if not rows or rows[0][1] != leg.contact_id or rows[0][2] is not None:
        return  # not of this call, or told before
    if rows[0][0] not in ("recording", "ended", "refused"):
        return
    if rows[0][0] == "refused":
        call = yield from load_call(str(leg.contact_id))
        yield from tell(hub, call, DeleteRecording, recording_id=event.recording_id, ref=event.ref)
        return
    yield change(
        CallRecording, event.recording_id, state="ended", ended_at=at, seconds=event.seconds,
        ref=event.ref, paused=json.dumps(event.paused),
    )  # fmt: skip
    yield from keep_recording(hub, event.recording_id, str(leg.contact_id))


def keep_recording(hub: Hub, recording_id: str, contact_id: str) -> Unit[None]:
    """Ask for a recording to be fetched; nothing of the call waits for it."""
    effect_id = f"fetch.{recording_id}"
    payload = json.dumps({"recording_id": recording_id, "contact_id": contact_id})
    yield emit(
        effect_id=effect_id, kind=KIND, subject=recording_id,
        payload_sealed=hub.vault.seal(payload, "effect", "payload", effect_id),
        created_at=hub.clock.now(),
    )  # fmt: skip


def handler(hub: Hub) -> EffectHandler:
    """The outbox's hand that fetches; a fetch repeated writes the same file again."""

    async def act(effect: DueEffect) -> None:
        await _fetch(hub, effect.subject)

    def lost(effect: DueEffect, _: str) -> Unit[None]:
        rows = yield find(CallRecording, "contact_id", id=effect.subject)
        call = yield from load_call(rows[0][0])
        yield change(CallRecording, effect.subject, state="lost")
        yield from recording_changed(call, effect.subject, "lost", hub.clock.now())

    return EffectHandler(act, repeatable=True, attempts=FETCHES_MOST, on_failed=lost)


async def _fetch(hub: Hub, recording_id: str) -> None:
    rows = await hub.reader.rows(find(CallRecording, "engine", "ref", "state", id=recording_id))
    if not rows or rows[0][1] is None or rows[0][2] == "stored":
        return
    engine, ref, _ = rows[0]
    data = bytearray()
    async for piece in hub.engines[engine].fetch_recording(ref):
        data += piece
        if len(data) > MOST_BYTES:
            raise SendNever("a recording cannot be that long")
    plain = bytes(data)
    path = path_of(hub, recording_id)
    try:
        await asyncio.to_thread(write_sealed, hub.vault, path, TABLE, recording_id, plain)
    except OSError as error:
        raise SendLater("the disk takes no more now") from error
    await hub.journal.run(lambda: _stored(hub, recording_id, ref, plain))


def _stored(hub: Hub, recording_id: str, ref: str, data: bytes) -> Unit[None]:
    rows = yield find(CallRecording, "contact_id", "state", lock=True, id=recording_id)
    contact_id, state = rows[0]
    if state == "stored":
        return
    call = yield from load_call(contact_id)
    yield change(
        CallRecording, recording_id, state="stored", size_bytes=len(data), ref=None,
        sha256=hashlib.sha256(data).hexdigest(),
    )  # fmt: skip
    call = yield from tell(hub, call, DeleteRecording, recording_id=recording_id, ref=ref)
    if not (yield find(Timer, "id", kind=TimerKind.RECORDINGS.value)):
        yield arm(TimerKind.RECORDINGS, KIND, hub.clock.now() + DAY_SECONDS)
    yield from recording_changed(call, recording_id, "stored", hub.clock.now())


async def find_recording(hub: Hub, recording_id: str) -> StoredRecording:
    """Read what is known of a stored recording; raise `NotFound`."""
    columns = ("id", "contact_id", "kind", "size_bytes", "seconds", "state")
    rows = await hub.reader.rows(find(CallRecording, *columns, id=recording_id))
    if not rows or rows[0][5] != "stored":
        raise NotFound("no_recording")
    return StoredRecording(*rows[0][:5])


def sound_of(hub: Hub, recording: StoredRecording, start: int, end: int) -> Iterator[bytes]:
    """Yield the WAV file's bytes from `start` up to `end`; for a thread, as it reads the disk."""
    path = path_of(hub, recording.id)
    return read_sealed(hub.vault, path, TABLE, recording.id, start, min(end, recording.size_bytes))


def path_of(hub: Hub, recording_id: str) -> Path:
    """Where a recording lies."""
    return hub.files_folder / FOLDER / recording_id[-2:] / recording_id


async def recordings_of(hub: Hub, contact_id: str) -> list[dict[str, Any]]:
    """What was recorded of a Contact, the oldest first."""
    names = ("id", "kind", "state", "language", "started_at", "ended_at", "seconds", "paused",
             "is_held")  # fmt: skip
    rows = await hub.reader.rows(find(CallRecording, *names, contact_id=contact_id))
    found = [dict(zip(names, row, strict=True)) for row in rows if row[2] != "empty"]
    for one in found:
        one["paused"] = json.loads(one["paused"])
        one["is_held"] = bool(one["is_held"])
    return sorted(found, key=lambda one: (one["started_at"], one["id"]))
