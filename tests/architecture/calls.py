"""What may be done only in one place: events, database connections, clocks and chance."""

import ast
from collections.abc import Iterator

from tests.architecture.tree import Finding, Module, SourceTree

WRITERS_OF_EVENTS = ("hub/journey", "hub/security")
OPENER_OF_SESSIONS = "hub/store"
OPENERS = frozenset(
    {
        "sqlite3.connect",
        "aiosqlite.connect",
        "asyncpg.connect",
        "asyncpg.create_pool",
        "psycopg.connect",
        "sqlalchemy.create_engine",
        "sqlalchemy.ext.asyncio.create_async_engine",
        "sqlalchemy.ext.asyncio.async_sessionmaker",
        "sqlalchemy.ext.asyncio.AsyncSession",
        "sqlalchemy.orm.sessionmaker",
        "sqlalchemy.orm.Session",
        "sqlmodel.create_engine",
        "sqlmodel.Session",
        "sqlmodel.ext.asyncio.session.AsyncSession",
    }
)
# Build helpers run before there is a product, Rasa's components in Rasa's process; everything else
# is given its clock and chance.
WORLD = ("hub/adapters", "config/tools", "bot/rasa/component")
CLOCKS = frozenset(
    {
        "time.time",
        "time.time_ns",
        "time.monotonic",
        "time.monotonic_ns",
        "time.sleep",
        "datetime.datetime.now",
        "datetime.datetime.utcnow",
        "datetime.datetime.today",
        "datetime.date.today",
        "asyncio.sleep",
        "uuid.uuid1",
        "uuid.uuid4",
    }
)


def events(tree: SourceTree) -> Iterator[Finding]:
    """Only the journey (and security, for the audit) puts events into the log."""
    for module in tree.product:
        if module.is_below(*WRITERS_OF_EVENTS):
            continue
        for call in _calls(module):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
            target = module.dotted(call.func) or name or getattr(call.func, "id", "")
            if target.rpartition(".")[2] == "Append":
                yield module.finding(call, "only hub/journey and hub/security append events")


def sessions(tree: SourceTree) -> Iterator[Finding]:
    """Only the store opens connections and sessions of a database."""
    for module in tree.product:
        if module.is_below(OPENER_OF_SESSIONS):
            continue
        for call in _calls(module):
            target = module.dotted(call.func)
            if target in OPENERS:
                yield module.finding(call, f"only {OPENER_OF_SESSIONS} may call {target}")


def clocks_and_chance(tree: SourceTree) -> Iterator[Finding]:
    """Time, sleep, identifiers and random numbers are arguments, so that tests can choose them."""
    for module in tree.product:
        if module.is_below(*WORLD):
            continue
        yields = _zero_sleeps(module)
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Name | ast.Attribute) or id(node) in yields:
                continue
            target = module.dotted(node)
            if target in CLOCKS or _is_chance(target):
                yield module.finding(node, f"{target} must be passed in (Clock, NewId, Random)")
        for call in _calls(module):
            if module.dotted(call.func) == "random.Random" and not call.args:
                yield module.finding(call, "random.Random without a seed must be passed in")


def _calls(module: Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(module.tree) if isinstance(node, ast.Call))


def _is_chance(target: str) -> bool:
    """The class itself is the type of an injected generator."""
    return target.startswith("random.") and target != "random.Random"


def _zero_sleeps(module: Module) -> set[int]:
    """`asyncio.sleep(0)` yields to other tasks and waits for no clock."""
    return {
        id(call.func)
        for call in _calls(module)
        if module.dotted(call.func) == "asyncio.sleep"
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and call.args[0].value == 0
    }
