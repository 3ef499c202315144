"""Errands by the name a flow asks for them with; bot and IVR run the same ones."""

from collections.abc import Mapping
from typing import Final

from hub.journey.context import Errand
from hub.journey.errands import (
    bank,
    callback,
    caller,
    cards,
    cases,
    limits,
    loans,
    money,
    proof,
    visits,
)

ERRANDS: Final[Mapping[str, Errand]] = {
    "set_language": caller.set_language,
    "know_caller": caller.know_caller,
    "check_pin": caller.check_pin,
    "check_birth_date": caller.check_birth_date,
    "balance": money.balance,
    "last_payments": money.last_payments,
    "cards": cards.cards,
    "cards_to_replace": cards.cards_to_replace,
    "block_card": cards.block_card,
    "replace_card": cards.replace_card,
    "change_address": cards.change_address,
    "transfer_limits": limits.transfer_limits,
    "limit_accounts": limits.limit_accounts,
    "limit_summary": limits.limit_summary,
    "change_limit": limits.change_limit,
    "loan_state": loans.loan_state,
    "visits": visits.visits,
    "visit_branches": visits.visit_branches,
    "visit_topics": visits.visit_topics,
    "visit_days": visits.visit_days,
    "visit_times": visits.visit_times,
    "visit_summary": visits.visit_summary,
    "appointment": visits.appointment,
    "complaint": cases.complaint,
    "dispute_charge": cases.dispute_charge,
    "send_code": proof.send_code,
    "check_code": proof.check_code,
    "branch_hours": bank.branch_hours,
    "case_state": bank.case_state,
    "offer_callback": callback.offer_callback,
}
