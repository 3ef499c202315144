"""What wallboards show now: each value as JSON, encoded once for all, and only when it changed."""

from collections.abc import Mapping
from typing import Any

from agent_console.feed.encoding import Op, dump

Picture = Mapping[str, Mapping[str, Any]]
"""Collection -> key -> value."""


class Shown:
    """The last picture. It is never half of one: `take` does not wait for anything."""

    def __init__(self) -> None:
        self._values: dict[str, Mapping[str, Any]] = {}
        self._texts: dict[str, dict[str, str]] = {}

    def take(self, picture: Picture) -> list[Op]:
        """Show this from now on; return what differs from before. Values must not be changed."""
        ops: list[Op] = []
        for name, values in picture.items():
            held, texts = self._values.get(name, {}), self._texts.get(name, {})
            new: dict[str, str] = {}
            for key, value in values.items():
                if key in held and (held[key] is value or held[key] == value):
                    new[key] = texts[key]
                    continue
                new[key] = dump(value)
                if texts.get(key) != new[key]:
                    ops.append(Op("put", name, key, new[key]))
            ops += [Op("drop", name, key) for key in texts.keys() - new.keys()]
            self._values[name], self._texts[name] = values, new
        return ops

    def state(self) -> dict[str, dict[str, str]]:
        """Return all of it, for a snapshot."""
        return {name: dict(texts) for name, texts in self._texts.items()}
