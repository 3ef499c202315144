"""Balances and last payments, read aloud to who is proved to speak."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation

from hub.customers import parties
from hub.journey.context import Hub
from hub.journey.errands import words
from hub.journey.errands.answer import YES, Answer, refused
from hub.journey.errands.known import NotProved, Speaker, speaker_of
from hub.journey.record import read_record
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
    rows = await _record(hub, speaker)
    said: list[str] = []
    for account_id, kind, currency, sealed in rows.accounts[:ACCOUNTS_SAID]:
        detail = hub.vault.open_json(sealed, "account", "detail", account_id)
        name = words.ACCOUNT_KINDS.get(kind, words.OTHER_ACCOUNT)
        said.append(
            words.of(
                words.BALANCE, contact.language, account=words.of(name, contact.language),
                tail=str(detail.get("number", ""))[-4:],
                amount=amount_text(str(detail.get("balance", "0")), currency),
            )
        )  # fmt: skip
    return _told(contact, said)


async def last_payments(hub: Hub, contact: SelfServiceContact, _: Mapping[str, str]) -> Answer:
    """Say the newest payments of the accounts that are open to who speaks."""
    try:
        speaker = await speaker_of(hub, contact)
    except NotProved:
        return refused(contact, "proof_needed")
    rows = await _record(hub, speaker)
    mine = {row[0] for row in rows.accounts}
    said: list[str] = []
    for payment_id, at, account_id, sealed, *_rest in rows.payments:
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
    return _told(contact, said)


async def _record(hub: Hub, speaker: Speaker) -> RecordRows:
    """The record with the accounts and payments that who speaks may hear of."""
    rows = await read_record(hub, speaker.customer_id, speaker=speaker.party_id)
    may_hear = parties.open_accounts(
        rows.persons, speaker.customer_id, speaker.party_id, hub.clock.now()
    )
    shared = [*rows.accounts, *rows.shared_accounts] if speaker.party_id is None else rows.accounts
    accounts = [row for row in shared if may_hear is None or row[0] in may_hear]
    return rows._replace(accounts=accounts)


def _told(contact: SelfServiceContact, said: list[str]) -> Answer:
    if not said:
        return refused(contact, "none")
    between = "" if contact.language == "zh" else " "
    return {"ok": YES, "count": str(len(said)), "text": between.join(said)}


def amount_text(amount: str, currency: str) -> str:
    """Return an amount with its currency as it is read: `1,234.50 HKD`."""
    try:
        return f"{Decimal(amount):,.2f} {currency}".strip()
    except InvalidOperation:
        return f"{amount} {currency}".strip()


def day_text(hub: Hub, at: float, language: str) -> str:
    """Return a day in the bank's zone as it is said."""
    day = datetime.fromtimestamp(at, hub.banking.calendar.zone)
    return f"{day.month}月{day.day}日" if language == "zh" else f"{day.day} {day:%B}"
