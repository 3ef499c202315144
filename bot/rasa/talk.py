"""The talk led by real Rasa; when Rasa is lost, our own rules lead on from where it stood."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import structlog

from bot.definition.values import Definition
from bot.dialogue.mind import Mind
from bot.dialogue.offered import CONFIRMED
from bot.dialogue.talk import Heard
from bot.dialogue.turn import GOODBYE, MISSES_MOST, Turn
from bot.engines import Talks
from bot.rasa.client import Event, RasaAway, RasaClient, RasaSilent
from bot.rasa.understood import message, mirrored
from hub.domain.dated_values import as_data
from hub.domain.steps import Finish, Say, Step
from hub.ports import SelfServiceContact

NOT_UNDERSTOOD: Final = "utter_not_understood"
FAILED: Final = "assistant_failed"
log = structlog.get_logger(__name__)


class RasaTalk:
    """`bot.engines.Talks` by Rasa, one sender per Contact."""

    def __init__(self, definition: Definition, rasa: RasaClient, rules: Talks) -> None:
        """`rules` take the turns that Rasa did not."""
        self._definition, self._rasa, self._rules = definition, rasa, rules

    async def respond(
        self, contact: SelfServiceContact, mind: Mind, heard: Heard
    ) -> tuple[Mind, Sequence[Step]]:
        """Answer one turn; what Rasa may have done already is not done again."""
        text = message(mind, heard)
        if mind.is_led_by_rules or heard.result is not None or not text:
            return await self._by_rules(contact, mind, heard)
        try:
            await self._prepare(contact, mind)
            told = await self._rasa.say(contact.contact_id, text)
        except RasaAway as error:
            log.warning("rasa_away", contact_id=contact.contact_id, why=str(error))
            return await self._by_rules(contact, mind, heard)
        except RasaSilent as error:
            log.warning("rasa_silent", contact_id=contact.contact_id, why=str(error))
            return self._handed_over(mind, heard)
        try:
            tracker = await self._rasa.memory(contact.contact_id)
        except (RasaAway, RasaSilent) as error:
            # Its words were said; where the talk stands nobody knows, so a person goes on.
            log.warning("rasa_forgot", contact_id=contact.contact_id, why=str(error))
            return self._handed_over(mind, heard, told)
        return self._understood(mind, heard, told, tracker)

    async def _by_rules(
        self, contact: SelfServiceContact, mind: Mind, heard: Heard
    ) -> tuple[Mind, Sequence[Step]]:
        """Let the rules lead, to the end of the errand: Rasa knows nothing of these turns."""
        mind, steps = await self._rules.respond(contact, mind, heard)
        is_errand = mind.is_busy or bool(mind.running)
        return replace(mind, is_led_by_rules=is_errand), steps

    async def _prepare(self, contact: SelfServiceContact, mind: Mind) -> None:
        """Tell Rasa the language; a new matter begins with nothing remembered."""
        anew: list[Event] = [{"event": "reset_slots"}, {"event": "active_loop", "name": None}]
        language: Event = {"event": "slot", "name": "language", "value": mind.language}
        events = [language] if mind.is_busy else [*anew, language]
        await self._rasa.tell(contact.contact_id, events)

    def _handed_over(
        self, mind: Mind, heard: Heard, told: Sequence[Mapping[str, Any]] = ()
    ) -> tuple[Mind, Sequence[Step]]:
        turn = Turn(self._definition, replace(mind, wants=mind.wants or heard.text))
        turn.steps += [Say(text=str(one["text"])) for one in told if one.get("text")]
        turn.hand_over(FAILED)
        return turn.mind, turn.steps

    def _understood(
        self,
        mind: Mind,
        heard: Heard,
        told: Sequence[Mapping[str, Any]],
        tracker: Mapping[str, Any],
    ) -> tuple[Mind, Sequence[Step]]:
        """Turn Rasa's messages into steps, and its tracker into the mind of our rules."""
        known = mirrored(self._definition, mind, tracker)
        turn = Turn(self._definition, replace(known, wants=mind.wants or heard.text[:300]))
        if not turn.mind.is_busy:
            tried = dict.fromkeys((*mind.tried, turn.mind.intent))
            turn.mind = replace(turn.mind, tried=tuple(one for one in tried if one))
        for one in told:
            if self._take(turn, one):
                return turn.mind, turn.steps
        self._count_misses(turn, told)
        return turn.mind, turn.steps

    def _take(self, turn: Turn, one: Mapping[str, Any]) -> bool:
        """Take one message; True when it ends the talk."""
        over = one.get("custom") or {}
        if over.get("action") == "hand_off":
            reason, queue = str(over.get("reason", "")), str(over.get("queue", ""))
            turn.hand_over(reason, queue, raised=int(over.get("priority", 0)))
            return True
        text = _with_blanks_as_data(str(one.get("text", "")), turn.mind)
        if text == self._text(turn.mind, GOODBYE):
            turn.steps.append(Finish(text=text))
            return True
        buttons = one.get("buttons") or ()
        if buttons:
            offered = [(str(one["payload"]), str(one["title"])) for one in buttons]
            turn.offer(text, offered)
        elif text:
            turn.steps.append(Say(text=text))
        return False

    def _count_misses(self, turn: Turn, told: Sequence[Mapping[str, Any]]) -> None:
        """The second miss in a row is a person's; a question waits for its answer."""
        missed = self._text(turn.mind, NOT_UNDERSTOOD)
        misses = turn.mind.misses + 1 if any(one.get("text") == missed for one in told) else 0
        turn.mind = replace(turn.mind, misses=misses)
        if misses >= MISSES_MOST:
            turn.steps.clear()
            turn.hand_over("not_understood")
        elif turn.mind.is_busy and isinstance(last := turn.steps[-1], Say):
            self._wait(turn, last)

    def _wait(self, turn: Turn, last: Say) -> None:
        turn.steps.pop()
        if turn.mind.waiting:
            turn.offer_code_ways(last.text)
        elif turn.mind.asked == CONFIRMED:
            turn.offer_yes_no(last.text)
        else:
            turn.offer(last.text, ())

    def _text(self, mind: Mind, name: str) -> str:
        return self._definition.responses[name].texts.get(mind.language, "")


def _with_blanks_as_data(text: str, mind: Mind) -> str:
    """Rasa has put the blanks into its texts; what a customer wrote there names no value."""
    for told in mind.slots.values():
        text = text.replace(told, as_data(told)) if as_data(told) != told else text
    return text
