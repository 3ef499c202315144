"""The carrier of Notices where no SMS or mail account is set up: it promises nothing."""

from hub.domain.notice import Notice, NoticeKind
from hub.ports import NeedsAttention


class NoCarrier:
    """Nothing can be delivered; what is asked for all the same fails for a supervisor to see."""

    kinds: frozenset[NoticeKind] = frozenset()
    honours_key = True

    async def send(self, notice: Notice) -> None:
        """Raise `NeedsAttention`."""
        raise NeedsAttention(f"no account for {notice.to_kind} is set up")
