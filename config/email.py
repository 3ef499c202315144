"""E-mail between the files and the hub: the mailboxes' queues, and who greets a mail."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from channels.email.greeting import ERRAND, MailArrived, MailDesk
from channels.email.settings import CHANNEL, settings_from
from config.channels import options_of
from config.problems import CannotStart, ExitCode
from config.settings import Settings
from hub.domain.errors import Invalid
from hub.journey.context import Errand
from hub.ports import SelfService


@dataclass(frozen=True, slots=True)
class MailFront:
    """What stands in front of the queues for mail."""

    desks: Mapping[str, SelfService]
    errands: Mapping[str, Errand]


def mail_front(settings: Settings, queues: Collection[str]) -> MailFront:
    """Return it; raise `CannotStart` for a mailbox whose queue is not there."""
    try:
        found = settings_from(options_of(CHANNEL, settings))
    except Invalid as error:
        raise CannotStart(ExitCode.SETTINGS, error.detail or error.code) from None
    if found.spam.scam_queue and found.spam.scam_queue not in queues:
        raise CannotStart(
            ExitCode.SET_UP, f"spam.toml: scam_queue: there is no queue {found.spam.scam_queue}"
        )
    for box in found.mailboxes.values():
        if box.queue not in queues:
            raise CannotStart(
                ExitCode.SETTINGS,
                f"channels.email.mailboxes.{box.address}: there is no queue {box.queue}; "
                f"there are {', '.join(sorted(queues))}",
            )
    return MailFront({CHANNEL: MailDesk(found)}, {ERRAND: MailArrived(found)})
