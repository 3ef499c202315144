"""A call that is taken elsewhere just as a key is pressed."""

import asyncio

import pytest

from channels._twilio.carrier.handset import Handset
from channels._twilio.carrier.listening import _until_first


async def test_who_is_taken_elsewhere_while_a_sound_stops_does_not_go_on() -> None:
    handset = Handset(address="+8613800000000", call_sid="CA1")
    stopping, may_stop = asyncio.Event(), asyncio.Event()

    async def sound() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            stopping.set()
            await may_stop.wait()

    listening = asyncio.create_task(_until_first(handset, ["dtmf"], sound()))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    handset.press("1")
    await stopping.wait()
    listening.cancel()
    may_stop.set()
    with pytest.raises(asyncio.CancelledError):
        await listening
