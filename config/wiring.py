"""The application as one value: every part made, joined, started and stopped here and nowhere else.

Start: store and migrations, keys, set-up, what routing and reports must remember, timers, outbox,
channels, ready. Stop: the other way round.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import structlog
from starlette.routing import BaseRoute

from agent_console.api import routes as console_routes
from agent_console.console import Console
from config.assistant import embedder_of
from config.banking import load_banking
from config.channels import Mounted, add_writers, make_channels
from config.conduct import load_conduct
from config.console import console_settings, door
from config.core_banking import CoreLink, link_core, make_core
from config.email import mail_front
from config.foundation import Foundation, lay_foundation
from config.journey import journey_settings
from config.knowledge import Knowledge, lay_out
from config.language_model import close_wording, make_wording
from config.page_links import help_link, page_link
from config.phone import load_phone
from config.problems import CannotStart, ExitCode, require_writable
from config.rasa import action_routes
from config.segments import load_segments
from config.self_service import (
    editor_in,
    flows_of,
    follow_flows,
    follow_teaching,
    front_door,
    open_flows,
)
from config.set_up import HubSetUp, known_segments, load_desk, load_set_up
from config.settings import Settings, is_loopback
from config.staff_check import warn_unserved
from config.tasks import Tasks
from config.widgets import file_name, seed_widget_keys, widget_facts
from config.work import load_work
from config.written import load_written
from hub.adapters.carrier import NoCarrier
from hub.adapters.clock import SystemClock
from hub.adapters.ids import RandomIds
from hub.adapters.randomness import system_randomness
from hub.domain.routing import Decision, Expire, OfferCallback, OverflowTo, Relax, Reserve
from hub.journey import (
    anchor,
    customer_page,
    effects,
    hours,
    nodes,
    notify,
    presence,
    pruning,
    reserve,
    restore,
    widen,
)
from hub.journey.accounts import follow as follow_accounts
from hub.journey.articles import care
from hub.journey.calls import commands, recordings
from hub.journey.calls import effects as call_effects
from hub.journey.context import Hub
from hub.journey.delivery import effects as delivery_effects
from hub.journey.errands.table import ERRANDS
from hub.journey.finding.words.index import WordKeeper
from hub.journey.floor import offer
from hub.journey.secure.link import secure_path
from hub.journey.staff import StaffDirectory
from hub.journey.standing import nightly
from hub.journey.standing.keeper import StandingKeeper
from hub.journey.survey_link import survey_path
from hub.journey.timers import STEPS
from hub.ports import PAGE, Clock, CoreBanking, Notify
from hub.store.lane_runner import LaneRunner
from hub.store.lease import Lease
from hub.store.node_beat import NodeBeat
from hub.store.outbox_runner import EffectHandler, OutboxRunner
from hub.store.rows import find
from hub.store.tables import Setup
from hub.store.timer_runner import TimerHandler, TimerRunner
from hub.store.timers import DueTimer
from routing.engine import RoutingEngine

log = structlog.get_logger(__name__)

Prepare = Callable[[Foundation, HubSetUp], Awaitable[None]]
"""Runs between opening the store and reading it: the demo fills an empty one."""
Carrier = Callable[[Foundation], Notify]
"""Makes what delivers Notices; the demo's keeps them for a page."""


