"""The chat widgets of the settings as the page of administrators shows them."""

import os

from agent_console.setup import WidgetFacts
from config.settings import Settings
from config.settings_file import DEFAULT_FILE, FILE_VARIABLE


def widget_facts(settings: Settings) -> list[WidgetFacts]:
    """Return every widget without its key."""
    return [
        WidgetFacts(
            id=name,
            origins=one.origins,
            algorithm=one.algorithm,
            takes_word=one.key_text() is not None,
            has_former_key=one.former_key_text() is not None,
            language=one.language,
            warn_seconds=one.warn_seconds,
            close_seconds=one.close_seconds,
            away_seconds=one.away_seconds,
            resume_days=one.resume_days,
        )
        for name, one in sorted(settings.widgets.items())
    ]


def file_name() -> str:
    """Return the name of the operator's file, without its folder."""
    return os.path.basename(os.environ.get(FILE_VARIABLE) or DEFAULT_FILE)
