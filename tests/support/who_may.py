"""Who may do what, in one table: routes, pages, commands, topics and record fields.

The tests compare it with what a served hub has and does, so what is new fails until it is classed.
"""

from collections.abc import Mapping
from typing import Any, Final

WHO: Final = ("anonymous", "agent", "supervisor", "auditor", "administrator")
MARK: Final = "x7canary"
"""In every id and value that is sent; no answer may hold it."""

Statuses = tuple[int, int, int, int, int]
"""One for each of WHO. What is asked for does not exist: who may ask gets 404, others 401, 403."""

_ALL: Statuses = (401, 200, 200, 200, 200)
_DESK: Statuses = (401, 200, 200, 403, 403)
_DESK_404: Statuses = (401, 404, 404, 403, 403)
_STEERS: Statuses = (401, 403, 200, 403, 403)
_STEERS_404: Statuses = (401, 403, 404, 403, 403)
_ADMINS: Statuses = (401, 403, 403, 403, 200)
_ADMINS_404: Statuses = (401, 403, 403, 403, 404)
_AUTHORS: Statuses = (401, 403, 200, 403, 200)
_AUTHORS_404: Statuses = (401, 403, 404, 403, 404)
_REFUSED: Statuses = (401, 409, 409, 409, 409)
"""Everybody may ask; nobody here has what is asked for."""
_OPERATOR: Statuses = (404, 404, 404, 404, 404)
"""For the command line alone, which shows a word that is signed with a key of the database."""

