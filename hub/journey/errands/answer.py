"""What an errand answers: short texts that self-service branches on or says aloud."""

from collections.abc import Mapping, Sequence
from typing import Final

from hub.journey.errands import words
from hub.journey.errands.refusals import REFUSALS
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
    said = REFUSALS.get(code, REFUSALS["failed"])
    return {"ok": NO, "code": code, **more, "text": words.of(said, contact.language, **more)}


def offered(choices: Sequence[tuple[str, str]], *, question: str = "", text: str = "") -> Answer:
    """What there is to choose from, as (value, label): `choice_1`, `choice_1_label` ...

    `question` takes the place of what the assistant would ask, `text` is told before it.
    """
    told = {"ok": YES, "count": str(len(choices))}
    for place, (value, label) in enumerate(choices, 1):
        told |= {f"choice_{place}": value, f"choice_{place}_label": label}
    both = {"question": question, "text": text}
    return told | {name: words for name, words in both.items() if words}


def ask_again(contact: SelfServiceContact, code: str, blank: str, **more: str) -> Answer:
    """It cannot be done with what was told for a blank: say why, and it is asked for once more."""
    said = words.of(REFUSALS[code], contact.language, **more)
    return {"ok": NO, "code": code, "again": blank, "text": said}


def as_asked(contact: SelfServiceContact, said: str) -> Answer:
    """The sum of an errand, to be answered with yes or no."""
    yes, no = (words.of(one, contact.language) for one in (words.YES, words.NO))
    return offered([("yes", yes), ("no", no)], question=said)
