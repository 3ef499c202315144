"""The operator's choices about the walk, as the journey wants them."""

from config.channels import DAY_SECONDS
from config.settings import IdentitySettings, Settings
from hub.domain.proof import ProofRules
from hub.journey.context import JourneySettings, Patience


def proof_rules(chosen: IdentitySettings) -> ProofRules:
    """How identity is proved inside a Contact."""
    return ProofRules(
        code_seconds=chosen.code_minutes * 60,
        answer_seconds=chosen.code_minutes * 60,
        resend_seconds=chosen.resend_seconds,
        codes_per_hour=chosen.codes_per_hour,
        misses_allowed=chosen.misses_allowed,
        lock_seconds=chosen.lock_hours * 3600,
    )


def journey_settings(settings: Settings) -> JourneySettings:
    """The operator's choices about the walk."""
    return JourneySettings(
        agent_grace_seconds=settings.desk.grace_seconds,
        wrap_up_extend_seconds=settings.desk.wrap_up_extend_seconds,
        reveal_seconds=settings.desk.reveal_seconds,
        reveals_before_code=settings.desk.reveals_before_code,
        reveals_within_seconds=settings.desk.reveals_minutes * 60.0,
        code_fields=frozenset(settings.desk.code_fields),
        proof=proof_rules(settings.identity),
        survey_days=settings.survey.days,
        low_score=settings.survey.low_score,
        survey_link_after_seconds=settings.survey.link_after_minutes * 60,
        survey_link_every_seconds=settings.survey.link_every_days * DAY_SECONDS,
        file_max_bytes=settings.files.max_bytes,
        file_media_types=frozenset(settings.files.media_types),
        patience={
            name: Patience(
                warn_seconds=widget.warn_seconds,
                close_seconds=widget.close_seconds,
                away_seconds=widget.away_seconds,
            )
            for name, widget in settings.widgets.items()
        },
    )
