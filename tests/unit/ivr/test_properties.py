"""Whatever callers press, say or get: an answer, at most one question, and a way to a person."""

from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from hub.domain.states import IdentityLevel
from hub.domain.steps import Ask, Do, Finish, HandOff, Heard, Menu, Step, TakeMessage
from ivr.check.check import check_document
from ivr.flow.nodes import Flow
from ivr.walk.state import Scene, Walk
from ivr.walk.step import step
from tests.support.phone_flows import KNOWN, QUEUES, START, bank_flow, both, document, menu, node

ENDS = (Menu, Ask, Do, HandOff, Finish, TakeMessage)
WAYS_OUT = (HandOff, Finish, TakeMessage)
results = st.dictionaries(
    st.sampled_from(["ok", "code", "text", "locked", "known", "card_1_id", "card_1_text"]),
    st.sampled_from(["yes", "no", "locked", "none", "proof_needed", "core_away", "{card}"])
    | st.text(max_size=8),
)
heards = st.one_of(
    st.builds(Heard, keys=st.text("0123456789*#", max_size=9)),
    st.builds(Heard, keys=st.text(max_size=4), text=st.text(max_size=12)),
    st.builds(Heard, choice=st.sampled_from(["1", "cards", "person", ""])),
    st.builds(Heard, start=st.just(True)),
    st.builds(Heard, result=results),
    st.just(Heard()),
)
scenes = st.builds(
    Scene,
    language=st.sampled_from(["en", "zh", "zh-HK", "fr", ""]),
    identity_level=st.sampled_from([IdentityLevel.UNKNOWN, IdentityLevel.PROVED]),
    open_queues=st.sets(st.sampled_from(QUEUES)).map(frozenset),
)


def sound(steps: list[Step]) -> None:
    """At most one step waits or ends, it is the last, and there is one."""
    assert [one for one in steps if isinstance(one, ENDS)] == steps[-1:]


@given(heard=st.lists(heards, max_size=12), scene=scenes, name=st.sampled_from(["main", "pin"]))
def test_whatever_is_heard_there_is_one_sound_answer(
    heard: list[Heard], scene: Scene, name: str
) -> None:
    walk, steps = step(bank_flow(name), Walk(), START, scene)
    for one in heard:
        sound(steps)
        walk, steps = step(bank_flow(name), Walk.from_state(walk.to_state()), one, scene)
    sound(steps)


@given(heard=st.lists(heards, max_size=10), scene=scenes)
def test_0_and_silence_reach_a_person_from_everywhere(heard: list[Heard], scene: Scene) -> None:
    walk, _ = step(bank_flow(), Walk(), START, scene)
    for one in heard:
        walk, _ = step(bank_flow(), walk, one, scene)
    for keys, most in (("0", 4), ("", 40)):
        assert most >= turns_to_leave(bank_flow(), walk, keys, scene)


def turns_to_leave(flow: Flow, walk: Walk, keys: str, scene: Scene) -> int:
    """Press the same key until the flow is left; errands say that they cannot."""
    for turn in range(50):
        heard = Heard(result={"ok": "no"}) if walk.errand else Heard(keys=keys)
        walk, steps = step(flow, walk, heard, scene)
        if isinstance(steps[-1], WAYS_OUT):
            return turn + 1
    return 50


# -- the checker against every way through random flows -----------------------------------------

NAMES = "abcdef"
targets = st.sampled_from([*NAMES, "p"])


@st.composite
def some_node(draw: st.DrawFn) -> dict[str, Any]:
    ways = draw(st.lists(targets, min_size=2, max_size=3))
    return draw(
        st.sampled_from(
            [
                menu(*ways, repeat=draw(st.integers(0, 1))),
                node("say", text="Hello.", next=ways[0]),
                node("do", errand="balance", next=ways[0], failed=ways[1]),
                node("ask", text="Which?", digits=2, into="day", next=ways[0], missed=ways[1]),
                node("callback", failed=ways[0]),
                node("queue", queue="cards", wants=both("help")),
                node("hang_up", text="Goodbye."),
            ]
        )
    )


some_flow = st.fixed_dictionaries({name: some_node() for name in NAMES}).map(document)


def turns_from(walk: Walk) -> Iterator[Heard]:
    if walk.errand:
        yield from (Heard(result={"ok": "yes"}), Heard(result={"ok": "no"}))
    else:
        yield from (Heard(keys=keys) for keys in ("1", "2", "3", "0", "", "12"))


def every_place(flow: Flow) -> set[str]:
    """Return where callers can come to wait, trying every key and answer at each place."""
    scene = Scene(open_queues=frozenset(QUEUES))
    walk, _ = step(flow, Walk(), START, scene)
    seen, waiting = {_place(walk)}, [walk]
    while waiting:
        walk = waiting.pop()
        for heard in turns_from(walk) if walk.at else ():
            after, steps = step(flow, walk, heard, scene)
            sound(steps)
            if _place(after) not in seen:
                seen.add(_place(after))
                waiting.append(after)
    return {place[0] for place in seen}


def _place(walk: Walk) -> tuple[str, str, int]:
    return walk.at, walk.errand, walk.misses


@settings(max_examples=60)
@given(raw=some_flow)
def test_the_checker_calls_unreachable_exactly_what_no_caller_can_reach(raw: Any) -> None:
    flow, problems = check_document("test", raw, KNOWN)
    if any(one.code == "endless" for one in problems):
        return
    places = every_place(flow)
    waits = {name for name, one in flow.nodes.items() if one.asks or one.kind in ("do", "callback")}
    unreachable = {one.node for one in problems if one.code == "unreachable"}
    assert waits - places == waits & unreachable


@settings(max_examples=60)
@given(raw=some_flow)
def test_a_flow_without_problems_never_goes_round_by_itself(raw: Any) -> None:
    flow, problems = check_document("test", raw, KNOWN)
    is_endless = any(one.code == "endless" for one in problems)
    assert is_endless == goes_round(flow)


def goes_round(flow: Flow) -> bool:
    """Whether steps that ask nothing lead back to themselves, found by walking each way on."""

    def follow(name: str, way: tuple[str, ...]) -> bool:
        one = flow.nodes[name]
        if name in way:
            return True
        ways = [getattr(one, field, "") for field in ("next", "failed")] if not one.asks else []
        return any(follow(target, (*way, name)) for target in ways if target)

    return any(follow(name, ()) for name in flow.nodes)
