"""The switch: robot customers arrive at a bounded rate, robot agents serve, people come first."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from random import Random
from typing import Any, Final

import structlog

from config.demo import staff
from config.demo.crowd import departments
from config.demo.people import luck_of, person
from config.demo.robots.agent import RobotAgent
from config.demo.robots.customer import RobotCustomer
from hub.ports import Clock, NewId
from hub.security.sessions import Limits, Session, sessions_of_user
from hub.store.reader import Reader

log = structlog.get_logger(__name__)

CUSTOMERS_MOST: Final = 24
ARRIVAL_SECONDS: Final = 2.5
"""Mean time between robot customers."""
LOOK_SECONDS: Final = 2.0
SIGN_INS_AT_ONCE: Final = 10
"""Robots that sign in between two looks: each costs a password's hash."""
AGENTS_PER_CROWD: Final = 40
"""A large bank has so many times the customers of the small one."""
STOP_SECONDS: Final = 3.0
FOR_PEOPLE: Final = frozenset({"amara"})
"""Agents that robots never take, so that somebody is free for the reader of the landing page."""

PROGRAM: Final = "Browser"
"""What a session calls a client that is none of the browsers it knows."""

Sign = Callable[[str], Awaitable[str]]
"""From a customer's number to the bank's word for it."""


class Traffic:
    """Robots of one hub. `switch` begins or ends; `stop` ends at once."""

    def __init__(
        self,
        *,
        origin: str,
        widget: str,
        clock: Clock,
        new_id: NewId,
        reader: Reader,
        sign: Sign,
        customers: Sequence[int],
        agents: Sequence[staff.Employee] = staff.AGENTS,
    ) -> None:
        self._origin, self._widget = origin, widget
        self._clock, self._new_id, self._reader = clock, new_id, reader
        self._sign, self._customers, self._employees = sign, customers, agents
        self._further = tuple(one.id for one in departments(len(agents)))
        self._crowd = max(1, len(agents) // AGENTS_PER_CROWD)
        self._is_on = False
        self._chats = 0
        self._agents: dict[str, RobotAgent] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._visits: set[asyncio.Task[None]] = set()
        self._visitors: set[RobotCustomer] = set()
        self._keeper: asyncio.Task[None] | None = None

    def switch(self, *, on: bool) -> None:
        """Turn the traffic on or off; turning off lets open talks end and stops the waiting."""
        self._is_on = on
        if on and (self._keeper is None or self._keeper.done()):
            self._keeper = asyncio.create_task(self._keep())

    def state(self) -> dict[str, object]:
        """What the landing page shows."""
        return {
            "on": self._is_on,
            "customers": len(self._visits),
            "agents": len(self._agents),
            "chats": self._chats,
        }

    async def finished(self) -> None:
        """Wait until everybody is home after the switch was turned off."""
        if self._keeper is not None:
            await self._keeper

    async def stop(self) -> None:
        """Send everybody home at once; the hub is stopping."""
        self._is_on = False
        tasks = [*self._tasks, *self._visits, *([self._keeper] if self._keeper else [])]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=STOP_SECONDS)

    async def _keep(self) -> None:
        """Send agents, then customers, until switched off; then send everybody home."""
        dice = luck_of("traffic", self._new_id("dice"))
        arrivals = asyncio.create_task(self._arrivals(dice))
        try:
            while self._is_on:
                await self._staff_up(dice)
                await self._clock.sleep(LOOK_SECONDS)
        finally:
            arrivals.cancel()
        for visitor in self._visitors:
            visitor.stop_waiting()
        while self._visits and not self._is_on:
            await self._clock.sleep(LOOK_SECONDS)
        if not self._is_on:
            leaving = (one.leave() for one in tuple(self._agents.values()))
            await asyncio.gather(*leaving, return_exceptions=True)
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _arrivals(self, dice: Random) -> None:
        while True:
            pause_seconds = dice.expovariate(self._crowd / ARRIVAL_SECONDS)
            await self._clock.sleep(min(20.0, pause_seconds))
            if len(self._visits) < CUSTOMERS_MOST * self._crowd and self._agents:
                visitor = await self._customer(dice)
                self._start(self._visits, self._visit(visitor), "customer")

    async def _customer(self, dice: Random) -> RobotCustomer:
        kind = dice.random()
        who = person(dice.choice(self._customers)) if kind < 0.65 else None
        return RobotCustomer(
            origin=self._origin,
            widget=self._widget,
            clock=self._clock,
            new_id=self._new_id,
            dice=luck_of("customer", self._new_id("dice")),
            language=who.language if who else dice.choice(("en", "zh")),
            token=await self._sign(who.number) if who else None,
            gives_up=dice.random() < 0.08,
            on_start=self._count,
        )

    async def _visit(self, visitor: RobotCustomer) -> None:
        self._visitors.add(visitor)
        try:
            await visitor.run()
        finally:
            self._visitors.discard(visitor)

    def _count(self) -> None:
        self._chats += 1

    async def _staff_up(self, dice: Random) -> None:
        begun = 0
        for employee in self._employees:
            if employee.login in FOR_PEOPLE:
                continue
            if begun == SIGN_INS_AT_ONCE:
                return
            robot = self._agents.get(employee.login)
            is_taken = await self._is_taken(employee)
            if robot is None and not is_taken:
                robot = RobotAgent(
                    employee,
                    self._origin,
                    self._clock,
                    self._new_id,
                    Random(dice.random()),
                    self._further,
                )
                self._agents[employee.login] = robot
                begun += 1
                self._start(self._tasks, self._work(robot), "agent")
            elif robot is not None and is_taken:
                log.info("robot_makes_room", agent=employee.login)
                await robot.hang_up()

    async def _is_taken(self, employee: staff.Employee) -> bool:
        """Tell whether a person is signed in as this agent: a program has no known browser."""
        rows = await self._reader.rows(sessions_of_user(of_user=employee.id))
        since = self._clock.now() - Limits().idle_seconds
        sessions = (Session(*row) for row in rows)
        return any(one.client != PROGRAM and one.seen_at > since for one in sessions)

    async def _work(self, robot: RobotAgent) -> None:
        try:
            await robot.run()
        finally:
            self._agents.pop(robot.employee.login, None)

    def _start(
        self, among: set[asyncio.Task[None]], work: Coroutine[Any, Any, None], kind: str
    ) -> None:
        task = asyncio.create_task(work)
        among.add(task)

        def ended(done: asyncio.Task[None]) -> None:
            among.discard(done)
            error = None if done.cancelled() else done.exception()
            if error is not None:
                log.warning("robot_left", robot=kind, error=type(error).__name__)

        task.add_done_callback(ended)
