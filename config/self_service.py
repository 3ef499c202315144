"""Who stands in front of the queues: the rule bot with its menu."""

from pathlib import Path

from bot.menu import MenuError, load
from bot.rule_bot import RuleBot
from config.problems import CannotStart, ExitCode
from config.set_up import HubSetUp
from hub.ports import SelfService

MENU_FILE = Path("bot") / "menu.toml"


def self_service(folder: Path, set_up: HubSetUp) -> SelfService:
    """Return the bot of this set-up; raise `CannotStart` with every mistake in its menu."""
    path = folder / MENU_FILE
    try:
        return RuleBot(load(path, set_up.queues))
    except FileNotFoundError:
        raise CannotStart(
            ExitCode.SET_UP, f"{path} is missing: copy it from the product's config folder"
        ) from None
    except MenuError as error:
        raise CannotStart(ExitCode.SET_UP, str(error)) from None
