"""The optional language model: its address and key from the settings, made into a part."""

from config.problems import CannotStart, ExitCode
from config.settings import LanguageModelSettings
from hub.adapters.language_model import LanguageModel, ModelOptions
from hub.ports import Clock, Wording


def make_wording(settings: LanguageModelSettings, clock: Clock) -> LanguageModel | None:
    """Return the adapter; None where no model is configured, which is the default."""
    if settings.url is None:
        return None
    try:
        key = settings.key_text()
    except OSError as error:
        raise CannotStart(
            ExitCode.SET_UP, f"language_model.key_file: {error}; let us read it"
        ) from None
    options = ModelOptions(answer_seconds=settings.answer_seconds)
    return LanguageModel(f"{settings.url.rstrip('/')}/", key, settings.model, clock, options)


async def close_wording(wording: Wording | None) -> None:
    """End its connections at a stop."""
    if isinstance(wording, LanguageModel):
        await wording.close()
