"""What may be transferred in a day: told, and changed once who speaks has heard what will be."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from hub.domain.banking import money
from hub.domain.errors import Invalid
from hub.journey.banking.ask import change_limit as order_limit
from hub.journey.banking.orders import SELF_SERVICE
from hub.journey.context import Hub
from hub.journey.errands import limit_words, words
from hub.journey.errands.answer import YES, Answer, as_asked, ask_again, offered, refused
from hub.journey.errands.cards import ordered
from hub.journey.errands.known import NotProved, record_of, speaker_of
from hub.journey.errands.money import account_text, amount_text
from hub.ports import SelfServiceContact

ACCOUNTS_SAID: Final = 4


class Limited(NamedTuple):
    """An account of who speaks from which may be transferred."""

    id: str
    kind: str
    currency: str
    tail: str
    limit: str
    is_shared: bool


async def transfer_limits(hub: Hub, contact: SelfServiceContact, _: Mapping[str, str]) -> Answer:
    """Say what may be transferred in a day, account by account."""
    try:
        accounts = await _accounts(hub, contact)
    except NotProved:
        return refused(contact, "proof_needed")
    if not accounts:
        return refused(contact, "no_limit")
    said = [
        words.of(
            limit_words.TOLD, contact.language, tail=one.tail,
            account=account_text(one.kind, contact.language, is_shared=one.is_shared),
            amount=amount_text(one.limit, one.currency),
        )
        for one in accounts
    ]  # fmt: skip
    said.append(words.of(limit_words.NEXT, contact.language))
    text = ("" if contact.language == "zh" else " ").join(said)
    return {"ok": YES, "count": str(len(accounts)), "text": text}


async def limit_accounts(
    hub: Hub, contact: SelfServiceContact, arguments: Mapping[str, str]
) -> Answer:
    """Offer the accounts whose limit can be changed; a kind that was told (`savings`) narrows."""
    try:
        accounts = [one for one in await _accounts(hub, contact) if not one.is_shared]
    except NotProved:
        return refused(contact, "proof_needed")
    if not accounts:
        return refused(contact, "no_limit")
    told = arguments.get("account", "")
    fit = [one for one in accounts if told in (one.kind, one.tail)] or accounts
    return offered(
        [
            (
                one.tail,
                words.of(
                    limit_words.CHOICES.get(one.kind, limit_words.OTHER_CHOICE),
                    contact.language,
                    tail=one.tail,
                ),
            )
            for one in fit[:ACCOUNTS_SAID]
        ]
    )  # fmt: skip


async def limit_summary(
    hub: Hub, contact: SelfServiceContact, arguments: Mapping[str, str]
) -> Answer:
    """Say what the limit is and what it would be, before `yes`."""
    try:
        accounts = await _accounts(hub, contact)
    except NotProved:
        return refused(contact, "proof_needed")
    account = _meant(accounts, arguments)
    if not accounts:
        return refused(contact, "no_limit")
    if account is None:
        return ask_again(contact, "which_account", "account")
    amount = _amount(arguments, account)
    most = hub.banking.rules.limit_most
    if amount is None or not 0 <= amount <= most:
        told = amount_text(str(most), account.currency)
        return ask_again(contact, "bad_amount", "amount", most=told)
    if amount == money(account.limit):
        told = amount_text(account.limit, account.currency)
        return ask_again(contact, "same_limit", "amount", amount=told)
    said = words.of(
        limit_words.SUM, contact.language, tail=account.tail,
        account=account_text(account.kind, contact.language),
        before=amount_text(account.limit, account.currency),
        amount=amount_text(str(amount), account.currency),
    )  # fmt: skip
    if amount > hub.banking.rules.limit_approval_above:
        said += words.of(limit_words.NEEDS_APPROVAL, contact.language)
    return as_asked(contact, said + words.of(words.SHALL_I, contact.language))


async def change_limit(
    hub: Hub, contact: SelfServiceContact, arguments: Mapping[str, str]
) -> Answer:
    """Order the change; asked twice in one Contact it is one order."""
    try:
        account = _meant(await _accounts(hub, contact), arguments)
    except NotProved:
        return refused(contact, "proof_needed")
    amount = _amount(arguments, account) if account is not None else None
    if account is None or amount is None:
        return refused(contact, "no_limit")
    order = order_limit(
        hub, SELF_SERVICE, contact_id=contact.contact_id, key=f"limit-{account.id}-{amount}",
        account_id=account.id, amount=str(amount),
    )  # fmt: skip
    needs_approval = amount > hub.banking.rules.limit_approval_above
    said = limit_words.TO_APPROVE if needs_approval else limit_words.ORDERED
    return await ordered(hub, contact, order, (said, limit_words.LATE), tail=account.tail)


async def _accounts(hub: Hub, contact: SelfServiceContact) -> list[Limited]:
    rows = await record_of(hub, await speaker_of(hub, contact))
    shared = {row[0] for row in rows.shared_accounts}
    found: list[Limited] = []
    for account_id, kind, currency, sealed in rows.accounts:
        detail = hub.vault.open_json(sealed, "account", "detail", account_id)
        limit, tail = detail.get("limit"), str(detail.get("number", ""))[-4:]
        if limit is not None:
            found.append(
                Limited(account_id, kind, currency, tail, str(limit), account_id in shared)
            )
    return found


def _meant(accounts: list[Limited], arguments: Mapping[str, str]) -> Limited | None:
    told = arguments.get("account", "")
    fit = [one for one in accounts if told in (one.kind, one.tail) and not one.is_shared]
    return fit[0] if len(fit) == 1 else None


def _amount(arguments: Mapping[str, str], account: Limited) -> Decimal | None:
    """Return the amount in the account's currency; None for another one, or none at all."""
    number, _, currency = arguments.get("amount", "").partition(" ")
    if currency not in ("", account.currency):
        return None
    try:
        return money(number)
    except Invalid:
        return None
