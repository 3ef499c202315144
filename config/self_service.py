"""Who stands in front of the queues: phone flows for calls, the rule bot for most others."""

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from bot.article_cards import ArticleCards
from bot.assistant import KEPT, Assistant
from bot.dialogue.off import matters
from bot.load import MenuFile, load_menu
from bot.rule_bot import RuleBot
from bot.teaching.editor import AssistantEditor
from config.assistant import assistant, editor_of
from config.flows import FLOWS_FOLDER, known_to_flows, load_flows
from config.problems import CannotStart, ExitCode
from config.set_up import HubSetUp
from config.settings import Settings
from hub.adapters.clock import SystemClock
from hub.domain.calls import CHANNEL as PHONE
from hub.domain.steps import Heard, Step
from hub.journey.context import Hub
from hub.ports import ArticleSearch, AtOnce, Clock, FlowEditor, SelfService, SelfServiceContact
from ivr.editor import PhoneFlows
from ivr.phone_menu import PhoneMenu
from ivr.shelf import Shelf

MENU_FILE = Path("bot") / "menu.toml"
TALKS_ON: Final = ("web_chat", "sms", PHONE)


class FrontDoor:
    """`SelfService` by channel."""

    def __init__(
        self,
        phone: PhoneMenu,
        others: SelfService,
        flows: FlowEditor,
        by_channel: Mapping[str, SelfService],
        articles: ArticleSearch | None = None,
    ) -> None:
        """`flows` edits what `phone` answers by; `by_channel` are further ones of their own."""
        self._cards = ArticleCards(articles) if articles is not None else None
        self.phone, self.flows = phone, flows
        self._of: Mapping[str, SelfService] = {**by_channel, PHONE: phone}
        self.others = others
        self.editor: AssistantEditor | None = None

    @property
    def person_queue(self) -> str:
        """Return the queue of who asks for a person before it is known what about."""
        return self.others.person_queue if isinstance(self.others, Assistant | RuleBot) else ""

    @property
    def matters(self) -> Collection[str]:
        """Return the intents that can be switched off."""
        return matters(self.others.definition) if isinstance(self.others, Assistant) else ()

    @property
    def channels(self) -> Collection[str]:
        """Return where self-service leads the talk, and can be switched off as a whole."""
        return TALKS_ON

    async def tell_matter(self, said: str) -> tuple[str, float]:
        """Return what the assistant takes words for and how sure it is; empty: it cannot tell."""
        if not isinstance(self.others, Assistant):
            return "", 0.0
        guess = await self.others.intents.guess(said)
        known = guess is not None and guess.is_known and guess.intent in self.matters
        return (guess.intent, guess.probability) if guess and known else ("", 0.0)

    async def turn(
        self, contact: SelfServiceContact, state: dict[str, Any], heard: Heard
    ) -> tuple[dict[str, Any], Sequence[Step]]:
        """Ask whoever serves the channel; beside an answer in writing stand articles."""
        whom = self._of.get(contact.channel, self.others)
        left, steps = await whom.turn(contact, state, heard)
        if self._cards is None:
            return left, steps
        if whom is self.others:
            is_weighed = KEPT in left
            return left, await self._cards.beside(contact, heard, steps, is_weighed=is_weighed)
        return left, self._cards.priced(steps, heard.language)

    def at_once(
        self, contact: SelfServiceContact, state: dict[str, Any], heard: Heard
    ) -> tuple[dict[str, Any], Sequence[Step]] | None:
        """Ask whoever serves the channel, if it can answer at once."""
        whom = self._of.get(contact.channel, self.others)
        at_once: AtOnce | None = getattr(whom, "at_once", None)
        answer = at_once(contact, state, heard) if at_once is not None else None
        if answer is None or self._cards is None:
            return answer
        return answer[0], self._cards.priced(answer[1], heard.language)


def self_service(
    folder: Path,
    set_up: HubSetUp,
    clock: Clock | None = None,
    by_channel: Mapping[str, SelfService] = MappingProxyType({}),
    speaks_for: Callable[[RuleBot], SelfService | None] = lambda _: None,
    articles: ArticleSearch | None = None,
) -> FrontDoor:
    """Return who answers; raise `CannotStart` with every mistake in flows or menu.

    `speaks_for` may put an assistant in the place of the menu, which it then speaks for.
    """
    clock = clock or SystemClock()
    known = known_to_flows(folder, set_up)
    try:
        bot = RuleBot(load_menu(folder / MENU_FILE, queues=set_up.queues))
    except MenuFile as error:
        raise CannotStart(ExitCode.SET_UP, error.detail) from None
    shelf = Shelf(load_flows(folder / FLOWS_FOLDER, known), known)

    def open_queues() -> frozenset[str]:
        now = clock.now()
        return frozenset(queue for queue in set_up.queues if set_up.is_open(queue, now))

    phone = PhoneMenu(shelf, open_queues=open_queues, last_queue=min(set_up.queues, default=""))
    others = speaks_for(bot) or bot
    return FrontDoor(phone, others, PhoneFlows(shelf, open_queues), by_channel, articles)


def front_door(
    settings: Settings,
    set_up: HubSetUp,
    clock: Clock,
    by_channel: Mapping[str, SelfService],
    articles: ArticleSearch | None = None,
) -> FrontDoor:
    """Return who answers by these settings: the assistant too, where one is defined."""

    def speaks_for(menu: RuleBot) -> SelfService | None:
        return assistant(settings, set_up.queues, menu, clock)

    door = self_service(settings.set_up_dir, set_up, clock, by_channel, speaks_for, articles)
    if isinstance(door.others, Assistant):
        door.editor = editor_of(door.others, settings, clock)
    return door


async def open_flows(door: SelfService, hub: Hub) -> None:
    """Publish what the files say where nobody has published, and read what is in force."""
    if isinstance(door, FrontDoor):
        await door.phone.shelf.open(hub)


async def follow_flows(door: SelfService) -> None:
    """Follow what is published, here and on other nodes."""
    if isinstance(door, FrontDoor):
        await door.phone.shelf.run()


def flows_of(door: SelfService) -> FlowEditor | None:
    """Return what edits the flows, where there are flows."""
    return door.flows if isinstance(door, FrontDoor) else None


async def follow_teaching(door: SelfService, hub: Hub) -> None:
    """Have the assistant trained where it is not, follow what is taught; the menu answers first."""
    if isinstance(door, FrontDoor) and door.editor is not None:
        await door.editor.teacher.run(hub)


def editor_in(door: SelfService) -> AssistantEditor | None:
    """Return what teaches the assistant, where there is one."""
    return door.editor if isinstance(door, FrontDoor) else None
