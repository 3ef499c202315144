"""The score that a customer writes in answer to a survey: a number, and courtesies. Pure.

People answer "5", "5分", "满分", "five", "5, thank you!". Any other word beside the number may be a
matter ("5 cards are missing"), and that is for a person.
"""

import re
import unicodedata
from typing import Final

LOWEST: Final = 1
HIGHEST: Final = 5
_MOST: Final = 60
_NAMED: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "满分": 5,
}  # fmt: skip
_SCORE: Final = re.compile(
    r"[\W_]*(?:i give (?:you )?|我?(?:给你们|给您|给|打|评)?)"
    rf"(?P<score>[0-9]{{1,2}}|{'|'.join(_NAMED)})"
    r"(?:\s*/\s*5|\s*out of (?:5|five)|\s*(?:points?|stars?|分|颗?星))?"
    r"(?P<rest>(?![0-9a-z]).*)"
)
_COURTESIES: Final = re.compile(
    r"(?:thank you(?: very much| so much)?|thanks(?: a lot)?|many thanks|very|really|so|all|"
    r"excellent|perfect|great|good|nice|fast|quick|friendly|helpful|service|job|work|well done|"
    r"谢谢|感谢|多谢|你们|您|你|了|非常|很|十分|满意|不错|好评|好的|好|棒|赞|服务|态度|专业|耐心|快|"
    r"的|地|[\W_])*"
)


def score_in(text: str) -> int | None:
    """Return the score from 1 to 5 that a whole message gives; None for any other message.

    >>> score_in("５"), score_in("5分，谢谢！"), score_in("5 cards")
    (5, 5, None)
    """
    if len(text) > _MOST:
        return None
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    found = _SCORE.fullmatch(plain)
    if found is None or "?" in plain or not _COURTESIES.fullmatch(found["rest"]):
        return None
    said = found["score"]
    score = _NAMED[said] if said in _NAMED else int(said)
    return score if LOWEST <= score <= HIGHEST else None
