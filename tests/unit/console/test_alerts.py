"""When the wallboard calls a supervisor."""

from typing import Any

from agent_console.setup import AlertRules
from agent_console.wallboard.alerts import Cause, Scene, Taken, alerts
from agent_console.wallboard.concerns import BotTalk, Concerns
from hub.domain import events as e

NOW = 10_000.0
RULES = AlertRules(
    break_seconds={"": 900.0, "lunch": 1800.0},
    long_wait_targets={"": 1.0, "patient": 3.0},
    late_reply_seconds={"": 180.0, "premier": 60.0},
)


def tile(**values: object) -> dict[str, Any]:
    calm: dict[str, Any] = {
        "longest_wait_since": None, "target_seconds": 60.0, "open": True, "staff_signed_in": 2,
        "missing": [],
    }  # fmt: skip
    return calm | values


def agent(presence: str, since: float, reason: str = "") -> dict[str, Any]:
    return {"presence": presence, "presence_since": since, "presence_reason": reason}


def found(**values: Any) -> dict[str, dict[str, Any]]:
    scene: dict[str, Any] = {"now": NOW, "tiles": {}, "agents": {}, "levels": {}}
    return alerts(Scene(**(scene | values)), RULES)


def test_a_calm_floor_calls_nobody() -> None:
    assert found(tiles={"q": tile()}, agents={"a": agent("available", 0.0)}) == {}


def test_a_wait_over_the_promise() -> None:
    late = found(tiles={"q": tile(longest_wait_since=NOW - 61)})
    assert late["long_wait:q"]["since"] == NOW - 1
    assert found(tiles={"q": tile(longest_wait_since=NOW - 60)}) == {}


def test_a_service_level_under_target_keeps_its_start() -> None:
    first = found(tiles={"q": tile()}, levels={"q": 0.7})
    assert first["service_level:q"]["since"] == NOW
    later = found(now=NOW + 90, tiles={"q": tile()}, levels={"q": 0.6}, before=first)
    assert (later["service_level:q"]["since"], later["service_level:q"]["value"]) == (NOW, 0.6)
    assert found(tiles={"q": tile()}, levels={"q": 0.8}) == {}
    assert found(tiles={"q": tile()}, levels={"q": None}) == {}


def test_an_open_queue_without_staff() -> None:
    assert "queue_unstaffed:q" in found(tiles={"q": tile(staff_signed_in=0)})
    assert found(tiles={"q": tile(staff_signed_in=0, open=False)}) == {}


def test_a_break_is_as_long_as_its_reason_allows() -> None:
    agents = {"a": agent("break", NOW - 1000), "b": agent("break", NOW - 1000, "lunch")}
    called = found(agents=agents)
    assert list(called) == ["over_break:a"]
    assert called["over_break:a"]["since"] == NOW - 100
    assert called["over_break:a"]["action"] == "ask_back"


def test_causes_bring_what_is_needed_to_act() -> None:
    causes = [
        Cause("help_asked", "c1", 5.0, agent_id="a", contact_id="c1"),
        Cause("low_score", "t1", 6.0, value=1),
        Cause("effect_failed", "e1", 7.0, topic="notify"),
        Cause("effect_unknown", "e2", 8.0, topic="core_order"),
    ]
    called = found(causes=causes)
    acts = [(one["kind"], one["action"], one["ref"], one["since"]) for one in called.values()]
    assert acts == [
        ("help_asked", "join", "c1", 5.0),
        ("low_score", "task", "t1", 6.0),
        ("effect_failed", "retry", "e1", 7.0),
        ("effect_unknown", "retry", "e2", 8.0),
    ]
    assert [one["topic"] for one in called.values()] == [None, None, "notify", "core_order"]


def test_a_locked_proof_calls_until_it_ends_by_itself() -> None:
    lock = Cause("proof_locked", "cus_1", 5.0, "a", "c1", "q", NOW + 9, until_at=NOW + 9)
    called = found(causes=[lock])["proof_locked:cus_1"]
    assert (called["action"], called["contact_id"], called["value"]) == ("release", "c1", NOW + 9)
    assert found(now=NOW + 9, causes=[lock]) == {}


def talk(since: float, queue_id: str = "q", state: str = "assigned") -> dict[str, Any]:
    seen = {"state": state, "since": since, "queue_id": queue_id, "agent_id": "a"}
    return {**seen, "channel": "web_chat"}


def test_each_queue_has_its_own_patience() -> None:
    waits = tile(longest_wait_since=NOW - 179)
    assert list(found(tiles={"q": waits, "patient": waits})) == ["long_wait:q"]


def test_who_waits_for_what_nobody_has_calls_with_their_number() -> None:
    skills = [{"skill": "lang:zh", "level": 1}]
    missing = [{"skills": skills, "waiting": 2}, {"skills": [], "waiting": 1}]
    called = found(tiles={"q": tile(missing=missing)})["nobody_skilled:q"]
    assert (called["value"], called["action"]) == (3, "lend")


