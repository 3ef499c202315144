"""The operator's choices: our numbers, who carries each, and what the bank is called.

[channels.sms]
bank = { en = "Northmere Bank", zh = "北湄银行" }
[channels.sms.numbers."+85295100018"]
provider = "twilio"
countries = ["86", "852"]
[channels.sms.twilio]          # each provider checks its own table
"""

import re
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field, fields
from typing import Any, Final

from hub.domain.errors import Invalid

CHANNEL: Final = "sms"
TABLE: Final = "channels.sms"
PROVIDERS: Final = ("twilio", "smpp")
_NUMBER: Final = re.compile(r"\+[1-9][0-9]{6,14}|[0-9]{3,8}|[A-Za-z0-9 ]{3,11}")
_COUNTRY: Final = re.compile(r"[1-9][0-9]{0,6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One ChannelAccount: a number, a short code, or a name that cannot be answered."""

    number: str
    provider: str
    countries: tuple[str, ...] = ()
    """Calling codes it writes to first, such as `86`; the longest that fits wins."""
    language: str = "en"
    """Of customers whose words give no ground for either language."""
    name: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SmsSettings:
    """All of them."""

    numbers: MutableMapping[str, Number]
    """Others are connected and removed while the hub runs."""
    bank: Mapping[str, str]
    answers_keywords: bool = True
    """Off where the provider itself answers STOP, START and HELP."""
    segments_most: int = 10
    """A longer text is not sent: it would cost as much as a letter."""


def settings_from(options: Mapping[str, Any]) -> SmsSettings:
    """Return the settings from the operator's plain values; raise `Invalid` naming the key."""
    given = {name: value for name, value in options.items() if name not in PROVIDERS}
    _refuse_unknown(given, SmsSettings, TABLE, PROVIDERS)
    numbers = {
        str(number): number_from(str(number), table)
        for number, table in given.pop("numbers", {}).items()
    }
    for one in numbers.values():
        if not options.get(one.provider):
            raise Invalid("missing_setting", f"{TABLE}.{one.provider} is needed by {one.number}")
    bank = given.pop("bank", {"en": "Bank", "zh": "银行"})
    if not isinstance(bank, Mapping) or "en" not in bank:
        raise Invalid("bad_setting", f"{TABLE}.bank: the bank's name as en and zh")
    return SmsSettings(numbers=numbers, bank=bank, **given)


def sender_for(settings: SmsSettings, address: str, account: str = "") -> str | None:
    """Return which of our numbers writes to an address.

    That is the one the customer used, else the one for the longest calling code that fits, else
    the first that is for no country in particular.
    """
    if account in settings.numbers:
        return account
    digits = address.removeprefix("+")
    fitting = [
        (-len(country), place, one.number)
        for place, one in enumerate(settings.numbers.values())
        for country in (one.countries or ("",))
        if digits.startswith(country)
    ]
    return min(fitting)[2] if fitting else None


def number_from(number: str, table: Mapping[str, Any]) -> Number:
    """Return a number as its table describes it; raise `Invalid` naming the key."""
    place = f'{TABLE}.numbers."{number}"'
    given = dict(table)
    _refuse_unknown(given, Number, place, ())
    if not _NUMBER.fullmatch(number):
        raise Invalid("bad_number", f"{place}: +, country and number, or a short code")
    if given.get("provider") not in PROVIDERS:
        raise Invalid("bad_setting", f"{place}.provider: one of {list(PROVIDERS)}")
    countries = tuple(str(one) for one in given.pop("countries", ()))
    if wrong := [one for one in countries if not _COUNTRY.fullmatch(one)]:
        raise Invalid("bad_setting", f"{place}.countries: {wrong} are no calling codes")
    if given.get("language", "en") not in ("en", "zh"):
        raise Invalid("bad_setting", f"{place}.language: en or zh")
    given.pop("number", None)
    return Number(number=number, countries=countries, **given)


def _refuse_unknown(
    given: Mapping[str, Any], known: type[Any], place: str, also: tuple[str, ...]
) -> None:
    names = {one.name for one in fields(known)} - {"number"} | set(also)
    if unknown := sorted(given.keys() - names):
        raise Invalid("unknown_setting", f"{place} has no {unknown}; it has {sorted(names)}")
