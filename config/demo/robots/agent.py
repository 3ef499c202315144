"""A robot agent: signs in, makes itself available, accepts, answers, ends and wraps up."""

import asyncio
import json
import urllib.request
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.error import URLError

import structlog
from websockets.exceptions import ConnectionClosed

from config.demo import staff
from config.demo.robots import phrases
from config.demo.robots.socket_io import SocketIo
from hub.ports import Clock, NewId

log = structlog.get_logger(__name__)

CALL_SECONDS = 10.0
DESERTED_SECONDS = 20.0
"""A customer whose page is gone and who says nothing for so long is not waited for."""
EXCHANGES = 3
"""So many answers, then the robot says goodbye."""
TRIES = 20
TOO_FAST = frozenset({"too_many", "busy"})


@dataclass(frozen=True, slots=True)
class Pass:
    """A signed-in session."""

    cookie: str
    csrf: str
    user_id: str


def sign_in(origin: str, login: str) -> Pass:
    """Sign in as people do. Blocks; run it in a thread."""
    body = {"login": login, "password": staff.PASSWORD}
    with post(origin, "/api/sign-in", body, {}) as answer:
        cookie = answer.headers["Set-Cookie"].partition(";")[0]
        told = json.load(answer)
    return Pass(cookie, told["csrf"], told["user"]["id"])


def sign_out(origin: str, held: Pass) -> None:
    """End the session. Blocks; run it in a thread."""
    headers = {"Cookie": held.cookie, "X-CSRF": held.csrf}
    with post(origin, "/api/sign-out", {}, headers):
        pass


def post(origin: str, path: str, body: dict[str, Any], headers: dict[str, str]) -> Any:
    """Send JSON as a page of ours would; return the open answer."""
    request = urllib.request.Request(
        origin + path,
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json", "Origin": origin, **headers},
    )
    # Without a proxy: the hub is on this machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    return opener.open(request, timeout=CALL_SECONDS)


