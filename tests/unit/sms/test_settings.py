"""The operator's table: what is refused, and which number writes to whom."""

from typing import Any

import pytest

from channels.sms.settings import sender_for, settings_from
from hub.domain.errors import Invalid

TABLE: dict[str, Any] = {
    "numbers": {
        "+442079460000": {"provider": "twilio"},
        "+85295100018": {"provider": "twilio", "countries": ["852", "86"]},
        "+8610690000": {"provider": "smpp", "countries": ["861"]},
    },
    "twilio": {"account_sid": "AC"},
    "smpp": {"host": "smsc"},
}


@pytest.mark.parametrize(
    ("address", "account", "sender"),
    [
        ("+8613800002716", "", "+8610690000"),
        ("+8621600000000", "", "+85295100018"),
        ("+447700900000", "", "+442079460000"),
        ("+8613800002716", "+442079460000", "+442079460000"),
        ("+8613800002716", "a number we had", "+8610690000"),
    ],
)
def test_the_number_that_was_used_writes_else_the_one_for_the_country(
    address: str, account: str, sender: str
) -> None:
    assert sender_for(settings_from(TABLE), address, account) == sender


def test_without_a_number_nobody_writes() -> None:
    assert sender_for(settings_from({}), "+8613800002716") is None


@pytest.mark.parametrize(
    "change",
    [
        {"colour": "red"},
        {"numbers": {"+1": {"provider": "twilio"}}},
        {"numbers": {"+442079460000": {"provider": "pigeon"}}},
        {"numbers": {"+442079460000": {"provider": "twilio", "countries": ["x"]}}},
        {"numbers": {"+442079460000": {"provider": "twilio", "language": "fr"}}},
        {"numbers": {"+442079460000": {"provider": "twilio", "price": 1}}},
        {"twilio": {}},
        {"bank": "Northmere"},
    ],
    ids=str,
)
def test_what_is_wrong_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(Invalid, match=r"channels\.sms"):
        settings_from({**TABLE, **change})
