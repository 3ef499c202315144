"""The mail by which an administrator sees that a mailbox sends."""

from collections.abc import Mapping
from typing import Final

from hub.domain.letter import Letter
from hub.domain.outbound import Outbound

_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "en": (
        "Test of this mailbox",
        "This mail shows that the mailbox sends. Nobody needs to answer it.",
    ),
    "zh": ("邮箱测试", "收到本邮件说明该邮箱可以正常发信，无需回复。"),
}


def trial_mail(account: str, to: str, language: str, key: str) -> Outbound:
    """Return it; a machine wrote it, so that no machine answers."""
    subject, text = _WORDS.get(language, _WORDS["en"])
    return Outbound(
        account=account, address=to, conversation_id=f"trial-{key}", contact_id=key, key=key,
        language=language, text=text, speaker="system",
        channel_data=Letter(subject=subject).channel_data(),
    )  # fmt: skip
