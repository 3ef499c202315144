"""The operator's choices about the walk, as the journey wants them."""

from config.channels import DAY_SECONDS
from config.protected import load_protected
from config.settings import IdentitySettings, Settings, WrittenSettings
from hub.domain.proof import ProofRules
from hub.journey.context import JourneySettings, Patience
from hub.journey.delivery.rules import Quiet, WrittenRules, WrittenSetUp

HOUR_SECONDS = 3600.0
LONG = {"email": WrittenSettings()}
SHORT = {"sms": WrittenSettings(close_after_hours=24, undo_seconds=0, survey="reply")}
"""Short messages are a talk: they leave at once, and have no room for a link."""


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
        written=_written(settings),
    )


def _written(settings: Settings) -> WrittenSetUp:
    return WrittenSetUp(
        of_channel={
            name: WrittenRules(
                close_seconds=one.close_after_hours * HOUR_SECONDS,
                come_back_seconds=one.come_back_days * DAY_SECONDS,
                undo_seconds=one.undo_seconds,
                survey=one.survey,
                survey_seconds=one.survey_hours * HOUR_SECONDS,
            )
            for name, one in (LONG | SHORT | settings.written).items()
        },
        protected=load_protected(settings.set_up_dir),
        quiet=Quiet(
            begins=settings.survey.quiet_begins,
            ends=settings.survey.quiet_ends,
            time_zone=settings.time_zone,
        ),
    )
