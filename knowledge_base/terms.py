"""From text to terms: the same cuts, spelling and endings before indexing and before querying."""

import re
from collections import Counter
from functools import lru_cache
from typing import Final

from hub.domain.articles import ArticleText
from hub.text.fold import HAN, fold
from hub.text.pinyin import spellings
from hub.text.segment import tokens
from hub.text.simplified import simplified
from hub.text.stem import stem

TITLE_WEIGHT: Final = 3
ASKED_WEIGHT: Final = 2
"""Of questions in customers' words, and of tags."""
WORDS_KEPT: Final = 50_000
_ENGLISH: Final = """a an and are as at be by can could did do does for from have how i if in is
it its me my of on or our please should so that the their then there this to was we what when where
which will with would you your"""
_CHINESE: Final = """的 了 吗 呢 吧 啊 我 你 您 我们 你们 是 在 和 与 及 或 也 都 就 要 会 能 可以
怎么 怎样 如何 什么 哪 哪里 请问 请 把 被 给 对 有 没有 一个 这 那 这个 那个 想 该"""
_STOP: Final = frozenset([*_ENGLISH.split(), *_CHINESE.split()])
"""Words that every article has: they cost time and tell nothing."""
_MARKS: Final = re.compile(
    r"```.*?```|!\[[^\]]*\]\([^)]*\)|\[([^\]]*)\]\([^)]*\)|^[ \t]*(?:#{1,6}|[-*+>]|\d+\.)[ \t]+"
    r"|\||<[^>]*>",
    re.DOTALL | re.MULTILINE,
)
_EMPHASIS: Final = re.compile(r"[*_`]+")
_SPACES: Final = re.compile(r"\s+")


def terms(text: str) -> list[str]:
    """Return the terms of a text in reading order, without words that tell nothing."""
    return [_stem(word) for word in tokens(simplified(text)) if word not in _STOP]


@lru_cache(maxsize=WORDS_KEPT)
def _stem(word: str) -> str:
    return stem(fold(word))


def weighed_terms(text: ArticleText, plain_body: str) -> Counter[str]:
    """Return how much each term counts in an article."""
    counts = Counter(terms(plain_body))
    for part, weight in (
        (text.title, TITLE_WEIGHT),
        (" ".join((*text.questions, *text.tags, *text.products)), ASKED_WEIGHT),
    ):
        for term in terms(part):
            counts[term] += weight
    return counts


def plain(markdown: str) -> str:
    """Return the words of Markdown without its marks, for searching and passages."""
    bare = _MARKS.sub(lambda found: found.group(1) or " ", markdown)
    bare = _EMPHASIS.sub("", bare)
    lines = (_SPACES.sub(" ", line).strip() for line in bare.splitlines())
    return "\n".join(line for line in lines if line)


def sounds(term: str) -> list[str]:
    """Return how a Chinese term is typed in letters: 挂失 is `guashi`; nothing for others."""
    run = HAN.fullmatch(term)
    return list(dict.fromkeys("".join(said) for said in spellings(term))) if run else []
