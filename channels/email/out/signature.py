"""What stands below our words: the bank's lines, with the name of who wrote them."""

import re
from typing import Final

from hub.domain.errors import Invalid

AGENT_NAME: Final = "{agent_name}"
_PLACEHOLDER: Final = re.compile(r"\{[^{}\n]*\}?|\}")


def check_signature(text: str, place: str) -> None:
    """Raise `Invalid` naming what is no placeholder of ours: it would reach customers as it is."""
    unknown = sorted({one for one in _PLACEHOLDER.findall(text) if one != AGENT_NAME})
    if unknown:
        raise Invalid(
            "bad_setting", f"{place}: {', '.join(unknown)} is unknown; there is {AGENT_NAME}"
        )


def signed(signature: str, agent_name: str) -> str:
    """Fill in the name; where no person speaks, the lines that would name one are left out.

    >>> signed("{agent_name}\\nThe bank", ""), signed("{agent_name}\\nThe bank", "Amara Osei")
    ('The bank', 'Amara Osei\\nThe bank')
    """
    lines = signature.splitlines()
    kept = lines if agent_name else [one for one in lines if AGENT_NAME not in one]
    # A name has no line breaks: it would end the signature, or the mail's text.
    return "\n".join(kept).replace(AGENT_NAME, " ".join(agent_name.split()))
