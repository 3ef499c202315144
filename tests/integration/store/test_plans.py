"""What is asked at every step finds its rows by an index that holds open work only.

A table grows with every contact there ever was: whoever reads it whole is slower every day.
"""

import sqlite3
from typing import Any

import pytest

from agent_console.reading import agents, board, contacts, offers
from hub.journey import load, reserve, restore
from hub.store import outbox, timers
from hub.store.statements import SQLITE, statement
from hub.store.unit import Prepared

MOST = {"now": 1.0, "kinds": ["offer", "silence"], "most": 10}
ONE_OFFER, OF_AGENT = "one_pending_reservation_per_contact", "one_pending_reservation_per_agent"
HOT: list[tuple[str, Prepared, dict[str, Any], str]] = [
    ("offer of a contact", reserve._pending_of_contact, {"of": "con"}, ONE_OFFER),
    ("offers of an agent", reserve._pending_of_agent, {"of": "usr"}, OF_AGENT),
    ("load: offers", load.held_channels, {"agent": "usr"}, OF_AGENT),
    ("load: talks", load.held_channels, {"agent": "usr"}, "assignment_in_hand"),
    ("offers on pages", offers._OF_AGENTS, {"agents": ["a", "b"]}, OF_AGENT),
    ("ringing", agents._RINGING, {"agents": ["a", "b"]}, OF_AGENT),
    ("talks", agents._TALKS, {"agents": ["a", "b"]}, "assignment_in_hand"),
    ("contacts of an agent", contacts._OWNED, {"agent": "usr"}, "assignment_in_hand"),
    ("wallboard", board._IN_PROGRESS, {"states": ["queued"], "most": 10}, "contact_open"),
    ("failed effects", board._FAILED, {}, "effect_given_up"),
    ("comments of the day", board._TODAYS_COMMENTS, {"since": 1.0}, "survey_commented"),
    ("restore: line", restore._waiting, {}, "contact_open"),
    ("restore: talks", restore._held, {}, "assignment_in_hand"),
    ("restore: offers", restore._offered, {}, ONE_OFFER),
    ("due timers", timers.DUE, MOST, "timer_due"),
    ("due effects", outbox.DUE, MOST, "effect_due"),
    ("commands of calls", outbox.FIRST_OF_EACH, MOST, "effect_due"),
    ("effects left behind", outbox.LEFT_BEHIND, {"before": 1.0, "most": 10}, "effect_claimed"),
]


@pytest.mark.parametrize(
    ("prepared", "values", "index"), [one[1:] for one in HOT], ids=[one[0] for one in HOT]
)
def test_it_finds_its_rows_by_index(
    sqlite_url: str, prepared: Prepared, values: dict[str, Any], index: str
) -> None:
    sql, given = statement(prepared, SQLITE).bind(values)
    connection = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", given)]
    connection.close()
    assert any(f"USING INDEX {index}" in step for step in plan), plan
    assert not any(step.startswith("SCAN") and "USING" not in step for step in plan), plan
