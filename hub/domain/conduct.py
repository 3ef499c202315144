"""How the bank treats people in a talk: its words to them, the times of blocks and of wrap-up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

Both = Mapping[str, str]


def _both(en: str, zh: str) -> Both:
    return MappingProxyType({"en": en, "zh": zh})


def _reasons() -> Mapping[str, Both]:
    return MappingProxyType({"notes": _both("Writing notes", "填写记录")})


@dataclass(frozen=True, slots=True, kw_only=True)
class Conduct:
    """The operator's choices (`conduct.toml`)."""

    abuse_warning: Both = field(
        default_factory=lambda: _both("Please stay polite.", "请文明用语。")
    )
    """What an agent's one key says to who is abusive."""
    blocked: Both = field(
        default_factory=lambda: _both("This chat is closed until {until}.", "对话关闭至 {until}。")
    )
    """The last word to who was blocked; `{until}` is a time in UTC."""
    silence_warning: Both = field(
        default_factory=lambda: _both("Are you still there?", "您还在吗？")
    )
    block_hours: tuple[int, ...] = (0, 24)
    """How long an Address may be blocked; 0: not at all."""
    extend_reasons: Mapping[str, Both] = field(default_factory=_reasons)
    """Why more time for the wrap-up is needed: code -> label."""
    extensions_most: int = 3


def word_in(text: Both, language: str) -> str:
    """Return a text in a customer's language."""
    return text["zh" if language.startswith("zh") else "en"]
