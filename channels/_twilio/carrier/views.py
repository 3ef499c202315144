"""Resources of the REST API as Twilio shows them."""

from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from channels._twilio.carrier.call import Call, Recording
from channels._twilio.carrier.room import Participant, Room

Json = dict[str, Any]


def call_view(call: Call, account_sid: str) -> Json:
    """Return a call."""
    return {
        "sid": call.sid,
        "account_sid": account_sid,
        "parent_call_sid": call.parent_sid or None,
        "from": call.from_,
        "to": call.to,
        "status": call.status,
        "direction": call.direction,
        "answered_by": call.answered_by or None,
        "date_created": when(call.created_at),
        "start_time": when(call.started_at),
        "end_time": when(call.ended_at),
        "api_version": "2010-04-01",
    }


def room_view(room: Room, account_sid: str) -> Json:
    """Return a Conference."""
    return {
        "sid": room.sid,
        "account_sid": account_sid,
        "friendly_name": room.name,
        "status": room.status,
        "date_created": when(room.created_at),
        "api_version": "2010-04-01",
    }


def participant_view(room: Room, participant: Participant, account_sid: str) -> Json:
    """Return a participant, also one that is still dialled."""
    call = participant.call
    status = {"in-progress": "connected", "ringing": "ringing"}.get(call.status, call.status)
    return {
        "call_sid": call.sid,
        "conference_sid": room.sid,
        "account_sid": account_sid,
        "label": participant.label or None,
        "muted": participant.is_muted,
        "hold": participant.is_on_hold,
        "coaching": participant.is_coaching,
        "call_sid_to_coach": participant.coached_sid or None,
        "start_conference_on_enter": participant.starts_room,
        "end_conference_on_exit": participant.ends_room,
        "status": "complete" if call.is_over else status,
    }


def recording_view(recording: Recording, account_sid: str) -> Json:
    """Return a recording."""
    return {
        "sid": recording.sid,
        "account_sid": account_sid,
        "call_sid": recording.call_sid,
        "status": recording.status,
        "channels": recording.channels,
        "source": recording.source,
        "duration": str(round(recording.seconds)),
        "start_time": when(recording.started_at),
        "api_version": "2010-04-01",
    }


def page(name: str, items: list[Json], uri: str) -> Json:
    """Return a list as the one page that there is."""
    return {
        name: items,
        "page": 0,
        "page_size": max(50, len(items)),
        "start": 0,
        "end": max(0, len(items) - 1),
        "uri": uri,
        "first_page_uri": uri,
        "next_page_uri": None,
        "previous_page_uri": None,
    }


def when(at: float | None) -> str | None:
    """Return a time (UTC epoch seconds) as the API writes it."""
    return format_datetime(datetime.fromtimestamp(at, UTC)) if at is not None else None
