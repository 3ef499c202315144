"""The demo core's book: customers' accounts, cards and payments, and every order it ever got.

An SQLite file of its own, written by one thread of one process. An order and what it changes are
one transaction under the order's key: a second time it is answered from the book.
"""

import json
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from config.demo.core.deeds import Deed, deed_of

_TABLES = """
CREATE TABLE IF NOT EXISTS founded (id INTEGER PRIMARY KEY, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS customer (number TEXT PRIMARY KEY, version INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS account (
    id TEXT PRIMARY KEY, number TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS card (id TEXT PRIMARY KEY, number TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS payment (
    id TEXT PRIMARY KEY, number TEXT NOT NULL, booked_at REAL NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS placed_order (
    key TEXT PRIMARY KEY, number TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL,
    answer TEXT NOT NULL, at REAL NOT NULL,
    received INTEGER NOT NULL DEFAULT 1, applied INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS verdict (
    key TEXT PRIMARY KEY, number TEXT NOT NULL, payment_id TEXT NOT NULL, verdict TEXT NOT NULL,
    at REAL NOT NULL, received INTEGER NOT NULL DEFAULT 1);
CREATE TABLE IF NOT EXISTS word (
    id INTEGER PRIMARY KEY AUTOINCREMENT, number TEXT NOT NULL, version INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS account_of ON account (number);
CREATE INDEX IF NOT EXISTS card_of ON card (number);
CREATE INDEX IF NOT EXISTS payment_of ON payment (number, booked_at);
"""
CustomerOf = Callable[[str], Mapping[str, Any] | None]
"""From a number to `{number, accounts, cards, payments}`, for a customer not written down yet."""


class AnotherOrder(Exception):
    """The key was used for another order."""


