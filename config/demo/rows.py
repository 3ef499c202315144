"""From what a customer is and has to sealed rows, as statements for the journal."""

import json
from collections.abc import Iterator

from config.demo.holdings import AccountHeld, CardHeld, ConsentGiven, PaymentMade
from config.demo.people import Person
from config.demo.portrait import PartyNamed
from config.demo.stories import CaseOpened, PastContact
from hub.customers.phone_pin import DIGITS as PIN_DIGITS
from hub.customers.phone_pin import set_pin
from hub.customers.search.forms import Findable
from hub.customers.search.index import index_calls
from hub.domain.reference import reference_of
from hub.security.lookup import LookupKey
from hub.security.vault import Vault
from hub.store import tables
from hub.store.rows import put
from hub.store.unit import Call

ACCOUNT = "northmere"
"""The channel account of contacts before the demo began."""
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Rows:
    """Seals and writes down; every method gives statements and touches nothing."""

    def __init__(self, vault: Vault, lookup: LookupKey) -> None:
        self._seal = vault.seal
        self._lookup = lookup

    def person(self, person: Person, at: float) -> Call:
        """The customer's row."""
        profile = {
            name: getattr(person, name)
            for name in (
                "name", "name_zh", "phone", "email", "id_number", "birth_date", "address",
            )
        }  # fmt: skip
        return put(
            tables.Customer,
            id=person.id,
            number=person.number,
            segment=person.segment,
            lifecycle=person.lifecycle,
            language=person.language,
            since_year=person.since_year,
            profile_sealed=self._seal(_json(profile), "customer", "profile", person.id),
            phone_key=self._lookup.of("phone", person.phone),
            email_key=self._lookup.of("mail", person.email),
            warnings=_json(person.warnings),
            created_at=at,
        )

    def pin(self, person: Person, at: float) -> Call:
        """The telephone PIN: the last six digits of the customer number."""
        return set_pin(self._lookup, person.id, person.number[-PIN_DIGITS:], at)

    def index(self, person: Person) -> Iterator[Call]:
        """What the customer is found by."""
        one = Findable(
            numbers=(person.number,), name=person.name, name_zh=person.name_zh,
            phone=person.phone, email=person.email,
        )  # fmt: skip
        yield from index_calls(self._lookup.words, person.id, one)

    def account(self, person: Person, account: AccountHeld) -> Call:
        """An account's row."""
        detail = {
            "number": account.number, "balance": account.balance, "name": account.name,
            "limit": account.limit,
        }  # fmt: skip
        return put(
            tables.Account,
            id=account.id,
            customer_id=person.id,
            kind=account.kind,
            currency=account.currency,
            detail_sealed=self._seal(_json(detail), "account", "detail", account.id),
        )

    def card(self, person: Person, card: CardHeld) -> Call:
        """A card's row."""
        return put(
            tables.Card,
            id=card.id,
            customer_id=person.id,
            account_id=card.account_id,
            kind=card.kind,
            last_four=card.last_four,
            state=card.state,
            expires=card.expires,
        )

    def payment(self, person: Person, payment: PaymentMade) -> Call:
        """A payment's row."""
        detail = {"merchant": payment.merchant, "amount": payment.amount, "currency": "CNY"}
        return put(
            tables.Payment,
            id=payment.id,
            customer_id=person.id,
            account_id=payment.account_id,
            at=payment.at,
            detail_sealed=self._seal(_json(detail), "payment", "detail", payment.id),
            unusual=payment.unusual,
            unusual_times=payment.unusual_times,
        )

    def party(self, person: Person, party: PartyNamed, at: float) -> Iterator[Call]:
        """A person who may act on some accounts of the record."""
        yield put(
            tables.Party,
            id=party.id,
            customer_id=person.id,
            holder_customer_id=party.own.id,
            role=party.role,
            created_at=at,
        )
        for account_id in party.accounts:
            yield put(tables.PartyAccount, party_id=party.id, account_id=account_id)

    def case(self, person: Person, case: CaseOpened) -> Call:
        """A case's row."""
        return put(
            tables.Case,
            id=case.id,
            number=case.number,
            customer_id=person.id,
            kind=case.kind,
            title=_json(dict(case.title)),
            stage=case.stage,
            owner_id=case.owner_id,
            due_at=case.due_at,
            opened_at=case.opened_at,
            closed_at=case.closed_at,
        )

    def consent(self, person: Person, consent: ConsentGiven) -> Call:
        """A consent's row."""
        return put(
            tables.Consent,
            customer_id=person.id,
            code=consent.code,
            given=consent.given,
            at=consent.at,
        )

    def contacts(self, person: Person, contacts: list[PastContact]) -> Iterator[Call]:
        """Past contacts, with one Address and Conversation for each of their channels."""
        for channel in sorted({contact.channel for contact in contacts}):
            yield from self._thread(person, channel)
        for contact in contacts:
            yield self._contact(person, contact)

    def _thread(self, person: Person, channel: str) -> Iterator[Call]:
        address_id, thread_id = f"adr_demo{person.number}{channel}", _thread_id(person, channel)
        reach = person.email if channel == "email" else person.phone
        yield put(
            tables.Address,
            id=address_id,
            channel=channel,
            account=ACCOUNT,
            value_key=self._lookup.of("address", f"{person.number}/{reach}"),
            value_sealed=self._seal(reach, "address", "value", address_id),
            customer_id=person.id,
            created_at=0.0,
        )
        yield put(
            tables.Conversation,
            id=thread_id,
            address_id=address_id,
            channel=channel,
            account=ACCOUNT,
            language=person.language,
            customer_id=person.id,
            created_at=0.0,
        )

    def _contact(self, person: Person, contact: PastContact) -> Call:
        queued_at = contact.arrived_at + 20.0
        answered_at = queued_at + contact.waited_seconds
        is_handled = contact.ending == "handled"
        closed_at = answered_at + contact.talked_seconds
        return put(
            tables.Contact,
            id=contact.id,
            reference=reference_of(contact.id),
            conversation_id=_thread_id(person, contact.channel),
            channel=contact.channel,
            account=ACCOUNT,
            state="closed",
            ending=contact.ending,
            end_reason="customer" if is_handled else contact.ending,
            language=person.language,
            customer_id=person.id,
            segment=person.segment,
            identity_level=2 if is_handled else 0,
            identity_proof="signed_in_page" if is_handled else None,
            queue_id=contact.queue_id,
            arrived_at=contact.arrived_at,
            queued_at=queued_at if contact.queue_id else None,
            first_assigned_at=answered_at if is_handled else None,
            assigned_at=answered_at if is_handled else None,
            state_since=closed_at,
            closed_at=closed_at,
            disposition=contact.disposition,
            score=contact.score,
        )


def _thread_id(person: Person, channel: str) -> str:
    return f"cnv_demo{person.number}{channel}"
