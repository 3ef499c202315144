"""The demo bank around a hub: its settings, its customers on first start, its pages and robots."""

import base64
import os
from pathlib import Path

from config.demo import known
from config.demo.bank_word import WIDGET, BankWord
from config.demo.carrier import DemoCarrier
from config.demo.core.child import CoreChild, command, free_port
from config.demo.core.run import KEY_FILE as CORE_KEY_FILE
from config.demo.core.run import TOKEN_FILE, secret_file
from config.demo.core_page import CorePage
from config.demo.crowd import agents_of, crew, write_set_up
from config.demo.mailbox import SERVICE, Mailboxes, mail_options
from config.demo.mailbox_page import MailboxPage
from config.demo.outbox_page import OutboxPage
from config.demo.pages import DemoPages
from config.demo.phone_carrier import (
    add_carrier,
    has_own_carrier,
    sms_options,
    twilio_options,
)
from config.demo.robots.traffic import Traffic
from config.demo.seed import Progress, Size, Soil, invented, is_demo, seed, seeded_at
from config.foundation import Foundation
from config.problems import CannotStart, ExitCode
from config.set_up import HubSetUp
from config.settings import CoreSettings, Settings, WidgetSettings, is_loopback
from config.wiring import Application, Prepare
from hub.store.rows import find
from hub.store.tables import User

KEY_FILE = "demo-widget.key"
KEY_BYTES = 32
SIZE = Size()


def demo_settings(settings: Settings, agents: int = SIZE.agents) -> Settings:
    """Add the bank's own widget, and the queues of a large bank.

    Raises `CannotStart` unless only this machine can reach it.
    """
    _require_loopback(settings)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    widget = WidgetSettings(
        origins=settings.origins, algorithm="HS256", key_file=_key_file(settings.data_dir)
    )
    core = settings.core if settings.core.url else _own_core(settings.data_dir)
    widgets = {**settings.widgets, WIDGET: widget}
    # Nobody waits ten minutes, or a month, to see what a survey's link looks like.
    survey = settings.survey.model_copy(update={"link_after_minutes": 0.5, "link_every_days": 0.0})
    more: dict[str, object] = {"widgets": widgets, "core": core, "survey": survey}
    phone = _phone(settings)
    more["channels"] = {
        **settings.channels,
        "phone": phone,
        "sms": sms_options(settings, phone),
        "email": mail_options(settings),
    }
    if agents > SIZE.agents:
        more["set_up_dir"] = write_set_up(settings.set_up_dir, settings.data_dir, agents)
    return settings.model_copy(update=more)


def _phone(settings: Settings) -> dict[str, object]:
    """The demo brings its own voice, and lets a caller's page say from which number it calls."""
    chosen = dict(settings.channels.get("phone", {}))
    toy = {"starts_media": True, "may_name_number": True}
    twilio = chosen.get("twilio") or twilio_options(settings)
    return {**chosen, "embedded": {**toy, **chosen.get("embedded", {})}, "twilio": twilio}


def _require_loopback(settings: Settings) -> None:
    if not is_loopback(settings.host):
        raise CannotStart(
            ExitCode.DEMO_EXPOSED,
            f"the demo's passwords are public: it listens on 127.0.0.1 only, not {settings.host}",
        )


def demo_size(settings: Settings, agents: int | None) -> Size:
    """Return the size of the bank in the data folder, or of the one that was asked for."""
    _require_loopback(settings)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return Size(agents=agents_of(settings.data_dir, agents))


def _own_core(folder: Path) -> CoreSettings:
    """The bank's own system as a child of ours, on a port that was free a moment ago."""
    return CoreSettings(
        url=f"http://127.0.0.1:{free_port()}",
        token_file=secret_file(folder, TOKEN_FILE),
        change_key_file=secret_file(folder, CORE_KEY_FILE),
    )


def _key_file(folder: Path) -> Path:
    path = folder / KEY_FILE
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(base64.b64encode(os.urandom(KEY_BYTES)))
    return path


