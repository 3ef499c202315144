"""Events about whose record a Contact belongs to, and about Contacts after their end."""

from dataclasses import dataclass

from hub.domain.event import ContactEvent, Event

__all__ = [
    "CustomerAdded",
    "CustomerLinked",
    "CustomerUnlinked",
    "CustomersMerged",
    "MergeUndone",
    "OutcomeCorrected",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerLinked(ContactEvent):
    """An agent judged who the guest is; that is a claim, and a proof may follow."""

    customer_id: str
    how: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerUnlinked(ContactEvent):
    """The Contact belongs to nobody again."""

    customer_id: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerAdded(Event):
    """A record was made here: somebody who is no customer of the bank yet."""

    customer_id: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomersMerged(Event):
    """Two records are one; work and Contacts of `merged_id` belong to `customer_id` now."""

    merge_id: str
    customer_id: str
    merged_id: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeUndone(Event):
    """The two records are as they were before they were merged."""

    merge_id: str
    customer_id: str
    merged_id: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeCorrected(ContactEvent):
    """A closed Contact has another outcome than its wrap-up gave it."""

    queue_id: str | None
    before: str | None
    disposition: str
    by: str
