"""Store judged rows: a number that is new is created, one that is known is brought up to the file.

What is equal is not written, so a second run changes nothing.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

from sqlalchemy import bindparam, select

from hub.customers.import_.judge import Judged
from hub.customers.profile import add_customer, change_customer, open_profile
from hub.ports import NewId
from hub.security.lookup import LookupKey
from hub.security.vault import Vault
from hub.store.rows import table_of
from hub.store.tables import Customer
from hub.store.unit import Prepared, Unit

ROWS_AT_ONCE: Final = 100
"""Some 30 ms of the writer."""
Result = Literal["created", "updated", "unchanged", "refused"]
DEFAULTS: Final[Mapping[str, str]] = {
    "segment": "everyday", "lifecycle": "active", "language": "zh",
}  # fmt: skip
_c = table_of(Customer).c
_known = Prepared(
    select(
        _c.number, _c.id, _c.profile_sealed, _c.segment, _c.lifecycle, _c.language, _c.since_year,
        _c.merged_into,
    ).where(_c.number.in_(bindparam("numbers", expanding=True)))
)  # fmt: skip
_PLAIN = ("segment", "lifecycle", "language", "since_year")


def store_rows(
    vault: Vault,
    lookup: LookupKey,
    new_id: NewId,
    rows: Sequence[Judged],
    *,
    at: float,
    year: int,
    dry: bool,
) -> Unit[list[tuple[Result, str]]]:
    """Return what became of each row, with a code where it was refused; `dry` writes nothing."""
    found = {row[0]: row for row in (yield _known(numbers=[one.number for one in rows]))}
    results: list[tuple[Result, str]] = []
    for one in rows:
        known = found.get(one.number)
        if known is None:
            if not dry:
                customer_id = new_id("cus")
                plain = {**DEFAULTS, "since_year": year, **one.plain, "created_at": at}
                yield from add_customer(
                    vault, lookup, customer_id, number=one.number, profile=one.profile, **plain
                )
            results.append(("created", ""))
        elif known[-1] is not None:
            results.append(("refused", "merged_record"))
        elif not _differs(vault, known, one):
            results.append(("unchanged", ""))
        else:
            if not dry:
                yield from change_customer(vault, lookup, known[1], one.profile, **dict(one.plain))
            results.append(("updated", ""))
    return results


def _differs(vault: Vault, known: Sequence[Any], one: Judged) -> bool:
    profile = open_profile(vault, known[2], known[1])
    plain = dict(zip(_PLAIN, known[3:7], strict=True))
    return any(profile.get(k, "") != v for k, v in one.profile.items()) or any(
        plain[k] != v for k, v in one.plain.items()
    )
