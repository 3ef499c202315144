"""A text that came, whoever carried it: to the ledger when it is STOP, else to the hub."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import structlog

from channels.sms import words
from channels.sms.keywords import Keyword, keyword_of
from channels.sms.settings import CHANNEL, Number, SmsSettings
from hub.customers.opt_outs import Purpose
from hub.domain.errors import Invalid
from hub.domain.outbound import DeliveryState, DeliveryTold
from hub.domain.steps import InboundFact
from hub.journey.channel_state import ChannelState
from hub.journey.context import Hub
from hub.journey.delivery.told import delivery_told
from hub.journey.files import store_file
from hub.journey.opt_out import note_in_unit, note_opt_out, take_back_in_unit
from hub.journey.receive import TEXT_MAX_CHARACTERS, receive
from hub.store.unit import Unit
from hub.text.language import detect

DAY_SECONDS: Final = 86_400.0
UNSUBSCRIBED: Final = "21610"
ALL: Final = tuple(Purpose)
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file of a text, which is fetched once the text itself is safe."""

    name: str
    fetch: Callable[[], Awaitable[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """One text as its provider gave it; the same key again is the same text."""

    account: str
    address: str
    key: str
    text: str
    files: Sequence[Attached] = ()
    is_answered: bool = False
    """The provider has answered STOP, START or HELP itself."""
    asks: Keyword | None = None
    """What the provider took the text for; None: look at its words."""
    channel_data: dict[str, str] = field(default_factory=dict)


class Intake:
    """What all providers give their texts and reports to."""

    def __init__(self, hub: Hub, settings: SmsSettings) -> None:
        self._hub, self._settings = hub, settings

    def knows(self, account: str) -> bool:
        """Tell whether a number is ours."""
        return account in self._settings.numbers

    async def take(self, inbound: Inbound) -> str:
        """Store a text; return what is to be answered at once, mostly nothing.

        It is stored when this returns. Raises `Invalid` for what can never be stored and
        `Unavailable` for what can be tried again.
        """
        self._hub.accounts.came(CHANNEL, inbound.account, self._hub.clock.now())
        keyword = inbound.asks or keyword_of(inbound.text)
        if keyword is not None:
            reply = await self._hub.journal.run(lambda: self._obey(inbound, keyword))
            if reply is not None:
                return reply if self._settings.answers_keywords else ""
        await self._receive(inbound)
        return ""

    async def told(self, ref: str, state: DeliveryState, error_code: str = "") -> None:
        """Take a report about a text of ours."""
        await delivery_told(
            self._hub,
            DeliveryTold(channel=CHANNEL, ref=ref, state=state, error_code=error_code),
        )

    async def refused_by_provider(self, address: str, proof: str) -> None:
        """Note that the provider knows of an opt-out which did not come to us."""
        await note_opt_out(
            self._hub, channel=CHANNEL, address=address, by="customer", proof=proof, purposes=ALL
        )

    def _obey(self, inbound: Inbound, keyword: Keyword) -> Unit[str | None]:
        """Do what a word asks for, once; None: the words are for a person after all."""
        state, name = ChannelState(self._hub, CHANNEL, inbound.account), f"reply/{inbound.key}"
        known: str | None = yield from state.kept(name)
        if known is not None:
            return known
        reply = yield from self._answer(inbound, keyword)
        if reply is not None:
            expires_at = self._hub.clock.now() + DAY_SECONDS
            yield from state.keep(name, reply, expires_at=expires_at)
        return reply

    def _answer(self, inbound: Inbound, keyword: Keyword) -> Unit[str | None]:
        said = words.HELP
        if keyword is not Keyword.HELP:
            change = note_in_unit if keyword is Keyword.STOP else take_back_in_unit
            is_new = yield from change(
                self._hub, channel=CHANNEL, address=inbound.address, by="customer",
                proof=inbound.key, purposes=ALL,
            )  # fmt: skip
            if keyword is Keyword.START and not is_new:
                return None
            if not is_new:
                return ""
            said = words.STOPPED if keyword is Keyword.STOP else words.STARTED
        if inbound.is_answered:
            return ""
        return words.say(said, self._language(inbound), self._settings.bank)

    async def _receive(self, inbound: Inbound) -> None:
        fact = self._fact(inbound, inbound.key, text=inbound.text[:TEXT_MAX_CHARACTERS])
        posted = await receive(self._hub, fact)
        for number, file in enumerate(inbound.files, 1):
            key = f"{inbound.key}.{number}"
            try:
                file_id = await store_file(
                    self._hub, conversation_id=posted.conversation_id, uploaded_by="customer",
                    name=file.name, data=await file.fetch(),
                )  # fmt: skip
            except Invalid as error:
                log.info("sms_file_refused", code=error.code)
                note = words.NO_FILE[self._language(inbound)]
                await receive(self._hub, self._fact(inbound, key, text=note))
                continue
            await receive(self._hub, self._fact(inbound, key, file_id=file_id))

    def _fact(
        self, inbound: Inbound, key: str, *, text: str | None = None, file_id: str | None = None
    ) -> InboundFact:
        return InboundFact(
            channel=CHANNEL, account=inbound.account, address=inbound.address, key=key, text=text,
            file_id=file_id, language=self._language(inbound), channel_data=inbound.channel_data,
        )  # fmt: skip

    def _language(self, inbound: Inbound) -> str:
        number = self._settings.numbers.get(inbound.account)
        own = number.language if isinstance(number, Number) else "en"
        return detect(inbound.text) or own
