"""A number that answers the survey of a talk that is over: stored with that talk, once."""

from hub.domain.states import Speaker
from hub.journey.context import Hub
from hub.journey.delivery.ask_survey import asked, score_in, thanks
from hub.journey.messages import Draft, Posted, add_message
from hub.journey.survey import score_given
from hub.journey.threads import Thread
from hub.store.unit import Unit


def take_score(
    hub: Hub, thread: Thread, channel: str, key: str, text: str, at: float
) -> Unit[Posted | None]:
    """Take a message as the score it is; None when it is none, and belongs to a new Contact."""
    score = score_in(text)
    if score is None:
        return None
    waiting = yield from asked(hub, thread.conversation_id, channel)
    if waiting is None:
        return None
    said = Draft(key=key, speaker=Speaker.CUSTOMER, body={"text": text})
    ids = (thread.conversation_id, waiting.contact_id)
    posted = yield from add_message(hub, *ids, said, at)
    yield from score_given(hub, waiting.survey_id, score)
    yield from add_message(hub, *ids, thanks(hub, waiting.language), at)
    return posted
