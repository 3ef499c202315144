"""The head of a written Message, on its way through `channel_data`."""

from hub.domain.letter import KEY, Letter


def test_a_letter_comes_back_as_it_was() -> None:
    letter = Letter(
        subject="Fee", sender="s@example.com", certainty="claimed", to=("a@b.example",),
        cc=("c@d.example", "e@f.example"), quoted="> old", remote_count=2, flags=("bad_charset",),
    )  # fmt: skip
    assert Letter.of({**letter.channel_data(), "message_id": "m@x"}) == letter


def test_a_message_without_a_head_has_no_letter() -> None:
    assert Letter().channel_data() == {}
    assert Letter.of({"message_id": "m@x"}) is None


def test_a_field_of_a_newer_version_is_left_out() -> None:
    assert Letter.of({KEY: '{"subject": "Fee", "mood": "grim"}'}) == Letter(subject="Fee")
