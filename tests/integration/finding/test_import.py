import csv
import os
from collections import Counter
from pathlib import Path

import pytest

from config.importing import import_customers
from config.indexing import index_anew
from config.maintenance import opened
from config.problems import CannotStart
from config.settings import Settings
from hub.customers.import_.judge import judge
from hub.customers.import_.store import store_rows
from hub.customers.search.find import find_customers
from hub.customers.search.query import query_of
from hub.journey.finding.search import search
from hub.store.rows import find, put
from hub.store.tables import SearchToken, WordIndex, WordOwner, WordToken
from tests.integration.finding.people import AMY, LIN, add
from tests.integration.finding.test_merge import everything
from tests.support.hub_server import HubServer
from tests.support.units import write
from tests.support.world import World

COLUMNS = {"number": 0, "name": 1, "name_zh": 2, "phone": 3, "segment": 4}
ROWS = [
    ["20418807", "Lin Wei", "林薇", "+8613800002716", "premier"],
    ["20418811", "David Okafor", "", "", ""],
]


async def put_in(world: World, rows: list[list[str]], *, dry: bool = False) -> list[str]:
    hub = world.hub
    judged = [judge(cells, COLUMNS) for cells in rows]
    results = await hub.journal.run(
        store_rows(
            hub.vault, hub.lookup, hub.new_id, judged, at=hub.clock.now(), year=2026, dry=dry
        )
    )
    return [result for result, _ in results]


async def test_created_found_and_a_second_time_nothing(world: World) -> None:
    before = await everything(world)
    assert await put_in(world, ROWS, dry=True) == ["created", "created"]
    assert await everything(world) == before
    assert await put_in(world, ROWS) == ["created", "created"]
    for words in ("林薇", "okafor", "138 0000 2716"):
        assert len((await search(world.hub, AMY, words))["customers"]) == 1
    after = await everything(world)
    assert await put_in(world, ROWS) == ["unchanged", "unchanged"]
    assert await everything(world) == after


async def test_what_differs_is_brought_up_and_what_is_empty_stays(world: World) -> None:
    await add(world, "20418807", {**LIN, "name": "Lynn"})
    assert await put_in(world, [["20418807", "Lin Wei", "", "", ""]]) == ["updated"]
    assert [c["id"] for c in (await search(world.hub, AMY, "林薇 13800002716"))["customers"]]
    assert (await search(world.hub, AMY, "lynn"))["customers"] == []


def csv_file(folder: Path, count: int) -> Path:
    path = folder / "customers.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        out = csv.writer(file)
        out.writerow(["客户号", "姓名", "手机号"])
        for n in range(count):
            out.writerow([f"9{n:07}", f"林{chr(0x4E00 + n)}", f"+86138{n:08}"])
        out.writerow(["90000000", "林二", ""])
        out.writerow(["99999999", "=HYPERLINK(1)", ""])
    return path


async def run(settings: Settings, source: Path) -> Counter[str]:
    report = source.with_suffix(".report")
    return await import_customers(
        settings, source, report, mapping=None, dry=False, told=lambda *_: None
    )


async def test_into_a_stopped_hub_twice(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    source = csv_file(tmp_path, 250)
    first = await run(settings, source)
    assert first == {"created": 250, "updated": 0, "unchanged": 0, "refused": 2}
    second = await run(settings, source)
    assert second == {"created": 0, "updated": 0, "unchanged": 250, "refused": 2}
    report = source.with_suffix(".report")
    lines = list(csv.reader(report.read_text("utf-8").splitlines()))
    assert len(lines) == 253
    assert ["252", "", "refused", "twice_in_file", "number"] in lines
    assert ["253", "", "refused", "formula", "name_zh"] in lines
    assert os.stat(report).st_mode & 0o077 == 0


async def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    for name, data in (("empty", b""), ("other", b"colour,size\n1,2\n"), ("broken", b"\xff\xfe\0")):
        path = tmp_path / name
        path.write_bytes(data)
        with pytest.raises(CannotStart):
            await run(settings, path)
    with pytest.raises(CannotStart):
        await run(settings, tmp_path / "none.csv")


@pytest.mark.servers
async def test_into_a_live_hub_by_its_own_door(demo_bank: HubServer, tmp_path: Path) -> None:
    settings = Settings(data_dir=demo_bank.data, port=demo_bank.port)
    source = csv_file(tmp_path, 120)
    assert (await run(settings, source))["created"] == 120
    assert (await run(settings, source))["unchanged"] == 120


async def test_the_index_is_made_anew_under_a_new_key(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    await run(settings, csv_file(tmp_path, 120))
    async with opened(settings) as on:
        said = on.lookup.words.of([("said", "card")])
        words = [put(WordToken, token=token, owner=1) for token in said]
        owned = put(WordOwner, contact_id="con_1")
        reached = put(WordIndex, name="messages", closed_until_at=9.0)
        await on.store.journal.run(write(owned, reached, *words))
    for number in (2, 3):
        key_id, count = await index_anew(settings, lambda *_: None)
        assert (key_id, count) == (f"search-{number}", 120)
        async with opened(settings) as on:
            rows = await on.store.reader.heavy(find(SearchToken, "token"))
            assert {token >> 56 for (token,) in rows} == {number}
            for table, column in ((WordIndex, "name"), (WordOwner, "n"), (WordToken, "token")):
                assert not await on.store.reader.heavy(find(table, column))
            found = await find_customers(
                on.store.reader, on.lookup.words, query_of("13800000007"), 5
            )
            assert len(found.customer_ids) == 1
