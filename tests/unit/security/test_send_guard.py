from itertools import islice
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hub.security.ordinary_numbers import is_chinese_id
from hub.security.redaction import redact_cards
from hub.security.send_guard import Secret, guard
from tests.unit.security.card_numbers import ordinary

PERSON_ID = "110101199003078515"


@pytest.mark.parametrize(
    ("text", "stored", "kind"),
    [
        ("my card is 4111 1111 1111 1111", "my card is •••• 1111", Secret.CARD),
        (f"ID{PERSON_ID}.", "ID••••••.", Secret.PERSON_ID),
        ("身份证 11010119900307 8515", "身份证 ••••••", Secret.PERSON_ID),
        ("身份证１１０１０１１９９００３０７８５１５。", "身份证••••••。", Secret.PERSON_ID),
        ("my password is hunter2", "my password is ••••••", Secret.PASSWORD),
        ("Password: Tr0ub4dor&3", "Password: ••••••", Secret.PASSWORD),
        ("password: correcthorse", "password: ••••••", Secret.PASSWORD),
        ('the passcode is "Secret!pass"', 'the passcode is "••••••"', Secret.PASSWORD),
        ("my PIN is 4821.", "my PIN is ••••••.", Secret.PASSWORD),
        ("pin 1234", "pin ••••••", Secret.PASSWORD),
        ("密码是abc123，请帮我查", "密码是••••••，请帮我查", Secret.PASSWORD),
        ("取款密码 123456", "取款密码 ••••••", Secret.PASSWORD),
        ("我的密码：１２３４５６", "我的密码：••••••", Secret.PASSWORD),
        ("pw: hunter2", "pw: ••••••", Secret.PASSWORD),
        ("pass: letmein1", "pass: ••••••", Secret.PASSWORD),
        ("the PIN of my card is 4821", "the PIN of my card is ••••••", Secret.PASSWORD),
        ("password was Berlin99 before", "password was •••••• before", Secret.PASSWORD),
        ('my password "Blue Moon 7"', 'my password "••••••"', Secret.PASSWORD),
        ("login me password qwertz99", "login me password ••••••", Secret.PASSWORD),
        ("I use Kitty#77 as my password", "I use •••••• as my password", Secret.PASSWORD),
        ("用kitty77做密码", "用••••••做密码", Secret.PASSWORD),
        ("我的PIN是4821", "我的PIN是••••••", Secret.PASSWORD),
        ("pin码4821", "pin码••••••", Secret.PASSWORD),
        ("密码以前是berlin99，现在不行", "密码以前是••••••，现在不行", Secret.PASSWORD),
        ("登录密码 qwertz99", "登录密码 ••••••", Secret.PASSWORD),
        ("the digits on the back are 927", "the digits on the back are ••••••", Secret.CODE),
        ("卡背面三位数是927", "卡背面三位数是••••••", Secret.CODE),
        ("CVV是482", "CVV是••••••", Secret.CODE),
        ("Your verification code is 481920", "Your verification code is ••••••", Secret.CODE),
        ("the code is 481 920", "the code is ••••••", Secret.CODE),
        ("code you sent me is 481920", "code you sent me is ••••••", Secret.CODE),
        ("OTP: 4819", "OTP: ••••••", Secret.CODE),
        ("验证码是481920", "验证码是••••••", Secret.CODE),
        ("cvv 123", "cvv ••••••", Secret.CODE),
        ("安全码123", "安全码••••••", Secret.CODE),
    ],
)
def test_secrets_are_hidden_and_named(text: str, stored: str, kind: Secret) -> None:
    assert guard(text) == (stored, (kind,))


@pytest.mark.parametrize(
    "text",
    [
        "my password is wrong",
        "I forgot my password, the password is expired",
        "password reset takes 24 hours",
        "Password: reset please",
        "my password is 8 characters long",
        'press the button "Forgotten password" or password "reset"',
        "my password was changed in 2024",
        "the PIN of the card is blocked, the PIN letter came",
        "I use the same as my password",
        "on the back of my card it says call us",
        "卡背面写着电话",
        "the PIN is 6 digits",
        "密码忘了",
        "密码错误3次，密码2024年5月改的",
        "密码必须是6位数字",
        "the error code is 12, error code 123456",
        "postal code 100000, branch code 401234, product code A1234",
        "your one-time code is good for 10 minutes",
        "We sent a code to 138****5678",
        "验证码已发送，10分钟内有效",
        "Never tell anyone your password or code.",
        "order 110101199003078516",  # its check digit is wrong
        f"PO{PERSON_ID}",  # part of a longer name
        f"{PERSON_ID}0",
        "call 13812345678 or +86 138 1234 5678",
        "transfer 1,234,567.89 on 2024-05-01 at 12:30",
        "account 6222000011112222333, tracking 1234567890123",
        "shopping 1234, opinion 1234",
        "",
    ],
)
def test_ordinary_words_and_numbers_stay(text: str) -> None:
    assert guard(text) == (text, ())


def test_numbers_of_daily_life_stay_but_for_cards() -> None:
    """The guard finds nothing in 10,000 of them beside what the card rules take for a card."""
    numbers = list(islice(ordinary(Random(11)), 10_000))
    more = [one for one in numbers if guard(one).text != redact_cards(one)[0]]
    assert all(is_chinese_id("".join(filter(str.isalnum, one))[-18:].upper()) for one in more)


def test_codes_can_be_left_for_who_checks_them() -> None:
    text = "the code is 481920, my pin is 4821"
    assert guard(text, codes=False) == ("the code is 481920, my pin is ••••••", (Secret.PASSWORD,))


def test_each_kind_is_named_once() -> None:
    found = guard(f"{PERSON_ID}, card 4111 1111 1111 1111, pin 1234, pin 5678")
    assert found.kinds == (Secret.CARD, Secret.PERSON_ID, Secret.PASSWORD)


PIECES = st.sampled_from(
    ["password", "密码", "pin", "code", "验证码", " is ", "是", ":", " ", "1234", "481920", "abc1",
     PERSON_ID, "4111111111111111", "•", "cvv", "otp", "年", ",", ".", "\n", "'"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=60))
@example("password is 1234 is 5678")
def test_what_is_guarded_once_is_clean(text: str) -> None:
    assert guard(guard(text).text).kinds == ()


@given(st.lists(PIECES, max_size=12).map("".join))
def test_a_text_changes_only_when_something_is_named(text: str) -> None:
    found = guard(text)
    assert (found.text == text) == (found.kinds == ())
