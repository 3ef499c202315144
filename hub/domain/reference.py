"""The short reference of a Contact that a customer can read out: `K7M-4Q2-X9D`.

It follows from the identifier, so it needs no counter and tells nobody how many there are. Two
Contacts may share one (1 in 10^13 for a pair): who looks it up is shown both.
"""

import hashlib
import re
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 9
_MARKS: Final = re.compile(r"[\s\-–—_.]+")
_MISREAD: Final = str.maketrans("OIL", "011")
_FORM: Final = re.compile(rf"[{ALPHABET}]{{{LENGTH}}}")


def reference_of(contact_id: str) -> str:
    """Return the reference as it is stored, nine characters of Crockford's base 32."""
    number = int.from_bytes(hashlib.blake2b(contact_id.encode(), digest_size=6).digest(), "big")
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(LENGTH))


def shown_reference(contact_id: str) -> str:
    """Return the reference as people see it, in threes."""
    whole = reference_of(contact_id)
    return "-".join(whole[at : at + 3] for at in range(0, LENGTH, 3))


def read_reference(text: str) -> str | None:
    """Return the stored form of what somebody typed or heard, or None when it is none."""
    found = _MARKS.sub("", text).upper().translate(_MISREAD)
    return found if _FORM.fullmatch(found) else None
