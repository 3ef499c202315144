"""What an errand answers: short texts that self-service branches on or says aloud."""

from collections.abc import Mapping
from typing import Final

from hub.journey.errands import words
from hub.ports import SelfServiceContact

Answer = Mapping[str, str]
YES: Final = "yes"
NO: Final = "no"


def done(contact: SelfServiceContact, said: words.Both | None = None, **more: str) -> Answer:
    """It was done or found; `said` is told to the customer, with the blanks of `more` filled."""
    text = {"text": words.of(said, contact.language, **more)} if said is not None else {}
    return {"ok": YES, **more, **text}


def refused(contact: SelfServiceContact, code: str, **more: str) -> Answer:
    """It was not done; the flow knows why by `code` and has something truthful to say."""
    said = words.REFUSALS.get(code, words.REFUSALS["failed"])
    return {"ok": NO, "code": code, **more, "text": words.of(said, contact.language)}
