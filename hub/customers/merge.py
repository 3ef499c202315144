"""Two records become one, and two again: which value is kept, and what moves. No event here.

The record that is merged stays as an empty shell that points to the other one, so nothing that
ever named it is lost. What a merge changed is kept byte by byte for its undo.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Literal

from sqlalchemy import bindparam, update

from hub.customers.merge_accounts import give_back_accounts, name_holder
from hub.customers.merge_locks import join_locks, part_locks
from hub.customers.merge_places import give, move, places
from hub.customers.profile import (
    PROFILE_FIELDS,
    look_up_keys,
    numbers_of,
    open_profile,
    seal_profile,
)
from hub.customers.search.forms import findable
from hub.customers.search.index import index_customer
from hub.customers.warnings import in_force
from hub.domain.errors import Invalid, NotFound, Refused
from hub.security.lookup import LookupKey
from hub.security.vault import Vault
from hub.store.rows import change, find, table_of
from hub.store.tables import Consent, Customer, Party
from hub.store.unit import Prepared, Unit

Side = Literal["kept", "merged"]
PLAIN_FIELDS: Final = ("segment", "lifecycle", "language", "since_year")
FIELDS: Final = (*PROFILE_FIELDS, *PLAIN_FIELDS)
_n = table_of(Consent).c
_set_consent = Prepared(
    update(table_of(Consent))
    .where(_n.customer_id == bindparam("of"), _n.code == bindparam("which"))
    .values(given=bindparam("new_given"), version=bindparam("new_version"), at=bindparam("new_at"))
)
_BY_RULES: Final = frozenset({"segment", "lifecycle", "manager_id", "value", "standing"})
"""Judged anew when accounts come together or part: such a change does not bar the undo."""
COLUMNS: Final = tuple(column.name for column in table_of(Customer).columns)


@dataclass(frozen=True, slots=True)
class Record:
    """A Customer's row, raw and opened."""

    row: Mapping[str, Any]
    profile: Mapping[str, str]

    def value(self, name: str) -> str:
        """A field as text."""
        found = self.profile.get(name) if name in PROFILE_FIELDS else self.row[name]
        return "" if found is None else str(found)


@dataclass(slots=True)
class Before:
    """What a merge changed, as it was."""

    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Customer rows by id."""
    moved: dict[str, list[Any]] = field(default_factory=dict)
    """`table.column` -> keys of the rows that went over."""
    consents: list[list[Any]] = field(default_factory=list)
    """Consents of the kept record that gave way to a later word."""
    locks: list[Any] = field(default_factory=list)
    """The kept record's count of misses as it was and as it was joined; empty: neither had one."""
    after: dict[str, str] = field(default_factory=dict)
    """Digest of each Customer row after the merge: an undo of anything newer is refused."""


def load_pair(vault: Vault, kept_id: str, merged_id: str) -> Unit[tuple[Record, Record]]:
    """Read and hold both records; raise for one that is missing, merged already, or the same."""
    if kept_id == merged_id:
        raise Invalid("same_record", "a record cannot be merged into itself")
    found = {}
    for customer_id in sorted((kept_id, merged_id)):
        row = yield from _load(customer_id)
        if row["merged_into"] is not None:
            raise Refused("merged_already", "one of them is part of another record already")
        found[customer_id] = Record(row, open_profile(vault, row["profile_sealed"], customer_id))
    yield from _refuse_two_persons(kept_id, merged_id)
    return found[kept_id], found[merged_id]


def _refuse_two_persons(kept_id: str, merged_id: str) -> Unit[None]:
    """Who acts on another's record is somebody else."""
    for record_id, person_id in ((kept_id, merged_id), (merged_id, kept_id)):
        if (yield find(Party, "id", customer_id=record_id, holder_customer_id=person_id)):
            raise Refused("two_persons", "one of them acts on the record of the other")


def _load(customer_id: str) -> Unit[dict[str, Any]]:
    rows = yield find(Customer, *COLUMNS, lock=True, id=customer_id)
    if not rows:
        raise NotFound("no_customer")
    return dict(zip(COLUMNS, rows[0], strict=True))


def default_choice(name: str, kept: Record, merged: Record) -> Side:
    """Which record's value stays unless somebody says otherwise: the fuller, the longer known."""
    if name == "since_year":
        return "merged" if merged.row[name] < kept.row[name] else "kept"
    return "merged" if not kept.value(name) and merged.value(name) else "kept"


def choices_of(kept: Record, merged: Record, chosen: Mapping[str, str]) -> dict[str, Side]:
    """Return the side of every field; raise `Invalid` for a field or side that does not exist."""
    if not set(chosen) <= set(FIELDS) or not set(chosen.values()) <= {"kept", "merged"}:
        raise Invalid("bad_choice", f"choose kept or merged for {', '.join(FIELDS)}")
    sides: dict[str, Side] = {name: default_choice(name, kept, merged) for name in FIELDS}
    for name, side in chosen.items():
        sides[name] = "merged" if side == "merged" else "kept"
    return sides


