"""The formatted original of a letter follows the letter to another Conversation."""

from hub.domain.letter import Letter
from hub.domain.steps import InboundFact
from hub.store.rows import change
from hub.store.tables import File
from hub.store.unit import Unit


def hand_over_original(fact: InboundFact, conversation_id: str) -> Unit[None]:
    """Those who see the Conversation may see it from now on."""
    letter = Letter.of(fact.channel_data)
    if letter is not None and letter.html_file:
        yield change(File, letter.html_file, conversation_id=conversation_id)
