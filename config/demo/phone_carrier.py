"""The carrier simulator as a child of `hub demo`: calls over Twilio's protocol, no account."""

import sys
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from channels._twilio.carrier.account_file import account_in
from channels.sms.twilio.settings import TwilioTexts
from config.demo.core.child import CoreChild, free_port
from config.demo.pages import language_of
from config.settings import Settings
from config.wiring import Application

NUMBER: Final = "+85295100018"


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


def sms_options(settings: Settings, phone: Mapping[str, Any]) -> dict[str, Any]:
    """Return the demo bank's numbers for texts, on the same account as its calls."""
    chosen = dict(settings.channels.get("sms", {}))
    if chosen.get("numbers"):
        return chosen
    own = frozenset(one.name for one in fields(TwilioTexts))
    account = {key: value for key, value in phone["twilio"].items() if key in own}
    numbers = {
        NUMBER: {
            "provider": "twilio",
            "language": "zh",
            "name": {"en": "Northmere Bank", "zh": "北湄银行"},
        }
    }
    return {
        **chosen,
        "bank": {"en": "Northmere Bank", "zh": "北湄银行"},
        "numbers": numbers,
        "twilio": account,
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

    async def page(request: Request) -> Response:
        return RedirectResponse(f"{url}/carrier?lang={language_of(request)}")

    async def handset(request: Request) -> Response:
        return RedirectResponse(f"{url}/carrier/texts?lang={language_of(request)}")

    application.tasks.start("demo_carrier", keep)
    application.routes.append(Route("/handset", handset))
    application.routes.append(Route("/carrier", page))


def command(folder: Path, url: str, hub_url: str) -> list[str]:
    """Return the command line of the child."""
    return [
        sys.executable, "-m", "config", "carrier", "--port", url.rpartition(":")[2],
        "--folder", str(folder), "--hub-url", hub_url, "--with-parent",
    ]  # fmt: skip
