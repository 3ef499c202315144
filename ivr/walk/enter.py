"""What a node does when the walk comes to it: says, asks, leads on or ends."""

from collections.abc import Mapping
from typing import Final

from hub.domain.states import IdentityLevel
from hub.domain.steps import Ask, Finish, HandOff, TakeMessage
from ivr.flow import nodes as n
from ivr.flow.errands import ERRANDS
from ivr.flow.fields import Texts
from ivr.flow.nodes import Case, Flow, Node
from ivr.walk.turn import Turn, filled

HOPS_MOST = 100
"""More nodes in one turn are a round that the checker would have refused."""
DIGITS: Final = {"pin": 6, "birth_date": 8}
LEVELS: Final = {"pin": IdentityLevel.PROVED, "birth_date": IdentityLevel.CLAIMED}


def go(turn: Turn, target: str) -> None:
    """Walk on from a node until the flow waits or ends."""
    for _ in range(HOPS_MOST):
        node = turn.flow.nodes.get(target)
        if node is None:
            break
        if not turn.walk.replay:
            turn.put(replay=target)
        following = _enter(turn, node)
        if following is None:
            return
        target = following
    last_resort(turn)


def to_person(turn: Turn) -> None:
    """0, or nothing pressed: a person."""
    go(turn, turn.flow.person)


def last_resort(turn: Turn) -> None:
    """Leave a flow that leads nowhere; a checked one never comes here."""
    queue = _some_queue(turn.flow)
    turn.put(at="", errand="")
    turn.steps.append(HandOff(queue_id=queue) if queue else Finish())


def _some_queue(flow: Flow) -> str:
    person = flow.nodes.get(flow.person)
    ways = [person, *flow.nodes.values()]
    return next((one.queue for one in ways if isinstance(one, n.ToQueue)), "")


def _enter(turn: Turn, node: Node) -> str | None:
    """Do a node; returns the next one, or None when the turn is over."""
    following = _passed(turn, node)
    if following is None:
        _stop(turn, node)
    return following


def _passed(turn: Turn, node: Node) -> str | None:
    """Do a node that needs nobody; returns the next one, or None when this one stops the turn."""
    following: str | None = None
    match node:
        case n.Say() | n.Play():
            turn.say(node.text, node.recording)
            following = node.next
        case n.Branch():
            following = chosen(turn.walk.values, node.cases) or node.otherwise
        case n.Hours():
            following = node.open if node.queue in turn.scene.open_queues else node.closed
        case n.Set():
            turn.keep({name: filled(v, turn.walk.values) for name, v in node.values.items()})
            following = node.next
        case n.Language() if turn.walk.knows_language and not node.always:
            following = node.next
        case n.Identify() if turn.scene.identity_level >= LEVELS[node.by]:
            following = node.next
        case n.Menu() if not turn.own_choices(node):
            following = node.missed or turn.flow.person
    return following


def _stop(turn: Turn, node: Node) -> None:
    match node:
        case n.Errand():
            values = turn.walk.values
            arguments = {name: filled(v, values) for name, v in node.arguments.items()}
            turn.errand(node, node.errand, arguments)
        case n.Callback():
            turn.errand(node, "offer_callback")
        case _ if node.asks:
            ask(turn, node)
        case _:
            _end(turn, node)


def ask(turn: Turn, node: Node) -> None:
    """Say a question and wait for its answer."""
    language = turn.walk.language
    match node:
        case n.Menu():
            turn.ask_menu(node)
        case n.Language():
            turn.ask_language(node)
        case n.Ask() | n.Identify():
            step = Ask(
                text=turn.text(node.text),
                prompt=node.recording or None,
                most_digits=digits_of(node),
                is_sensitive=isinstance(node, n.Identify),
                language=language,
            )
            turn.wait_at(node, step)


def digits_of(node: n.Ask | n.Identify) -> int:
    """Return how many digits a question takes at most."""
    return node.digits if isinstance(node, n.Ask) else DIGITS[node.by]


def chosen(values: Mapping[str, str], cases: tuple[Case, ...]) -> str:
    """Return where the first case that fits leads; empty: none does."""
    return next((one.next for one in cases if values.get(one.of, "") == one.equals), "")


def _end(turn: Turn, node: Node) -> None:
    """Leave the flow; who comes back into it begins anew."""
    turn.put(at="", errand="")
    match node:
        case n.ToQueue():
            turn.say(node.text, node.recording)
            wants = turn.text(node.wants)
            turn.steps.append(
                HandOff(
                    queue_id=node.queue,
                    wants=wants,
                    collected={"topic": wants},
                    tried=turn.walk.tried,
                )
            )
        case n.Voicemail():
            text, prompt = turn.text(node.text), node.recording or None
            turn.steps.append(
                TakeMessage(text=text, prompt=prompt, language=turn.walk.language)
            )  # fmt: skip
        case n.GiveBack():
            finish(turn, turn.text(node.text))
        case n.Transfer():
            turn.put(flow=node.flow, version=0, trail=(), replay="")
        case n.HangUp():
            finish(turn, turn.text(node.text), node.recording)
        case _:
            last_resort(turn)


def finish(turn: Turn, text: str = "", recording: str = "") -> None:
    """End the call."""
    turn.put(at="", errand="")
    turn.steps.append(
        Finish(text=text, prompt=recording or None, language=turn.walk.language)
    )  # fmt: skip


def label_of(errand: str) -> Texts | None:
    """Return what an errand is called for people; None: nobody needs to know of it."""
    kind = ERRANDS.get(errand)
    quiet = {"know_caller", "set_language", "check_pin", "check_birth_date"}
    return kind.label if kind is not None and errand not in quiet else None
