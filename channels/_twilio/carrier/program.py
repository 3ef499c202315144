"""`hub carrier`: the simulator as a program, for a hub on this machine."""

import os
import threading
from pathlib import Path
from random import Random

import httpx2 as httpx
import uvicorn
from starlette.applications import Starlette

from channels._twilio.carrier.account_file import account_in
from channels._twilio.carrier.carrier import Carrier, Line
from channels._twilio.carrier.desk import CarrierDesk
from channels._twilio.carrier.faults import Faults
from channels._twilio.carrier.rest import Rest
from channels._twilio.carrier.text_desk import TextDesk
from hub.ports import Clock


async def run_carrier(
    folder: Path,
    port: int,
    *,
    hub_url: str,
    numbers: tuple[str, ...],
    faults: Faults,
    clock: Clock,
    parent: int | None = None,
) -> None:
    """Serve on loopback until told to stop, or until the parent's pipe (a file number) ends."""
    async with httpx.AsyncClient(timeout=15.0, trust_env=False) as http:
        carrier = Carrier(account_in(folder), http, clock, faults)
        base = f"{hub_url.rstrip('/')}/phone/twilio"
        texts = f"{hub_url.rstrip('/')}/sms/twilio"
        for number in numbers:
            carrier.numbers[number] = Line(
                voice_url=f"{base}/voice",
                fallback_url=f"{base}/fallback",
                status_url=f"{base}/status",
                sms_url=f"{texts}/text",
                sms_fallback_url=f"{texts}/fallback",
            )
        app = Starlette(
            routes=[
                *CarrierDesk(carrier).routes(),
                *TextDesk(carrier).routes(),
                *Rest(carrier).routes(),
            ]
        )
        server = uvicorn.Server(
            uvicorn.Config(
                app, host="127.0.0.1", port=port, log_config=None, access_log=False,
                lifespan="off", timeout_graceful_shutdown=1,
            )
        )  # fmt: skip
        if parent is not None:
            _end_with(parent, server)
        try:
            await server.serve()
        finally:
            await carrier.close()


def troubled(*, seed: int, delay_seconds: float, double: float, lose: float) -> Faults:
    """Return what goes wrong on purpose; the same seed chooses alike."""
    return Faults(
        random=Random(seed), delay_seconds=delay_seconds, double=double,
        lose_request=lose, lose_answer=lose,
    )  # fmt: skip


def _end_with(parent: int, server: uvicorn.Server) -> None:
    def watch() -> None:
        while os.read(parent, 1024):
            pass
        server.should_exit = True

    threading.Thread(target=watch, daemon=True).start()
