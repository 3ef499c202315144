"""Names of what reports speak about, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from agent_console.reports.sheets import Named
from hub.journey.context import Hub

Both = Mapping[str, str]
_CHANNELS: Final[Mapping[str, Both]] = {
    "web_chat": {"en": "Web chat", "zh": "网页聊天"},
    "phone": {"en": "Phone", "zh": "电话"},
    "sms": {"en": "SMS", "zh": "短信"},
    "email": {"en": "E-mail", "zh": "邮件"},
    "task": {"en": "Task", "zh": "任务"},
}
_ENDINGS: Final[Mapping[str, Both]] = {
    "handled": {"en": "Handled", "zh": "已处理"},
    "contained": {"en": "Solved by self-service", "zh": "自助解决"},
    "abandoned": {"en": "Abandoned", "zh": "客户放弃"},
    "failed": {"en": "Failed", "zh": "失败"},
}


@dataclass(frozen=True, slots=True)
class Names:
    """Queues, agents and their teams as they are called now."""

    queues: Mapping[str, Both]
    agents: Mapping[str, tuple[Both, str]]
    outcomes: Mapping[str, Mapping[str, Both]]

    def outcome(self, queue_id: str | None, code: str | None) -> Both | None:
        """An outcome in words; its code where the queue has it no more."""
        if code is None:
            return None
        return self.outcomes.get(queue_id or "", {}).get(code) or {"en": code, "zh": code}

    def spoken(self, language: str) -> Named:
        """Return what names things in one language."""

        def named(kind: str, key: str) -> str:
            if not key:
                return ""
            if kind == "team":
                return self.agents[key][1] if key in self.agents else ""
            return self._both(kind, key).get(language, key)

        return named

    def _both(self, kind: str, key: str) -> Both:
        match kind:
            case "queue":
                return self.queues.get(key, {})
            case "agent":
                return self.agents[key][0] if key in self.agents else {}
            case "outcome":
                queue_id, _, code = key.partition("/")
                return self.outcome(queue_id, code) or {}
            case "channel":
                return _CHANNELS.get(key, {})
            case _:
                return _ENDINGS.get(key, {})

    def as_json(self) -> dict[str, Any]:
        """What the page needs."""
        return {
            "queues": {key: dict(both) for key, both in self.queues.items()},
            "agents": {
                key: {"name": dict(both), "team": team} for key, (both, team) in self.agents.items()
            },
        }


def names_of(hub: Hub) -> Names:
    """Read the names."""
    return Names(
        queues={key: queue.names for key, queue in hub.setup.queues.items()},
        agents={one.user_id: (one.name, one.team) for one in hub.staff.all()},
        outcomes={key: queue.dispositions for key, queue in hub.setup.queues.items()},
    )