def merge_rows(
    vault: Vault, lookup: LookupKey, kept: Record, merged: Record, sides: Mapping[str, Side]
) -> Unit[Before]:
    """Move everything of `merged` to `kept` and write the kept values; returns what was before."""
    kept_id, merged_id = kept.row["id"], merged.row["id"]
    before = Before(rows={kept_id: dict(kept.row), merged_id: dict(merged.row)})
    kept_numbers = yield from numbers_of(kept_id, kept.row["number"])
    merged_numbers = yield from numbers_of(merged_id, merged.row["number"])
    yield from _newer_consents(kept_id, merged_id, before)
    before.locks = yield from join_locks(kept_id, merged_id)
    for place in places():
        if keys := (yield from move(place, merged_id, kept_id)):
            before.moved[place.name] = keys
    yield from name_holder(merged_id, before.moved.get("account.customer_id", ()))
    profile, plain = _blend(kept, merged, sides)
    yield change(
        Customer,
        kept_id,
        profile_sealed=seal_profile(vault, profile, kept_id),
        **look_up_keys(lookup, profile),
        **plain,
    )
    yield change(Customer, merged_id, merged_into=kept_id, phone_key=None, email_key=None)
    words = lookup.words
    yield from index_customer(words, merged_id, None, findable(merged_numbers, merged.profile))
    yield from index_customer(
        words, kept_id,
        findable((*kept_numbers, *merged_numbers), profile), findable(kept_numbers, kept.profile),
    )  # fmt: skip
    for customer_id in (kept_id, merged_id):
        before.after[customer_id] = _digest((yield from _load(customer_id)))
    return before


def restore_rows(vault: Vault, lookup: LookupKey, before: Before) -> Unit[None]:
    """Put both records back, byte by byte; raise `Refused` when one has changed since."""
    kept_id, merged_id = before.rows
    now = {}
    for customer_id in sorted(before.rows):
        now[customer_id] = yield from _load(customer_id)
        if _digest(now[customer_id]) != before.after[customer_id]:
            raise Refused("changed_since", "the record has changed since the merge")
    numbers_now = yield from numbers_of(kept_id, now[kept_id]["number"])
    yield from give_back_accounts(kept_id, merged_id)
    for place in places():
        yield from give(place, before.moved.get(place.name, ()), kept_id, merged_id)
    yield from part_locks(kept_id, before.locks)
    for code, given, version, at in before.consents:
        yield _set_consent(of=kept_id, which=code, new_given=given, new_version=version, new_at=at)
    for customer_id, row in before.rows.items():
        yield change(Customer, customer_id, **{k: v for k, v in row.items() if k != "id"})
    profile_now = open_profile(vault, now[kept_id]["profile_sealed"], kept_id)
    for customer_id, old in ((kept_id, findable(numbers_now, profile_now)), (merged_id, None)):
        row = before.rows[customer_id]
        numbers = yield from numbers_of(customer_id, row["number"])
        profile = open_profile(vault, row["profile_sealed"], customer_id)
        yield from index_customer(lookup.words, customer_id, findable(numbers, profile), old)


def _blend(
    kept: Record, merged: Record, sides: Mapping[str, Side]
) -> tuple[dict[str, str], dict[str, Any]]:
    sources = {"kept": kept, "merged": merged}
    profile = dict(kept.profile)
    for name in PROFILE_FIELDS:
        if name in kept.profile or name in merged.profile:
            profile[name] = sources[sides[name]].profile.get(name, "")
    plain = {name: sources[sides[name]].row[name] for name in PLAIN_FIELDS}
    codes = {*json.loads(kept.row["warnings"]), *json.loads(merged.row["warnings"])}
    if codes != set(json.loads(kept.row["warnings"])):
        plain["warnings"] = json.dumps(in_force(json.dumps(sorted(codes))))
    return profile, plain


# -- values of which one holds -------------------------------------------------------------------


def _newer_consents(kept_id: str, merged_id: str, before: Before) -> Unit[None]:
    """Of two words about the same thing the later one holds, whatever it says."""
    columns = ("code", "given", "version", "at")
    mine = {row[0]: row for row in (yield find(Consent, *columns, customer_id=kept_id))}
    for code, given, version, at in (yield find(Consent, *columns, customer_id=merged_id)):
        was = mine.get(code)
        if was is not None and (at or 0.0) > (was[3] or 0.0):
            before.consents.append([was[0], bool(was[1]), was[2], was[3]])
            yield _set_consent(
                of=kept_id, which=code, new_given=bool(given), new_version=version, new_at=at
            )


# -- keeping it for the undo -------------------------------------------------------------------


def dump_before(before: Before) -> str:
    """Write down what a merge changed; the caller seals it."""
    return json.dumps(asdict(before), default=_bytes_out, ensure_ascii=False)


def load_before(text: str) -> Before:
    """Read what `dump_before` wrote."""
    return Before(**json.loads(text, object_hook=_bytes_in))


def _bytes_out(value: object) -> dict[str, str]:
    if isinstance(value, (bytes, memoryview)):
        return {"bytes": base64.b64encode(bytes(value)).decode()}
    raise TypeError(type(value).__name__)


def _bytes_in(found: dict[str, Any]) -> Any:
    return base64.b64decode(found["bytes"]) if found.keys() == {"bytes"} else found


def _digest(row: Mapping[str, Any]) -> str:
    kept = {name: value for name, value in row.items() if name not in _BY_RULES}
    text = json.dumps(kept, default=_bytes_out, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
