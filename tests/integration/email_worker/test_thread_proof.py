"""What the command line says of a mail's thread, with the keys of a database and without."""

import os
from pathlib import Path

import pytest

from channels.email.parse.read import read_mail
from channels.email.thread import FOREVER, PURPOSE
from config.email_proof import thread_proof
from config.foundation import lay_foundation
from config.settings import Settings
from hub.adapters.clock import SystemClock
from hub.security.signed_link import ANYBODY


async def _name_of_ours(settings: Settings, recipient: str) -> str:
    foundation = await lay_foundation(settings, SystemClock())
    try:
        said = f"con_1 {foundation.lookup.of('mail', recipient)}"
        token = foundation.links.sign(PURPOSE, said, viewer=ANYBODY, expires_at=FOREVER)
    finally:
        await foundation.store.close()
        await foundation.signal.stop()
    return f"key.{token}@bank.example"


async def test_a_thread_is_proved_by_our_own_name_and_by_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUB_DATA_DIR", str(tmp_path))
    settings = Settings()
    raw = "From: {}\r\nIn-Reply-To: <{}>\r\n\r\nYes"

    async def asked(sender: str, name: str) -> str:
        return await thread_proof(settings, read_mail(raw.format(sender, name).encode()))

    assert await asked("joe@client.example", "key.abc@bank.example") == "none"
    assert os.listdir(tmp_path) == []
    name = await _name_of_ours(settings, "joe@client.example")
    assert await asked("Joe <joe@client.example>", name) == "token"
    assert await asked("x@evil.example", name) == "other_sender"
    assert await asked("joe@client.example", name.replace("key", "other")) == "token"
    # The last character of a token may carry bits that nobody reads, so the one in its middle.
    middle = len(name) // 2
    forged = name[:middle] + ("A" if name[middle] != "A" else "B") + name[middle + 1 :]
    assert await asked("joe@client.example", forged) == "none"
    assert await asked("joe@client.example", name.partition(".")[2]) == "none"
