"""The domain: intents, slots, forms, actions; and the responses beside it."""

from pathlib import Path
from typing import Any

from bot.definition.lined import Lined
from bot.definition.mistakes import Mistakes
from bot.definition.values import LANGUAGES, HandOver, Response, Slot


class Domain:
    """What domain.yml declares, with the lines that declare it."""

    def __init__(self, path: Path, document: Lined) -> None:
        self.path = path
        self.intents = _names(document, "intents")
        self.entities = _names(document, "entities")
        self.actions = _names(document, "actions")
        self.slots = {name: _slot(one) for name, one in (document.get("slots") or {}).items()}
        forms = document.get("forms") or Lined(1)
        self.forms: dict[str, tuple[str, ...]] = {
            name: tuple((one or {}).get("required_slots") or ()) for name, one in forms.items()
        }
        self.form_lines = {name: forms.at(name) for name in forms}

    def check(self, responses: dict[str, Response], mistakes: Mistakes) -> None:
        """Note what forms need and nobody gives."""
        for form, slots in self.forms.items():
            line = self.form_lines[form]
            for slot in slots:
                if slot not in self.slots:
                    mistakes.note(
                        self.path, line, f"{form} asks for {slot!r}, which is no slot",
                        "declare it under slots",
                    )  # fmt: skip
                asks = {f"utter_ask_{form}_{slot}", f"utter_ask_{slot}"}
                if not (asks & responses.keys() or f"action_ask_{form}_{slot}" in self.actions):
                    mistakes.note(
                        self.path, line, f"nothing asks for {slot!r} of {form}",
                        f"write a response utter_ask_{form}_{slot}",
                    )  # fmt: skip


class Responses:
    """What responses/*.yml say, both languages joined."""

    def __init__(self, mistakes: Mistakes) -> None:
        self._mistakes = mistakes
        self._texts: dict[str, dict[str, str]] = {}
        self._hand_overs: dict[str, HandOver] = {}
        self._where: dict[str, tuple[Path, int]] = {}

    def read(self, path: Path, document: Lined) -> None:
        """Take in one file."""
        for name, variations in (document.get("responses") or {}).items():
            self._where.setdefault(name, (path, document["responses"].at(name)))
            for one in variations or ():
                self._take(name, one)

    def found(self) -> dict[str, Response]:
        """Return all of them; note those that lack a language."""
        for name, (path, line) in self._where.items():
            missing = [one for one in LANGUAGES if one not in self._texts.get(name, {})]
            if missing and name not in self._hand_overs:
                self._mistakes.note(
                    path, line, f"{name} has no text in {', '.join(missing)}",
                    "write it, with a condition on the slot language",
                )  # fmt: skip
        return {
            name: Response(texts=self._texts.get(name, {}), hand_over=self._hand_overs.get(name))
            for name in self._where
        }

    def where(self, name: str) -> tuple[Path, int]:
        """Return where a response is written."""
        return self._where[name]

    def _take(self, name: str, one: Lined) -> None:
        custom = one.get("custom")
        if custom and custom.get("action") == "hand_off":
            self._hand_overs[name] = HandOver(
                queue=str(custom.get("queue", "")),
                priority=int(custom.get("priority") or 0),
                reason=str(custom.get("reason", "")),
            )
        if text := one.get("text"):
            conditions = one.get("condition") or ()
            wanted = [c["value"] for c in conditions if c.get("name") == "language"]
            for language in wanted or LANGUAGES:
                self._texts.setdefault(name, {}).setdefault(language, " ".join(str(text).split()))


def _names(document: Lined, key: str) -> frozenset[str]:
    entries = document.get(key) or ()
    return frozenset(next(iter(one)) if isinstance(one, dict) else str(one) for one in entries)


def _slot(one: Any) -> Slot:
    mappings = (one or {}).get("mappings") or ()
    of = {str(mapping.get("type")): mapping for mapping in mappings}
    yes_no = {
        str(mapping["intent"]): mapping.get("value") is True
        for mapping in mappings
        if mapping.get("type") == "from_intent" and "intent" in mapping
    }
    entity = of.get("from_entity", {}).get("entity")
    return Slot(entity=entity, is_words="from_text" in of, intents=yes_no)