ROUTES: Final[Mapping[tuple[str, str], Statuses]] = {
    ("GET", "/api/me"): _ALL,
    ("GET", "/api/sessions"): _ALL,
    ("DELETE", "/api/sessions/{id}"): (401, 404, 404, 404, 404),
    ("POST", "/api/sign-in"): (401, 401, 401, 401, 401),
    ("POST", "/api/sign-out"): _ALL,
    ("POST", "/api/account/password"): (401, 422, 422, 422, 422),
    ("POST", "/api/account/code"): _REFUSED,
    ("POST", "/api/account/authenticator"): _ALL,
    ("POST", "/api/account/authenticator/confirm"): (401, 422, 422, 422, 422),
    ("POST", "/api/account/authenticator/remove"): _REFUSED,
    ("GET", "/api/users"): _ADMINS,
    ("POST", "/api/users"): (401, 403, 403, 403, 422),
    ("POST", "/api/users/import"): (401, 403, 403, 403, 422),
    ("POST", "/api/users/{id}"): _ADMINS_404,
    ("POST", "/api/users/{id}/disable"): _ADMINS_404,
    ("POST", "/api/users/{id}/enable"): _ADMINS_404,
    ("POST", "/api/users/{id}/sign-out"): _ADMINS_404,
    ("POST", "/api/users/{id}/unlock"): _ADMINS_404,
    ("POST", "/api/users/{id}/password"): _ADMINS_404,
    ("POST", "/api/users/{id}/authenticator/remove"): _ADMINS_404,
    ("GET", "/api/widgets"): _ADMINS,
    ("POST", "/api/widgets/{id}/key"): _ADMINS_404,
    ("POST", "/api/widgets/{id}/keys/{key}/revoke"): _ADMINS_404,
    ("GET", "/api/accounts"): _ADMINS,
    ("POST", "/api/accounts"): (401, 403, 403, 403, 422),
    ("POST", "/api/accounts/change"): (401, 403, 403, 403, 422),
    ("POST", "/api/accounts/remove"): _ADMINS_404,
    ("POST", "/api/accounts/pause"): _ADMINS_404,
    ("POST", "/api/accounts/resume"): _ADMINS_404,
    ("POST", "/api/accounts/check"): _ADMINS_404,
    ("POST", "/api/accounts/test"): _ADMINS_404,
    ("GET", "/api/flows"): _AUTHORS,
    ("POST", "/api/flows"): (401, 403, 403, 403, 422),
    ("POST", "/api/flows/read"): (401, 403, 403, 403, 422),
    ("GET", "/api/flows/{name}"): _AUTHORS_404,
    ("GET", "/api/flows/{name}/file"): _AUTHORS_404,
    ("GET", "/api/flows/{name}/versions/{number}"): _AUTHORS_404,
    ("GET", "/api/flows/{name}/versions/{number}/file"): _AUTHORS_404,
    ("POST", "/api/flows/{name}/look"): _AUTHORS_404,
    ("POST", "/api/flows/{name}/rename"): _ADMINS_404,
    ("POST", "/api/flows/{name}/draft"): _ADMINS_404,
    ("POST", "/api/flows/{name}/discard"): _ADMINS_404,
    ("POST", "/api/flows/{name}/compare"): _AUTHORS_404,
    ("POST", "/api/flows/{name}/call"): _AUTHORS_404,
    ("POST", "/api/flows/{name}/hand-in"): _ADMINS_404,
    ("POST", "/api/flows/{name}/send-back"): _AUTHORS_404,
    ("POST", "/api/flows/{name}/publish"): _AUTHORS_404,
    ("POST", "/api/flows/{name}/roll-back"): _ADMINS_404,
    ("POST", "/api/assist/replies"): _DESK_404,
    ("POST", "/api/assist/summary"): _DESK_404,
    ("POST", "/api/assist/wording"): _DESK_404,
    ("GET", "/api/assistant"): _AUTHORS,
    ("GET", "/api/assistant/doubts"): _AUTHORS,
    ("GET", "/api/assistant/progress"): _AUTHORS,
    ("GET", "/api/assistant/comparison"): _AUTHORS,
    ("GET", "/api/assistant/rates"): _AUTHORS,
    ("GET", "/api/assistant/file"): (401, 403, 422, 403, 422),
    ("POST", "/api/assistant/try"): _AUTHORS,
    ("POST", "/api/assistant/draft"): (401, 403, 403, 403, 422),
    ("POST", "/api/assistant/ignore"): _ADMINS,
    ("POST", "/api/assistant/discard"): (401, 403, 403, 403, 409),
    ("POST", "/api/assistant/train"): (401, 403, 403, 403, 409),
    ("POST", "/api/assistant/hand-in"): (401, 403, 403, 403, 409),
    ("POST", "/api/assistant/send-back"): (401, 403, 409, 403, 409),
    ("POST", "/api/assistant/publish"): (401, 403, 409, 403, 409),
    ("POST", "/api/assistant/roll-back"): _ADMINS_404,
    ("POST", "/api/help/search"): (200, 200, 200, 200, 200),
    ("GET", "/api/help/articles"): (422, 422, 422, 422, 422),
    ("GET", "/api/help/articles/{slug}"): (422, 422, 422, 422, 422),
    ("POST", "/api/help/articles/{slug}/verdict"): (404, 404, 404, 404, 404),
    ("POST", "/api/articles/search"): _DESK,
    ("GET", "/api/articles/{slug}/{language}"): _DESK_404,
    ("GET", "/api/article-desk"): _AUTHORS,
    ("GET", "/api/article-desk/gaps"): _AUTHORS,
    ("POST", "/api/article-desk/preview"): _AUTHORS,
    ("GET", "/api/article-desk/{slug}/{language}"): (401, 403, 404, 403, 404),
    ("POST", "/api/article-desk/{slug}/{language}/save"): (401, 403, 422, 403, 422),
    ("POST", "/api/article-desk/{slug}/{language}/hold"): (401, 403, 422, 403, 422),
    ("POST", "/api/article-desk/{slug}/{language}/let-go"): _AUTHORS,
    ("POST", "/api/article-desk/{slug}/{language}/submit"): (401, 403, 404, 403, 404),
    ("POST", "/api/article-desk/{slug}/{language}/send-back"): (401, 403, 404, 403, 404),
    ("POST", "/api/article-desk/{slug}/{language}/publish"): (401, 403, 404, 403, 404),
    ("POST", "/api/article-desk/{slug}/{language}/retire"): (401, 403, 409, 403, 409),
    ("GET", "/api/article-desk/{slug}/{language}/versions/{number}"): (401, 403, 404, 403, 404),
    ("POST", "/api/articles/{slug}/{language}/correction"): _DESK_404,
    ("GET", "/api/corrections"): _DESK,
    ("POST", "/api/corrections/{correction_id}/decide"): (401, 403, 404, 403, 404),
    ("GET", "/api/replies"): _AUTHORS,
    ("POST", "/api/replies"): (401, 403, 409, 403, 409),
    ("POST", "/api/replies/roll-back"): (401, 403, 404, 403, 404),
    ("GET", "/api/values"): _AUTHORS,
    ("POST", "/api/values"): (401, 403, 422, 403, 422),
    ("POST", "/api/values/{value_id}/publish"): (401, 403, 404, 403, 404),
    ("POST", "/api/values/{value_id}/withdraw"): (401, 403, 404, 403, 404),
    ("GET", "/api/disturbances"): _AUTHORS,
    ("POST", "/api/disturbances"): (401, 403, 422, 403, 422),
    ("POST", "/api/disturbances/{disturbance_id}/end"): (401, 403, 404, 403, 404),
    ("GET", "/api/survey/{token}"): (404, 404, 404, 404, 404),
    ("POST", "/api/survey/{token}"): (404, 404, 404, 404, 404),
    ("GET", "/api/secure/{token}"): (404, 404, 404, 404, 404),
    ("POST", "/api/secure/{token}/code"): (404, 404, 404, 404, 404),
    ("POST", "/api/secure/{token}/open"): (404, 404, 404, 404, 404),
    ("POST", "/api/secure/{token}/answer"): (404, 404, 404, 404, 404),
    ("POST", "/api/secure/{token}/file"): (422, 422, 422, 422, 422),
    ("GET", "/api/secure/{token}/file"): (404, 404, 404, 404, 404),
    ("GET", "/files/{id}"): (401, 404, 404, 404, 404),
    ("GET", "/files/{id}/words"): (401, 404, 404, 404, 404),
    ("POST", "/files"): _DESK_404,
    ("GET", "/api/audit"): (401, 403, 403, 200, 403),
    ("POST", "/api/softphone"): _DESK_404,
    ("GET", "/api/phones"): _DESK,
    ("GET", "/api/recordings"): (401, 422, 422, 403, 403),
    ("GET", "/api/recordings/{id}/audio"): (401, 404, 404, 403, 403),
    ("POST", "/api/recordings/{id}/hold"): _STEERS_404,
    ("GET", "/api/callers"): _DESK,
    ("GET", "/api/contacts/{id}/why"): _DESK_404,
    ("GET", "/api/tasks"): _DESK,
    ("GET", "/api/letters"): _DESK,
    ("GET", "/api/letters/counts"): _DESK,
    ("GET", "/api/letters/held"): _DESK,
    ("GET", "/api/alerts"): (401, 403, 200, 403, 200),
    ("GET", "/api/blocks"): _STEERS,
    ("POST", "/api/blocks/review"): (401, 403, 409, 403, 403),
    ("GET", "/api/cases/{id}"): _DESK_404,
    ("POST", "/api/customers/open"): _DESK_404,
    ("POST", "/api/customers/search"): _DESK,
    ("POST", "/api/customers/prospect"): (401, 422, 422, 403, 403),
    ("POST", "/api/customers/merge/preview"): _STEERS_404,
    ("POST", "/api/customers/merge"): _STEERS_404,
    ("POST", "/api/customers/merge/undo"): _STEERS_404,
    ("POST", "/api/customers/merges"): _STEERS,
    ("POST", "/api/closed-contacts/search"): _DESK,
    ("POST", "/api/closed-contacts/open"): _DESK_404,
    ("POST", "/api/closed-contacts/note"): _DESK_404,
    ("POST", "/api/closed-contacts/outcome"): _DESK_404,
    ("POST", "/api/closed-contacts/reopen"): _DESK_404,
    ("POST", "/api/closed-contacts/export"): _DESK_404,
    ("POST", "/api/closed-contacts/send"): _DESK_404,
    ("GET", "/api/reports"): _STEERS,
    ("GET", "/api/reports/contacts"): (401, 403, 422, 403, 403),
    ("POST", "/api/reports/exports"): (401, 403, 422, 403, 403),
    ("GET", "/api/reports/exports/{id}"): _STEERS_404,
    ("GET", "/api/reports/exports/{id}/file"): _STEERS_404,
    ("GET", "/api/displays"): _STEERS,
    ("POST", "/api/displays"): (401, 403, 422, 403, 403),
    ("POST", "/api/displays/{id}/revoke"): _STEERS_404,
    ("GET", "/api/display"): (404, 404, 404, 404, 404),
    ("POST", "/api/import/customers"): _OPERATOR,
    ("POST", "/api/import/customers/end"): _OPERATOR,
}
"""Every route of the API by method and path."""

