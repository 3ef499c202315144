"""Errands that a flow may ask the hub for: what they take and answer.

Every answer has `ok` (yes or no); when it is no, `code` says why; `text` is for the caller's ear.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ivr.flow.fields import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrandKind:
    """One errand."""

    name: str
    label: Texts
    takes: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    """Fields besides `ok`, `code` and `text`."""
    changes: bool = False
    """It does something, so # (repeat) does not do it again."""
    is_secret: bool = False
    """It takes secret digits: only the node `identify` may ask for it."""


_CARDS: Final = tuple(f"card_{n}_{part}" for n in range(1, 5) for part in ("id", "tail", "text"))
_ALL: Final = (
    ErrandKind(name="set_language", label={"en": "Keep the language", "zh": "记住语言"},
               takes=("language",), changes=True),
    ErrandKind(name="know_caller", label={"en": "Know the number", "zh": "识别来电号码"},
               answers=("known", "language")),
    ErrandKind(name="check_pin", label={"en": "Check the PIN", "zh": "核对密码"},
               takes=("digits",), answers=("tries_left", "locked"), changes=True, is_secret=True),
    ErrandKind(name="check_birth_date", label={"en": "Check the birth date", "zh": "核对出生日期"},
               takes=("digits",), answers=("tries_left", "locked"), changes=True, is_secret=True),
    ErrandKind(name="balance", label={"en": "Balance", "zh": "余额"}),
    ErrandKind(name="last_payments", label={"en": "Last payments", "zh": "最近交易"}),
    ErrandKind(name="cards", label={"en": "Cards", "zh": "名下银行卡"},
               answers=("count", *_CARDS)),
    ErrandKind(name="block_card", label={"en": "Block a card", "zh": "挂失银行卡"},
               takes=("card_id", "reason"), changes=True),
    ErrandKind(name="branch_hours", label={"en": "Branch hours", "zh": "网点营业时间"}),
    ErrandKind(name="case_state", label={"en": "State of the open case", "zh": "工单进度"}),
    ErrandKind(name="offer_callback", label={"en": "Promise a callback", "zh": "登记回电"},
               changes=True),
)  # fmt: skip
ERRANDS: Final[Mapping[str, ErrandKind]] = {one.name: one for one in _ALL}
"""Every errand by name."""
