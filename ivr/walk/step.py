"""The reducer: `step(flow, walk, heard, scene) -> (walk, steps)`, pure and total."""

from collections.abc import Mapping

from hub.domain.steps import Heard, Step
from ivr.flow import nodes as n
from ivr.flow.errands import ERRANDS
from ivr.flow.fields import LANGUAGES
from ivr.flow.nodes import Flow, Node
from ivr.walk.enter import ask, chosen, digits_of, finish, go, label_of, to_person
from ivr.walk.state import Scene, Walk
from ivr.walk.turn import Turn, filled
from ivr.walk.words import BACK, NOT_A_CHOICE, PERSON, REPEAT, WRONG_DIGITS, keys_of, meant

CHECKS = {"pin": "check_pin", "birth_date": "check_birth_date"}


def step(flow: Flow, walk: Walk, heard: Heard, scene: Scene) -> tuple[Walk, list[Step]]:
    """Answer what was heard: at most one step waits, and it is the last. Never raises.

    A walk that changed its flow (a transfer) has no node yet and goes on there with `start`.
    """
    turn = Turn(flow, walk, scene)
    node = flow.nodes.get(walk.at)
    if node is None:
        _begin(turn, heard)
    elif walk.errand:
        _result(turn, node, heard.result or {})
    elif heard.start:
        go(turn, node.id)
    else:
        _hear(turn, node, heard)
    return turn.walk, turn.steps


def _begin(turn: Turn, heard: Heard) -> None:
    if heard.choice:
        turn.keep({"wants": heard.choice})
    turn.put(at="", errand="", trail=(), misses=0, replay="")
    go(turn, turn.flow.start)


def _hear(turn: Turn, node: Node, heard: Heard) -> None:
    keys = _keys(turn, node, heard)
    if keys == PERSON:
        _forget_and(turn, turn.flow.person)
    elif keys.startswith(BACK):
        _back(turn)
    elif keys == REPEAT:
        go(turn, turn.walk.replay or node.id)
    else:
        _answer(turn, node, keys)


def _keys(turn: Turn, node: Node, heard: Heard) -> str:
    """Return the keys pressed, or those that the words mean; `?` for words that mean none."""
    keys = keys_of(heard.keys or heard.choice or "")
    if keys or not heard.text:
        return keys
    if isinstance(node, n.Menu | n.Language):
        return meant(heard.text, turn.choices(node)) or "?"
    return keys_of(heard.text)


def _answer(turn: Turn, node: Node, keys: str) -> None:
    """Take the answer to a node's own question."""
    match node:
        case n.Menu():
            _choose(turn, node, keys)
        case n.Language():
            _choose_language(turn, node, keys)
        case n.Ask() if (
            keys.isascii() and keys.isdecimal() and node.least <= len(keys) <= node.digits
        ):
            turn.keep({node.into: keys})
            _forget_and(turn, node.next)
        case n.Ask():
            _miss(turn, node, keys, node.missed)
        case n.Identify() if keys.isascii() and keys.isdecimal() and len(keys) <= digits_of(node):
            turn.errand(node, CHECKS[node.by], {"digits": keys})
        case n.Identify():
            _miss(turn, node, keys, node.failed)
        case _:
            go(turn, node.id)


def _choose(turn: Turn, node: n.Menu, keys: str) -> None:
    present = {one.key for one in turn.own_choices(node)}
    chosen_one = next((one for one in node.choices if one.key == keys and keys in present), None)
    if chosen_one is None:
        _miss(turn, node, keys, node.missed)
    else:
        turn.keep({name: filled(v, turn.walk.values) for name, v in chosen_one.set.items()})
        _forget_and(turn, chosen_one.next)


def _choose_language(turn: Turn, node: n.Language, keys: str) -> None:
    found = next((one.language for one in node.choices if one.key == keys), "")
    if found in LANGUAGES:
        turn.put(language=found, knows_language=True, misses=0, replay="")
        turn.errand(node, "set_language", {"language": found})
    else:
        _miss(turn, node, keys, node.next)


def _miss(turn: Turn, node: Node, keys: str, missed: str) -> None:
    """Nothing, or nothing that fits: ask again, then lead on without keys."""
    misses = turn.walk.misses + 1
    if misses > getattr(node, "repeat", 0):
        _forget_and(turn, missed or turn.flow.person)
        return
    turn.put(misses=misses)
    if keys:
        is_menu = isinstance(node, n.Menu | n.Language)
        turn.say(NOT_A_CHOICE if is_menu else WRONG_DIGITS)
    ask(turn, node)


def _back(turn: Turn) -> None:
    trail = turn.walk.trail[:-1]
    target = trail[-1] if trail else turn.walk.at
    turn.put(trail=trail, misses=0, replay="")
    go(turn, target)


def _forget_and(turn: Turn, target: str) -> None:
    """Go on; misses and what # repeats belong to the question that is answered now."""
    turn.put(misses=0, replay="")
    go(turn, target)


def _go_or_finish(turn: Turn, target: str) -> None:
    if target:
        _forget_and(turn, target)
    else:
        finish(turn)


# -- answers of errands ------------------------------------------------------------------------


def _result(turn: Turn, node: Node, result: Mapping[str, str]) -> None:
    is_done = result.get("ok") == "yes"
    errand = turn.walk.errand
    turn.put(errand="")
    if (kind := ERRANDS.get(errand)) is None or kind.changes:
        turn.put(replay="")
    if is_done and (label := label_of(errand)):
        turn.tried(label)
    match node:
        case n.Errand():
            _errand_done(turn, node, result, is_done=is_done)
        case n.Callback():
            _tell(turn, result)
            _go_or_finish(turn, node.next) if is_done else go(turn, node.failed)
        case n.Language():
            go(turn, node.next)
        case n.Identify():
            _identified(turn, node, result, is_done=is_done)
        case _:
            to_person(turn)


def _errand_done(turn: Turn, node: n.Errand, result: Mapping[str, str], *, is_done: bool) -> None:
    """Keep what is to be kept, say what is to be said, take the way that fits."""
    turn.keep({name: str(result.get(name, "")) for name in node.keep})
    if node.errand == "know_caller" and (language := result.get("language")) in LANGUAGES:
        turn.put(language=language, knows_language=True)
    if node.tells == "always" or (node.tells == "done" and is_done):
        _tell(turn, result)
    go(turn, chosen(result, node.cases) or (node.next if is_done else node.failed))


def _identified(turn: Turn, node: n.Identify, result: Mapping[str, str], *, is_done: bool) -> None:
    _tell(turn, result)
    if is_done:
        _forget_and(turn, node.next)
        return
    misses = turn.walk.misses + 1
    if result.get("locked") == "yes" or result.get("code") == "locked":
        _forget_and(turn, node.locked or turn.flow.person)
    elif misses > node.repeat or "ok" not in result:
        _forget_and(turn, node.failed or turn.flow.person)
    else:
        turn.put(misses=misses)
        ask(turn, node)


def _tell(turn: Turn, result: Mapping[str, str]) -> None:
    """Say the hub's words as they are: a brace in them is no place for a value."""
    if said := result.get("text"):
        turn.spoken(str(said))
