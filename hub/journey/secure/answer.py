"""What the customer says back on the page: same Conversation, at the level that was proved."""

from hub.domain.errors import Invalid, Refused
from hub.domain.proof import SECURE_PAGE
from hub.domain.states import IdentityLevel
from hub.domain.steps import InboundFact
from hub.journey.audited import audited
from hub.journey.context import Hub
from hub.journey.delivery.compose import address_of
from hub.journey.files import StoredFile, open_file, store_file
from hub.journey.messages import Posted
from hub.journey.receive import receive
from hub.journey.secure.row import FILES_MOST, Row, hold, words_of
from hub.store.rows import change
from hub.store.tables import SecureMessage
from hub.store.unit import Unit

BY_CUSTOMER = "customer"


async def answer_secure(hub: Hub, secure_id: str, *, key: str, text: str) -> Posted:
    """Store the customer's words; opens a Contact when the talk is over."""
    if not text.strip():
        raise Invalid("empty", "say something")
    row = await hub.journal.run(lambda: hold(hub, secure_id))
    return await receive(hub, await _fact(hub, row, key, text=text))


async def upload_secure(hub: Hub, secure_id: str, *, key: str, name: str, data: bytes) -> Posted:
    """Store a document that was asked for.

    Raises `Refused`: not_asked, too_many_files; `Invalid` as `store_file` does.
    """
    row = await hub.journal.run(lambda: _count(hub, secure_id))
    file_id = await store_file(
        hub, conversation_id=row.conversation_id, uploaded_by=BY_CUSTOMER, name=name, data=data
    )
    return await receive(hub, await _fact(hub, row, key, file_id=file_id))


def _count(hub: Hub, secure_id: str) -> Unit[Row]:
    """Counted before it is stored: a file that is refused uses up one too."""
    row = yield from hold(hub, secure_id)
    if not row.asks_files:
        raise Refused("not_asked", "no documents were asked for here")
    if row.files_taken >= FILES_MOST:
        raise Refused("too_many_files", f"at most {FILES_MOST} files")
    yield change(SecureMessage, row.id, files_taken=row.files_taken + 1)
    yield from audited(
        hub, BY_CUSTOMER, "secure_file_sent", row.id, details={"contact": row.contact_id}
    )
    return row


async def file_of_secure(hub: Hub, secure_id: str) -> StoredFile:
    """Hand out the file that a secure message carries; its opening is in the audit."""
    row = await hub.journal.run(lambda: _open_file(hub, secure_id))
    described = words_of(hub, row).get("file")
    if described is None:
        raise Refused("no_file", "there is no file in it")
    return await open_file(hub, described["id"])


def _open_file(hub: Hub, secure_id: str) -> Unit[Row]:
    row = yield from hold(hub, secure_id)
    yield from audited(
        hub, BY_CUSTOMER, "secure_file_opened", row.id, details={"contact": row.contact_id}
    )
    return row


async def _fact(
    hub: Hub, row: Row, key: str, *, text: str | None = None, file_id: str | None = None
) -> InboundFact:
    rows = await hub.reader.rows(address_of(row.conversation_id))
    channel, account, address_id, sealed = rows[0]
    return InboundFact(
        channel=channel, account=account, key=f"{row.id}.{key}", text=text, file_id=file_id,
        address=hub.vault.open(sealed, "address", "value", address_id), language=row.language,
        customer_id=row.customer_id, identity_level=int(IdentityLevel.PROVED), proof=SECURE_PAGE,
    )  # fmt: skip
