"""Every command of the pages by its name: the groups, joined."""

from collections.abc import Mapping
from typing import Final

from agent_console.commands.banking import BANKING_COMMANDS
from agent_console.commands.calls import CALL_COMMANDS
from agent_console.commands.command import Command
from agent_console.commands.contacts import CONTACT_COMMANDS
from agent_console.commands.finding import FINDING_COMMANDS
from agent_console.commands.floor import FLOOR_COMMANDS
from agent_console.commands.identity import IDENTITY_COMMANDS
from agent_console.commands.joined import JOIN_COMMANDS
from agent_console.commands.letters import LETTER_COMMANDS
from agent_console.commands.outgoing import OUTGOING_COMMANDS
from agent_console.commands.oversight import OVERSIGHT_COMMANDS
from agent_console.commands.record import RECORD_COMMANDS
from agent_console.commands.secure import SECURE_COMMANDS
from agent_console.commands.teaching import TEACHING_COMMANDS
from agent_console.commands.together import TOGETHER_COMMANDS
from agent_console.commands.work import WORK_COMMANDS
from agent_console.commands.written import WRITTEN_COMMANDS


def _joined(*groups: Mapping[str, Command]) -> dict[str, Command]:
    joined: dict[str, Command] = {}
    for group in groups:
        twice = joined.keys() & group.keys()
        if twice:
            raise ValueError(f"two groups name the same command: {sorted(twice)}")
        joined.update(group)
    return joined


COMMANDS: Final[dict[str, Command]] = _joined(
    CONTACT_COMMANDS,
    RECORD_COMMANDS,
    IDENTITY_COMMANDS,
    FINDING_COMMANDS,
    BANKING_COMMANDS,
    WORK_COMMANDS,
    TOGETHER_COMMANDS,
    CALL_COMMANDS,
    WRITTEN_COMMANDS,
    OUTGOING_COMMANDS,
    JOIN_COMMANDS,
    LETTER_COMMANDS,
    SECURE_COMMANDS,
    OVERSIGHT_COMMANDS,
    FLOOR_COMMANDS,
    TEACHING_COMMANDS,
)
