"""Who stands in front of the queues: the rule bot with its menu."""

from pathlib import Path

from bot.load import MenuFile, load_menu
from bot.rule_bot import RuleBot
from config.problems import CannotStart, ExitCode
from config.set_up import HubSetUp
from hub.ports import SelfService

MENU_FILE = Path("bot") / "menu.toml"


def self_service(folder: Path, set_up: HubSetUp) -> SelfService:
    """Return the bot of this set-up; raise `CannotStart` with every mistake in its menu."""
    try:
        return RuleBot(load_menu(folder / MENU_FILE, queues=set_up.queues))
    except MenuFile as error:
        raise CannotStart(ExitCode.SET_UP, error.detail) from None
