"""Recordings over HTTP: who may hear them, from which byte, and what the audit says."""

import httpx2

from hub.journey.calls.recordings import TABLE, path_of
from hub.journey.calls.sealed_file import PIECE_BYTES, write_sealed
from hub.store.rows import find, put
from hub.store.tables import Assignment, AuditEntry, CallRecording
from hub.store.unit import Unit
from tests.integration.console.served import Person, Served

SOUND = bytes(n % 251 for n in range(PIECE_BYTES + 1000))


async def recorded(served: Served, kind: str = "call") -> tuple[str, str]:
    """A Contact that Amara has served, and its stored recording."""
    hub, at = served.world.hub, served.world.clock.now()
    posted = await served.world.customer_says("agent")
    ids = {"contact_id": posted.contact_id, "conversation_id": posted.conversation_id}
    recording_id = hub.new_id("rec")

    def unit() -> Unit[None]:
        yield put(
            Assignment, id=hub.new_id("asg"), agent_id="amara", channel="phone", started_at=at,
            ended_at=at, wrap_up="done", **ids,
        )  # fmt: skip
        yield put(
            CallRecording, id=recording_id, leg_id="leg", engine="fake", kind=kind,
            state="stored", started_at=at, seconds=12.5, paused="[[2.0, 4.0]]",
            size_bytes=len(SOUND), **ids,
        )  # fmt: skip

    await hub.journal.run(unit)
    write_sealed(hub.vault, path_of(hub, recording_id), TABLE, recording_id, SOUND)
    return posted.contact_id, recording_id


async def listed(person: Person, contact_id: str) -> httpx2.Response:
    return await person.http.get("/api/recordings", params={"contact_id": contact_id})


async def heard(served: Served) -> list[tuple[str, str]]:
    rows = await served.world.hub.reader.rows(
        find(AuditEntry, "actor", "subject", action="recording_heard")
    )
    return [(actor, subject) for actor, subject in rows]


async def test_who_served_a_call_hears_it_from_any_second(served: Served) -> None:
    contact, recording = await recorded(served)
    amara = await served.signed_in("amara", "agent")
    (found,) = (await listed(amara, contact)).json()["recordings"]
    assert (found["id"], found["seconds"], found["paused"]) == (recording, 12.5, [[2.0, 4.0]])
    whole = await amara.http.get(found["href"])
    assert (whole.status_code, whole.content) == (200, SOUND)
    assert whole.headers["content-type"] == "audio/wav"
    start = PIECE_BYTES - 10
    part = await amara.http.get(found["href"], headers={"Range": f"bytes={start}-{start + 19}"})
    assert (part.status_code, part.content) == (206, SOUND[start : start + 20])
    assert part.headers["content-range"] == f"bytes {start}-{start + 19}/{len(SOUND)}"
    beyond = await amara.http.get(found["href"], headers={"Range": f"bytes={len(SOUND)}-"})
    assert beyond.status_code == 416
    assert await heard(served) == [("amara", recording)]
    path_of(served.world.hub, recording).unlink()
    gone = await amara.http.get(found["href"])
    assert (gone.status_code, gone.json()["code"]) == (404, "file_bytes_missing")


async def test_a_recording_is_a_secret_to_all_others(served: Served) -> None:
    contact, recording = await recorded(served)
    amara, ben = await served.signed_in("amara", "agent"), await served.signed_in("ben", "agent")
    assert (await listed(ben, contact)).status_code == 404
    href = (await listed(amara, contact)).json()["recordings"][0]["href"]
    assert (await ben.http.get(href)).status_code == 404
    assert (await served.person().http.get(href)).status_code == 401
    admin = await served.signed_in("ines", "administrator")
    assert (await listed(admin, contact)).status_code == 403
    rosa = await served.signed_in("rosa", "supervisor")
    hers = (await listed(rosa, contact)).json()["recordings"][0]["href"]
    assert (await rosa.http.get(hers)).content == SOUND
    assert await heard(served) == [("rosa", recording)]


async def test_who_serves_the_queue_hears_its_voicemail(served: Served) -> None:
    contact, recording = await recorded(served, kind="voicemail")
    ben = await served.signed_in("ben", "agent")
    (found,) = (await listed(ben, contact)).json()["recordings"]
    assert (await ben.http.get(found["href"])).content == SOUND
    assert await heard(served) == [("ben", recording)]


async def test_without_an_engine_nobody_gets_a_softphone(served: Served) -> None:
    amara = await served.signed_in("amara", "agent")
    answered = await amara.http.post("/api/softphone", json={})
    assert (answered.status_code, answered.json()["code"]) == (404, "no_phone")
