"""What staff pages may talk to besides the hub."""

from typing import Any

import pytest

from config.console import console_settings
from config.settings import Settings

TWILIO = ("https://*.twilio.com", "wss://*.twilio.com")


@pytest.mark.parametrize(
    ("channels", "hosts"),
    [
        ({}, ()),
        ({"phone": {"embedded": {}}}, ()),
        ({"phone": {"twilio": {"account_sid": "AC1", "api_url": "http://127.0.0.1:9"}}}, ()),
        ({"phone": {"twilio": {"account_sid": "AC1"}}}, TWILIO),
    ],
)
def test_pages_reach_a_provider_only_where_its_softphone_is(
    channels: dict[str, Any], hosts: tuple[str, ...]
) -> None:
    settings = Settings.model_construct(channels=channels)
    assert console_settings(settings).connect_to == hosts
