"""ConsoleSetup: lists that the page chooses from."""

from dataclasses import asdict
from typing import Any

from agent_console.feed.needs import Needs
from agent_console.views.call import call_setup
from agent_console.views.contact import dispositions
from hub.security.roles import Role


def setup_view(needs: Needs) -> dict[str, Any]:
    """Build the view; it is the same for everybody."""
    hub, desk = needs.hub, needs.desk
    return {
        "presence_reasons": [asdict(reason) for reason in desk.presence_reasons],
        "decline_reasons": [asdict(reason) for reason in desk.decline_reasons],
        "replies": [asdict(reply) for reply in needs.replies.replies],
        "queues": [
            {"id": key, "name": dict(queue.names), "dispositions": dispositions(hub, key)}
            for key, queue in hub.setup.queues.items()
        ],
        "agents": [
            {"id": one.user_id, "name": dict(one.name), "team": one.team}
            for one in hub.staff.all()
            if one.enabled and Role.AGENT in one.roles
        ],
        "block_hours": list(hub.conduct.block_hours),
        "extend_reasons": [
            {"code": code, "label": dict(label)}
            for code, label in hub.conduct.extend_reasons.items()
        ],
        "extensions_most": hub.conduct.extensions_most,
        "skills": [asdict(skill) for skill in desk.skills],
        "segments": [asdict(segment) for segment in desk.segments],
        "task_kinds": [
            {"code": one.code, "label": dict(one.label), "staff_may_open": one.staff_may_open}
            for one in hub.work.tasks.values()
        ],
        "case_kinds": [
            {"code": one.code, "label": dict(one.label)} for one in hub.work.cases.values()
        ],
        "protected": [
            {"code": kind.value, "why": dict(rule.why)}
            for kind, rule in hub.settings.written.protected.items()
        ],
        "letter_tags": [
            {"code": code, "label": dict(label)} for code, label in hub.letters.tags.items()
        ],
        "calls": call_setup(hub),
        "writes": [writer.name for writer in hub.writers if hub.writers.accounts(writer.name)],
        "accounts": [
            {"channel": writer.name, "id": one.id, "signature": dict(one.signature)}
            for writer in hub.writers
            for one in hub.writers.accounts(writer.name)
        ],
        "time_zone": desk.zone.key,
        "files": {
            "max_bytes": hub.settings.file_max_bytes,
            "media_types": sorted(hub.settings.file_media_types),
        },
    }
