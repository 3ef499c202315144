"""One direction of a mailbox as administrators see it; pure."""

from typing import NamedTuple

from channels.email.oauth import TokenHook
from channels.email.settings import Relay
from hub.domain.accounts import Way, WayState, end_of


class WayNews(NamedTuple):
    """How it went last; no code: well."""

    trouble: str
    since_at: float | None


def way_of(
    kind: str, relay: Relay, news: WayNews | None, *, rests: bool, certificate: float | None
) -> Way:
    """Put together what is known of a server of ours."""
    state, trouble, since_at = WayState.UNTRIED, "", None
    if news is not None:
        state = WayState.FAILS if news.trouble else WayState.WORKS
        trouble, since_at = news
    if rests:
        state, trouble = WayState.RESTS, ""
    ends = {
        "certificate": certificate,
        "token": relay.token.ends_at if isinstance(relay.token, TokenHook) else None,
        "secret": end_of(relay.secret_until),
    }
    return Way(
        kind=kind, place=f"{relay.host}:{relay.port}", tls=relay.tls, user=relay.user, state=state,
        trouble=trouble, since_at=since_at,
        ends={name: at for name, at in ends.items() if at is not None},
    )  # fmt: skip
