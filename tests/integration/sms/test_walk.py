"""The whole walk: a text in Chinese, the bot's menu, a person of that language, an answer, "5"."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from config.self_service import open_flows, self_service
from config.set_up import load_set_up
from config.settings import SET_UP_FOLDER
from hub.domain.events import AgentProfileSet
from hub.journey import presence, restore, wrap_up
from hub.journey.close import close
from hub.journey.context import JourneySettings
from hub.journey.converse import say
from hub.journey.delivery.rules import WrittenRules, WrittenSetUp
from hub.store.engine import Store
from hub.store.rows import put
from hub.store.tables import User
from hub.store.unit import Unit
from routing.state import RoutingState
from tests.support.clock import ManualClock
from tests.support.sms_line import SmsLine, sms_line

WRITTEN = WrittenSetUp(of_channel={"sms": WrittenRules(survey="reply")})


async def test_from_a_text_in_chinese_to_the_score(
    store: Store, clock: ManualClock, tmp_path: Path
) -> None:
    async with bank(store, clock, tmp_path) as line:
        await _walk(line)


async def test_on_a_bad_day_nothing_is_lost_and_nothing_doubled(
    sqlite_store: Store, clock: ManualClock, tmp_path: Path
) -> None:
    async with bank(sqlite_store, clock, tmp_path) as line:
        faults = line.carrier.faults
        faults.delay_seconds, faults.double, faults.lose_answer = 2.0, 0.3, 0.2
        await _walk(line)


@asynccontextmanager
async def bank(store: Store, clock: ManualClock, folder: Path) -> AsyncIterator[SmsLine]:
    """The demo bank's set-up and bot, with an agent of each language."""
    set_up = load_set_up(SET_UP_FOLDER)
    routing, bot = RoutingState(set_up.policy), self_service(SET_UP_FOLDER, set_up, clock)
    parts = {
        "setup": set_up, "line": routing, "self_service": bot,
        "settings": JourneySettings(written=WRITTEN),
    }  # fmt: skip
    async with sms_line(store, clock, folder, **parts) as line:
        line.world.routing = routing
        await open_flows(bot, line.hub)
        for agent, skills in (("amara", '[["lang:en", 5]]'), ("liuxin", '[["lang:zh", 5]]')):
            await _hire(line, agent, skills)
        yield line


async def _walk(line: SmsLine) -> None:
    await line.text("你好，我想问一下")
    await line.until(lambda: any("\n1 " in text for text in line.got))
    menu = next(text for text in line.got if "\n1 " in text)
    person = next(row for row in menu.splitlines() if row.endswith("转人工"))
    await line.text(person.split(" ")[0])
    contact_id = await line.accept("liuxin")
    await say(line.hub, "liuxin", contact_id=contact_id, key="k", text="您好，请讲 🙂")
    await line.until(lambda: "您好，请讲 🙂" in line.got)
    assert await line.contact(contact_id, "language") == ("zh",)
    await close(line.hub, contact_id, by="liuxin", reason="done")
    await line.until(lambda: "5" in line.got[-1], seconds=4_000.0)
    await line.text("5")

    async def is_scored() -> bool:
        return await line.contact(contact_id, "score") == (5,)

    await line.until(is_scored)
    codes = line.hub.setup.queues["messages"].dispositions
    code = next(iter(codes))
    await wrap_up.finish(line.hub, "liuxin", contact_id=contact_id, disposition=code)
    await line.until(lambda: line.carrier.messenger.is_quiet)
    assert await line.contact(contact_id, "state", "ending") == ("closed", "handled")
    (conversation_id,) = await line.contact(contact_id, "conversation_id")

    async def has_arrived() -> bool:
        return set(await line.states(conversation_id)) == {("delivered", "")}

    await line.until(has_arrived)
    assert line.carrier.complaints == []
    assert len(line.got) == len(set(line.got))


async def _hire(line: SmsLine, agent: str, skills: str) -> None:
    hub = line.hub

    def unit() -> Unit[None]:
        queues = ", ".join(f'"{queue}"' for queue in hub.setup.queues)
        yield put(
            User, id=agent, login=agent, name=f'{{"en": "{agent}", "zh": "员工"}}',
            roles='["agent"]', password_hash="", queues=f"[{queues}]", skills=skills,
            created_at=line.world.clock.now(),
        )  # fmt: skip

    await hub.journal.run(unit())
    await hub.staff.load()
    for event in await restore.routing_events(hub):
        if isinstance(event, AgentProfileSet) and event.profile.agent_id == agent:
            line.world.routing.apply(event)
    await presence.set_presence(hub, agent, presence="available")