PAGES: Final[Mapping[str, Statuses]] = {
    "/api/openapi.json": (200, 200, 200, 200, 200),
    "/sign-in": (200, 200, 200, 200, 200),
    "/help": (200, 200, 200, 200, 200),
    "/help/{slug}": (200, 200, 200, 200, 200),
    "/survey/{token}": (200, 200, 200, 200, 200),
    "/secure/{token}": (200, 200, 200, 200, 200),
    "/display": (200, 200, 200, 200, 200),
    "/console": (303, 200, 200, 200, 200),
    "/console/wallboard": (303, 200, 200, 200, 200),
    "/console/reports": (303, 200, 200, 200, 200),
    "/console/ready": (303, 200, 200, 200, 200),
    "/console/audit": (303, 200, 200, 200, 200),
    "/console/users": (303, 200, 200, 200, 200),
    "/console/assistant": (303, 200, 200, 200, 200),
    "/console/flows": (303, 200, 200, 200, 200),
    "/console/articles": (303, 200, 200, 200, 200),
    "/console/accounts": (303, 200, 200, 200, 200),
    "/console/replies": (303, 200, 200, 200, 200),
    "/console/widget": (303, 200, 200, 200, 200),
    "/console/account": (303, 200, 200, 200, 200),
}
"""Pages hold nothing but their frame: what they show comes through the routes above."""