@dataclass(kw_only=True)
class Application:
    """A node of the hub, whole; `is_ready` once it takes customers."""

    settings: Settings
    foundation: Foundation
    set_up: HubSetUp
    hub: Hub
    engine: RoutingEngine
    lease: Lease | None
    """Which of several nodes routes; None: this one is alone."""
    console: Console
    knowledge: Knowledge
    channels: Sequence[Mounted]
    routes: list[BaseRoute] = field(default_factory=list)
    effects: dict[str, EffectHandler] = field(default_factory=dict)
    """Who acts on which kind of effect from the outbox."""
    core: CoreLink | None = None
    """The bank's core banking system, where one is configured."""
    ends: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    """What must end while the sockets are still open: the demo's robots."""
    is_ready: bool = False
    request_stop: Callable[[], None] = lambda: None
    """Asks the web server to stop; set by the server."""
    tasks: Tasks = field(init=False)
    beat: NodeBeat | None = field(init=False)
    """Of several nodes each says that it lives; None: this one is alone."""

    def __post_init__(self) -> None:
        store = self.foundation.store
        self.beat = NodeBeat(store.journal, self.hub.node) if store.shared else None
        self.tasks = Tasks(self.hub.clock)

    async def start(self) -> None:
        """Remember what was, then begin to act."""
        hub = self.hub
        self.engine.restore(await restore.routing_events(hub))
        hub.journal.follow(self.engine.follow)
        await hours.keep_hours(hub)
        await anchor.keep_anchoring(hub)
        await nightly.keep_judging(hub)
        await pruning.keep_pruning(hub)
        await care.keep_caring(hub)
        living = await self.beat.living() if self.beat else frozenset[str]()
        await presence.all_pages_lost(hub, living)
        await open_flows(hub.self_service, hub)
        await self.knowledge.open()
        await self.console.start()
        route = partial(self.lease.lead, self.engine.run) if self.lease else self.engine.run
        self.tasks.start("routing", route)
        self.tasks.start("timers", _timers(hub, shared=self.foundation.store.shared).run)
        self.tasks.start("outbox", _outbox(self, OutboxRunner, self.effects).run)
        calls = {commands.KIND: call_effects.handler(hub)}
        self.tasks.start("calls", _outbox(self, LaneRunner, calls).run)
        if hub.writers:
            letters = delivery_effects.handlers(hub)
            self.tasks.start("delivery", _outbox(self, LaneRunner, letters).run)
        standing = StandingKeeper(hub)
        hub.journal.follow(standing.follow)
        self.tasks.start("standing", standing.run)
        if self.settings.word_search:
            words = WordKeeper(hub)
            hub.journal.follow(words.follow)
            self.tasks.start("words", words.run)
        self.tasks.start("flows", partial(follow_flows, hub.self_service))
        self.tasks.start("assistant", partial(follow_teaching, hub.self_service, hub))
        self.tasks.start("articles", self.knowledge.run)
        if self.core is not None:
            hub.journal.follow(self.core.keeper.follow)
            self.tasks.start("core_banking", self.core.keeper.run)
        await follow_accounts.look(hub)
        self.tasks.start("accounts", partial(follow_accounts.keep_looking, hub))
        for mounted in self.channels:
            self.tasks.start(f"channel.{mounted.channel.name}", mounted.channel.run)
        watched = [m.channel.name for m in self.channels if PAGE in m.channel.capabilities]
        absent = partial(customer_page.expect_the_absent, hub, watched, living)
        self.tasks.start("absent_customers", absent)
        if self.beat is not None:
            self.tasks.start("nodes", partial(nodes.keep_watch, hub, self.beat, watched))
        self.is_ready = True
        log.info("hub_ready", node=hub.node)

    async def leave(self) -> None:
        """Take no more; what uses our own sockets says goodbye."""
        self.is_ready = False
        for end in self.ends:
            await end()

    async def stop(self) -> None:
        """Finish what was taken; what waits is in the store."""
        self.is_ready = False
        await self.tasks.stop()
        if self.core is not None:
            await self.core.core.close()
        await close_wording(self.hub.wording)
        await self.console.stop()
        await self.foundation.close()
        log.info("hub_stopped", node=self.hub.node)


async def build(
    settings: Settings,
    *,
    clock: Clock | None = None,
    prepare: Prepare | None = None,
    carrier: Carrier = lambda _: NoCarrier(),
) -> Application:
    """Make the application; raise `CannotStart` with what is wrong and what to do."""
    clock = clock or SystemClock()
    set_up = load_set_up(settings.set_up_dir)
    desk = load_desk(
        settings.set_up_dir,
        set_up,
        time_zone=settings.time_zone,
        low_score=settings.survey.low_score,
    )
    desk = replace(desk, widgets=widget_facts(settings), settings_file=file_name())
    require_writable(settings.data_dir)
    foundation = await lay_foundation(settings, clock)
    try:
        if prepare is not None:
            await prepare(foundation, set_up)
        await _refuse_exposed_demo(settings, foundation)
        core = make_core(settings.core, clock)
        hub, engine, lease = _hub(settings, foundation, set_up, carrier(foundation), core)
        link = link_core(settings.core, hub, core) if core else None
        await hub.staff.load()
        await seed_widget_keys(hub, settings)
        warn_unserved(settings.set_up_dir, hub.staff.all())
        console = Console(
            hub,
            desk,
            foundation.links,
            console_settings(settings),
            door(settings, hub, foundation),
        )
        channels = make_channels(hub, foundation.links, settings)
        add_writers(hub, channels)
    except BaseException:
        await foundation.close()
        raise
    flows = flows_of(hub.self_service)
    editor = editor_in(hub.self_service)
    routes = [
        *console_routes(console, flows, editor),
        *(r for m in channels for r in m.channel.routes()),
    ]
    routes += link.routes if link else ()
    routes += action_routes(settings, hub)
    return Application(
        settings=settings,
        foundation=foundation,
        set_up=set_up,
        hub=hub,
        engine=engine,
        lease=lease,
        console=console,
        knowledge=Knowledge(hub, settings.set_up_dir, embedder_of(settings)),
        channels=channels,
        routes=routes,
        effects=effect_handlers(hub, link),
        core=link,
    )


