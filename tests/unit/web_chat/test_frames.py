import json

from channels.web_chat import frames
from hub.journey.messages import MessageRead


def test_the_end_names_the_reference_and_no_queue() -> None:
    data = {"by": "agent", "reference": "K7Q2-9D", "queue_id": "cards", "reason": "abuse"}
    body = {"text": "", "event": "closed", "data": data}
    read = MessageRead("cnv", 3, "con", "system", None, None, "everyone", "event", body, 1.0, "key")
    assert json.loads(frames.message(read))["data"] == {"by": "agent", "reference": "K7Q2-9D"}
