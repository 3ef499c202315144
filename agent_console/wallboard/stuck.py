"""When a talk with the assistant is stuck: nothing understood, in circles, or too long; pure.

A talk that it gives up by itself is with the people already; these are the ones it goes on with.
"""

from typing import Final, NamedTuple

from agent_console.setup import AlertRules
from agent_console.wallboard.concerns import BotTalk

MISSES: Final = "misses"
REPEATS: Final = "repeats"
LASTS: Final = "lasts"
CALM: Final = BotTalk()


class Stuck(NamedTuple):
    """Why, how much of it, since when, and how many times the limit it is."""

    why: str
    value: float
    since: float
    times: float


def stuck(talk: BotTalk, began_at: float, now: float, rules: AlertRules) -> Stuck | None:
    """Return why a talk that began then is stuck; None while it goes well."""
    if talk.misses >= rules.bot_misses:
        return Stuck(MISSES, talk.misses, talk.at, talk.misses / rules.bot_misses)
    if talk.repeats >= rules.bot_repeats:
        return Stuck(REPEATS, talk.repeats, talk.at, talk.repeats / rules.bot_repeats)
    lasted = now - began_at
    if lasted > rules.bot_seconds:
        since = began_at + rules.bot_seconds
        return Stuck(LASTS, rules.bot_seconds, since, lasted / rules.bot_seconds)
    return None
