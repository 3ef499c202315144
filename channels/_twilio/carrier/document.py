"""TwiML as the carrier reads it: every verb and attribute known, in a place where it may stand.

What Twilio has and a contact centre never says (`Pay`, `Sms`, `Sim`, `AiSession`, `VirtualAgent`,
`Prompt`) is as unknown here as what does not exist: it fails loudly.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from xml.etree import ElementTree as Tree

DOCUMENT_BYTES: Final = 64 * 1024
ROOT: Final = "Response"

_URL_PAIR: Final = "action method"
_STATUS: Final = "statusCallback statusCallbackMethod statusCallbackEvent"
_RECORDED: Final = (
    "recordingStatusCallback recordingStatusCallbackMethod recordingStatusCallbackEvent"
)
ATTRIBUTES: Final[Mapping[str, frozenset[str]]] = {
    verb: frozenset(names.split())
    for verb, names in {
        "Say": "voice language loop",
        "Play": "loop digits",
        "Pause": "length",
        "Gather": f"{_URL_PAIR} input finishOnKey numDigits timeout speechTimeout maxSpeechTime "
        "hints language actionOnEmptyResult profanityFilter bargeIn enhanced speechModel "
        "partialResultCallback partialResultCallbackMethod",
        "Redirect": "method",
        "Hangup": "",
        "Reject": "reason",
        "Leave": "",
        "Enqueue": f"{_URL_PAIR} waitUrl waitUrlMethod maxQueueSize workflowSid",
        "Dial": f"{_URL_PAIR} timeout callerId timeLimit hangupOnStar answerOnBridge record trim "
        f"ringTone sequential {_RECORDED}",
        "Conference": "muted beep startConferenceOnEnter endConferenceOnExit waitUrl waitMethod "
        f"maxParticipants record region coach trim participantLabel jitterBufferSize {_STATUS} "
        f"{_RECORDED} eventCallbackUrl",
        "Client": f"url method {_STATUS}",
        "Number": f"url method sendDigits {_STATUS}",
        "Sip": f"url method username password {_STATUS}",
        "Queue": "url method reservationSid postWorkActivitySid",
        "Record": f"{_URL_PAIR} timeout finishOnKey maxLength playBeep trim transcribe "
        f"transcribeCallback {_RECORDED}",
        "Start": _URL_PAIR,
        "Stop": "",
        "Connect": _URL_PAIR,
        "Stream": f"name connectorName url track {_STATUS}",
        "Recording": f"channels trim track {_RECORDED}",
        "Siprec": f"name connectorName track {_STATUS}",
        "ConversationRelay": "url welcomeGreeting language voice ttsProvider ttsLanguage "
        "transcriptionProvider transcriptionLanguage interruptible dtmfDetection",
        "Refer": _URL_PAIR,
        "ReferSip": "",
        "Identity": "",
        "Parameter": "name value",
        "Language": "code voice ttsProvider transcriptionProvider",
    }.items()
}
_SOUNDS: Final = frozenset({"Say", "Play", "Pause"})
TOP: Final = _SOUNDS | {
    "Gather", "Redirect", "Hangup", "Reject", "Leave", "Enqueue", "Dial", "Record", "Start", "Stop",
    "Connect", "Refer",
}  # fmt: skip
NESTED: Final[Mapping[str, frozenset[str]]] = {
    "Gather": _SOUNDS,
    "Dial": frozenset({"Conference", "Client", "Number", "Sip", "Queue"}),
    "Start": frozenset({"Stream", "Recording", "Siprec"}),
    "Stop": frozenset({"Stream", "Recording", "Siprec"}),
    "Connect": frozenset({"Stream", "ConversationRelay"}),
    "Stream": frozenset({"Parameter"}),
    "Siprec": frozenset({"Parameter"}),
    "ConversationRelay": frozenset({"Language", "Parameter"}),
    "Client": frozenset({"Identity", "Parameter"}),
    "Refer": frozenset({"Sip"}),
}
TEXTS: Final = frozenset(
    {"Say", "Play", "Redirect", "Enqueue", "Dial", "Conference", "Client", "Number", "Sip", "Queue",
     "Identity"}
)  # fmt: skip
WAITING: Final = _SOUNDS | {"Gather", "Redirect", "Leave", "Hangup"}
"""What may stand in the document of `waitUrl` of an `Enqueue`."""
IN_ROOM: Final = _SOUNDS | {"Redirect"}
"""What may stand in hold music, announcements and the music of an empty Conference."""
_NUMBERS: Final = frozenset({"length", "numDigits", "timeout", "maxLength", "maxParticipants"})
_FLAGS: Final = frozenset(
    {"actionOnEmptyResult", "muted", "startConferenceOnEnter", "endConferenceOnExit", "playBeep"}
)


class BadDocument(Exception):
    """Twilio would end the call with an application error; `code` is its number."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(f"{code}: {text}")
        self.code = code


@dataclass(frozen=True, slots=True)
class Verb:
    """One instruction."""

    name: str
    attributes: Mapping[str, str]
    text: str
    children: tuple["Verb", ...] = ()

    def flag(self, name: str, *, default: bool) -> bool:
        """Return a true-or-false attribute."""
        return self.attributes.get(name, str(default)).lower() == "true"

    def number(self, name: str, default: float) -> float:
        """Return an attribute that is a number."""
        return float(self.attributes.get(name, default))


def read(text: str, allowed: frozenset[str] = TOP, *, code: int = 12200) -> tuple[Verb, ...]:
    """Return the verbs of a document; raise `BadDocument`."""
    if len(text.encode("utf-8", "replace")) > DOCUMENT_BYTES:
        raise BadDocument(11750, "longer than 64 KiB")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise BadDocument(12100, "a document type")
    try:
        root = Tree.fromstring(text)
    except Tree.ParseError as error:
        raise BadDocument(12100, str(error)) from None
    if root.tag != ROOT or root.attrib:
        raise BadDocument(12100, f"the root is {root.tag}")
    _refuse_stray(root)
    verbs = tuple(_verb(child) for child in root)
    for verb in verbs:
        if verb.name not in allowed:
            raise BadDocument(code, f"{verb.name} may not stand here")
    return verbs


def _verb(node: "Tree.Element[Any]") -> Verb:
    known = ATTRIBUTES.get(node.tag)
    if known is None:
        raise BadDocument(12200, f"there is no verb {node.tag}")
    if unknown := sorted(set(node.attrib) - known):
        raise BadDocument(12200, f"{node.tag} has no {unknown}")
    for name, value in node.attrib.items():
        _check(node.tag, name, value)
    _refuse_stray(node)
    children = tuple(_verb(child) for child in node)
    for child in children:
        if child.name not in NESTED.get(node.tag, frozenset()):
            raise BadDocument(12200, f"{child.name} may not stand in {node.tag}")
    text = (node.text or "").strip() if node.tag in TEXTS else ""
    return Verb(node.tag, dict(node.attrib), text, children)


def _refuse_stray(node: "Tree.Element[Any]") -> None:
    """Text stands in verbs that say or name something, and nowhere else."""
    texts = [child.tail for child in node]
    if node.tag not in TEXTS:
        texts.append(node.text)
    if any((text or "").strip() for text in texts):
        raise BadDocument(12200, f"text in {node.tag}")


def _check(verb: str, name: str, value: str) -> None:
    if name in _NUMBERS and not (value.isascii() and value.isdecimal()):
        raise BadDocument(12200, f"{verb} {name} is no number")
    if name in _FLAGS and value.lower() not in ("true", "false"):
        raise BadDocument(12200, f"{verb} {name} is neither true nor false")
