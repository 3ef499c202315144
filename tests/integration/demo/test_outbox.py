"""What customers would get on their phones lies on the demo's outbox page, in order, harmless."""

import asyncio
import urllib.request

from hub.domain.notice import Notice
from hub.journey import notify
from hub.store.rows import find
from hub.store.tables import ChannelState, Effect
from tests.integration.demo.conftest import Running


async def read(demo: Running, path: str) -> str:
    """A page's HTML."""

    def fetch() -> str:
        with urllib.request.urlopen(f"{demo.origin}{path}", timeout=10) as answer:
            words: str = answer.read().decode()
            return words

    return await asyncio.to_thread(fetch)


async def arrived(demo: Running, words: str) -> str:
    """The list once it holds the words."""
    for _ in range(600):
        page = await read(demo, "/demo/outbox/list?lang=en")
        if words in page:
            return page
        await asyncio.sleep(0.05)
    raise AssertionError(f"{words} does not arrive")


async def test_a_notice_appears_by_itself_and_leaves_the_outbox(demo: Running) -> None:
    hub = demo.application.hub
    assert "Nothing has been sent yet" in await read(demo, "/demo/outbox?lang=en")
    assert "尚未发送" in await read(demo, "/demo/outbox?lang=zh")
    for text in ("Your code is 481203", "<script>alert(1)</script> https://bank.example/a?b=1&c=2"):
        await hub.journal.run(
            lambda text=text: notify.notice(  # type: ignore[misc]
                hub, to_kind="sms", to="+8613800002716", language="en", text=text,
                purpose="one_time_code", about="con_1",
            )
        )  # fmt: skip
        page = await arrived(demo, text[-6:].replace("&", "&amp;"))
    assert page.index("script") < page.index("481203"), "the newest comes first"
    assert "<script>" not in page
    assert 'href="https://bank.example/a?b=1&amp;c=2"' in page
    assert "+8613800002716" in page
    assert "One-time code" in page
    effects = await hub.reader.rows(find(Effect, "state", "payload_sealed"))
    assert effects == [("done", None), ("done", None)]


async def test_one_key_arrives_once_and_lies_sealed(demo: Running) -> None:
    hub = demo.application.hub
    one = Notice(
        to_kind="email", to="lin.wei@mail.example", language="zh", subject="预约", text="周五见",
        purpose="appointment", key="eff_same",
    )  # fmt: skip
    await hub.notify.send(one)
    await hub.notify.send(one)
    rows = await hub.reader.rows(find(ChannelState, "value_sealed", channel="demo_carrier"))
    assert len(rows) == 1
    assert "周五见".encode() not in rows[0][0]
    assert (await read(demo, "/demo/outbox?lang=zh")).count("周五见") == 1
