"""Every word of a call goes through JSON and back; nothing else does."""

import dataclasses
import json
import typing
from enum import StrEnum
from typing import Any

import pytest

from hub.domain import calls
from hub.domain.calls import Dial, EnterRoom, Gather, HangUp, LegKind, Music, Prompt, RoomRole
from hub.domain.calls_codec import WORDS, from_wire, program_from, to_wire
from hub.domain.errors import Invalid

PROGRAM: calls.Program = (
    Gather(sounds=(Prompt(text="你好", language="zh"), Music(seconds=2.0)), words=("agent",)),
    EnterRoom(room_id="con_1", role=RoomRole.COACH, coached_leg_id="leg_2"),
    HangUp(),
)


def through_json(value: Any) -> Any:
    return json.loads(json.dumps(to_wire(value), ensure_ascii=False))


def test_a_program_comes_back_as_it_was() -> None:
    assert program_from(through_json(PROGRAM)) == PROGRAM


def test_a_command_keeps_its_vocabularies() -> None:
    command = Dial(
        command_id="c.1", leg_id="leg_1", kind=LegKind.AGENT, address="agent:amara",
        program=PROGRAM,
    )  # fmt: skip
    back = from_wire(through_json(command))
    assert back == command
    assert isinstance(back.kind, LegKind)


@pytest.mark.parametrize("name", sorted(WORDS))
def test_every_word_has_a_form(name: str) -> None:
    cls = WORDS[name]
    hints = typing.get_type_hints(cls)
    given = {
        field.name: _some(hints[field.name])
        for field in dataclasses.fields(cls)
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    }
    value = cls(**given)
    assert from_wire(through_json(value)) == value


def _some(hint: Any) -> Any:
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return next(iter(hint))
    return "x" if hint is str else {float: 1.5, int: 1, bool: True}.get(hint, ())


@pytest.mark.parametrize(
    "raw",
    [
        {"is": "Exec", "text": "x"},
        {"is": "Prompt", "text": "x", "language": "en", "more": 1},
        {"is": "Prompt", "text": 7, "language": "en"},
        {"is": "EnterRoom", "room_id": "r", "role": "shout"},
        {"is": "Prompt"},
        {"is": ["Prompt"]},
        "Prompt",
        None,
    ],
)
def test_what_is_no_word_is_refused(raw: Any) -> None:
    with pytest.raises(Invalid):
        from_wire(raw)
