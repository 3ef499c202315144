"""How mail programs begin what they quote: Outlook, Apple Mail, Gmail, QQ, 163, Foxmail, others.

Every test looks at one line or at a few joined ones of bounded length; none may backtrack.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from mailparser_reply.constants import MAIL_LANGUAGES

INTRODUCTION_LINES_MOST: Final = 5
_LINE_CHARS_MOST: Final = 400
_FOREIGN_TRIES_MOST: Final = 20

_RULE: Final = re.compile(r"[*\s]*(?:-\s?|—|_|=|─){3,}\s*[*\s]*")
_BETWEEN_DASHES: Final = re.compile(
    r"[-—_─= *]{2,}\s*(?P<words>[^-—_─=*]{2,60}?)\s*[-—_─= *]{2,}:?"
)
_TITLES: Final = frozenset(
    ("original message", "original mail", "original email", "original", "reply message",
     "reply original message", "forwarded message", "forwarded mail", "forwarded email",
     "replied message", "原始邮件", "原始邮件信息", "原始信息", "原邮件", "原始訊息", "原始郵件",
     "回复的原邮件", "回复的邮件", "回覆的原郵件", "转发的邮件", "转发邮件信息", "转发邮件",
     "轉寄郵件", "轉寄的郵件", "已转发邮件", "以下是转发邮件", "答复邮件", "邮件原文",
     "ursprüngliche nachricht", "message d'origine", "mensaje original", "messaggio originale",
     "исходное сообщение", "пересылаемое сообщение")
)  # fmt: skip
_ALONE: Final = re.compile(
    r"(?:begin forwarded message|开始转发的(?:邮件|信件)|以下为转发的邮件|開始轉寄的(?:郵件|訊息)"
    r"|reply to this email directly or view it on github|以下是原邮件)\s*[:：]?",
    re.IGNORECASE,
)
ABOVE: Final = re.compile(
    r"#{2,}\s*(?:-\s*)?(?:please type your reply above|please reply above|请在此线以上回复"
    r"|请在此行上方回复).{0,60}|-{1,5}\s*please (?:type|write) your reply above.{0,60}",
    re.IGNORECASE,
)
"""The line that help desks put above what they send."""
_FIELD: Final = re.compile(
    r"[*\s]*(?:from|sent|to|cc|subject|date|reply-to|importance|发件人|发件时间|发送时间|发送日期|"
    r"收件人|抄送|主题|日期|时间|发信人|收信人|寄件者|寄件人|寄件日期|傳送時間|收件者|副本|主旨|"
    r"von|gesendet|an|betreff|datum|de|envoyé|à|objet|para|asunto|enviado)"
    r"\s*\**\s*[:：]\**.{0,300}",
    re.IGNORECASE,
)
_FIRST_FIELD: Final = re.compile(
    r"[*\s]*(?:from|date|发件人|发信人|寄件者|寄件人|日期|sent|von|de)\s*\**\s*[:：]", re.IGNORECASE
)
_WROTE: Final = re.compile(
    r"(?:wrote|writes|写道|寫道|schrieb|a écrit|escribió|написал|написала|пишет)\s*[:：]\s*$",
    re.IGNORECASE,
)
_STARTS_ENGLISH: Final = re.compile(r"[*\s]*(?:on|at|in|le|am|el)\s", re.IGNORECASE)
_CHINESE_WROTE: Final = re.compile(r"[写寫]道\s*[:：]\s*$")
_STARTS_WITH_DATE: Final = re.compile(r"[*\s]*(?:[在于於]\s*)?\d{4}\s*[年./-]")
_STARTS_WITH_NAME: Final = re.compile(r"[*\s]*[^<＜(（]{0,80}[<＜(（\"]")
_DATED: Final = re.compile(r"\d{4}[-/.年]\s?\d{1,2}|\d{1,2}[:：]\d{2}|\b(?:19|20)\d{2}\b")
_ADDRESS_LAST: Final = re.compile(r"[^<]{0,200}<[^<>\s]{1,120}@[^<>\s]{1,120}>\s*[:：]\s*$")
_HAS_ADDRESS: Final = re.compile(r"<[^<>\s]{1,120}@[^<>\s]{1,120}>")
_NAMED_WROTE: Final = re.compile(r"(?:.{1,60}?)\s(?:wrote|写道|寫道)", re.IGNORECASE)


def is_rule(line: str) -> bool:
    """Tell whether the line is nothing but dashes or underscores."""
    return bool(_RULE.fullmatch(line[:_LINE_CHARS_MOST]))


def is_separator(line: str) -> bool:
    """Tell whether all below is another mail: `-----Original Message-----`, `--- 原始邮件 ---`."""
    line = line.strip()
    if len(line) > 160:
        return False
    if _ALONE.fullmatch(line) or ABOVE.fullmatch(line):
        return True
    found = _BETWEEN_DASHES.fullmatch(line)
    if found is None:
        return False
    words = found["words"].strip(" :：").lower()
    return words in _TITLES or bool(_NAMED_WROTE.fullmatch(words))


def fields_at(lines: Sequence[str], at: int) -> bool:
    """Tell whether lines from `at` are the head of a mail, as Outlook and Foxmail copy it."""
    if not _FIRST_FIELD.match(lines[at][:_LINE_CHARS_MOST]):
        return False
    near = [line for line in lines[at : at + 9] if line.strip()][:7]
    found = [line for line in near if _FIELD.fullmatch(line[:_LINE_CHARS_MOST])]
    names = {line.partition(":")[0].partition("：")[0].strip(" *").lower() for line in found}
    return len(names) >= 3 or (len(names) == 2 and bool(names & _SURE))


_SURE: Final = frozenset(
    ("sent", "发送时间", "发件时间", "发送日期", "收件人", "收件者", "寄件日期")
)


class Introductions:
    """Finds `On ... wrote:` and its like; foreign ones are tried a bounded number of times."""

    def __init__(self) -> None:
        self._tries = _FOREIGN_TRIES_MOST

    def begins(self, lines: Sequence[str], last: int) -> int | None:
        """Return where the introduction that ends at the line `last` begins, if it does."""
        line = lines[last].rstrip().rstrip("*")
        if not line.endswith((":", "：")) or len(line) > _LINE_CHARS_MOST:
            return None
        by_name = None
        for first in range(last, max(-1, last - INTRODUCTION_LINES_MOST), -1):
            if not lines[first].strip() or lines[first].lstrip().startswith(">"):
                break
            joined = " ".join(lines[first : last + 1]).strip()
            if len(joined) > _LINE_CHARS_MOST:
                break
            if self._is_introduction(joined):
                return first
            if by_name is None and _is_by_name(joined):
                by_name = first  # The line above may begin with the date.
        return by_name

    def _is_introduction(self, text: str) -> bool:
        if _ADDRESS_LAST.match(text) and _DATED.search(text):
            return True
        if _WROTE.search(text[-24:]):
            is_begun = _STARTS_WITH_DATE.match(text) or _STARTS_ENGLISH.match(text)
            return bool(is_begun) and _is_told(text)
        if self._tries <= 0 or not _DATED.search(text):
            return False
        self._tries -= 1
        return any(pattern.match(text) for pattern in _foreign())


def _is_by_name(text: str) -> bool:
    """Tell whether the text is `北岸银行 <service@bank.example> 于2024年3月5日 写道：`."""
    if _CHINESE_WROTE.search(text[-8:]):
        return bool(_STARTS_WITH_NAME.match(text)) and _is_told(text)
    return bool(_WROTE.search(text[-24:]) and _HAS_ADDRESS.search(text))


def _is_told(text: str) -> bool:
    """Tell whether a date or an address says that it is about a mail."""
    return bool(_DATED.search(text)) or ("@" in text and "<" in text) or "月" in text


@cache
def _foreign() -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(known["wrote_header"])
        for language, known in sorted(MAIL_LANGUAGES.items())
        if language not in ("en", "zh") and "wrote_header" in known
    )
