"""Logs: one line per fact, with identifiers and without personal data; JSON or for people."""

import logging
import sys

import structlog
from structlog.typing import Processor

from config.settings import LogSettings

_QUIET = (
    "uvicorn.error",
    "uvicorn.access",
    "engineio",
    "socketio",
    "alembic",
    "websockets",
    "aioice",
    "aiortc",
    "asyncio",
    "httpx2",
    "httpcore2",
    "twilio",
    "aiosmpplib",
    "imap_tools",
)
_SILENT = ("mail",)
"""The library of the SMTP door tells senders, recipients and lines of mails, as warnings too."""


def set_up_logs(settings: LogSettings) -> None:
    """Send structlog and the libraries' own logging to standard error, in one form."""
    level = logging.getLevelNamesMapping()[settings.level.upper()]
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *_renderers(settings),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # What of theirs matters is told by us; a line per socket would cost more than the socket.
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
    for name in _SILENT:
        logging.getLogger(name).setLevel(logging.ERROR)


def _renderers(settings: LogSettings) -> list[Processor]:
    if settings.form == "json":
        return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    # Plain: a rich traceback would print local variables, and customers' data with them.
    plain = structlog.dev.plain_traceback
    return [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)]
