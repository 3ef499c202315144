"""Words with blanks in them, such as `{customer_name}`: checked, and never more than blanks. Pure.

A template knows no conditions, loops or expressions: what stands in braces is a known name, or it
is a mistake. `agent_console/web/src/lib/blanks.ts` fills them.
"""

import re
from collections.abc import Collection
from typing import Final

_BRACED: Final = re.compile(r"\{[^{}]*\}|[{}]")


def mistakes_in(text: str, known: Collection[str]) -> list[str]:
    """Return what stands in braces and is no known name, as it was written, each once.

    >>> mistakes_in("Hello {name}, {nmae} {", {"name"})
    ['{nmae}', '{']
    """
    found = _BRACED.findall(text)
    return list(dict.fromkeys(one for one in found if one[1:-1] not in known or len(one) < 2))
