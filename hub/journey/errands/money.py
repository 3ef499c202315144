"""Balances and last payments, read aloud to who is proved to speak."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation

from hub.journey.context import Hub
from hub.journey.days import day_text
from hub.journey.errands import words
from hub.journey.errands.answer import YES, Answer, refused
from hub.journey.errands.known import NotProved, record_of, speaker_of, stale_since
from hub.journey.record_views import RecordRows
from hub.ports import SelfServiceContact

ACCOUNTS_SAID = 4
PAYMENTS_SAID = 3


async def balance(hub: Hub, contact: SelfServiceContact, _: Mapping[str, str]) -> Answer:
    """Say the balance of the accounts that are open to who speaks."""
    try:
        speaker = await speaker_of(hub, contact)
    except NotProved:
        return refused(contact, "proof_needed")
    rows = await record_of(hub, speaker)
    shared = {row[0] for row in rows.shared_accounts}
    said: list[str] = []
    for account_id, kind, currency, sealed in rows.accounts[:ACCOUNTS_SAID]:
        detail = hub.vault.open_json(sealed, "account", "detail", account_id)
        said.append(
            words.of(
                words.BALANCE, contact.language,
                account=account_text(kind, contact.language, is_shared=account_id in shared),
                tail=str(detail.get("number", ""))[-4:],
                amount=amount_text(str(detail.get("balance", "0")), currency),
            )
        )  # fmt: skip
    return _told(contact, _age(hub, contact, rows), said)


async def last_payments(hub: Hub, contact: SelfServiceContact, _: Mapping[str, str]) -> Answer:
    """Say the newest payments of the accounts that are open to who speaks."""
    try:
        speaker = await speaker_of(hub, contact)
    except NotProved:
        return refused(contact, "proof_needed")
    rows = await record_of(hub, speaker)
    mine = {row[0] for row in rows.accounts}
    said: list[str] = []
    shared = rows.shared_payments if speaker.party_id is None else ()
    newest = sorted([*rows.payments, *shared], key=lambda row: -row[1])
    for payment_id, at, account_id, sealed, *_rest in newest:
        if account_id not in mine or len(said) == PAYMENTS_SAID:
            continue
        detail = hub.vault.open_json(sealed, "payment", "detail", payment_id)
        said.append(
            words.of(
                words.PAYMENT, contact.language, day=day_text(hub, at, contact.language),
                merchant=str(detail.get("merchant", "")),
                amount=amount_text(str(detail.get("amount", "0")), str(detail.get("currency", ""))),
            )
        )  # fmt: skip
    return _told(contact, _age(hub, contact, rows), said)


def _age(hub: Hub, contact: SelfServiceContact, rows: RecordRows) -> list[str]:
    """While the bank's system is away our copy is told, with its age."""
    if stale_since(rows) is None or not rows.customer[0][12]:
        return []
    at = datetime.fromtimestamp(rows.customer[0][12], hub.banking.calendar.zone)
    day = day_text(hub, rows.customer[0][12], contact.language)
    return [words.of(words.AS_OF, contact.language, when=f"{day} {at:%H:%M}")]


def account_text(kind: str, language: str, *, is_shared: bool = False) -> str:
    """Return the name of an account; one of another holder is told as shared."""
    name = words.ACCOUNT_KINDS.get(kind, words.OTHER_ACCOUNT)
    return words.of(words.SHARED_ACCOUNT if is_shared else name, language)


def _told(contact: SelfServiceContact, before: list[str], said: list[str]) -> Answer:
    if not said:
        return refused(contact, "none")
    between = "" if contact.language == "zh" else " "
    return {"ok": YES, "count": str(len(said)), "text": between.join([*before, *said])}


def amount_text(amount: str, currency: str) -> str:
    """Return an amount with its currency as it is read: `1,234.50 HKD`."""
    try:
        return f"{Decimal(amount):,.2f} {currency}".strip()
    except InvalidOperation:
        return f"{amount} {currency}".strip()
