"""What a supervisor tells the whole floor, and that it was read."""

from typing import Annotated, Final

from pydantic import Field, StrictBool, StrictInt, StringConstraints

from agent_console.commands.arguments import Arguments, Id
from agent_console.commands.command import Command, Desk, Result
from hub.journey.context import Viewer
from hub.journey.floor import alerts, announce, switches
from hub.security.roles import Right

Words = Annotated[
    str,
    StringConstraints(strict=True, min_length=1, max_length=announce.WORDS_MAX_CHARACTERS),
]


class Announce(Arguments):
    """`announce`."""

    audience: Id
    en: Words
    zh: Words
    until_at: float
    team: Id | None = None
    queue_id: Id | None = None
    must_confirm: StrictBool = False


class OnAnnouncement(Arguments):
    """`end_announcement`, `confirm_announcement`."""

    announcement_id: Id


class AcknowledgeAlert(Arguments):
    """`acknowledge_alert`; `severity` as the page shows it."""

    alert_id: Annotated[str, StringConstraints(strict=True, min_length=3, max_length=130)]
    severity: Annotated[StrictInt, Field(ge=0, le=99)]
    note: Annotated[str, StringConstraints(strict=True, max_length=alerts.NOTE_MAX_CHARACTERS)] = ""


class SwitchOff(Arguments):
    """`switch_off`; without a name the whole assistant, without a channel on all."""

    kind: Id
    reason: Annotated[
        str,
        StringConstraints(strict=True, min_length=1, max_length=switches.REASON_MAX_CHARACTERS),
    ]
    until_at: float
    name: Id | None = None
    channel: Id | None = None


class OnSwitch(Arguments):
    """`switch_on`."""

    switch_id: Id


async def _announce(desk: Desk, viewer: Viewer, a: Announce) -> Result:
    new = announce.NewAnnouncement(**a.model_dump())
    return {"announcement_id": await announce.announce(desk.hub, viewer.user_id, new)}


async def _end(desk: Desk, viewer: Viewer, a: OnAnnouncement) -> None:
    await announce.end_announcement(desk.hub, viewer.user_id, announcement_id=a.announcement_id)


async def _confirm(desk: Desk, viewer: Viewer, a: OnAnnouncement) -> None:
    await announce.confirm(desk.hub, viewer.user_id, announcement_id=a.announcement_id)


async def _acknowledge(desk: Desk, viewer: Viewer, a: AcknowledgeAlert) -> None:
    await alerts.acknowledge(
        desk.hub, viewer.user_id, alert_id=a.alert_id, severity=a.severity, note=a.note
    )


async def _switch_off(desk: Desk, viewer: Viewer, a: SwitchOff) -> Result:
    new = switches.NewSwitch(
        kind=a.kind, name=a.name or "", channel=a.channel or "", reason=a.reason,
        until_at=a.until_at,
    )  # fmt: skip
    return {"switch_id": await switches.switch_off(desk.hub, viewer.user_id, new)}


async def _switch_on(desk: Desk, viewer: Viewer, a: OnSwitch) -> None:
    await switches.switch_on(desk.hub, viewer.user_id, switch_id=a.switch_id)


FLOOR_COMMANDS: Final[dict[str, Command]] = {
    "announce": Command(Announce, Right.ANNOUNCE, _announce),
    "end_announcement": Command(OnAnnouncement, Right.ANNOUNCE, _end),
    "confirm_announcement": Command(OnAnnouncement, Right.HANDLE_CONTACTS, _confirm),
    "acknowledge_alert": Command(AcknowledgeAlert, Right.STEER_CONTACTS, _acknowledge),
    "switch_off": Command(SwitchOff, Right.STEER_CONTACTS, _switch_off),
    "switch_on": Command(OnSwitch, Right.STEER_CONTACTS, _switch_on),
}
