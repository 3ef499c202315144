"""A visitor writes to the bank and reads what comes back, through SMTP in both directions."""

import asyncio
import json
import urllib.error
import urllib.request

from hub.store.rows import find
from hub.store.tables import Contact
from tests.integration.demo.conftest import Running
from tests.integration.demo.test_outbox import read

MAIL = {
    "as": "20418807", "to": "service@northmere.example",
    "subject": "我的卡", "text": "新卡什么时候到？",
    "answers": "", "file_name": "", "file_type": "", "file": "",
}  # fmt: skip


async def send(demo: Running, mail: dict[str, str], origin: str) -> int:
    """Post a mail; returns the status."""

    def post() -> int:
        request = urllib.request.Request(
            f"{demo.origin}/demo/mailbox/send", data=json.dumps(mail).encode(),
            headers={"Content-Type": "application/json", "Origin": origin},
        )  # fmt: skip
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    return await asyncio.to_thread(post)


async def test_a_mail_reaches_the_hub_and_its_greeting_the_mailbox(demo: Running) -> None:
    assert "还没有邮件" in await read(demo, "/demo/mailbox?lang=zh")
    assert await send(demo, MAIL, "http://evil.example") == 403
    assert await send(demo, MAIL | {"to": "elsewhere@mail.example"}, demo.origin) == 422
    for _ in range(600):
        if (status := await send(demo, MAIL, demo.origin)) != 503:
            break
        await asyncio.sleep(0.05)  # the door opens a moment after the hub is ready
    assert status == 201
    listed = "/demo/mailbox/list?lang=en&as=20418807"
    for _ in range(600):
        if "From the bank" in (page := await read(demo, listed)):
            break
        await asyncio.sleep(0.05)
    assert "感谢您的来信" in page
    hub = demo.application.hub
    contacts = await hub.reader.rows(
        find(Contact, "queue_id", "language", "identity_level", "customer_id", channel="email",
             account="service@northmere.example")
    )  # fmt: skip
    assert contacts == [("messages", "zh", 0, None)]
