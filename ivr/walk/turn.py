"""One turn being made: what is said so far and where the walk stands."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from hub.domain import steps
from hub.domain.steps import Choice, Do, Say, Step
from ivr.flow.fields import LANGUAGES, NO_TEXTS, Texts
from ivr.flow.nodes import Flow, Language, Menu, Node
from ivr.walk.state import Scene, Walk
from ivr.walk.words import LANGUAGE_NAMES, manners

PLACE: Final = re.compile(r"\{([a-z][a-z0-9_]*)\}")
VALUE_MOST: Final = 200
TRIED_MOST: Final = 20


def filled(text: str, values: Mapping[str, str]) -> str:
    """Put values into their places; a value that is not there is nothing."""
    return PLACE.sub(lambda found: values.get(found.group(1), ""), text)


class Turn:
    """Collects the steps of one turn; the walk in it is replaced, never changed."""

    def __init__(self, flow: Flow, walk: Walk, scene: Scene) -> None:
        self.flow, self.scene = flow, scene
        self.walk = replace(walk, language=walk.language or _known(scene.language))
        self.steps: list[Step] = []

    def put(self, **values: Any) -> None:
        """Change where the walk stands."""
        self.walk = replace(self.walk, **values)

    def keep(self, values: Mapping[str, str]) -> None:
        """Keep values."""
        self.put(values={**self.walk.values, **{k: v[:VALUE_MOST] for k, v in values.items()}})

    def text(self, texts: Texts, language: str = "") -> str:
        """Return a text in the caller's language with its values."""
        return filled(texts.get(language or self.walk.language, ""), self.walk.values)

    def say(self, texts: Texts, recording: str = "", language: str = "") -> None:
        """Say something, unless it is empty."""
        if said := self.text(texts, language):
            self.spoken(said, recording, language)

    def spoken(self, said: str, recording: str = "", language: str = "") -> None:
        """Say words that are ready."""
        spoken = language or self.walk.language
        self.steps.append(Say(text=said, prompt=recording or None, language=spoken))

    def errand(self, node: Node, command: str, arguments: Mapping[str, str] = NO_TEXTS) -> None:
        """Ask the hub for something; the turn ends here."""
        self.put(at=node.id, errand=command)
        self.steps.append(Do(command=command, arguments=dict(arguments)))

    def wait_at(self, node: Node, step: Step) -> None:
        """Wait for the caller at a node; the turn ends here."""
        trail = self.walk.trail
        trail = trail[: trail.index(node.id)] if node.id in trail else trail
        self.put(at=node.id, errand="", trail=(*trail, node.id))
        self.steps.append(step)

    # -- questions -----------------------------------------------------------------------------

    def choices(self, node: Menu | Language) -> tuple[Choice, ...]:
        """Return what can be chosen now, with the manners of every menu last."""
        can_go_back = len([one for one in self.walk.trail if one != node.id]) > 0
        return (*self.own_choices(node), *manners(self.walk.language, can_go_back=can_go_back))

    def own_choices(self, node: Menu | Language) -> tuple[Choice, ...]:
        """Return the node's own choices that are there now."""
        if isinstance(node, Language):
            return tuple(
                Choice(value=one.key, label=LANGUAGE_NAMES[one.language], key=one.key,
                       words=one.words)
                for one in node.choices
                if one.language in LANGUAGES
            )  # fmt: skip
        words = node.speech
        return tuple(
            Choice(value=one.key, label=self.text(one.label), key=one.key,
                   words=one.words if words else ())
            for one in node.choices
            if not one.only_if or self.walk.values.get(one.only_if)
        )  # fmt: skip

    def ask_menu(self, node: Menu) -> None:
        """Say the menu and wait."""
        present = {one.key for one in self.own_choices(node)}
        said = [self.text(node.text)]
        said += [self.text(one.says) for one in node.choices if one.key in present]
        text = " ".join(part for part in said if part)
        is_plain = text == node.text.get(self.walk.language)
        step = steps.Menu(
            text=text,
            choices=self.choices(node),
            prompt=node.recording or None if is_plain else None,
            language=self.walk.language,
        )
        self.wait_at(node, step)

    def ask_language(self, node: Language) -> None:
        """Say each language's part in that language and wait."""
        for language in LANGUAGES:
            self.say(node.text, language=language)
        choices = self.choices(node)
        self.wait_at(node, steps.Menu(text="", choices=choices, language=self.walk.language))

    def tried(self, label: Texts) -> None:
        """Remember for the agent what self-service answered."""
        said = label[self.walk.language]
        if said not in self.walk.tried:
            self.put(tried=(*self.walk.tried, said)[-TRIED_MOST:])


def _known(language: str) -> str:
    return "zh" if language.startswith("zh") else "en"
