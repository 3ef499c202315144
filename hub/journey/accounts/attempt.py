"""An account tried at once, by a person who waits for the answer."""

from collections.abc import Awaitable
from typing import Final

from hub.domain.errors import Refused
from hub.journey.accounts.keeper import account_now, keeper_of
from hub.journey.audited import audited
from hub.journey.context import Hub
from hub.journey.opt_out import why_not
from hub.ports import NeedsAttention, SendLater, SendNever

ADDRESS_MOST_CHARACTERS: Final = 320


async def check_account(hub: Hub, channel: str, account: str) -> str:
    """Sign in both ways; return the code of what is wrong, empty when nothing is."""
    account_now(hub, channel, account)
    return await _outcome(hub, channel, account, keeper_of(hub, channel).check_account(account))


async def send_test(
    hub: Hub, actor: str, channel: str, account: str, *, to: str, language: str
) -> str:
    """Send the test words to an address; return the code of what is wrong, as `check_account`.

    It goes past the outbox, since a person waits; the ledger of opt-outs is asked all the same.
    Raises `Refused("account_paused")` while the account rests.
    """
    account_now(hub, channel, account)
    if hub.accounts.is_paused(channel, account):
        raise Refused("account_paused", "resume it first")
    if closed := await why_not(hub, channel, to, "service"):
        return closed
    sent = keeper_of(hub, channel).send_test(account, to, language)
    code = await _outcome(hub, channel, account, sent)
    details = {"code": code}
    subject = f"{channel}/{account}"
    await hub.journal.run(lambda: audited(hub, actor, "account_tested", subject, details=details))
    if not code:
        hub.accounts.left(channel, account, hub.clock.now())
    return code


async def _outcome(hub: Hub, channel: str, account: str, trying: Awaitable[None]) -> str:
    try:
        await trying
    except SendNever as error:
        return error.code
    except (SendLater, NeedsAttention) as error:
        code = error.code if isinstance(error, NeedsAttention) else str(error)
        hub.accounts.failed(channel, account, code, hub.clock.now())
        return code
    return ""
