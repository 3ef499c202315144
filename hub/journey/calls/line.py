"""What a caller in line hears: how it stands now and then, music, and keys for other ways."""

import math
from typing import Any, Final

from hub.domain.calls import Music, Program, Sound, Wait
from hub.domain.routing import QueueEstimate
from hub.journey.calls.legs import CallRow
from hub.journey.calls.set_up import WaitingSetUp
from hub.journey.calls.words import prompt
from hub.journey.contact_row import ContactRow
from hub.journey.context import Hub
from hub.store.rows import change, find
from hub.store.tables import Alternative, Call
from hub.store.unit import Unit

FIRST_MUSIC_SECONDS: Final = 4.0
"""Routing needs a moment to know the place; an agent may be found before it is told."""


def wait_program(hub: Hub, contact: ContactRow, call: CallRow, at: float) -> Unit[Program]:
    """The next piece of waiting; how it stands is told at most every `announce_seconds`."""
    chosen = hub.phone.waiting
    keys = chosen.callback_key + chosen.voicemail_key
    if call.announced_at is None:
        # The start counts as told, so that the first place comes with the second piece.
        yield change(Call, call.id, announced_at=at - chosen.announce_seconds)
        sounds: tuple[Sound, ...] = (
            prompt("keep_waiting", contact.language), Music(seconds=FIRST_MUSIC_SECONDS),
        )  # fmt: skip
        return (Wait(sounds=sounds, keys=keys),)
    music = Music(seconds=chosen.music_seconds)
    if at - call.announced_at < chosen.announce_seconds:
        return (Wait(sounds=(music,), keys=keys),)
    yield change(Call, call.id, announced_at=at)
    told = standing(hub.line.position_of(contact.id), contact.language)
    untold = yield find(Alternative, "cause", id=contact.id, step="offered")
    if untold:
        yield change(Alternative, contact.id, step="waiting")
        told = (prompt(untold[0][0], contact.language), *told)
    ways = spoken_ways(chosen, contact.language)
    return (Wait(sounds=(*told, *ways, music), keys=keys),)


def music_only(hub: Hub, *before: Sound) -> Program:
    """Music without keys: somebody is being fetched for this caller."""
    return (Wait(sounds=(*before, Music(seconds=hub.phone.waiting.music_seconds))),)


def standing(estimate: QueueEstimate | None, language: str) -> tuple[Sound, ...]:
    """Place and wait in words."""
    if estimate is None:
        return (prompt("keep_waiting", language),)
    if estimate.position <= 1:
        place = prompt("next", language)
    else:
        ahead = estimate.position - 1
        place = prompt("position", language, position=estimate.position, before=ahead)
    if estimate.estimate_seconds is None:
        return (place,)
    minutes = math.ceil(estimate.estimate_seconds / 60)
    if estimate.estimate_seconds < 60:
        return place, prompt("wait_short", language)
    return place, prompt("wait_about", language, minutes=minutes)


def spoken_ways(chosen: WaitingSetUp, language: str) -> tuple[Sound, ...]:
    """The other ways than waiting, with their keys."""
    ways: list[Any] = []
    if chosen.callback_key:
        ways.append(prompt("key_callback", language, key=chosen.callback_key))
    if chosen.voicemail_key:
        ways.append(prompt("key_voicemail", language, key=chosen.voicemail_key))
    return tuple(ways)
