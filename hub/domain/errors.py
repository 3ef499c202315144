"""Refusals that a caller can act on. The docstring of each says how to repair."""


class HubError(Exception):
    """Base of all errors of the hub; `code` is stable and free of personal data."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


class Refused(HubError):
    """The command lost a race or is not legal in this state; read again and decide anew."""


class NotFound(HubError):
    """There is no such thing, or this viewer may not know of it."""


class Forbidden(HubError):
    """The viewer's rights do not allow it; ask somebody who has the right."""


class Invalid(HubError):
    """The input is not well formed; the detail names the field and the rule."""


class Unavailable(HubError):
    """The store cannot take a write now; nothing was stored, try again later."""