WHY: Final = {"reason": "asked at the desk"}
_PAIR: Final = {"kept_id": MARK, "merged_id": f"{MARK}2"}
BODIES: Final[Mapping[str, Any]] = {
    "/api/sign-in": {"login": MARK, "password": MARK},
    "/api/account/password": {"current": MARK, "new": MARK},
    "/api/account/code": {"code": MARK},
    "/api/account/authenticator/confirm": {"code": MARK},
    "/api/account/authenticator/remove": {"code": MARK},
    "/api/users": {"login": "?"},
    "/api/users/import": {"file": "", "dry": True},
    "/api/users/{id}": {"team": MARK},
    "/api/users/{id}/disable": WHY,
    "/api/users/{id}/enable": WHY,
    "/api/users/{id}/sign-out": WHY,
    "/api/widgets/{id}/key": {"keep_hours": 1},
    "/api/accounts": {},
    "/api/accounts/change": {"account": MARK},
    "/api/accounts/remove": {"channel": MARK, "account": MARK},
    "/api/accounts/pause": {"channel": MARK, "account": MARK},
    "/api/accounts/resume": {"channel": MARK, "account": MARK},
    "/api/accounts/check": {"channel": MARK, "account": MARK},
    "/api/accounts/test": {"channel": MARK, "account": MARK, "to": MARK},
    "/api/softphone": {},
    "/api/recordings/{id}/hold": {"on": True, **WHY},
    "/api/flows": {"name": "?", "document": {}},
    "/api/flows/read": {"text": "["},
    "/api/flows/{name}/rename": {"revision": 1, "to": "other"},
    "/api/flows/{name}/hand-in": {"revision": 1, "why": MARK},
    "/api/flows/{name}/send-back": {"revision": 1, "why": MARK},
    "/api/flows/{name}/look": {"document": {}},
    "/api/flows/{name}/draft": {"document": {}, "revision": 0, "based_on": 0},
    "/api/flows/{name}/discard": {"revision": 1},
    "/api/flows/{name}/compare": {"document": {}, "version": 1},
    "/api/flows/{name}/call": {"document": {}},
    "/api/flows/{name}/publish": {"revision": 1, "why": MARK},
    "/api/flows/{name}/roll-back": {"version": 1, "why": MARK},
    "/api/assist/replies": {"contact_id": MARK, "words": MARK},
    "/api/assist/summary": {"contact_id": MARK},
    "/api/assist/wording": {"contact_id": MARK, "words": MARK},
    "/api/assistant/try": {"text": MARK},
    "/api/assistant/draft": {"sentences": [{"text": "?"}], "revision": 0, "based_on": 0},
    "/api/assistant/ignore": {"keys": [MARK]},
    "/api/assistant/discard": {"revision": 1},
    "/api/assistant/train": {"revision": 1},
    "/api/assistant/hand-in": {"revision": 1, "why": MARK},
    "/api/assistant/send-back": {"revision": 1, "why": MARK},
    "/api/assistant/publish": {"revision": 1, "why": MARK},
    "/api/assistant/roll-back": {"version": 9, "why": MARK},
    "/api/survey/{token}": {"score": 5},
    "/api/secure/{token}/open": {"code": "123456"},
    "/api/secure/{token}/answer": {"grant": MARK, "key": "key-0001", "text": MARK},
    "/api/help/search": {"words": MARK, "language": "en"},
    "/api/help/articles/{slug}/verdict": {"language": "en", "helped": True},
    "/api/articles/search": {"words": MARK},
    "/api/article-desk/preview": {"body": "text"},
    "/api/article-desk/{slug}/{language}/save": {
        "document": {"title": "", "body": "", "category": ""},
        "seen": 0,
    },
    "/api/article-desk/{slug}/{language}/hold": {},
    "/api/article-desk/{slug}/{language}/submit": {"seen": 1},
    "/api/article-desk/{slug}/{language}/send-back": {"seen": 1, "why": MARK},
    "/api/article-desk/{slug}/{language}/publish": {"seen": 1, "why": MARK},
    "/api/article-desk/{slug}/{language}/retire": {"why": MARK},
    "/api/articles/{slug}/{language}/correction": {"words": MARK},
    "/api/corrections/{correction_id}/decide": {"take": True, "answer": MARK},
    "/api/replies": {"replies": [], "seen": 999, "why": MARK},
    "/api/replies/roll-back": {"version": 999, "why": MARK},
    "/api/values": {"name": MARK, "en": "1", "zh": "1", "valid_from_at": 1.0, "why": MARK},
    "/api/values/{value_id}/withdraw": {"why": MARK},
    "/api/disturbances": {"en": MARK, "zh": MARK, "about": [], "until_at": 1.0},
    "/api/blocks/review": {"block_id": MARK, "lift": True},
    "/api/customers/search": {"words": MARK},
    "/api/customers/open": {"customer_id": MARK, **WHY},
    "/api/customers/prospect": {"name": ""},
    "/api/customers/merge/preview": _PAIR,
    "/api/customers/merge": {**_PAIR, **WHY},
    "/api/customers/merge/undo": {"merge_id": MARK, **WHY},
    "/api/customers/merges": {"customer_id": MARK},
    "/api/closed-contacts/search": {"since_at": 0, "until_at": 1, "words": MARK},
    "/api/closed-contacts/open": {"contact_id": MARK, **WHY},
    "/api/closed-contacts/note": {"contact_id": MARK, "text": MARK},
    "/api/closed-contacts/outcome": {"contact_id": MARK, "disposition": MARK, **WHY},
    "/api/closed-contacts/reopen": {"contact_id": MARK},
    "/api/closed-contacts/export": {"contact_id": MARK, **WHY},
    "/api/closed-contacts/send": {"contact_id": MARK},
    "/api/reports/exports": {"first": MARK, "last": MARK, "form": "csv"},
    "/api/displays": {"name": ""},
    "/api/import/customers": {"rows": [], "dry": True},
    "/api/import/customers/end": {"counts": {}},
}
PUBLIC: Final = frozenset(
    {
        "/api/sign-in",
        "/api/survey/{token}",
        "/api/secure/{token}",
        "/api/secure/{token}/code",
        "/api/secure/{token}/open",
        "/api/secure/{token}/answer",
        "/api/secure/{token}/file",
        "/api/help/search",
        "/api/help/articles",
        "/api/help/articles/{slug}",
        "/api/help/articles/{slug}/verdict",
        "/api/display",
        "/api/import/customers",
        "/api/import/customers/end",
    }
)
"""Routes that ask for no session; each proves its caller in its own way."""

