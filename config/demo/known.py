"""Customers of the demo bank whom the pages show by name, written by hand."""

from config.demo import families
from config.demo.holdings import (
    DAY_SECONDS,
    AccountHeld,
    CardHeld,
    PaymentMade,
    payments_of,
)
from config.demo.portrait import PAYMENTS, Known, as_known, portrait
from config.demo.stories import CaseOpened, PastContact

LIN_WEI = portrait(
    "20418807", "Lin Wei", "林薇", segment="premier", since_year=2016,
    phone="+8613800002716", birth_date="1990-04-12",
)  # fmt: skip
DAVID = portrait("20418811", "David Okafor", "", since_year=2021)
ZHAO_MIN = portrait("20418819", "Zhao Min", "赵敏", since_year=2018)
SOFIA = portrait(
    "20418823",
    "Sofia Marques",
    "",
    segment="student",
    lifecycle="new",
    since_year=2025,
    birth_date="2004-06-17",
)
CHEN_YU = portrait("20418829", "Chen Yu", "陈宇", segment="business", since_year=2012)
PETER = portrait("20418833", "Peter Hale", "", segment="premier", birth_date="1954-11-02")
MATTERS = {
    LIN_WEI.number: ("A payment she does not recognise", "一笔不认识的消费"),
    DAVID.number: ("The rate of his home loan", "住房贷款利率"),
    ZHAO_MIN.number: ("A transfer that has not arrived", "一笔未到账的转账"),
    SOFIA.number: ("A fee on her statement", "账单上的一笔费用"),
    CHEN_YU.number: ("A second card for his firm", "为公司加办一张卡"),
    PETER.number: ("A complaint about a branch", "对网点服务的投诉"),
}


def known_customers(now: float) -> list[Known]:
    """Return them; `now` dates their payments and cases."""
    others = (ZHAO_MIN, SOFIA, CHEN_YU, PETER)
    plain = [as_known(person, now, MATTERS[person.number]) for person in others]
    david = as_known(DAVID, now, MATTERS[DAVID.number], cases=(_home_loan(now),))
    return [_lin_wei(now), david, *plain, *families.families(now)]


def _home_loan(now: float) -> CaseOpened:
    """What the assistant tells David when he asks how his application stands."""
    return CaseOpened(
        id="cas_demo_30511", number="30511", kind="loan_application", stage="checking",
        title={"en": "Home loan", "zh": "住房贷款"}, opened_at=now - 9 * DAY_SECONDS,
        due_at=now + 6 * DAY_SECONDS,
    )  # fmt: skip


def _lin_wei(now: float) -> Known:
    number = LIN_WEI.number
    everyday = AccountHeld(
        id=f"acc_demo{number}0", kind="current", number="6600418807118810", balance="48216.05"
    )
    savings = AccountHeld(
        id=f"acc_demo{number}1", kind="savings", number="6600418807122094", balance="320000.00"
    )
    credit = AccountHeld(
        id=f"acc_demo{number}2", kind="credit", number="6600418807137735", balance="-6402.30"
    )
    return Known(
        person=LIN_WEI,
        accounts=(everyday, savings, credit),
        cards=(
            _card(everyday, "debit", "4417"),
            _card(credit, "credit", "7735"),
        ),
        payments=(
            *payments_of(LIN_WEI, everyday, now - 4 * DAY_SECONDS, PAYMENTS),
            *_recent_payments(everyday.id, now),
        ),
        cases=_lin_weis_cases(now),
        contacts=_lin_weis_contacts(now),
        matter=MATTERS[number],
    )  # fmt: skip


def _card(account: AccountHeld, kind: str, last_four: str) -> CardHeld:
    card_id = f"crd_{account.id.removeprefix('acc_')}"
    return CardHeld(id=card_id, account_id=account.id, kind=kind, last_four=last_four)


def _recent_payments(account_id: str, now: float) -> tuple[PaymentMade, ...]:
    made = (
        (0.4, "Luma Electronics", "-3280.00", "new_merchant", 4.0),
        (0.6, "Metro Card top-up", "-50.00", None, None),
        (1.2, "Green Basket Market", "-186.40", None, None),
        (2.1, "Salary, Hengda Design", "21500.00", None, None),
    )
    return tuple(
        PaymentMade(
            id=f"pay_demo_lin_wei_{n}", account_id=account_id, at=now - days * DAY_SECONDS,
            merchant=merchant, amount=amount, unusual=unusual, unusual_times=times,
        )
        for n, (days, merchant, amount, unusual, times) in enumerate(made)
    )  # fmt: skip


def _lin_weis_cases(now: float) -> tuple[CaseOpened, ...]:
    return (
        CaseOpened(
            id="cas_demo_20418", number="20418", stage="in_progress", owner_id="usr_demo_ben",
            title={"en": "Refund of a transfer fee", "zh": "转账手续费退款"},
            opened_at=now - 5 * DAY_SECONDS, due_at=now + 0.2 * DAY_SECONDS,
        ),
        CaseOpened(
            id="cas_demo_20397", number="20397", stage="waiting", owner_id="usr_demo_huzhen",
            title={"en": "Savings rate review", "zh": "储蓄利率复核"},
            opened_at=now - 30 * DAY_SECONDS, due_at=now + 6 * DAY_SECONDS,
        ),
    )  # fmt: skip


def _lin_weis_contacts(now: float) -> tuple[PastContact, ...]:
    told = (
        (4.1, "phone", "payments", "refund_started", 3, "handled"),
        (5.2, "email", "payments", "answered", None, "handled"),
        (14.0, "sms", None, None, None, "contained"),
        (31.0, "phone", "premier", "advice_given", 5, "handled"),
        (52.0, "web_chat", "cards", "limit_changed", 5, "handled"),
        (88.0, "web_chat", "messages", None, None, "abandoned"),
    )
    return tuple(
        PastContact(
            id=f"con_demo_lin_wei_{n}", channel=channel, arrived_at=now - days * DAY_SECONDS,
            waited_seconds=38.0, talked_seconds=380.0 if ending == "handled" else 0.0,
            queue_id=queue, disposition=outcome, score=score, ending=ending,
        )
        for n, (days, channel, queue, outcome, score, ending) in enumerate(told)
    )  # fmt: skip
