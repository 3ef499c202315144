"""Words of a phone call, the same for every engine: what it is asked to do and what it tells.

An engine (embedded media, Twilio, a PBX) plays a `Program` on a Leg and carries out `CallCommand`s;
what happens on a Leg comes back as `LegEvent`s. Identifiers of legs, rooms and recordings are the
hub's. Programs are pure data: they become TwiML as easily as commands to a media process.
"""

from typing import Final

from hub.domain.calls.commands import (
    CallCommand,
    CloseRoom,
    DeleteRecording,
    Dial,
    EndLeg,
    Hold,
    Mute,
    PlayInRoom,
    Record,
    RunProgram,
    SendDigits,
    SetRole,
)
from hub.domain.calls.happenings import (
    Gathered,
    LegAnswered,
    LegEnded,
    LegEvent,
    LegRinging,
    MessageRecorded,
    ProgramEnded,
    QualityTold,
    RecordingReady,
    RoomEntered,
    RoomLeft,
    WaitOver,
)
from hub.domain.calls.kinds import (
    CallAbility,
    EndCause,
    LegKind,
    LegState,
    RoomRole,
)
from hub.domain.calls.meeting import (
    Arrival,
    KnownLeg,
    SoftphoneGrant,
)
from hub.domain.calls.program import (
    CallStep,
    EnterRoom,
    Gather,
    HangUp,
    Music,
    PlaySounds,
    Program,
    Prompt,
    RecordMessage,
    Reject,
    Silence,
    Sound,
    Wait,
)

__all__ = [
    "CHANNEL",
    "Arrival",
    "CallAbility",
    "CallCommand",
    "CallStep",
    "CloseRoom",
    "DeleteRecording",
    "Dial",
    "EndCause",
    "EndLeg",
    "EnterRoom",
    "Gather",
    "Gathered",
    "HangUp",
    "Hold",
    "KnownLeg",
    "LegAnswered",
    "LegEnded",
    "LegEvent",
    "LegKind",
    "LegRinging",
    "LegState",
    "MessageRecorded",
    "Music",
    "Mute",
    "PlayInRoom",
    "PlaySounds",
    "Program",
    "ProgramEnded",
    "Prompt",
    "QualityTold",
    "Record",
    "RecordMessage",
    "RecordingReady",
    "Reject",
    "RoomEntered",
    "RoomLeft",
    "RoomRole",
    "RunProgram",
    "SendDigits",
    "SetRole",
    "Silence",
    "SoftphoneGrant",
    "Sound",
    "Wait",
    "WaitOver",
]

CHANNEL: Final = "phone"
