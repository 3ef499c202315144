"""The carrier simulator as a child of `hub demo`: calls over Twilio's protocol, no account."""

import sys
from pathlib import Path

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from channels._twilio.carrier.account_file import account_in
from config.demo.core.child import CoreChild, free_port
from config.settings import Settings
from config.wiring import Application


def twilio_options(settings: Settings) -> dict[str, object]:
    """Return the account of a carrier on a port that was free a moment ago."""
    account = account_in(settings.data_dir)
    return {
        "account_sid": account.sid,
        "auth_token": account.auth_token,
        "api_key_sid": account.key_sid,
        "api_key_secret": account.key_secret,
        "public_url": settings.origins[0],
        "api_url": f"http://127.0.0.1:{free_port()}",
    }


def has_own_carrier(settings: Settings) -> bool:
    """Tell whether the account is the one of this folder's carrier, not the operator's."""
    chosen = settings.channels["phone"]["twilio"]
    return bool(chosen["account_sid"] == account_in(settings.data_dir).sid)


def add_carrier(application: Application) -> None:
    """Run the carrier beside the hub; `/carrier` leads to its page."""
    settings, hub = application.settings, application.hub
    url = str(settings.channels["phone"]["twilio"]["api_url"])
    child = CoreChild(hub.clock)

    async def keep() -> None:
        await child.keep(command(settings.data_dir, url, settings.origins[0]))

    async def page(_request: Request) -> Response:
        return RedirectResponse(f"{url}/carrier")

    application.tasks.start("demo_carrier", keep)
    application.routes.append(Route("/carrier", page))


def command(folder: Path, url: str, hub_url: str) -> list[str]:
    """Return the command line of the child."""
    return [
        sys.executable, "-m", "config", "carrier", "--port", url.rpartition(":")[2],
        "--folder", str(folder), "--hub-url", hub_url, "--with-parent",
    ]  # fmt: skip