@dataclass
class RobotAgent:
    """One agent; `run` until it is cancelled or told to leave."""

    employee: staff.Employee
    origin: str
    clock: Clock
    new_id: NewId
    dice: Random
    further: tuple[str, ...] = ()
    """Queues of a large bank that customers cannot choose: every other contact is handed on."""
    leaving: bool = False
    held: Pass | None = None
    line: SocketIo | None = None
    contacts: dict[str, Any] = field(default_factory=dict)
    answered: dict[str, int] = field(default_factory=dict)
    work: set[asyncio.Task[None]] = field(default_factory=set)

    async def run(self) -> None:
        """Work until the line is closed."""
        self.held = await asyncio.to_thread(sign_in, self.origin, self.employee.login)
        url = self.origin.replace("http", "ws", 1) + "/console/socket.io"
        headers = {"Origin": self.origin, "Cookie": self.held.cookie}
        self.line = await SocketIo.open(url, headers, self._heard)
        try:
            await self.line.ask("hello", {"topic": "desk"})
            # A robot has no ears: calls wait for a person, and are told so before they are made.
            await self._do("tell_phone", on=False)
            await self._do("set_presence", presence="available", reason="")
            await self.line.closed()
        finally:
            for task in self.work:
                task.cancel()
            await self.line.close()

    async def leave(self) -> None:
        """Finish what is in hand for a while, then sign out."""
        self.leaving = True
        if self.line is not None:
            await self._do("set_presence", presence="break", reason="")
            for _ in range(30):
                if not self.contacts:
                    break
                await self.clock.sleep(1.0)
            await self._do("set_presence", presence="offline", reason="")
        await self.hang_up()

    async def sign_out(self) -> None:
        """Give the agent back."""
        held, self.held = self.held, None
        if held is not None:
            try:
                await asyncio.to_thread(sign_out, self.origin, held)
            except URLError:
                return  # the hub is gone, and the sign-in with it

    async def hang_up(self) -> None:
        """Leave the agent's contacts to the person who has signed in as the same agent."""
        if self.line is not None:
            await self.line.close()
        await self.sign_out()

    # -- what the desk shows -------------------------------------------------------------------

    def _heard(self, name: str, frame: Any) -> None:
        if name == "snapshot":
            self.contacts = dict(frame["state"]["contacts"])
            for offer in frame["state"]["offers"].values():
                self._start(self._accept(offer))
            for contact in self.contacts.values():
                self._look(contact)
        elif name == "feed":
            for op in frame["ops"]:
                self._apply(op)

    def _apply(self, op: list[Any]) -> None:
        match op:
            case ["put", "me", _, me]:
                self._come_back(me)
            case ["put", "offers", _, offer]:
                self._start(self._accept(offer))
            case ["put", "contacts", key, contact]:
                self.contacts[key] = contact
                self._look(contact)
            case ["drop", "contacts", key]:
                self.contacts.pop(key, None)
            case ["add", "messages", _, message] if message["speaker"] == "customer":
                self._start(self._answer(message["contact_id"]))

    def _come_back(self, me: Any) -> None:
        """A missed offer took the robot off the line, as it does with people."""
        if me["presence"] == "break" and me["presence_reason"] == "missed" and not self.leaving:
            self._start(self._do("set_presence", presence="available", reason=""))

    def _look(self, contact: Any) -> None:
        key = contact["id"]
        if contact["my_role"] == "wrap_up":
            self._start(self._wrap_up(contact))
        elif contact["my_role"] == "owner" and key not in self.answered:
            self.answered[key] = 0
            self._start(self._greet(key, contact["language"]))

    # -- what the robot does -------------------------------------------------------------------

    async def _accept(self, offer: Any) -> None:
        await self._pause(1.0, 4.0)
        if self.dice.random() < 0.06:
            await self._do("decline", reservation_id=offer["reservation_id"], reason="busy")
        else:
            await self._do("accept", reservation_id=offer["reservation_id"])

    async def _greet(self, contact_id: str, language: str) -> None:
        name = self.employee.zh if language == "zh" else self.employee.en
        await self._say(contact_id, self.dice.choice(phrases.GREETINGS[language]).format(name=name))
        await self.clock.sleep(DESERTED_SECONDS)
        contact = self.contacts.get(contact_id)
        if contact and not contact["customer_present"] and self.answered[contact_id] == 0:
            await self._do("end", contact_id=contact_id)

    async def _answer(self, contact_id: str) -> None:
        contact = self.contacts.get(contact_id)
        if contact is None or contact["my_role"] != "owner":
            return
        count = self.answered[contact_id] = self.answered.get(contact_id, 0) + 1
        language = contact["language"]
        await self._do("seen", contact_id=contact_id, seq=contact["last_seq"])
        if count == 1 and await self._hands_on(contact):
            return
        if count <= EXCHANGES:
            await self._say(contact_id, self.dice.choice(phrases.ANSWERS[language]))
        if count >= EXCHANGES:
            await self._say(contact_id, phrases.GOODBYES[language])
            await self._pause(1.0, 3.0)
            await self._do("end", contact_id=contact_id)

    async def _hands_on(self, contact: Any) -> bool:
        if not self.further or contact["queue_id"] in self.further or self.dice.random() < 0.5:
            return False
        goal = self.dice.choice(self.further)
        await self._do("transfer", contact_id=contact["id"], queue_id=goal, note=phrases.NOTES)
        return True

    async def _say(self, contact_id: str, text: str) -> None:
        await self._do("typing", contact_id=contact_id, on=True)
        await self._pause(1.5, 5.0)
        await self._do("say", contact_id=contact_id, key=self.new_id("key"), text=text)

    async def _wrap_up(self, contact: Any) -> None:
        await self._pause(2.0, 8.0)
        codes = [one["code"] for one in (contact["wrap_up"] or {}).get("dispositions", ())]
        if codes and contact["id"] in self.contacts:
            await self._do(
                "finish_wrap_up",
                contact_id=contact["id"],
                disposition=self.dice.choice(codes),
                notes=phrases.NOTES,
            )

    async def _do(self, command: str, **args: Any) -> None:
        """A refusal is no harm: somebody was faster, as with people. Too fast is tried again."""
        for _ in range(TRIES):
            if self.line is None:
                return
            try:
                answer = await self.line.ask("do", {"command": command, "args": args})
            except (ConnectionError, ConnectionClosed):
                return  # `run` sees the end of the line as well
            if answer["ok"]:
                return
            log.info("robot_refused", command=command, code=answer["code"])
            if answer["code"] not in TOO_FAST:
                return
            await self._pause(2.0, 5.0)

    async def _pause(self, least: float, most: float) -> None:
        await self.clock.sleep(self.dice.uniform(least, most))

    def _start(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self.work.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self.work.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            log.info("robot_stumbled", error=type(error).__name__)
