"""Addresses of pages that customers open by a signed link."""

from collections.abc import Callable

from config.settings import Settings
from hub.security.signed_link import SignedLinks

PathOf = Callable[[SignedLinks, str, float], str]


def page_link(settings: Settings, links: SignedLinks, path: PathOf) -> Callable[[str, float], str]:
    """Return how a page's address follows from the id of what it shows and its end."""
    origin = settings.origins[0]
    return lambda subject, expires_at: origin + path(links, subject, expires_at)


def help_link(settings: Settings) -> Callable[[str, str], str]:
    """Return how the address of an article's public page follows from slug and language."""
    origin = settings.origins[0]
    return lambda slug, language: f"{origin}/help/{slug}?language={language}"
