"""Which article: sound names only."""

import re
from dataclasses import dataclass
from typing import Final

from hub.domain.errors import Invalid

LANGUAGES: Final = ("en", "zh")
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Name:
    """Which article: the slug is shared by twins and never changes."""

    slug: str
    language: str

    def require_sound(self) -> None:
        """Raise `Invalid("bad_article")` for a name that no article may have."""
        if not _SLUG.fullmatch(self.slug) or len(self.slug) > 80:
            raise Invalid("bad_article", "slug: small letters, digits and single hyphens")
        if self.language not in LANGUAGES:
            raise Invalid("bad_article", f"language: one of {', '.join(LANGUAGES)}")

    @classmethod
    def of(cls, written: str) -> "Name":
        """Read what `str` has written."""
        _, slug, language = written.split("/")
        return cls(slug, language)

    def __str__(self) -> str:
        return f"article/{self.slug}/{self.language}"