def test_a_talk_may_last_and_a_customer_wait_for_a_reply_only_so_long() -> None:
    contacts = {
        "long": talk(NOW - 1801),
        "short": talk(NOW - 1799),
        "late": talk(NOW - 500),
        "late-premier": talk(NOW - 500, "premier"),
        "fresh": talk(NOW - 50),
        "waits": talk(NOW - 5000, state="queued"),
        "call": {**talk(NOW - 500), "channel": "phone"},
    }
    unanswered = {
        "late": NOW - 181, "late-premier": NOW - 61, "fresh": NOW - 300, "waits": NOW - 900,
        "call": NOW - 400, "gone": 0.0,
    }  # fmt: skip
    called = found(contacts=contacts, unanswered=unanswered)
    assert set(called) == {"long_contact:long", "late_reply:late", "late_reply:late-premier"}
    assert called["late_reply:late"]["since"] == NOW - 1
    assert called["late_reply:late"]["contact_id"] == "late"


def acknowledged(taken: Taken, **values: Any) -> bool:
    late: dict[str, Any] = {"tiles": {"q": tile(longest_wait_since=NOW - 119)}}
    called = found(taken={"long_wait:q": taken}, **(late | values))
    return called["long_wait:q"]["acknowledged"] is not None


def test_an_alert_is_taken_on_by_name_until_it_gets_worse() -> None:
    taken = Taken({"en": "Rosa", "zh": "罗莎"}, NOW - 5, "calling in help", severity=0)
    late = found(tiles={"q": tile(longest_wait_since=NOW - 119)}, taken={"long_wait:q": taken})
    assert late["long_wait:q"]["acknowledged"] == {
        "by": {"en": "Rosa", "zh": "罗莎"}, "at": NOW - 5, "note": "calling in help",
    }  # fmt: skip
    assert acknowledged(taken)
    assert not acknowledged(taken, tiles={"q": tile(longest_wait_since=NOW - 121)})


def test_it_calls_again_after_a_while_and_when_it_is_another_one() -> None:
    old = Taken({"en": "Rosa"}, NOW - 1801, "", severity=9)
    assert not acknowledged(old, tiles={"q": tile(longest_wait_since=NOW - 3000)})
    of_another = Taken({"en": "Rosa"}, NOW - 60, "", severity=9)
    assert not acknowledged(of_another)
    assert acknowledged(Taken({"en": "Rosa"}, NOW - 58, "", severity=9))


def test_what_has_no_start_of_its_own_stays_taken_on_every_node() -> None:
    taken = {"queue_unstaffed:q": Taken({"en": "Rosa"}, NOW - 600, "", severity=0)}
    called = found(tiles={"q": tile(staff_signed_in=0)}, taken=taken)
    assert called["queue_unstaffed:q"]["acknowledged"] is not None


def with_bot(**values: object) -> dict[str, Any]:
    line = {"state": "in_self_service", "queue_id": None, "agent_id": None, "channel": "web_chat"}
    return {**line, "since": NOW - 60, **values}


def test_a_talk_with_the_assistant_is_stuck_by_misses_by_circles_or_by_time() -> None:
    lines = {name: with_bot() for name in ("calm", "lost", "circles")}
    lines["long"] = with_bot(since=NOW - 1300)
    lines["served"] = with_bot(state="queued", since=NOW - 1300)
    talks = {
        "calm": BotTalk(1, "fees", 2, NOW - 5),
        "lost": BotTalk(4, "", 0, NOW - 5),
        "circles": BotTalk(0, "fees", 3, NOW - 9),
        "served": BotTalk(9, "", 0, NOW),
    }
    called = found(contacts=lines, bot_talks=talks)
    told = {
        key: (one["topic"], one["value"], one["since"], one["severity"])
        for key, one in called.items()
    }
    assert told == {
        "bot_stuck:lost": ("misses", 4, NOW - 5, 1),
        "bot_stuck:circles": ("repeats", 3, NOW - 9, 0),
        "bot_stuck:long": ("lasts", 600.0, NOW - 700, 1),
    }
    assert {one["action"] for one in called.values()} == {"take_over"}


def weighed(contact: str, intent: str, outcome: str, at: float) -> e.WordsWeighed:
    return e.WordsWeighed(
        at=at, contact_id=contact, conversation_id="cnv", intent=intent, outcome=outcome
    )


def test_the_fold_counts_misses_and_circles_until_a_person_has_it() -> None:
    concerns = Concerns()
    for at, (intent, outcome) in enumerate(
        (("fees", "understood"), ("", "missed"), ("fees", "unsure"), ("fees", "understood"))
    ):
        concerns.apply(weighed("con", intent, outcome, at))
    assert concerns.bot_talks["con"] == BotTalk(1, "fees", 3, 3)
    concerns.apply(weighed("con", "balance", "understood", 4))
    assert concerns.bot_talks["con"] == BotTalk(1, "balance", 1, 4)
    concerns.apply(
        e.ContactAssigned(
            at=5, contact_id="con", conversation_id="cnv", agent_id="amara",
            assignment_id="asg", queue_id="cards", channel="web_chat", waited_seconds=1.0,
        )
    )  # fmt: skip
    assert "con" not in concerns.bot_talks
