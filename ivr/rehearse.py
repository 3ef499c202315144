"""A test call as text: the flow as a caller would hear it, with invented answers of the hub."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from hub.domain.states import IdentityLevel
from hub.domain.steps import Ask, Do, Finish, HandOff, Heard, Menu, Say, Step, TakeMessage
from ivr.flow.fields import Texts
from ivr.flow.nodes import Flow
from ivr.walk.state import Scene, Walk
from ivr.walk.step import step

TURNS_MOST: Final = 200
PROVES: Final = {"check_pin": IdentityLevel.PROVED, "check_birth_date": IdentityLevel.CLAIMED}
REFUSED: Final[Texts] = {
    "en": "(invented) That is not possible now.",
    "zh": "（示例）暂时无法办理。",
}
INVENTED: Final[Mapping[str, Texts]] = {
    "check_pin": {"en": "(invented) Thank you.", "zh": "（示例）核身通过。"},
    "check_birth_date": {"en": "(invented) Thank you.", "zh": "（示例）核对通过。"},
    "balance": {
        "en": "(invented) Your everyday account has 1,234 yuan.",
        "zh": "（示例）您的活期账户余额 1234 元。",
    },
    "last_payments": {
        "en": "(invented) Yesterday, 56 yuan to Lantern Tea House.",
        "zh": "（示例）昨天，向灯笼茶馆支付 56 元。",
    },
    "block_card": {"en": "(invented) Your card is blocked.", "zh": "（示例）您的卡已挂失。"},
    "branch_hours": {
        "en": "(invented) Lake Road is open from 9 to 17.",
        "zh": "（示例）湖滨路支行 9 点至 17 点营业。",
    },
    "case_state": {
        "en": "(invented) Your case is being looked into.",
        "zh": "（示例）您的工单正在处理。",
    },
    "offer_callback": {"en": "(invented) We will call you back.", "zh": "（示例）我们会给您回电。"},
}
_CARD: Final[Texts] = {"en": "(invented) Your card ending in 4417.", "zh": "（示例）尾号4417的卡。"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """What the test caller is and does."""

    caller: str = ""
    """The number; empty: withheld, which nobody knows."""
    keys: Sequence[str] = ()
    """One entry per question; empty: nothing is pressed; letters are words that are said."""
    language: str = "en"
    level: int = IdentityLevel.UNKNOWN
    open_queues: frozenset[str] = frozenset()
    answers: Mapping[str, str] = field(default_factory=dict)
    """Errand -> `ok`, or the code it is refused with."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the transcript."""

    who: str
    """flow | caller | hub | end"""
    text: str
    node: str
    """Where the walk is after it."""


def rehearse(flow: Flow, script: Script) -> Iterator[Line]:
    """Yield the call line by line, until the flow is left or no keys are left."""
    scene = Scene(
        language=script.language, identity_level=script.level, open_queues=script.open_queues
    )
    keys = iter(script.keys)
    walk, heard = Walk(flow=flow.id), Heard(start=True, language=script.language)
    for _ in range(TURNS_MOST):
        walk, steps = step(flow, walk, heard, scene)
        for one in steps:
            yield from _lines(one, walk.at)
        last = steps[-1] if steps else None
        if isinstance(last, Do):
            heard = Heard(result=_answer(script, last, walk.language))
            if heard.result and heard.result["ok"] == "yes" and last.command in PROVES:
                level = max(scene.identity_level, PROVES[last.command])
                scene = replace(scene, identity_level=level)
            yield Line("hub", f"{last.command}: {_told(heard.result or {})}", walk.at)
            continue
        if not isinstance(last, Menu | Ask):
            return
        pressed = next(keys, None)
        if pressed is None:
            return
        is_secret = isinstance(last, Ask) and last.is_sensitive
        yield Line("caller", "••••••" if is_secret and pressed.isdecimal() else pressed, walk.at)
        is_word = any(letter.isalpha() for letter in pressed)
        heard = Heard(keys="", text=pressed) if is_word else Heard(keys=pressed)


def _answer(script: Script, errand: Do, language: str) -> Mapping[str, str]:
    said = "zh" if language == "zh" else "en"
    code = script.answers.get(errand.command, _usual(script, errand.command))
    if code != "ok":
        return {"ok": "no", "code": code, "text": REFUSED[said]}
    more: dict[str, str] = {}
    if errand.command == "know_caller":
        more = {"known": "yes" if script.caller else "no"}
    elif errand.command == "cards":
        more = {
            "count": "1",
            "card_1_id": "crd_0",
            "card_1_tail": "4417",
            "card_1_text": _CARD[said],
        }
    text = INVENTED.get(errand.command)
    return {"ok": "yes", **more, **({"text": text[said]} if text else {})}


def _usual(script: Script, command: str) -> str:
    """Who withholds the number cannot be called back, nor prove anything."""
    needs_number = {*PROVES, "offer_callback"}
    if not script.caller and command in needs_number:
        return "no_number" if command == "offer_callback" else "wrong"
    return "ok" if command != "case_state" or script.level else "proof_needed"


def _lines(one: Step, node: str) -> Iterator[Line]:
    match one:
        case Menu(text=text, choices=choices):
            keys = "  ".join(f"[{choice.key}] {choice.label}" for choice in choices)
            yield Line("flow", f"{text}\n{keys}".strip(), node)
        case Say(text=text) | Ask(text=text):
            yield Line("flow", text, node)
        case TakeMessage(text=text):
            yield Line("flow", text, node)
            yield Line("end", "voicemail", node)
        case HandOff(queue_id=queue, wants=wants):
            yield Line("end", f"queue {queue}: {wants}", node)
        case Finish(text=text):
            if text:
                yield Line("flow", text, node)
            yield Line("end", "hang up", node)


def _told(result: Mapping[str, str]) -> str:
    if result.get("ok") == "yes":
        return "ok"
    return result.get("code", "no")
