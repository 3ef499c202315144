"""Who may do what. One table; every door asks `may`.

Set-up, watching over work and watching over the watchers lie in different hands: an administrator
cannot read the audit, an auditor can change nothing (GB/T 22239 8.1.4.2).
"""

import json
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from hub.domain.errors import Forbidden


class Role(StrEnum):
    """What a user is employed as here; one user may have several."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Right(StrEnum):
    """One thing a user may do."""

    HANDLE_CONTACTS = "handle_contacts"
    SEE_CUSTOMERS = "see_customers"
    MERGE_CUSTOMERS = "merge_customers"
    REVEAL_FIELD = "reveal_field"
    PROVE_IDENTITY = "prove_identity"
    RELEASE_PROOF = "release_proof"
    SET_WARNINGS = "set_warnings"
    GIVE_BANK_ORDERS = "give_bank_orders"
    DECIDE_BANK_ORDERS = "decide_bank_orders"
    STEER_WARNINGS = "steer_warnings"
    SEE_STAFF_RECORDS = "see_staff_records"
    CHANGE_OWN_PRESENCE = "change_own_presence"
    SEE_WALLBOARD = "see_wallboard"
    WATCH_CONTACTS = "watch_contacts"
    STEER_CONTACTS = "steer_contacts"
    CHANGE_PRESENCE_OF_OTHERS = "change_presence_of_others"
    LEND_AGENTS = "lend_agents"
    ANNOUNCE = "announce"
    HANDLE_FOLLOW_UPS = "handle_follow_ups"
    SEE_REPORTS = "see_reports"
    EXPORT_REPORTS = "export_reports"
    RETRY_EFFECTS = "retry_effects"
    MANAGE_SETUP = "manage_setup"
    APPROVE_SETUP = "approve_setup"
    MANAGE_USERS = "manage_users"
    EDIT_ARTICLES = "edit_articles"
    READ_AUDIT = "read_audit"
    READ_METRICS = "read_metrics"


RIGHTS: Final[dict[Role, frozenset[Right]]] = {
    Role.AGENT: frozenset(
        {
            Right.HANDLE_CONTACTS,
            Right.SEE_CUSTOMERS,
            Right.REVEAL_FIELD,
            Right.PROVE_IDENTITY,
            Right.SET_WARNINGS,
            Right.GIVE_BANK_ORDERS,
            Right.CHANGE_OWN_PRESENCE,
        }
    ),
    Role.SUPERVISOR: frozenset(
        {
            Right.HANDLE_CONTACTS,
            Right.SEE_CUSTOMERS,
            Right.MERGE_CUSTOMERS,
            Right.REVEAL_FIELD,
            Right.PROVE_IDENTITY,
            Right.RELEASE_PROOF,
            Right.SET_WARNINGS,
            Right.GIVE_BANK_ORDERS,
            Right.STEER_WARNINGS,
            Right.DECIDE_BANK_ORDERS,
            Right.SEE_STAFF_RECORDS,
            Right.CHANGE_OWN_PRESENCE,
            Right.SEE_WALLBOARD,
            Right.WATCH_CONTACTS,
            Right.STEER_CONTACTS,
            Right.CHANGE_PRESENCE_OF_OTHERS,
            Right.LEND_AGENTS,
            Right.ANNOUNCE,
            Right.HANDLE_FOLLOW_UPS,
            Right.SEE_REPORTS,
            Right.EXPORT_REPORTS,
            Right.RETRY_EFFECTS,
            Right.APPROVE_SETUP,
            Right.EDIT_ARTICLES,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            Right.SEE_WALLBOARD,
            Right.MANAGE_SETUP,
            Right.APPROVE_SETUP,
            Right.MANAGE_USERS,
            Right.EDIT_ARTICLES,
            Right.READ_METRICS,
        }
    ),
    Role.AUDITOR: frozenset({Right.READ_AUDIT}),
}


def may(roles: Iterable[Role], right: Right) -> bool:
    """Tell whether any of the roles has the right."""
    return any(right in RIGHTS[role] for role in roles)


def require(roles: Iterable[Role], right: Right) -> None:
    """Raise `Forbidden` unless any of the roles has the right."""
    if not may(roles, right):
        raise Forbidden("no_right", f"this needs the right {right}")


def rights_of(roles: Iterable[Role]) -> frozenset[Right]:
    """Return all rights of a user with these roles."""
    return frozenset().union(*(RIGHTS[role] for role in roles))


def parse_roles(text: str) -> frozenset[Role]:
    """Return the roles of a stored JSON list; an unknown one raises `ValueError`: fail closed."""
    return frozenset(Role(name) for name in json.loads(text))
