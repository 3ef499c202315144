"""What a contact's row says of its newest messages."""

import json

from hypothesis import given
from hypothesis import strategies as st

from agent_console.views.contact import Tail, preview, tail_fields, tail_of
from agent_console.views.message import encode_message, message_view, names_file
from hub.domain.letter import Letter
from hub.journey.messages import MessageRead


def message(seq: int, speaker: str, text: str = "x", **more: object) -> MessageRead:
    values: dict[str, object] = {
        "conversation_id": "v", "seq": seq, "contact_id": "c", "speaker": speaker,
        "agent_id": None, "agent_name": None, "audience": "everyone", "kind": "text",
        "body": {"text": text}, "at": float(seq), "key": f"k{seq}",
    }  # fmt: skip
    return MessageRead(**(values | more))  # type: ignore[arg-type]


VIEW = {
    "channel": "web_chat", "target_seconds": 60.0, "assigned_at": None, "ended": None,
    "answer_due_at": None,
}  # fmt: skip


def test_the_promise_runs_from_the_first_word_without_an_answer() -> None:
    tail = tail_of([message(1, "customer"), message(2, "customer")])
    assert tail_fields(VIEW, tail)["reply_due_at"] == 61.0
    assert tail_fields({**VIEW, "assigned_at": 30.0}, tail)["reply_due_at"] == 90.0
    assert tail_fields({**VIEW, "ended": {}}, tail)["reply_due_at"] is None
    assert tail_fields({**VIEW, "channel": "phone"}, tail)["reply_due_at"] is None
    assert tail_fields({**VIEW, "answer_due_at": 500.0}, tail)["reply_due_at"] == 500.0
    answered = tail.after(message(3, "agent"))
    assert tail_fields(VIEW, answered)["reply_due_at"] is None
    assert answered.after(message(4, "bot")).unanswered_at is None


def test_notes_and_events_are_no_last_words() -> None:
    tail = tail_of([message(1, "customer", "hello")])
    noted = tail.after(message(2, "agent", "careful", audience="staff"))
    event = noted.after(message(3, "system", "", kind="event"))
    assert (event.last_seq, event.last_text, event.last_speaker) == (3, "hello", "customer")
    assert event.unanswered_at == 1.0


def test_a_preview_is_short_and_a_file_shows_its_name() -> None:
    assert len(preview(message(1, "customer", "字" * 500))) == 120
    file = message(1, "customer", kind="file", body={"text": "", "file": {"name": "a.pdf"}})
    assert preview(file) == "a.pdf"


@given(st.lists(st.sampled_from(("customer", "agent", "bot", "system")), max_size=12), st.data())
def test_repeated_messages_change_nothing(speakers: list[str], data: st.DataObject) -> None:
    messages = [message(n + 1, speaker) for n, speaker in enumerate(speakers)]
    tail = Tail()
    for one in messages:
        tail = tail.after(one)
        again = data.draw(st.sampled_from(messages[: one.seq]))
        assert tail.after(again) == tail
    assert tail == tail_of(messages)


def test_a_letter_is_shown_with_its_own_link_to_the_original() -> None:
    letter = Letter(subject="费用", sender="s@example.com", to=("a@b.example",), html_file="fil_1")
    body = {"text": "x", "channel_data": {**letter.channel_data(), "message_id": "m"}}
    one = message(3, "customer", body=body)
    view = message_view(one, lambda file_id: f"/files/{file_id}")
    assert names_file(one)
    assert view["letter"]["subject"] == "费用"
    assert view["letter"]["original"] == "/files/fil_1"
    assert "message_id" not in json.dumps(view)
    assert json.loads(encode_message(one, str)) == json.loads(json.dumps(message_view(one, str)))
    assert not names_file(message(4, "customer"))


@given(st.text(), st.one_of(st.none(), st.text()), st.floats(0, 4e9))
def test_the_fast_way_of_writing_a_message_says_the_same(
    text: str, agent: str | None, at: float
) -> None:
    name = {"en": text, "zh": "员工"} if agent else None
    one = message(7, "agent", text, agent_id=agent, agent_name=name, at=at)
    assert json.loads(encode_message(one)) == message_view(one)
