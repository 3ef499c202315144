"""`hub carrier`: a carrier of our own that speaks Twilio, for calls without an account.

Commands import what they need when they are called (noqa: PLC0415), as in `cli.py`.
"""

import asyncio
import secrets
import sys
from pathlib import Path
from typing import Annotated

import typer

from hub.adapters.clock import SystemClock

DEMO_NUMBER = "+85295100018"


def carrier(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.", min=1, max=65535)] = 8020,
    folder: Annotated[Path, typer.Option(help="Folder of its account and secrets.")] = Path("var"),
    hub_url: Annotated[str, typer.Option(help="The hub whose webhooks it calls.")] = (
        "http://127.0.0.1:8000"
    ),
    numbers: Annotated[
        str, typer.Option(help="Numbers of the bank's, with commas between them.")
    ] = DEMO_NUMBER,
    delay: Annotated[float, typer.Option(help="Requests are late by up to so many seconds.")] = 0,
    double: Annotated[float, typer.Option(help="Share of requests that come twice, 0 to 1.")] = 0,
    lose: Annotated[float, typer.Option(help="Share that is lost and repeated, 0 to 1.")] = 0,
    seed: Annotated[int | None, typer.Option(help="The same number chooses faults alike.")] = None,
    with_parent: Annotated[bool, typer.Option(help="End when standard input ends.")] = False,
) -> None:
    """Simulate the carrier: runs TwiML, serves Twilio's REST API, signs its callbacks.

    Its page, /carrier, is a telephone to dial the bank with; what is heard is shown as text.
    `hub demo` starts one by itself. For `hub serve` set the printed variables first.
    """
    from channels._twilio.carrier.account_file import account_in  # noqa: PLC0415
    from channels._twilio.carrier.program import run_carrier, troubled  # noqa: PLC0415

    account = account_in(folder)
    own_url = f"http://127.0.0.1:{port}"
    if not with_parent:
        typer.echo(f"carrier: {own_url}/carrier for account {account.sid}, secrets in {folder}")
        typer.echo(f"carrier: the hub needs [channels.phone.twilio] api_url = {own_url!r}")
    faults = troubled(
        seed=secrets.randbits(64) if seed is None else seed,
        delay_seconds=delay, double=double, lose=lose,
    )  # fmt: skip
    asyncio.run(
        run_carrier(
            folder, port, hub_url=hub_url, numbers=tuple(numbers.split(",")), faults=faults,
            clock=SystemClock(), parent=sys.stdin.fileno() if with_parent else None,
        )
    )  # fmt: skip
