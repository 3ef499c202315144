"""A Rasa for tests: its REST channel and HTTP API, its forms and rules, and calls of real actions.

It behaves as Rasa 3.6 was seen to: a failing action gives an empty answer, `/restart`-like words
are commands, `text` and `custom` come as two messages. `test_real_rasa.py` holds it to the truth.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx2 as httpx

from bot.definition.values import FALLBACK, Definition


@dataclass
class Tracker:
    """What Rasa remembers of one sender."""

    slots: dict[str, Any] = field(default_factory=dict)
    loop: str | None = None
    intent: str = ""
    text: str = ""
    then: str | None = None
    """An action that must follow."""


class ActionFailed(Exception):
    """Rasa only logs it, and answers nothing."""


class FakeRasa:
    """Use `transport`; `said` are the texts it heard by its channel."""

    def __init__(
        self, definition: Definition, intents: Mapping[str, str], actions: httpx.AsyncClient
    ) -> None:
        self._definition, self._intents, self._actions = definition, intents, actions
        self.trackers: dict[str, Tracker] = {}
        self.said: list[str] = []
        self.asked: list[str] = []
        """Actions that were called."""
        self.is_down = False
        self.dies_after_actions = False
        self.transport = httpx.MockTransport(self._answer)

    async def call(
        self, action: str, sender: str, slots: Mapping[str, Any], **headers: str
    ) -> httpx.Response:
        """Ask the hub for an action as Rasa does."""
        asked = {"next_action": action, "sender_id": sender, "tracker": {"slots": slots}}
        return await self._actions.post("/rasa/actions", json=asked, headers=headers)

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        if self.is_down:
            raise httpx.ConnectError("down")
        path, body = request.url.path, json.loads(request.content or b"null")
        if path == "/model/parse":
            return httpx.Response(200, json={"intent": self._parsed(body["text"])})
        if path == "/webhooks/rest/webhook":
            told = await self._turn(body["sender"], body["message"])
            if self.dies_after_actions:
                self.is_down = True
                raise httpx.ReadError("died")
            return httpx.Response(200, json=told)
        tracker = self.trackers.setdefault(path.split("/")[2], Tracker())
        if path.endswith("/events"):
            self._apply(tracker, body)
        return httpx.Response(200, json=_seen(tracker))

    def _parsed(self, text: str) -> dict[str, Any]:
        return {"name": self._intents.get(text, FALLBACK), "confidence": 0.9}

    async def _turn(self, sender: str, text: str) -> list[dict[str, Any]]:
        self.said.append(text)
        tracker = self.trackers.setdefault(sender, Tracker())
        out: list[dict[str, Any]] = []
        tracker.text = text
        entities: dict[str, str] = {}
        if text.startswith("/"):
            tracker.intent, _, rest = text[1:].partition("{")
            entities = json.loads("{" + rest) if rest else {}
        else:
            tracker.intent = self._intents.get(text, FALLBACK)
        rule = self._definition.rules.get(tracker.intent, ("utter_not_understood",))
        try:
            if tracker.loop and rule[0] != "action_deactivate_loop":
                if not self._filled(tracker, text, entities):
                    await self._run(tracker, rule, out, sender)
                await self._form(tracker, out, sender)
            else:
                await self._run(tracker, rule, out, sender)
        except ActionFailed:
            return []
        return out

    def _filled(self, tracker: Tracker, text: str, entities: Mapping[str, str]) -> bool:
        asked = str(tracker.slots["requested_slot"])
        slot = self._definition.slots[asked]
        if asked in entities:
            tracker.slots[asked] = entities[asked]
        elif slot.is_words:
            tracker.slots[asked] = text
        elif tracker.intent in slot.intents:
            tracker.slots[asked] = slot.intents[tracker.intent]
        return tracker.slots.get(asked) is not None

    async def _form(self, tracker: Tracker, out: list[dict[str, Any]], sender: str) -> None:
        form = str(tracker.loop)
        for slot in self._definition.forms[form]:
            if tracker.slots.get(slot) is None:
                tracker.slots["requested_slot"] = slot
                if (action := f"action_ask_{form}_{slot}") in self._definition.actions:
                    await self._act(tracker, action, out, sender)
                    await self._follow(tracker, out, sender)
                else:
                    own = f"utter_ask_{form}_{slot}"
                    known = own in self._definition.responses
                    self._utter(tracker, own if known else f"utter_ask_{slot}", out)
                return
        tracker.loop, tracker.slots["requested_slot"] = None, None
        for ending in self._definition.endings:
            wanted = ending.wanted.items()
            if ending.form == form and all(tracker.slots.get(k) is v for k, v in wanted):
                await self._run(tracker, ending.actions, out, sender)
                return

    async def _run(
        self, tracker: Tracker, actions: Sequence[str], out: list[dict[str, Any]], sender: str
    ) -> None:
        for action in actions:
            if action in self._definition.forms:
                tracker.loop = action
                await self._form(tracker, out, sender)
                return
            if action == "action_deactivate_loop":
                tracker.loop, tracker.slots["requested_slot"] = None, None
            elif action.startswith("action_"):
                await self._act(tracker, action, out, sender)
                if await self._follow(tracker, out, sender):
                    return
            else:
                self._utter(tracker, action, out)

    async def _follow(self, tracker: Tracker, out: list[dict[str, Any]], sender: str) -> bool:
        then, tracker.then = tracker.then, None
        if then:
            await self._run(tracker, (then,), out, sender)
        return bool(then)

    async def _act(
        self, tracker: Tracker, action: str, out: list[dict[str, Any]], sender: str
    ) -> None:
        self.asked.append(action)
        call = {"next_action": action, "sender_id": sender, "tracker": _seen(tracker)}
        told = await self._actions.post("/rasa/actions", json=call)
        if not told.is_success:
            raise ActionFailed(told.status_code)
        self._apply(tracker, told.json()["events"])
        for one in told.json()["responses"]:
            if name := one.pop("response", None):
                self._utter(tracker, name, out)
                out[-1] |= one
            else:
                out.append(one)

    def _utter(self, tracker: Tracker, name: str, out: list[dict[str, Any]]) -> None:
        response = self._definition.responses[name]
        if over := response.hand_over:
            custom = {"action": "hand_off", "queue": over.queue, "priority": over.priority,
                      "reason": over.reason}  # fmt: skip
            out.append({"custom": custom})
            return
        text = response.texts[tracker.slots.get("language") or "en"]
        for slot, value in tracker.slots.items():
            text = text.replace("{" + slot + "}", str(value))
        out.append({"text": text})

    @staticmethod
    def _apply(tracker: Tracker, events: Sequence[Mapping[str, Any]]) -> None:
        for event in events:
            match event["event"]:
                case "slot":
                    tracker.slots[event["name"]] = event["value"]
                case "reset_slots":
                    tracker.slots.clear()
                case "active_loop":
                    tracker.loop = event["name"]
                case "followup":
                    tracker.then = event["name"]


def _seen(tracker: Tracker) -> dict[str, Any]:
    return {
        "slots": dict(tracker.slots),
        "active_loop": {"name": tracker.loop} if tracker.loop else {},
        "latest_message": {"intent": {"name": tracker.intent}, "text": tracker.text},
    }
