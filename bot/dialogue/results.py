"""What an errand answered, and what the talk makes of it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.dialogue.offered import ASK
from bot.dialogue.turn import Turn
from hub.domain.steps import Say

PROOF: Final = "proof_needed"
SEND_CODE: Final = "action_send_code"
CALLBACK: Final = "action_callback"
CHECK_CODE: Final = "action_check_code"
TRY_AGAIN: Final = frozenset({"wrong", "no_code", "code_expired"})
NO_OTHER_WAY: Final = "no_other_way"
NEW_CODE: Final = frozenset({"resend_later", NO_OTHER_WAY})
"""Why no further code was sent: the one that was counts, and who waits for it may choose."""
TRUTHS: Final = frozenset({
    "none", "no_card", "card_blocked", "card_replaced", "card_expired", "order_running",
    "no_number", "no_application", "no_limit", "same_limit", "appointment_over", "slot_taken",
    "switched_off",
})  # fmt: skip
"""Refusals that are an answer; after any other one a person takes over."""
AGAIN: Final = "again"
"""The blank that has to be told anew, in a refusal that does not end the errand."""
LANGUAGE: Final = "action_set_language"


class Results:
    """Takes the result of the errand that ran."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn

    def take(self, result: Mapping[str, str]) -> None:
        """Go on with what it answered."""
        turn, action, code = self._turn, self._turn.mind.running, result.get("code")
        turn.mind = replace(turn.mind, running="")
        if language := result.get("language"):
            turn.speak(language)
        if result.get("ok") == "yes":
            self._went_well(action, result)
        elif action == CHECK_CODE and code in TRY_AGAIN:
            turn.offer_code_ways(result.get("text") or turn.text("utter_ask_code"))
        elif action == SEND_CODE and code in NEW_CODE and turn.mind.waiting:
            turn.offer_code_ways(result["text"], has_other=code != NO_OTHER_WAY)
        elif code == PROOF and action not in (SEND_CODE, CHECK_CODE):
            turn.mind = replace(turn.mind, waiting=action)
            turn.do(SEND_CODE, turn.mind.todo)
        else:
            self._refused(result)

    def _went_well(self, action: str, result: Mapping[str, str]) -> None:
        turn = self._turn
        if action == SEND_CODE:
            said = result.get("question") or turn.text("utter_ask_code")
            turn.offer_code_ways(said, has_other=result.get("other") == "yes")
            return
        if action == CHECK_CODE:
            turn.resume()
            return
        if text := result.get("text"):
            turn.steps.append(Say(text=text))
        if action.startswith(ASK):
            turn.take_offers(turn.mind.asked, result)
            return
        if action == LANGUAGE:
            self._ask_on()
            return
        if promise := self._promise(action, result):
            turn.note_promised(promise)
        done = (*turn.mind.tried, turn.mind.intent)
        turn.mind = replace(turn.mind, tried=tuple(dict.fromkeys(done)), wants="", slots={})
        turn.run(turn.mind.todo)

    def _ask_on(self) -> None:
        """In the other language, from where the talk stands; nothing that was said is lost."""
        turn = self._turn
        turn.steps.append(Say(text=turn.text("utter_language_set")))
        if turn.mind.waiting:
            turn.offer_code_ways(turn.text("utter_ask_code"))
        elif turn.mind.form:
            turn.go_on()

    @staticmethod
    def _promise(action: str, result: Mapping[str, str]) -> str:
        """Return what the customer can hold us to; empty for mere information."""
        if action == CALLBACK:
            return result.get("text", "")
        return result.get("reference", "") or result.get("number", "")

    def _refused(self, result: Mapping[str, str]) -> None:
        turn = self._turn
        if text := result.get("text"):
            turn.steps.append(Say(text=text))
        if turn.mind.form and (blank := result.get(AGAIN)):
            turn.unfill(blank)
            turn.go_on()
            return
        turn.note_failed(result.get("code", "failed"))
        if result.get("code") in TRUTHS:
            turn.close_form()
            turn.mind = replace(turn.mind, slots={}, wants="")
            return
        turn.hand_over(result.get("code", "failed"))