# -- commands of the socket, topics of the feed ------------------------------------------------

_AT_A_DESK: Final = frozenset({"agent", "supervisor"})
_STEERING: Final = frozenset({"supervisor"})
_AT_A_DESK_DO: Final = (
    "set_presence", "accept", "decline", "say", "note", "typing", "seen", "more", "transfer",
    "transfer_goals", "switch_language", "warn_abuse", "end_for",
    "team_notes", "pin_note", "take_off_note", "draft", "take_draft", "standing_history",
    "invite", "leave", "end", "extend_wrap_up", "finish_wrap_up", "ask_help", "file_ticket",
    "reveal", "reveal_number", "send_code", "check_code", "ask_questions", "check_answers",
    "set_speaker", "set_warning", "remove_warning", "link_customer", "unlink_customer", "undo_link",
    "block_card", "replace_card", "change_limit", "ask_address_change", "appointment_slots",
    "book_appointment", "cancel_appointment", "move_appointment",
    "open_task", "snooze_task", "reassign_task", "finish_task",
    "take_next", "take_letter", "set_aside", "assign_letters", "tag_letters", "close_letters",
    "undo_letters", "decide_held", "decide_letter",
    "finish_then", "confirm_announcement", "judge_payment", "open_case", "update_case",
    "file_into_case", "resolve_case", "reopen_case", "hold_call", "mute_call", "send_digits",
    "call_notes", "keep_call_notes", "consult", "complete_transfer", "merge_call", "swap_call",
    "drop_leg", "record_call", "dial_customer", "call_back", "send_to_menu", "end_call_as",
    "mark_threat", "leave_call", "tell_phone", "choose_phone", "save_number", "remove_number",
    "ways_to_write", "start_written",
    "retry_delivery", "note_refusal", "prefer_channel", "refusals",
    "talk_goals", "merge_talks", "link_talks", "split_talk", "undo_join", "joined_messages",
    "take_back_letter", "send_letter_now", "move_letter", "forward_letter",
    "take_back_refusal", "send_secure", "mark_not_me", "let_address_go", "report_answer",
)  # fmt: skip
_STEERING_DO: Final = (
    "release_lock", "order_to_decide", "approve_order", "refuse_order", "watch", "unwatch",
    "whisper", "join", "take_over", "reassign", "set_presence_of", "retry_effect", "drop_effect",
    "move_work", "assist", "end_assist", "announce", "end_announcement", "switch_off", "switch_on",
    "acknowledge_alert", "monitor_call",
)  # fmt: skip
COMMANDS: Final[Mapping[str, frozenset[str]]] = {
    **dict.fromkeys(_AT_A_DESK_DO, _AT_A_DESK),
    **dict.fromkeys(_STEERING_DO, _STEERING),
}
"""Every command of the pages, and which roles may give it at all."""

