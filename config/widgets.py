"""The chat widgets of the settings: as administrators see them, and their first keys."""

import os

from agent_console.setup import WidgetFacts
from config.problems import CannotStart, ExitCode
from config.settings import Settings
from config.settings_file import DEFAULT_FILE, FILE_VARIABLE
from hub.domain.errors import Invalid
from hub.journey.context import Hub
from hub.journey.widget_keys import seed_keys


def widget_facts(settings: Settings) -> list[WidgetFacts]:
    """Return every widget without its keys."""
    return [
        WidgetFacts(
            id=name,
            origins=one.origins,
            algorithm=one.algorithm,
            language=one.language,
            warn_seconds=one.warn_seconds,
            close_seconds=one.close_seconds,
            away_seconds=one.away_seconds,
            resume_days=one.resume_days,
        )
        for name, one in sorted(settings.widgets.items())
    ]


async def seed_widget_keys(hub: Hub, settings: Settings) -> None:
    """Give widgets that never had a key those of the file; raise `CannotStart` for a bad one."""
    for name, one in settings.widgets.items():
        keys = [key for key in (one.key_text(), one.former_key_text()) if key is not None]
        try:
            await seed_keys(hub, name, one.algorithm, keys)
        except Invalid as error:
            raise CannotStart(ExitCode.SETTINGS, f"widgets.{name}: {error.detail}") from None


def file_name() -> str:
    """Return the name of the operator's file, without its folder."""
    return os.path.basename(os.environ.get(FILE_VARIABLE) or DEFAULT_FILE)
