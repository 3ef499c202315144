"""Programs as TwiML to the letter, and every one of them a document that the carrier runs."""

from pathlib import Path

import pytest

from channels._twilio.carrier.document import IN_ROOM, WAITING, BadDocument, read
from channels.phone.twilio import twiml
from channels.phone.twilio.places import Places, token_of
from channels.phone.twilio.twiml import Style, Turn
from hub.domain.calls import (
    EndCause,
    EnterRoom,
    Gather,
    HangUp,
    Music,
    PlaySounds,
    Program,
    Prompt,
    RecordMessage,
    Reject,
    RoomRole,
    Silence,
    Wait,
)

GOLDEN = Path(__file__).with_name("golden")
STYLE = Style(places=Places("https://hub.bank.example"), recorded=frozenset({("en", "welcome")}))
TURN = Turn(leg_id="leg_1", token=token_of("key"), coached_ref="CA" + "1" * 32)
ZH = Prompt(text="您好，请输入密码。", language="zh")
EN = Prompt(text='Press 1 for "cards" & <loans>.', language="en")
WELCOME = Prompt(text="x", language="en", name="welcome")

PROGRAMS: dict[str, Program] = {
    "play": (PlaySounds(sounds=(WELCOME, Silence(seconds=1.4), ZH)),),
    "menu": (Gather(sounds=(EN,)),),
    "menu_with_words": (Gather(sounds=(ZH,), language="zh", words=("余额", "挂失")),),
    "pin": (Gather(sounds=(ZH,), most_digits=6, first_seconds=8, is_sensitive=True, words=("x",)),),
    "wait": (PlaySounds(sounds=(ZH,)), Wait(sounds=(EN, Music(seconds=20)), keys="12")),
    "wait_without_sounds": (Wait(sounds=()),),
    "voicemail": (PlaySounds(sounds=(EN,)), RecordMessage(recording_id="rec_1", most_seconds=90)),
    "room": (EnterRoom(room_id="con_1"),),
    "listen": (EnterRoom(room_id="con_1", role=RoomRole.LISTEN),),
    "coach": (EnterRoom(room_id="con_1", role=RoomRole.COACH, coached_leg_id="leg_2"),),
    "goodbye": (PlaySounds(sounds=(ZH,)), HangUp()),
    "busy": (Reject(),),
    "rejected": (Reject(cause=EndCause.REJECTED),),
    "over": (),
}  # fmt: skip


@pytest.mark.parametrize("name", PROGRAMS)
def test_each_program_is_the_document_that_was_agreed(name: str) -> None:
    text = twiml.document(PROGRAMS[name], TURN, STYLE)
    assert text == (GOLDEN / f"{name}.xml").read_text("utf-8").rstrip("\n")
    assert twiml.document(PROGRAMS[name], TURN, STYLE) == text
    read(text)


def test_every_golden_file_has_a_program() -> None:
    assert {path.stem for path in GOLDEN.glob("*.xml")} == PROGRAMS.keys()


def test_a_parked_leg_hears_only_what_may_be_played_there() -> None:
    for name, program in PROGRAMS.items():
        text = twiml.waiting(program, TURN, STYLE)
        assert (text is not None) == name.startswith("wait")
        if text is not None:
            read(text, WAITING)
    read(twiml.unpark(), WAITING)
    read(twiml.a_moment(TURN, STYLE, is_parked=True), WAITING)
    for text in (twiml.on_hold(STYLE), twiml.sounds_only((EN, ZH), STYLE, "12#")):
        read(text, IN_ROOM)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", 12100),
        ("<Response><Say>x</Response>", 12100),
        ("<Other/>", 12100),
        ('<!DOCTYPE x [<!ENTITY a "b">]><Response/>', 12100),
        ("<Response><Pay/></Response>", 12200),
        ("<Response><say>x</say></Response>", 12200),
        ('<Response><Say loud="1">x</Say></Response>', 12200),
        ("<Response><Gather><Dial/></Gather></Response>", 12200),
        ("<Response><Conference>x</Conference></Response>", 12200),
        ('<Response><Gather numDigits="many"/></Response>', 12200),
        ('<Response><Dial><Conference muted="maybe">x</Conference></Dial></Response>', 12200),
        ("<Response>hello<Say>x</Say></Response>", 12200),
        ("<Response><Say>x</Say>" + " " * 70_000 + "</Response>", 11750),
    ],
)
def test_unknown_verbs_attributes_and_places_fail_loudly(text: str, code: int) -> None:
    with pytest.raises(BadDocument) as refused:
        read(text)
    assert refused.value.code == code


def test_a_document_of_another_place_has_its_own_error() -> None:
    with pytest.raises(BadDocument) as refused:
        read("<Response><Gather/></Response>", IN_ROOM, code=13238)
    assert refused.value.code == 13238
    with pytest.raises(BadDocument):
        read("<Response><Dial>1</Dial></Response>", WAITING)