TOPICS: Final[Mapping[str, frozenset[str]]] = {
    "desk": _AT_A_DESK,
    "wallboard": frozenset({"supervisor", "administrator"}),
}

# -- fields of the customer record -------------------------------------------------------------

SEE_CUSTOMERS: Final = frozenset({"agent", "supervisor"})
"""All other roles are shown no field of any record."""

_ALWAYS = ("shown", "shown", "shown")
_WHEN_CLAIMED = ("closed", "shown", "shown")
_WHEN_PROVED = ("closed", "closed", "shown")
_NAME = ("masked", "shown", "shown")
_SECRET = ("closed", "masked", "masked")
"""Never in full at a glance: an outline, and a reveal with a reason once proved."""

FIELDS: Final[Mapping[str, tuple[str, str, str]]] = {
    **dict.fromkeys(("language", "number", "segment", "lifecycle", "since_year"), _ALWAYS),
    **dict.fromkeys(("manager", "standing", "preference"), _ALWAYS),
    **dict.fromkeys(("warnings", "consent"), _ALWAYS),
    **dict.fromkeys(("name", "name_zh"), _NAME),
    **dict.fromkeys(("phone", "email", "id_number", "birth_date", "account.number"), _SECRET),
    **dict.fromkeys(("address", "account.balance", "account.limit"), _WHEN_PROVED),
    **dict.fromkeys(("account.kind", "account.name", "account.currency"), _WHEN_CLAIMED),
    **dict.fromkeys(("card.kind", "card.last_four", "card.state"), _WHEN_CLAIMED),
    **dict.fromkeys(("card.expires", "payment"), _WHEN_PROVED),
    **dict.fromkeys(("order", "case", "history"), _WHEN_CLAIMED),
}
"""What agents and supervisors see of each field, by identity level: unknown, claimed, proved."""
