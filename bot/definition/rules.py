"""Rules: what follows an intent, and what follows a form that has all its blanks."""

from pathlib import Path
from typing import Any

from bot.definition.domain import Domain
from bot.definition.lined import Lined
from bot.definition.mistakes import Mistakes
from bot.definition.values import FALLBACK, Ending


class Rules:
    """What rules.yml says; stories.yml is only checked for names."""

    def __init__(self, domain: Domain, responses: frozenset[str], mistakes: Mistakes) -> None:
        self._domain, self._mistakes = domain, mistakes
        self._does = domain.actions | responses | domain.forms.keys() | {"action_deactivate_loop"}
        self.of_intent: dict[str, tuple[str, ...]] = {}
        self.endings: list[Ending] = []

    def read(self, path: Path, document: Lined) -> None:
        """Take in one file."""
        for one in document.get("stories") or ():
            self._check(path, one)
        for one in document.get("rules") or ():
            self._check(path, one)
            self._take(path, one)

    def _check(self, path: Path, one: Lined) -> None:
        for step in one.get("steps") or ():
            intent, action = step.get("intent"), step.get("action")
            if intent and intent not in self._domain.intents | {FALLBACK}:
                self._mistakes.note(
                    path, step.at("intent"), f"no intent {intent!r} in the domain",
                    "add it there, or mend the name",
                )  # fmt: skip
            if action and action not in self._does:
                self._mistakes.note(
                    path, step.at("action"), f"no action, form or response {action!r}",
                    "declare it in the domain, or write the response",
                )  # fmt: skip

    def _take(self, path: Path, one: Lined) -> None:
        steps: list[Any] = list(one.get("steps") or ())
        actions = tuple(str(step["action"]) for step in steps if step.get("action"))
        intent = next((str(step["intent"]) for step in steps if step.get("intent")), None)
        if intent is not None:
            if intent in self.of_intent:
                self._mistakes.note(
                    path, one.line, f"a second rule for {intent!r}", "keep one of them"
                )
            self.of_intent.setdefault(intent, actions)
            return
        form = next((str(c["active_loop"]) for c in one.get("condition") or ()), "")
        if form not in self._domain.forms or not actions or actions[0] != form:
            self._mistakes.note(
                path, one.line, "a rule that begins with neither an intent nor a form",
                "give it an intent, or the condition active_loop and the form as first action",
            )  # fmt: skip
            return
        wanted = {
            name: value is True
            for step in steps
            for was_set in step.get("slot_was_set") or ()
            for name, value in was_set.items()
            if isinstance(value, bool)
        }
        self.endings.append(Ending(form=form, wanted=wanted, actions=actions[1:]))
