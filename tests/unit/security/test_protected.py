"""What never leaves in plain: found where it is, and everyday talk is let go."""

from pathlib import Path

import pytest

from config.protected import load_protected
from hub.security.protected import Protected, is_protected_document, protected_in

RULES = load_protected(Path("config"))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Your balance is £1,204.50.", Protected.BALANCE),
        ("您的余额为３，０００元。", Protected.BALANCE),
        ("The £12.50 fee on your account ending 4417 is back.", Protected.AMOUNT_OF_ACCOUNT),
        ("尾号4417的账户扣款128.00元", Protected.AMOUNT_OF_ACCOUNT),
        ("Your account number is 12345678", Protected.ACCOUNT_NUMBER),
        ("账号 6222 0202 0000 1234 567", Protected.ACCOUNT_NUMBER),
        ("Pay to GB82 WEST 1234 5698 7654 32", Protected.ACCOUNT_NUMBER),
        ("Your code is 123456", Protected.CODE),
        ("验证码：123456", Protected.CODE),
    ],
)
def test_it_is_found(text: str, kind: Protected) -> None:
    assert kind in protected_in(text, RULES)


@pytest.mark.parametrize(
    "text",
    [
        "We have taken the fee of £12.50 back.",
        "手续费12元已退还。",
        "Ring 020 7946 0000 about your account.",
        "Your account is fine, call 02079460000.",
        "您的账户没有问题，工单编号20231122001",
        "Your reference is 20391827.",
        "余额请登录手机银行查看",
        "Your balance is in the app. The fee was £12.50.",
    ],
)
def test_everyday_talk_is_not(text: str) -> None:
    assert protected_in(text, RULES) == ()


def test_a_kind_without_a_rule_is_not_looked_for() -> None:
    assert protected_in("Your balance is £1,204.50.", {}) == ()


@pytest.mark.parametrize(
    ("name", "held"),
    [("Statement_March.pdf", True), ("2026年3月对账单.pdf", True), ("photo.png", False)],
)
def test_documents_are_known_by_name(name: str, held: bool) -> None:
    assert is_protected_document(name, RULES) is held