def prepare_demo(told: Progress | None = None, size: Size = SIZE) -> Prepare:
    """Return what fills an empty store; a store with people of its own is left alone."""

    async def prepare(foundation: Foundation, set_up: HubSetUp) -> None:
        if await is_demo(foundation.store.reader):
            return
        if await foundation.store.reader.rows(find(User, "id")):
            raise CannotStart(
                ExitCode.DATABASE,
                "this data folder belongs to a real hub or to a demo whose first start was cut "
                "short: choose another with HUB_DATA_DIR, or remove it",
            )
        soil = Soil(
            journal=foundation.store.journal,
            reader=foundation.store.reader,
            vault=foundation.vault,
            lookup=foundation.lookup,
            passwords=foundation.passwords,
            outcomes={key: tuple(queue.dispositions) for key, queue in set_up.queues.items()},
            now=foundation.clock.now(),
        )
        await seed(soil, size, told)

    return prepare


def demo_carrier(foundation: Foundation) -> DemoCarrier:
    """Return what plays the customers' phones until SMS and mail accounts do."""
    store = foundation.store
    return DemoCarrier(store.journal, store.reader, foundation.vault, foundation.clock)


def bank_of(application: Application) -> BankWord:
    """Return who signs the bank's word."""
    first = application.settings.widgets[WIDGET].key_text() or ""
    return BankWord(application.hub, first)


def add_demo(application: Application, size: Size = SIZE) -> Application:
    """Put the demo's pages and robots into the application."""
    settings, hub = application.settings, application.hub
    bank = bank_of(application)
    traffic = Traffic(
        origin=settings.origins[0],
        widget=WIDGET,
        clock=hub.clock,
        new_id=hub.new_id,
        reader=hub.reader,
        sign=bank.sign,
        customers=invented(SIZE),
        agents=crew(size.agents),
    )
    pages = DemoPages(
        bank=bank,
        traffic=traffic,
        origins=frozenset(settings.origins),
        port=settings.port,
        now=hub.clock.now(),
        skills=application.set_up.files.skills,
    )
    application.routes.extend(pages.routes())
    if isinstance(hub.notify, DemoCarrier):
        application.routes.extend(OutboxPage(hub.notify, settings.time_zone).routes())
    application.ends.append(traffic.stop)
    if settings.core.token_file == settings.data_dir / TOKEN_FILE:
        _add_core(application)
    if has_own_carrier(settings):
        add_carrier(application)
    _add_mailboxes(application)
    return application


def _add_mailboxes(application: Application) -> None:
    """Play the customers' mail server, unless the operator has mailboxes of their own."""
    settings, hub = application.settings, application.hub
    options = settings.channels["email"]
    if SERVICE not in options["mailboxes"]:
        return
    mailboxes = Mailboxes(hub, options)
    application.tasks.start("demo_mailboxes", mailboxes.run)
    people = {one.person.number: one for one in known.known_customers(hub.clock.now())}
    page = MailboxPage(mailboxes, people, frozenset(settings.origins), settings.time_zone)
    application.routes.extend(page.routes())


def _add_core(application: Application) -> None:
    """Run the bank's own system beside the hub, with a page to slow it down and break it."""
    settings, hub = application.settings, application.hub
    url = settings.core.url or ""
    child = CoreChild(hub.clock)

    async def keep() -> None:
        await child.keep(
            command(
                settings.data_dir,
                int(url.rpartition(":")[2]),
                hub_url=settings.origins[0],
                seeded_at=await seeded_at(hub.reader),
                size=(SIZE.customers, SIZE.payments),
            )
        )

    application.tasks.start("demo_core", keep)
    page = CorePage(
        child,
        (url, settings.core.token_text() or ""),
        frozenset(settings.origins),
        settings.time_zone,
        new_id=hub.new_id,
        number=known.known_customers(hub.clock.now())[0].person.number,
    )
    application.routes.extend(page.routes())
