"""Timers hand out what still matters in the order of a plain sorted list, near or far."""

import random
from math import inf

from hub.domain.events import ContactQueued
from hub.domain.routing import QueuePolicy
from routing.contacts import Contact, Queue
from routing.timers import Due, Entry, Timers


def _waiting(contact_id: str) -> Contact:
    queued = ContactQueued(
        at=0.0,
        contact_id=contact_id,
        conversation_id="talk",
        queue_id="cards",
        channel="web_chat",
        language="en",
        cause="handed_off",
        queued_at=0.0,
    )
    return Contact(queued, Queue(QueuePolicy(queue_id="cards")))


def test_what_is_due_comes_in_order_and_at_its_time() -> None:
    rng = random.Random(6)
    timers, plain = Timers(), list[Entry]()
    contacts: dict[str, Contact] = {}
    now = 1_000.0
    for number in range(4_000):
        contact_id = f"c{number:04}"
        contact = contacts[contact_id] = _waiting(contact_id)
        contact.step_at = now + rng.choice((-3.0, 0.01, 0.3, 20.0, 900.0)) * rng.random()
        timers.at(contact.step_at, Due.STEP, contact_id)
        plain.append((contact.step_at, Due.STEP, contact_id, ""))
        if rng.random() < 0.3:
            del contacts[rng.choice(list(contacts))]
        now += rng.random() / 50
        waiting = sorted(entry for entry in plain if entry[2] in contacts)
        if number % 3 == 0:
            assert timers.next_at(contacts, {}) == (waiting[0][0] if waiting else None)
        due = [entry for entry in waiting if entry[0] <= now]
        assert timers.quiet_until <= now or not due
        assert list(timers.due(now, contacts, {})) == due
        plain = [entry for entry in waiting if entry[0] > now]


def test_what_is_never_due_is_not_kept() -> None:
    timers = Timers()
    contact = _waiting("c1")
    contact.step_at = inf
    timers.at(inf, Due.STEP, "c1")
    assert timers.next_at({"c1": contact}, {}) is None


def test_a_pause_of_a_contact_that_left_still_ends() -> None:
    timers = Timers()
    timers.at(50.0, Due.PAUSE, "c1", "agent_1")
    pauses = {"c1": {"agent_1": 50.0}}
    assert list(timers.due(49.0, {}, pauses)) == []
    assert list(timers.due(50.0, {}, pauses)) == [(50.0, Due.PAUSE, "c1", "agent_1")]


def test_the_end_of_an_offer_is_forgotten_with_it() -> None:
    timers = Timers()
    contacts = {"c1": _waiting("c1"), "c2": _waiting("c2")}
    for contact_id, due_at in (("c1", 20.0), ("c2", 20.01)):
        contact = contacts[contact_id]
        contact.reservation_id, contact.expire_at = f"r{contact_id}", due_at
        timers.expire_at(due_at, contact_id, f"r{contact_id}")
    timers.forget_expiry(20.0, "rc1")
    assert timers.next_at(contacts, {}) == 20.01
    assert list(timers.due(21.0, contacts, {})) == [(20.01, Due.EXPIRY, "c2", "rc2")]