class Book:
    """The book, open. Every method is one transaction."""

    def __init__(self, path: Path, customer_of: CustomerOf) -> None:
        self._customer_of = customer_of
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.executescript(_TABLES)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def opened_at(self, now: float) -> float:
        """Return when the bank was founded: now, when it was not yet."""
        self._db.execute("INSERT OR IGNORE INTO founded VALUES (1, ?)", (now,))
        return float(self._one("SELECT at FROM founded"))

    def _know(self, number: str) -> None:
        """Write a customer down when somebody asks for them: a bank of any size starts at once."""
        if self._one("SELECT 1 FROM customer WHERE number = ?", number):
            return
        one = self._customer_of(number)
        if one is None:
            return
        self._db.execute("INSERT INTO customer VALUES (?, 1)", (number,))
        for table in ("account", "card"):
            self._db.executemany(
                f"INSERT INTO {table} VALUES (?, ?, ?)",
                [(part["id"], number, json.dumps(part)) for part in one[f"{table}s"]],
            )
        self._db.executemany(
            "INSERT INTO payment VALUES (?, ?, ?, ?)",
            [(p["id"], number, p["booked_at"], json.dumps(p)) for p in one["payments"]],
        )

    def record(self, number: str, since: float) -> dict[str, Any] | None:
        """Return a customer's record, or None."""
        self._know(number)
        version = self._one("SELECT version FROM customer WHERE number = ?", number)
        if version is None:
            return None
        of = "SELECT body FROM {} WHERE number = ? ORDER BY id"
        return {
            "number": number,
            "version": version,
            "accounts": self._bodies(of.format("account"), number),
            "cards": self._bodies(of.format("card"), number),
            "payments": self._bodies(
                "SELECT body FROM payment WHERE number = ? AND booked_at >= ? ORDER BY booked_at",
                number, since,
            ),
        }  # fmt: skip

    def place(
        self, key: str, kind: str, number: str, arguments: dict[str, str], at: float
    ) -> tuple[dict[str, Any], bool]:
        """Carry out an order once; return its answer and whether it was new."""
        body = json.dumps({"kind": kind, "number": number, "arguments": arguments}, sort_keys=True)
        with _Transaction(self._db):
            with closing(
                self._db.execute("SELECT body, answer FROM placed_order WHERE key = ?", (key,))
            ) as found:
                known = found.fetchone()
            if known is not None:
                if known[0] != body:
                    raise AnotherOrder(key)
                self._db.execute(
                    "UPDATE placed_order SET received = received + 1 WHERE key = ?", (key,)
                )
                return json.loads(known[1]), False
            deed = deed_of(kind, arguments, self.record(number, at))
            self._apply(number, deed)
            answer = {"applied": deed.applied, "reason": deed.reason, "result": deed.result}
            self._db.execute(
                "INSERT INTO placed_order VALUES (?, ?, ?, ?, ?, ?, 1, ?)",
                (key, number, kind, body, json.dumps(answer), at, int(deed.applied)),
            )
            return answer, True

    def _apply(self, number: str, deed: Deed) -> None:
        if not deed.applied:
            return
        for table, parts in (("account", deed.accounts), ("card", deed.cards)):
            self._db.executemany(
                f"INSERT INTO {table} VALUES (?, ?, ?) "
                "ON CONFLICT (id) DO UPDATE SET body = excluded.body",
                [(part["id"], number, json.dumps(part)) for part in parts],
            )
        self._tell_of(number)

    def _tell_of(self, number: str) -> None:
        self._db.execute("UPDATE customer SET version = version + 1 WHERE number = ?", (number,))
        self._db.execute(
            "INSERT INTO word (number, version) "
            "SELECT number, version FROM customer WHERE number = ?",
            (number,),
        )

    def pay(self, number: str, payment: Mapping[str, Any]) -> bool:
        """Book a payment from the customer's first account; False when we know nobody."""
        record = self.record(number, payment["booked_at"])
        if record is None or not record["accounts"]:
            return False
        body = {**payment, "account_id": record["accounts"][0]["id"]}
        with _Transaction(self._db):
            self._db.execute(
                "INSERT INTO payment VALUES (?, ?, ?, ?)",
                (body["id"], number, body["booked_at"], json.dumps(body)),
            )
            self._tell_of(number)
        return True

    def judged(self, key: str, number: str, payment_id: str, verdict: str, at: float) -> None:
        """Keep a verdict once; how often it came is counted."""
        body = (number, payment_id, verdict)
        self._db.execute(
            "INSERT INTO verdict VALUES (?, ?, ?, ?, ?, 1) "
            "ON CONFLICT (key) DO UPDATE SET received = received + 1",
            (key, *body, at),
        )
        with closing(
            self._db.execute(
                "SELECT number, payment_id, verdict FROM verdict WHERE key = ?", (key,)
            )
        ) as kept:
            if kept.fetchone() != body:
                raise AnotherOrder(key)

    def verdicts(self, most: int) -> list[dict[str, Any]]:
        """Return the newest verdicts with the payments they are about."""
        rows = self._db.execute(
            "SELECT verdict.key, verdict.verdict, verdict.at, received, payment.body "
            "FROM verdict LEFT JOIN payment ON payment.id = payment_id "
            "ORDER BY verdict.at DESC LIMIT ?",
            (most,),
        ).fetchall()
        return [
            {
                "key": key, "verdict": verdict, "at": at, "received": received,
                "payment": json.loads(body) if body else None,
            }
            for key, verdict, at, received, body in rows
        ]  # fmt: skip

    def state(self, key: str) -> dict[str, Any] | None:
        """Return the answer to an order, or None."""
        answer = self._one("SELECT answer FROM placed_order WHERE key = ?", key)
        return None if answer is None else dict(json.loads(answer))

    def orders(self, most: int) -> list[dict[str, Any]]:
        """Return the newest orders with how often each came and was applied."""
        rows = self._db.execute(
            "SELECT key, number, kind, body, answer, at, received, applied "
            "FROM placed_order ORDER BY at DESC, key DESC LIMIT ?",
            (most,),
        ).fetchall()
        return [
            {
                "key": key, "number": number, "kind": kind, "at": at, "received": received,
                "applied": applied, "arguments": json.loads(body)["arguments"],
                "reason": json.loads(answer)["reason"],
            }
            for key, number, kind, body, answer, at, received, applied in rows
        ]  # fmt: skip

    def cards_touched(self, most: int) -> list[dict[str, Any]]:
        """Return the cards of customers with orders."""
        rows = self._db.execute(
            "SELECT body, number FROM card WHERE number IN "
            "(SELECT DISTINCT number FROM placed_order) ORDER BY number, id LIMIT ?",
            (most,),
        ).fetchall()
        return [json.loads(body) | {"number": number} for body, number in rows]

    def words(self) -> list[dict[str, Any]]:
        """Return what the hub must still be told, the oldest first."""
        rows = self._db.execute("SELECT id, number, version FROM word ORDER BY id").fetchall()
        return [
            {"id": f"word-{key}", "number": number, "version": version, "row": key}
            for key, number, version in rows
        ]

    def told(self, row: int) -> None:
        """Forget a word: the hub has it."""
        self._db.execute("DELETE FROM word WHERE id = ?", (row,))

    def _one(self, sql: str, *values: Any) -> Any:
        row = self._db.execute(sql, values).fetchone()
        return None if row is None else row[0]

    def _bodies(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        return [json.loads(body) for (body,) in self._db.execute(sql, values)]


class _Transaction:
    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __enter__(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: object, *_: object) -> None:
        self._db.execute("COMMIT" if kind is None else "ROLLBACK")
