"""A small library for tests."""

from typing import Any, Final

from hub.domain.articles import Article, ArticleText, Audience
from knowledge_base.library import Library
from knowledge_base.synonyms import Synonyms
from tests.support.clock import ManualClock

SYNONYMS: Final = (("lost", "stolen"), ("挂失", "丢失"), ("ATM", "取款机"))


def article(slug: str, language: str, title: str, body: str, **more: Any) -> Article:
    """Return an article for everybody unless told otherwise."""
    audience = Audience(more.pop("audience", "public"))
    text = ArticleText(title=title, body=body, category="cards", audience=audience, **more)
    return Article(slug=slug, language=language, version=1, published_at=0.0, text=text)


SHELF: Final = (
    article(
        "lost-card", "en", "Report a card that is gone",
        "Call us at once.\n\n1. **Open** the app.\n2. Tap *Cards*, then Block: lost cards stop.",
    ),
    article("lost-card", "zh", "银行卡丢失怎么办", "请立即挂失。打开手机银行，选择挂失。"),
    article("abroad", "en", "Payments abroad", "Charging of fees for transfers: 10 EUR each."),
    article("atm", "zh", "自助取款", "取款机每日限额为 20,000 元。"),
    article(
        "premier", "en", "Premier lounge", "Customers wait in the lounge.", audience="customers"
    ),
    article(
        "lake-only", "en", "Fraud steps of the lake", "Secret steps: lost premier cards first.",
        audience="team", team="lake",
    ),
    article(
        "script", "en", "Fraud script", "Secret steps: ask about lost cards.", audience="agents"
    ),
)  # fmt: skip


def library(*articles: Article) -> Library:
    """Return a library of these articles, or of the usual ones."""
    made = Library(ManualClock(), Synonyms(SYNONYMS))
    made.fill(articles or SHELF)
    return made
