"""Identity: what makes a viewer see a field."""

from enum import StrEnum


class FieldClass(StrEnum):
    """How delicate a field of the customer record is."""

    OPEN = "open"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"
