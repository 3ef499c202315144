"""Between the core's JSON and our values; what does not fit is `Malformed`, never guessed."""

from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, StrictBool, StrictFloat, StrictInt, StrictStr
from pydantic import ValidationError as _Invalid

from hub.domain.banking import (
    CoreAccount,
    CoreAnswer,
    CoreCard,
    CoreChange,
    CoreOrder,
    CorePayment,
    CoreRecord,
    CoreVerdict,
    money,
)
from hub.domain.errors import Invalid


class Malformed(Exception):
    """The core said something that the documented mapping does not know."""


class _Part(BaseModel):
    """New fields of a newer core are no fault; a missing or wrong one is."""

    model_config = ConfigDict(extra="ignore", frozen=True)


T = TypeVar("T", bound=_Part)


class _Account(_Part):
    id: StrictStr
    kind: StrictStr
    currency: StrictStr
    number: StrictStr
    balance: StrictStr
    name: dict[str, str]
    transfer_limit: StrictStr | None = None


class _Card(_Part):
    id: StrictStr
    account_id: StrictStr
    kind: StrictStr
    last_four: StrictStr
    state: StrictStr
    expires: StrictStr


class _Payment(_Part):
    id: StrictStr
    account_id: StrictStr
    booked_at: StrictFloat | StrictInt
    merchant: StrictStr
    amount: StrictStr
    currency: StrictStr
    place: StrictStr | None = None


class _Record(_Part):
    number: StrictStr
    version: StrictInt
    accounts: tuple[_Account, ...]
    cards: tuple[_Card, ...]
    payments: tuple[_Payment, ...]


class _Answer(_Part):
    applied: StrictBool
    reason: StrictStr = ""
    result: dict[str, str] = {}


class _Change(_Part):
    id: StrictStr
    number: StrictStr
    version: StrictInt


def record(data: Any) -> CoreRecord:
    """Read a record; raise `Malformed`."""
    found = _read(_Record, data)
    try:
        for one in found.accounts:
            money(one.balance)
            money(one.transfer_limit or "0")
        for payment in found.payments:
            money(payment.amount)
    except Invalid as error:
        raise Malformed(f"record: {error.code}") from None
    return CoreRecord(
        number=found.number,
        version=found.version,
        accounts=tuple(_account(one) for one in found.accounts),
        cards=tuple(CoreCard(**one.model_dump()) for one in found.cards),
        payments=tuple(_payment(one) for one in found.payments),
    )


def answer(data: Any) -> CoreAnswer:
    """Read what became of an order; raise `Malformed`."""
    return CoreAnswer(**_read(_Answer, data).model_dump())


def change(data: Any) -> CoreChange:
    """Read a change notification; raise `Malformed`."""
    return CoreChange(**_read(_Change, data).model_dump())


def order_body(order: CoreOrder) -> dict[str, Any]:
    """Write an order; its key travels as a header."""
    return {"kind": order.kind, "number": order.number, "arguments": dict(order.arguments)}


def verdict_body(verdict: CoreVerdict) -> dict[str, Any]:
    """Write a verdict; its key travels as a header."""
    return {
        "number": verdict.number,
        "payment_id": verdict.payment_id,
        "verdict": verdict.verdict.value,
    }


def _account(one: _Account) -> CoreAccount:
    values = one.model_dump()
    limit = values.pop("transfer_limit")
    return CoreAccount(limit=limit, **values)


def _payment(one: _Payment) -> CorePayment:
    values = one.model_dump()
    at = float(values.pop("booked_at"))
    return CorePayment(at=at, **values)


def _read(model: type[T], data: Any) -> T:
    try:
        return model.model_validate(data)
    except _Invalid as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise Malformed(f"{model.__name__.strip('_')}.{place}: {first['type']}") from None
