"""The console as these settings want it: where it is reached, and who is let in."""

from agent_console.settings import ConsoleSettings
from config.foundation import Foundation
from config.settings import Settings
from hub.journey.context import Hub
from hub.security.sessions import Limits
from hub.security.sign_in import Door


def console_settings(settings: Settings) -> ConsoleSettings:
    """Where the console is reached."""
    origins = frozenset(settings.origins)
    return ConsoleSettings(
        origins=origins,
        hosts=frozenset(origin.partition("://")[2] for origin in origins),
        connect_to=_voice_hosts(settings),
        publish_alone=not settings.flows.second_person,
    )


def _voice_hosts(settings: Settings) -> tuple[str, ...]:
    """Where the softphone of a provider in the net talks to; a simulated one is ours."""
    twilio = settings.channels.get("phone", {}).get("twilio") or {}
    if not twilio or twilio.get("api_url"):
        return ()
    return ("https://*.twilio.com", "wss://*.twilio.com")


def door(settings: Settings, hub: Hub, foundation: Foundation) -> Door:
    """Return who lets staff in, by the rules of these settings."""
    return Door(
        journal=hub.journal,
        reader=hub.reader,
        passwords=foundation.passwords,
        lookup=hub.lookup,
        audit_key=hub.audit_key,
        node=hub.node,
        clock=hub.clock,
        new_id=hub.new_id,
        limits=Limits(
            idle_seconds=settings.sessions.idle_minutes * 60,
            absolute_seconds=settings.sessions.absolute_minutes * 60,
        ),
        factor_roles=frozenset(settings.sessions.authenticator_roles),
    )
