"""What an errand answered, and what the talk makes of it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.dialogue.turn import ACTION, CARDS, Turn
from hub.domain.steps import Ask, Say

PROOF: Final = "proof_needed"
SEND_CODE: Final = "action_send_code"
CALLBACK: Final = "action_callback"
CHECK_CODE: Final = "action_check_code"
TRY_AGAIN: Final = frozenset({"wrong", "no_code"})
TRUTHS: Final = frozenset({"none", "card_blocked", "order_running", "no_number", "switched_off"})
"""Refusals that are an answer; after any other one a person takes over."""


class Results:
    """Takes the result of the errand that ran."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn

    def take(self, result: Mapping[str, str]) -> None:
        """Go on with what it answered."""
        turn, action = self._turn, self._turn.mind.running
        turn.mind = replace(turn.mind, running="")
        if language := result.get("language"):
            turn.mind = replace(turn.mind, language=language)
        if result.get("ok") == "yes":
            self._went_well(action, result)
        elif action == CHECK_CODE and result.get("code") in TRY_AGAIN:
            turn.mind = replace(turn.mind, running="")
            turn.steps.append(Ask(text=result.get("text") or turn.text("utter_ask_code")))
        elif result.get("code") == PROOF and action not in (SEND_CODE, CHECK_CODE):
            turn.mind = replace(turn.mind, waiting=action)
            turn.do(SEND_CODE, turn.mind.todo)
        else:
            self._refused(result)

    def _went_well(self, action: str, result: Mapping[str, str]) -> None:
        turn = self._turn
        if action == SEND_CODE:
            turn.steps.append(Ask(text=turn.text("utter_ask_code")))
            return
        if action == CHECK_CODE:
            turn.resume()
            return
        if action.startswith(f"{ACTION}ask_"):
            self._offer_cards(result)
            return
        if text := result.get("text"):
            turn.steps.append(Say(text=text))
        if promise := self._promise(action, result):
            turn.note_promised(promise)
        done = (*turn.mind.tried, turn.mind.intent)
        turn.mind = replace(turn.mind, tried=tuple(dict.fromkeys(done)), wants="", slots={})
        turn.run(turn.mind.todo)

    @staticmethod
    def _promise(action: str, result: Mapping[str, str]) -> str:
        """Return what the customer can hold us to; empty for mere information."""
        if action == CALLBACK:
            return result.get("text", "")
        return result.get("reference", "") or result.get("number", "")

    def _offer_cards(self, result: Mapping[str, str]) -> None:
        turn = self._turn
        count = int(result.get("count", "0"))
        cards = {result[f"card_{n}_tail"]: result[f"card_{n}_id"] for n in range(1, count + 1)}
        turn.fill({CARDS + tail: card_id for tail, card_id in cards.items()})
        if turn.mind.slots.get("card_tail") not in cards:
            turn.forget("card_tail")
        if len(cards) == 1:
            turn.fill({"card_tail": next(iter(cards))})
        turn.go_on()

    def _refused(self, result: Mapping[str, str]) -> None:
        turn = self._turn
        if text := result.get("text"):
            turn.steps.append(Say(text=text))
        turn.note_failed(result.get("code", "failed"))
        if result.get("code") in TRUTHS:
            turn.close_form()
            return
        turn.hand_over(result.get("code", "failed"))
