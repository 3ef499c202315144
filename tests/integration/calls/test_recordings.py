"""Recordings come here sealed, are kept as long as set, and under legal hold longer."""

import random
from collections.abc import AsyncIterator

import pytest

from hub.domain.calls import DeleteRecording
from hub.domain.errors import Invalid, NotFound
from hub.journey.calls import recordings, retention
from hub.journey.context import Viewer
from hub.ports import NeedsAttention, SendLater
from hub.security.roles import Role
from hub.store import outbox
from hub.store.outbox import DueEffect
from hub.store.outbox_runner import LONGEST_PAUSE_SECONDS, OutboxRunner, no_word
from hub.store.rows import find
from hub.store.tables import CallRecording
from tests.support.calls import Line

ROSA = Viewer(user_id="rosa", roles=frozenset({Role.SUPERVISOR}))
DAY = 86_400.0


async def recorded(line: Line) -> str:
    """A talk whose recording is whole at the engine; returns the recording."""
    phone = await line.talking()
    recording_id = next(iter(line.engine.recordings))
    await phone.hang_up()
    await line.settle()
    await line.engine.finish_recording(phone, recording_id, 9.0)
    return recording_id


async def fetch(line: Line) -> None:
    """Let the outbox fetch what waits."""
    call = outbox.DUE(now=line.world.clock.now(), kinds=[recordings.KIND], most=10)
    handler = recordings.handler(line.hub)
    for row in await line.hub.reader.rows(call):
        await handler.act(DueEffect(*row))
    await line.settle()


async def state_of(line: Line, recording_id: str) -> str:
    rows = await line.hub.reader.rows(find(CallRecording, "state", id=recording_id))
    return str(rows[0][0])


async def test_a_recording_is_fetched_sealed_and_deleted_at_the_engine(line: Line) -> None:
    recording_id = await recorded(line)
    with pytest.raises(NotFound):
        await recordings.find_recording(line.hub, recording_id)
    await fetch(line)
    found = await recordings.find_recording(line.hub, recording_id)
    sound = b"".join(recordings.sound_of(line.hub, found, 0, found.size_bytes))
    assert sound == line.engine.sound
    assert b"".join(recordings.sound_of(line.hub, found, 4, 10)) == line.engine.sound[4:10]
    lies = recordings.path_of(line.hub, recording_id).read_bytes()
    assert line.engine.sound[:32] not in lies
    deleted = [one for one in line.engine.done if isinstance(one, DeleteRecording)]
    assert [one.recording_id for one in deleted] == [recording_id]
    listed = await recordings.recordings_of(line.hub, found.contact_id)
    assert [(one["id"], one["seconds"]) for one in listed] == [(recording_id, 9.0)]


async def test_told_twice_it_is_fetched_once(line: Line) -> None:
    recording_id = await recorded(line)
    phone = next(leg for leg in line.engine.lines.values() if leg.kind == "customer")
    await line.engine.finish_recording(phone, recording_id, 9.0)
    await fetch(line)
    await line.engine.finish_recording(phone, recording_id, 9.0)
    await fetch(line)
    assert await state_of(line, recording_id) == "stored"


async def test_what_cannot_be_fetched_waits_and_is_told_when_it_is_given_up(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    recording_id = await recorded(line)
    monkeypatch.setattr(line.engine, "fetch_recording", _away)
    with pytest.raises(SendLater):
        await fetch(line)
    assert await state_of(line, recording_id) == "ended"
    handler = recordings.handler(line.hub)
    effect = DueEffect(f"fetch.{recording_id}", recordings.KIND, recording_id, b"", 8)
    await line.hub.journal.run(lambda: handler.on_failed(effect, "gave_up"))
    assert await state_of(line, recording_id) == "lost"


async def _away(_ref: str) -> AsyncIterator[bytes]:
    yield b"RIFF"
    raise SendLater("away")


async def test_a_store_that_cannot_be_reached_loses_nothing(line: Line) -> None:
    """For two days nothing can be written where recordings lie; then all is as if it could."""
    recording_id = await recorded(line)
    folder = line.hub.files_folder / recordings.FOLDER
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("a file where the folder should be")
    runner = OutboxRunner(
        line.hub.journal, line.hub.reader, line.hub.clock,
        {recordings.KIND: recordings.handler(line.hub)},
        node=line.hub.node, random=random.Random(1), on_failed=no_word,
    )  # fmt: skip

    async def act_for(seconds: float) -> None:
        for _ in range(int(seconds / LONGEST_PAUSE_SECONDS)):
            await line.world.clock.advance(LONGEST_PAUSE_SECONDS)
            await runner.act_due()
        await line.settle()

    await act_for(2 * DAY)
    assert await state_of(line, recording_id) == "ended"
    assert not [one for one in line.engine.done if isinstance(one, DeleteRecording)]
    folder.unlink()
    await act_for(2 * LONGEST_PAUSE_SECONDS)
    assert await state_of(line, recording_id) == "stored"
    found = await recordings.find_recording(line.hub, recording_id)
    assert b"".join(recordings.sound_of(line.hub, found, 0, found.size_bytes)) == line.engine.sound


async def test_an_engine_that_is_not_here_needs_attention(line: Line) -> None:
    recording_id = await recorded(line)
    line.hub.engines._by_name.clear()
    with pytest.raises(NeedsAttention):
        await fetch(line)
    assert await state_of(line, recording_id) == "ended"


async def test_old_recordings_go_at_night_but_not_under_legal_hold(line: Line) -> None:
    recording_id = await recorded(line)
    await fetch(line)
    hold = retention.hold_recording
    with pytest.raises(Invalid):
        await hold(line.hub, ROSA, recording_id=recording_id, on=True, reason="")
    await hold(line.hub, ROSA, recording_id=recording_id, on=True, reason="court order")
    line.world.clock.jump(181 * DAY)
    await retention.forget_some(line.hub, recordings.KIND)
    assert await state_of(line, recording_id) == "stored"

    await hold(line.hub, ROSA, recording_id=recording_id, on=False, reason="settled")
    await retention.forget_some(line.hub, recordings.KIND)
    assert await state_of(line, recording_id) == "deleted"
    assert not recordings.path_of(line.hub, recording_id).exists()
    with pytest.raises(NotFound):
        await hold(line.hub, ROSA, recording_id=recording_id, on=True, reason="late")
