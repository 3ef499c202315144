"""Opaque tokens: 256 random bits for the browser, only their SHA-256 for the database."""

import hashlib
import secrets


def new_token() -> str:
    """Return 43 URL-safe characters nobody can guess."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Return what is stored of a token. A plain hash will do: the token is random, not chosen."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
