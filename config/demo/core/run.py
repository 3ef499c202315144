"""`hub demo-core`: the program, and its two secrets, which it shares with the hub."""

import base64
import os
import sys
from pathlib import Path

from config.demo.core.book import Book
from config.demo.core.seed import customer_of
from config.demo.core.server import CoreBank, serve
from hub.adapters.clock import SystemClock

TOKEN_FILE = "demo-core.token"
KEY_FILE = "demo-core.key"
BOOK_FILE = "demo-core.db"
SECRET_BYTES = 32


def secret_file(folder: Path, name: str) -> Path:
    """Return the file of a secret, made at the first use and readable by us alone."""
    path = folder / name
    folder.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(base64.b64encode(os.urandom(SECRET_BYTES)))
    return path


async def run_core(
    folder: Path,
    port: int,
    *,
    hub_url: str,
    seeded_at: float | None,
    size: tuple[int, int],
    with_parent: bool,
) -> None:
    """Open the book, then serve until stopped."""
    clock = SystemClock()
    token = secret_file(folder, TOKEN_FILE).read_text().strip()
    key = base64.b64decode(secret_file(folder, KEY_FILE).read_text())
    founded_at, (count, payments) = seeded_at or clock.now(), size
    book = Book(
        folder / BOOK_FILE,
        lambda number: customer_of(number, count, payments, book.opened_at(founded_at)),
    )
    bank = CoreBank(book, clock, token=token, key=key, hub_url=hub_url)
    try:
        await serve(bank, port, parent=sys.stdin.fileno() if with_parent else None)
    finally:
        book.close()
