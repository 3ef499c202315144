"""Where it is night for a customer: time zones of a telephone number's country."""

from collections.abc import Mapping
from typing import Final

from hub.security.masks import country_code

_ZONES: Final[Mapping[str, tuple[str, ...]]] = {
    "1": ("America/New_York", "America/Los_Angeles"),
    "7": ("Europe/Moscow", "Asia/Vladivostok"),
    "27": ("Africa/Johannesburg",),
    "31": ("Europe/Amsterdam",),
    "33": ("Europe/Paris",),
    "34": ("Europe/Madrid",),
    "39": ("Europe/Rome",),
    "41": ("Europe/Zurich",),
    "44": ("Europe/London",),
    "46": ("Europe/Stockholm",),
    "49": ("Europe/Berlin",),
    "55": ("America/Sao_Paulo",),
    "60": ("Asia/Kuala_Lumpur",),
    "61": ("Australia/Sydney", "Australia/Perth"),
    "62": ("Asia/Jakarta", "Asia/Jayapura"),
    "63": ("Asia/Manila",),
    "64": ("Pacific/Auckland",),
    "65": ("Asia/Singapore",),
    "66": ("Asia/Bangkok",),
    "81": ("Asia/Tokyo",),
    "82": ("Asia/Seoul",),
    "84": ("Asia/Ho_Chi_Minh",),
    "86": ("Asia/Shanghai",),
    "90": ("Europe/Istanbul",),
    "91": ("Asia/Kolkata",),
    "351": ("Europe/Lisbon",),
    "353": ("Europe/Dublin",),
    "852": ("Asia/Hong_Kong",),
    "853": ("Asia/Macau",),
    "886": ("Asia/Taipei",),
    "971": ("Asia/Dubai",),
}


def zones_of(phone: str) -> tuple[str, ...]:
    """Return the zones a number's country spans, its ends where there are many; empty: unknown.

    >>> zones_of("+8613800132716"), zones_of("20418807")
    (('Asia/Shanghai',), ())
    """
    if not phone.startswith("+"):
        return ()
    return _ZONES.get(country_code(phone[1:]), ())
