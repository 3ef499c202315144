"""What a turn can do: say, ask, open a form, run an errand, hand over. Builds steps and mind."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.definition.values import Definition
from bot.dialogue import offered
from bot.dialogue.languages import language_asked
from bot.dialogue.mind import Mind
from hub.domain.dated_values import as_data
from hub.domain.steps import Choice, Do, Finish, HandOff, Menu, Say, Step

MISSES_MOST: Final = 2
_BLANK: Final = re.compile(r"\{(\w+)\}")
ACTION: Final = "action_"
YES_NO: Final = {
    "en": (("yes", "Yes"), ("no", "No")),
    "zh": (("yes", "是"), ("no", "否")),
}
PERSON: Final = "person"
PERSON_LABEL: Final = {"en": "Talk to a person", "zh": "转人工"}
LAST_QUEUE_RULE: Final = "human"
ASKED: Final = "asked"
"""The reason of a hand-over that the customer asked for: the matter decides its queue."""
NO_MATTER: Final = frozenset({"human", "greet", "thanks", "affirm", "deny", "bot_challenge"})
"""Intents beneath which the matter stays what it was."""
LEAVES_FORM: Final = "action_deactivate_loop"
"""What the rules of ways out begin with."""
WANTS_CHARACTERS: Final = 300
GOODBYE: Final = "utter_goodbye"
CODE: Final = "code"
CODE_WAYS: Final = {
    "en": {"again": "Send it again", "other": "Send it another way"},
    "zh": {"again": "重新发送", "other": "换一种方式发送"},
}
"""What else there is for who waits for a one-time code."""


class Turn:
    """One turn under construction; `mind` and `steps` are its outcome."""

    def __init__(self, definition: Definition, mind: Mind) -> None:
        self.definition, self.mind = definition, mind
        self.words = ""
        """What the customer said in this turn."""
        self._begun = ""
        """The intent whose rule this turn follows."""
        self.steps: list[Step] = []

    # -- what is known ---------------------------------------------------------------------

    def fill(self, found: Mapping[str, str]) -> None:
        """Remember blanks; what hangs on one that has changed is looked up anew."""
        known = self.mind.slots
        changed = [name for name, value in found.items() if known.get(name) != value]
        gone = offered.outdated(self.definition.forms.get(self.mind.form, ()), changed)
        offers = {name: told for name, told in self.mind.offers.items() if name not in gone}
        self.mind = replace(self.mind, slots={**known, **found}, offers=offers)

    def forget(self, *names: str) -> None:
        """Forget blanks."""
        kept = {name: v for name, v in self.mind.slots.items() if name not in names}
        self.mind = replace(self.mind, slots=kept)

    def speak(self, language: str) -> None:
        """Go on in a language: what was told stays, what there is is looked up in its words."""
        if language != self.mind.language:
            self.mind = replace(self.mind, language=language, offers={}, question="")

    # -- what follows ----------------------------------------------------------------------

    def begin(self, intent: str) -> None:
        """Do what the rule of an intent says."""
        keeps = intent in NO_MATTER and self.mind.intent
        matter = self.mind.intent if keeps else intent
        self.mind = replace(self.mind, intent=matter, misses=0, todo=())
        self._begun = intent
        self.run(self.definition.rules[intent])

    def run(self, actions: Sequence[str]) -> None:
        """Do actions in order until one waits for a customer or an errand."""
        for at, action in enumerate(actions):
            if action in self.definition.forms:
                self.mind = replace(self.mind, form=action, asked="", offers={}, todo=())
                self.go_on()
                return
            if action == LEAVES_FORM:
                self.close_form()
            elif action == "action_resume":
                self.resume()
                return
            elif action.startswith(ACTION):
                self.do(action, actions[at + 1 :])
                return
            elif self.utter(action):
                return
        self.mind = replace(self.mind, todo=())

    def do(self, action: str, after: Sequence[str] = (), **more: str) -> None:
        """Run an errand with the blanks and `more`; `after` follows when it went well."""
        self.mind = replace(self.mind, running=action, todo=tuple(after))
        name = action.removeprefix(ACTION)
        arguments = {**self.mind.slots, **more}
        if name == "set_language":
            arguments["language"] = language_asked(self.words, self.mind.language)
        self.steps.append(
            Do(
                command=offered.ERRAND_OF.get(name, name),
                arguments=arguments,
                language=self.mind.language,
            )
        )

    def resume(self) -> None:
        """Take up what waited for proof."""
        waiting, self.mind = self.mind.waiting, replace(self.mind, waiting="")
        if waiting:
            self.do(waiting, self.mind.todo)

    # -- forms -----------------------------------------------------------------------------

    def go_on(self) -> None:
        """Ask for the next blank of the form; with none left, do what its ending says."""
        form, slots = self.mind.form, self.mind.slots
        self.mind = replace(self.mind, misses=0)
        for slot in self.definition.forms[form]:
            action = offered.asking_action(self.definition, form, slot)
            if action and not offered.is_known(self.mind, slot):
                self.mind = replace(self.mind, asked=slot, question="")
                self.do(action)
                return
            if slot not in slots:
                self.ask(slot)
                return
        self._end(form)

    def ask(self, slot: str) -> None:
        """Ask for a blank; a person is in sight with every question."""
        question = self.mind.question if slot == self.mind.asked else ""
        self.mind = replace(self.mind, asked=slot, question=question)
        text = question or self.text(self._question(slot))
        offers = self.mind.offers.get(slot, {})
        if slot == offered.CONFIRMED:
            self.offer_yes_no(text)
        else:
            self.offer(text, [(f"{slot}:{value}", label) for value, label in offers.items()])

    def _question(self, slot: str) -> str:
        own = f"utter_ask_{self.mind.form}_{slot}"
        return own if own in self.definition.responses else f"utter_ask_{slot}"

    def take_offers(self, slot: str, result: Mapping[str, str]) -> None:
        """Take what there is for a blank: what was told counts if it is among it; one is taken."""
        offers, told = offered.choices_in(result), self.mind.slots.get(slot)
        self.mind = replace(
            self.mind, offers={**self.mind.offers, slot: offers}, asked=slot,
            question=result.get("question", ""),
        )  # fmt: skip
        if told not in offers:
            self.forget(slot)
        if len(offers) == 1:
            self.fill({slot: next(iter(offers))})
        self.go_on()

    def take_the_other(self) -> None:
        """The customer means the other one: of two it is known which, else it is asked."""
        chosen = [one for one in self.mind.offers if one in self.mind.slots and one != "confirmed"]
        if not chosen:
            self.miss()
            return
        slot = chosen[-1]
        offers = self.mind.offers[slot]
        other = offered.the_other(offers, self.mind.slots[slot])
        if other:
            self.fill({slot: other})
        elif len(offers) == 1:
            self.steps.append(Say(text=self.text("utter_only_one")))
        else:
            self.unfill(slot, offered.CONFIRMED)
        self.go_on()

    def offer_code_ways(self, text: str, *, has_other: bool = True) -> None:
        """Ask for the one-time code, with what else there is for who does not get it."""
        ways = CODE_WAYS[self.mind.language]
        offers = [(f"{CODE}:{way}", label) for way, label in ways.items()]
        self.offer(text, offers if has_other else offers[:1])

    def offer(self, text: str, choices: Sequence[tuple[str, str]]) -> None:
        """Ask with choices; a person is always one of them."""
        both = [*choices, (PERSON, PERSON_LABEL[self.mind.language])]
        told = tuple(Choice(value=value, label=label) for value, label in both)
        self.steps.append(Menu(text=text, choices=told))

    def offer_yes_no(self, text: str) -> None:
        """Ask whether what was told shall be done."""
        labels = YES_NO[self.mind.language]
        self.offer(text, [(f"confirmed:{value}", label) for value, label in labels])

    def back(self) -> None:
        """Ask for the blank before the one that is asked for."""
        blanks = self.definition.forms[self.mind.form]
        at = blanks.index(self.mind.asked) if self.mind.asked in blanks else 0
        asked = [one for one in blanks[:at] if len(self.mind.offers.get(one, "")) != 1]
        self.unfill(*blanks[blanks.index(asked[-1]) if asked else at :])
        self.go_on()

    def unfill(self, *names: str) -> None:
        """Forget blanks of the form, and what there was for those that hang on them."""
        gone = offered.outdated(self.definition.forms.get(self.mind.form, ()), names)
        offers = {name: told for name, told in self.mind.offers.items() if name not in gone}
        self.mind = replace(self.mind, offers=offers)
        self.forget(*names)

    def close_form(self) -> None:
        """Give the form up, with what was told for it."""
        self.forget(*self.definition.forms.get(self.mind.form, ()))
        self.mind = replace(
            self.mind, form="", asked="", offers={}, question="", waiting="", todo=(), running=""
        )

    def _end(self, form: str) -> None:
        slots = self.mind.slots
        for ending in self.definition.endings:
            wanted = {name: "yes" if value else "no" for name, value in ending.wanted.items()}
            if ending.form == form and wanted.items() <= slots.items():
                self.mind = replace(self.mind, form="", asked="", offers={}, question="")
                if not any(action.startswith(ACTION) for action in ending.actions):
                    self.forget(*self.definition.forms[form])
                self.run(ending.actions)
                return
        self.hand_over("no_ending")

    # -- words -----------------------------------------------------------------------------

    def text(self, name: str) -> str:
        """Return what a response says, with the blanks of this talk; what is in those is data."""
        text = self.definition.responses[name].texts.get(self.mind.language, "")
        slots = self.mind.slots
        return _BLANK.sub(lambda found: as_data(slots.get(found[1], found[0])), text)

    def utter(self, name: str) -> bool:
        """Say a response; True when it ends the talk."""
        response = self.definition.responses[name]
        if response.hand_over:
            over = response.hand_over
            self.hand_over(over.reason, over.queue, raised=over.priority)
            return True
        if name == GOODBYE:
            self.steps.append(Finish(text=self.text(name)))
            return True
        self.steps.append(Say(text=self.text(name)))
        tried = (*self.mind.tried, self._begun or self.mind.intent)
        self.mind = replace(self.mind, tried=tuple(dict.fromkeys(tried)))
        return False

    # -- what the agent is told ----------------------------------------------------------------

    def take_up(self, matter: str, words: str) -> None:
        """Keep what it is about, and the customer's own words for it."""
        wants = self.mind.wants or words[:WANTS_CHARACTERS]
        self.mind = replace(self.mind, intent=matter, wants=wants)

    def note_promised(self, what: str) -> None:
        """Keep the reference of what was set going for the customer."""
        told = {**self.mind.outcomes, f"promised:{self.mind.intent}": what}
        self.mind = replace(self.mind, outcomes=told)

    def note_failed(self, code: str) -> None:
        """Keep why the present matter could not be done."""
        told = {**self.mind.outcomes, f"failed:{self.mind.intent}": code}
        self.mind = replace(self.mind, outcomes=told)

    def answer_inside(self, rule: Sequence[str]) -> None:
        """Answer a question in the middle of a form, and ask again what was asked."""
        said = [name for name in rule if name in self.definition.responses]
        for name in said:
            if self.utter(name):
                return
        if len(said) == len(rule):
            self.ask(self.mind.asked)
        else:
            self.miss()

    def miss(self) -> None:
        """Say that it was not understood; the second time in a row a person takes over."""
        self.mind = replace(self.mind, misses=self.mind.misses + 1)
        if self.mind.misses >= MISSES_MOST:
            self.hand_over("not_understood")
            return
        self.steps.append(Say(text=self.text("utter_not_understood")))
        if self.mind.form and self.mind.asked:
            self.ask(self.mind.asked)

    def hand_over(self, reason: str, queue: str = "", *, raised: int = 0) -> None:
        """Give the contact to people with all that was learned."""
        if not queue:
            self.steps.append(Say(text=self.text("utter_handing_off")))
        if not queue or reason == ASKED:
            queue = self.definition.queues.get(self.mind.intent) or queue or self._queue()
        known = {"intent": self.mind.intent, "reason": reason}
        collected = {**known, **self.mind.slots, **self.mind.outcomes}
        self.steps.append(
            HandOff(
                queue_id=queue,
                wants=self.mind.wants or self.mind.intent,
                collected={name: value for name, value in collected.items() if value},
                tried=self.mind.tried,
                raised=raised,
            )
        )
        self.mind = Mind(language=self.mind.language)

    def _queue(self) -> str:
        """The queue of whoever asks for a person."""
        for action in self.definition.rules[LAST_QUEUE_RULE]:
            response = self.definition.responses.get(action)
            if response and response.hand_over:
                return response.hand_over.queue
        return ""
