"""What a customer has read before asking: told to staff, so that nobody reads it out again."""

from collections.abc import Iterable
from typing import Final

from hub.domain.articles import Audience
from hub.journey.context import Hub
from hub.journey.remark import remark

CODE: Final = "articles_read"
"""The line beside the talk; `titles` are those of public articles alone."""


async def tell_read(hub: Hub, contact_id: str, slugs: Iterable[str], language: str) -> None:
    """Tell staff which articles the customer has read; what nobody may read is left out."""
    public = Audience.PUBLIC
    found = (hub.articles.article(slug, reader=public, language=language) for slug in slugs)
    titles = [one.text.title for one in found if one is not None]
    if titles:
        await remark(hub, contact_id, CODE, {"titles": " · ".join(titles)})
