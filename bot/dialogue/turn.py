"""What a turn can do: say, ask, open a form, run an errand, hand over. Builds steps and mind."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.definition.values import Definition
from bot.dialogue.mind import Mind
from hub.domain.steps import Ask, Choice, Do, Finish, HandOff, Menu, Say, Step

MISSES_MOST: Final = 2
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
ERRAND_OF: Final = {"callback": "offer_callback"}
"""Actions whose errand has another name."""
GOODBYE: Final = "utter_goodbye"
CARDS: Final = "card:"
"""Slots that hold the identifier of a card by its last four digits."""


class Turn:
    """One turn under construction; `mind` and `steps` are its outcome."""

    def __init__(self, definition: Definition, mind: Mind) -> None:
        self.definition, self.mind = definition, mind
        self._begun = ""
        """The intent whose rule this turn follows."""
        self.steps: list[Step] = []

    # -- what is known ---------------------------------------------------------------------

    def fill(self, found: Mapping[str, str]) -> None:
        """Remember blanks."""
        self.mind = replace(self.mind, slots={**self.mind.slots, **found})

    def forget(self, *names: str) -> None:
        """Forget blanks."""
        kept = {name: v for name, v in self.mind.slots.items() if name not in names}
        self.mind = replace(self.mind, slots=kept)

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
                self.mind = replace(self.mind, form=action, asked="", todo=())
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

    def do(self, action: str, after: Sequence[str] = ()) -> None:
        """Run an errand; `after` follows when it went well."""
        self.mind = replace(self.mind, running=action, todo=tuple(after))
        name = action.removeprefix(ACTION)
        if name.startswith("ask_"):
            name = "cards"
        slots = dict(self.mind.slots)
        arguments = {k: v for k, v in slots.items() if not k.startswith(CARDS)}
        if card := slots.get(CARDS + slots.get("card_tail", "")):
            arguments["card_id"] = card
        if name == "set_language":
            arguments["language"] = "en" if self.mind.language == "zh" else "zh"
        self.steps.append(
            Do(
                command=ERRAND_OF.get(name, name),
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
            action = f"{ACTION}ask_{form}_{slot}"
            has_own = any(name.startswith(CARDS) for name in slots)
            if slot == "card_tail" and action in self.own_choices and not has_own:
                self.mind = replace(self.mind, asked=slot)
                self.do(action)
                return
            if slot not in slots:
                self.ask(slot)
                return
        self._end(form)

    @property
    def own_choices(self) -> frozenset[str]:
        """Actions that offer what the customer has before a form asks which."""
        return frozenset(
            f"{ACTION}ask_{form}_card_tail" for form in ("block_card_form", "replace_card_form")
        )

    def ask(self, slot: str) -> None:
        """Ask for a blank."""
        self.mind = replace(self.mind, asked=slot)
        name = f"utter_ask_{self.mind.form}_{slot}"
        if name not in self.definition.responses:
            name = f"utter_ask_{slot}"
        text = self.text(name)
        cards = [one for one in self.mind.slots if one.startswith(CARDS)]
        if slot == "confirmed":
            self.offer_yes_no(text)
        elif slot == "card_tail" and cards:
            tails = [one.removeprefix(CARDS) for one in cards]
            self.offer(text, [(f"{slot}:{tail}", tail) for tail in tails])
        else:
            self.steps.append(Ask(text=text))

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
        self.forget(*blanks[max(0, at - 1) :])
        self.go_on()

    def close_form(self) -> None:
        """Give the form up, with what was told for it."""
        self.forget(*self.definition.forms.get(self.mind.form, ()))
        self.mind = replace(self.mind, form="", asked="", waiting="", todo=(), running="")

    def _end(self, form: str) -> None:
        slots = self.mind.slots
        for ending in self.definition.endings:
            wanted = {name: "yes" if value else "no" for name, value in ending.wanted.items()}
            if ending.form == form and wanted.items() <= slots.items():
                self.mind = replace(self.mind, form="", asked="")
                if not any(action.startswith(ACTION) for action in ending.actions):
                    self.forget(*self.definition.forms[form])
                self.run(ending.actions)
                return
        self.hand_over("no_ending")

    # -- words -----------------------------------------------------------------------------

    def text(self, name: str) -> str:
        """Return what a response says, with the blanks of this talk."""
        text = self.definition.responses[name].texts.get(self.mind.language, "")
        for slot, value in self.mind.slots.items():
            text = text.replace("{" + slot + "}", value)
        return text

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
        told = {k: v for k, v in self.mind.slots.items() if not k.startswith(CARDS)}
        collected = {"intent": self.mind.intent, "reason": reason, **told, **self.mind.outcomes}
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