def effect_handlers(hub: Hub, core: CoreLink | None = None) -> dict[str, EffectHandler]:
    """The table kind -> hand that acts; a new kind of outside act is a line here."""
    return {
        notify.KIND: notify.handler(hub),
        recordings.KIND: recordings.handler(hub),
        **(core.handlers if core else {}),
    }


def _hub(
    settings: Settings,
    foundation: Foundation,
    set_up: HubSetUp,
    carrier: Notify,
    core: CoreBanking | None,
) -> tuple[Hub, RoutingEngine, Lease | None]:
    """Hub and router need each other: the router asks through the hub, the hub asks for places.

    Of several nodes the one with the lease routes, and what it asks for is refused without it.
    """
    store = foundation.store
    mail = mail_front(settings, set_up.queues)
    library = lay_out(settings.set_up_dir, foundation.clock, embedder_of(settings))
    made: list[Hub] = []

    async def act(decision: Decision) -> bool:
        return await carry_out(made[0], decision)

    engine = RoutingEngine(policy=set_up.policy, clock=foundation.clock, act=act)
    hub = Hub(
        journal=store.journal,
        reader=store.reader,
        vault=foundation.vault,
        lookup=foundation.lookup,
        audit_key=foundation.audit_key,
        clock=foundation.clock,
        new_id=RandomIds(),
        signal=foundation.signal,
        setup=set_up,
        line=engine,
        self_service=front_door(settings, set_up, foundation.clock, mail.desks, library),
        errands={**ERRANDS, **mail.errands},
        conduct=load_conduct(settings.set_up_dir),
        work=load_work(settings.set_up_dir, set_up),
        letters=load_written(settings.set_up_dir, set_up),
        standing=load_segments(settings.set_up_dir, known_segments(settings.set_up_dir)),
        staff=StaffDirectory(store.reader),
        files_folder=settings.data_dir / "files",
        node=settings.node,
        settings=journey_settings(settings),
        notify=carrier,
        survey_link=page_link(settings, foundation.links, survey_path),
        secure_link=page_link(settings, foundation.links, secure_path),
        core=core,
        banking=load_banking(settings.set_up_dir, time_zone=settings.time_zone),
        phone=load_phone(settings.set_up_dir, set_up),
        wording=make_wording(settings.language_model, foundation.clock),
        articles=library,
        help_link=help_link(settings),
    )
    if not store.shared:
        made.append(hub)
        return hub, engine, None
    lease = Lease(store.journal, hub.clock, name="routing", holder=hub.new_id("nod"))
    made.append(replace(hub, journal=lease.fenced()))
    return hub, engine, lease


async def carry_out(hub: Hub, decision: Decision) -> bool:
    """Ask the journey for what routing decided; False when it refuses."""
    match decision:
        case Reserve():
            return await reserve.reserve(hub, decision)
        case Relax():
            return await widen.relax(hub, decision)
        case OverflowTo():
            return await widen.overflow(hub, decision)
        case OfferCallback():
            return await offer.offer(hub, decision)
        case Expire():
            await reserve.expire(hub, decision.reservation_id)
            return True


def _timers(hub: Hub, *, shared: bool) -> TimerRunner:
    def handler(step: Callable[[Hub, str], Awaitable[None]]) -> TimerHandler:
        async def fire(timer: DueTimer) -> None:
            await step(hub, timer.subject)

        return fire

    handlers = {kind.value: handler(step) for kind, step in STEPS.items()}
    return TimerRunner(hub.journal, hub.reader, hub.clock, handlers, shared=shared)


def _outbox(
    application: Application, runner: type[OutboxRunner], handlers: Mapping[str, EffectHandler]
) -> OutboxRunner:
    hub = application.hub
    return runner(
        hub.journal,
        hub.reader,
        hub.clock,
        handlers,
        node=hub.node,
        random=system_randomness(),
        on_failed=partial(effects.failed, hub),
        on_done=partial(effects.done, hub),
        shared=application.foundation.store.shared,
    )


async def _refuse_exposed_demo(settings: Settings, foundation: Foundation) -> None:
    """Accounts whose password is printed must not be reachable from elsewhere."""
    rows = await foundation.store.reader.rows(find(Setup, "name", kind="demo"))
    named: list[Any] = [settings.host, *map(_host_of, settings.public_origins)]
    if rows and not all(is_loopback(host) for host in named):
        raise CannotStart(
            ExitCode.DEMO_EXPOSED,
            f"this data folder ({settings.data_dir}) holds the demo bank, whose passwords are "
            "public: listen on 127.0.0.1 only, or set HUB_DATA_DIR to another folder",
        )


def _host_of(origin: str) -> str:
    host = origin.partition("://")[2]
    return host[: host.index("]") + 1] if host.startswith("[") else host.partition(":")[0]
