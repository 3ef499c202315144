"""How signatures begin: the delimiter, what devices add, contact details, disclaimers."""

import re
from collections.abc import Sequence
from typing import Final

from channels.email.parse.quote_marks import is_rule

BLOCK_LINES_MOST: Final = 14
_LINE_CHARS_MOST: Final = 300

_DELIMITER: Final = re.compile(r"\s*(?:--|—|––|__)\s*")
_LONG_RULE: Final = re.compile(r"\s*(?:_{20,}|-{20,}|={20,})\s*")
_DASHED_NAME: Final = re.compile(r"-[A-Z\u4e00-\u9fff][\w.]*(?: [\w.]+){0,3}\s*")
_STAMP: Final = re.compile(
    r"\s*(?:sent (?:from|via) (?:my|a|an|the)(?: \w+){1,5}|sent from (?:my )?(?:iphone|ipad|outlook"
    r"(?: for \w+)?|yahoo mail(?: on \w+)?|mail for windows(?: \d+)?|samsung mobile"
    r"|proton ?mail.{0,30}|mailbox|gmail mobile)"
    r"|get outlook for (?:ios|android|mac).{0,80}|envoyé de mon \w+"
    r"|von meinem \w+ gesendet)\.?\s*",
    re.IGNORECASE,
)
_CHINESE_STAMP: Final = re.compile(
    r"\s*(?:发自\s?(?:我的\s?)?[\w \-+]{2,24}|發自\s?(?:我的\s?)?[\w \-+]{2,24}"
    r"|从我的\s?[\w \-+]{2,20}\s?发送|從我的\s?[\w \-+]{2,20}\s?傳送|来自我的?\s?[\w \-+]{2,20}"
    r"|(?:发送自|发自|来自|由)\s?(?:网易邮箱大师|网易邮箱|QQ邮箱|Foxmail|Outlook|邮件大师)"
    r"[\w ]{0,14}|从\s?(?:Windows|Mac)\s?(?:版)?邮件(?:应用)?发送|获取\s?Outlook for \w+.{0,80}"
    r"|取得\s?(?:Outlook for \w+|\w+ 版 Outlook).{0,80}|使用\s?Outlook for \w+ 发送"
    r"|(?:签名由|签名由\s?)网易邮箱大师\s?定制)[。.]?\s*",
    re.IGNORECASE,
)
_FAREWELL: Final = re.compile(
    r"\s*(?:(?:best|kind|warm|with kind|many)? ?regards|best wishes|best|cheers|sincerely"
    r"(?: yours)?|yours (?:sincerely|faithfully|truly)|thanks(?: and regards)?|thank you|谢谢|此致"
    r"|敬礼|祝好|顺祝商祺|顺颂商祺|祝商祺|多谢|謝謝|敬上)\s*[,，!！。.]?\s*",
    re.IGNORECASE,
)
_CONTACT: Final = re.compile(
    r"(?:\b(?:tel|phone|mobile|cell|fax|mob|e-?mail|web|www|address)\b\s*[.:]"
    r"|\b[tmfep]\s*[:|]\s*\+?\d|(?:电话|手机|传真|邮箱|地址|网址|邮编|微信|電話|手機|電郵)\s*[:：]|https?://"
    r"|www\.|\+\d{2,3}[ (-]\d|[\w.+-]{1,40}@[\w-]{1,40}\.)",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"\s*<?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}>?\s*")
_BARS: Final = re.compile(r"[ \t]*\|[| \t]*")
_DISCLAIMER: Final = re.compile(
    r"\s*\**(?:disclaimer|confidentiality(?: notice)?|confidential(?:ity)? note"
    r"|caution|legal notice|this (?:e-?mail|message|communication)(?: and any \w+)?(?: \w+){0,4}"
    r" (?:confidential|intended)"
    r"|the information (?:contained )?in this (?:e-?mail|message)|免责声明"
    r"|保密提示|保密声明|重要提示[:：]"
    r"|此(?:电子)?邮件(?:及|包含|所含|仅)"
    r"|本(?:电子)?邮件(?:及其|及|包含|所含|仅).{0,30}(?:保密|机密|附件))",
    re.IGNORECASE,
)  # fmt: skip


def is_stamp(line: str) -> bool:
    """Tell whether a device or program wrote the line in English: `Sent from my iPhone`."""
    return len(line) <= 120 and bool(_STAMP.fullmatch(line))


def begins_at(lines: Sequence[str]) -> int:
    """Return the index of the first line of the signature, or how many lines there are.

    Only what reaches to the end is a signature, but for the delimiter `-- `, which decides.
    """
    filled = [at for at, line in enumerate(lines) if line.strip()]
    if not filled:
        return len(lines)
    for at in filled[1:]:
        if _DELIMITER.fullmatch(lines[at]):
            return at
    end = _card_at(lines, filled)
    for at in reversed([one for one in filled if one < end][-BLOCK_LINES_MOST:]):
        if at != filled[0] or _is_device(lines[at]):
            rest = [lines[one] for one in filled if at <= one < end]
            if _starts(lines[at], rest, is_last=end == len(lines)):
                end = at
    return end


def _card_at(lines: Sequence[str], filled: Sequence[int]) -> int:
    """Return where a visiting card in the end begins, as Foxmail and 163 put it, or the end.

    Foxmail's is a mail address below at least two empty lines, with a name above it or not; that of
    163 stands between bars.
    """
    last = filled[-1]
    if _ADDRESS.fullmatch(lines[last][:_LINE_CHARS_MOST]):
        first = last - (last - 1 in filled and len(lines[last - 1].strip()) <= 20)
        if first - 2 > filled[0] and not lines[first - 1].strip() and not lines[first - 2].strip():
            return first
    near = [at for at in filled[1:][-BLOCK_LINES_MOST:] if _BARS.fullmatch(lines[at])]
    if len(near) > 1 and last - near[-1] <= 2:
        return near[0]
    return len(lines)


def _is_device(line: str) -> bool:
    return len(line) <= 120 and bool(_STAMP.fullmatch(line) or _CHINESE_STAMP.fullmatch(line))


def _starts(line: str, rest: Sequence[str], *, is_last: bool) -> bool:
    """Tell whether a signature starts with this line; `rest` are it and the lines below."""
    line = line[:_LINE_CHARS_MOST]
    is_short = all(len(one) <= 80 for one in rest)
    if _is_device(line):
        return len(rest) <= 3 or not is_last
    if _DISCLAIMER.match(line) or _LONG_RULE.fullmatch(line):
        return True
    if is_rule(line) and is_short and len(rest) <= 9:
        return True
    if _DASHED_NAME.fullmatch(line) and len(rest) <= 2:
        return True
    if not is_last and len(rest) == 1 and _FAREWELL.fullmatch(line):
        return True
    contacts = sum(bool(_CONTACT.search(one[:_LINE_CHARS_MOST])) for one in rest)
    return bool(_FAREWELL.fullmatch(line)) and is_short and contacts > 0 and len(rest) > 1
