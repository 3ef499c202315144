"""What answers the survey of a talk that is over: a number, never again, call me; stored there."""

from collections.abc import Mapping
from typing import Final

from hub.domain.states import Speaker
from hub.journey.context import Hub
from hub.journey.delivery.ask_survey import Asked, asked, takes_numbers, thanks
from hub.journey.messages import Draft, Posted, add_message
from hub.journey.survey import score_given
from hub.journey.survey_wishes import grant
from hub.journey.threads import Thread
from hub.store.unit import Unit
from hub.text.survey_score import score_in
from hub.text.survey_wishes import Wish, wish_in

GRANTED: Final[Mapping[Wish, Mapping[str, str]]] = {
    Wish.NEVER: {
        "en": "We will not ask you again. Thank you for telling us.",
        "zh": "好的，我们不会再发送调查。感谢告知。",
    },
    Wish.CALL: {
        "en": "Thank you. A colleague will call you back.",
        "zh": "好的，同事会尽快给您回电。",
    },
}


def take_score(
    hub: Hub, thread: Thread, channel: str, key: str, text: str, at: float
) -> Unit[Posted | None]:
    """Take a message as the answer it is; None when it is none, and belongs to a new Contact."""
    score, wish = score_in(text), wish_in(text)
    if score is not None and not takes_numbers(hub, channel):
        score = None
    if score is None and wish is None:
        return None
    waiting = yield from asked(hub, thread.conversation_id, channel)
    if waiting is None:
        return None
    said = Draft(key=key, speaker=Speaker.CUSTOMER, body={"text": text})
    ids = (thread.conversation_id, waiting.contact_id)
    posted = yield from add_message(hub, *ids, said, at)
    if score is not None:
        yield from score_given(hub, waiting.survey_id, score)
        yield from add_message(hub, *ids, thanks(hub, waiting.language), at)
    elif wish is not None:
        yield from _grant(hub, thread, channel, waiting, wish, at)
    return posted


def _grant(
    hub: Hub, thread: Thread, channel: str, waiting: Asked, wish: Wish, at: float
) -> Unit[None]:
    last = thanks(hub, waiting.language, GRANTED[wish])
    yield from add_message(hub, thread.conversation_id, waiting.contact_id, last, at)
    yield from grant(hub, waiting.contact_id, [wish], at)
