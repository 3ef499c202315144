"""Records on which more than one person may act: a couple, a firm, a power of attorney."""

from config.demo.holdings import DAY_SECONDS, AccountHeld, cards_of, payments_of
from config.demo.people import Person
from config.demo.portrait import PAYMENTS, Known, PartyNamed, as_known, portrait

WANG_LI = portrait("20418841", "Wang Li", "王丽", since_year=2014, birth_date="1986-09-21")
ZHOU_HAO = portrait("20418843", "Zhou Hao", "周浩", since_year=2017, birth_date="1984-01-30")
GRACE = portrait("20418847", "Grace Liu", "刘雅文", language="en", birth_date="1979-06-08")
OMAR = portrait("20418849", "Omar Haddad", "", birth_date="1982-12-15")
HENGDA = portrait(
    "20418851", "Hengda Design Ltd", "恒达设计有限公司", language="en", segment="business",
    since_year=2011, email="office@hengda.example",
)  # fmt: skip
RUTH = portrait(
    "20418853", "Ruth Weber", "", since_year=1999, birth_date="1941-03-27",
    warnings=("vulnerable",),
)  # fmt: skip
ANNA = portrait("20418857", "Anna Weber", "", since_year=2010, birth_date="1971-08-11")
MINA = portrait(
    "20418859", "Mina Kato", "加藤美奈", language="en", since_year=2022,
    warnings=("staff_record",),
)  # fmt: skip
VICTOR = portrait("20418861", "Victor Lang", "", since_year=2020, warnings=("fraud_watch",))


def families(now: float) -> list[Known]:
    """Return them; who only has a part in another's record comes after it."""
    return [
        _wang_li(now),
        _of(ZHOU_HAO, now, "The account he shares with his wife", "与妻子的联名账户"),
        _hengda(now),
        _of(GRACE, now, "The cards of her firm", "公司的银行卡"),
        _of(OMAR, now, "A payment of the firm", "公司的一笔付款"),
        _ruth(now),
        _of(ANNA, now, "Her mother's account", "母亲的账户"),
        _of(MINA, now, "A colleague: her record is restricted", "同事：档案受限"),
        _of(VICTOR, now, "A payment that was stopped", "一笔被拦截的付款"),
    ]


def _of(person: Person, now: float, en: str, zh: str) -> Known:
    return as_known(person, now, (en, zh))


def _account(person: Person, n: int, kind: str, number: str, balance: str) -> AccountHeld:
    return AccountHeld(id=f"acc_demo{person.number}{n}", kind=kind, number=number, balance=balance)


def _wang_li(now: float) -> Known:
    own = _account(WANG_LI, 0, "current", "6600418841118802", "12480.60")
    shared = _account(WANG_LI, 1, "savings", "6600418841122219", "208500.00")
    return _shared(
        WANG_LI, now, (own, shared), ("Her husband shares one account", "丈夫共有一个账户"),
        PartyNamed(
            id="pty_demo_zhou_hao", own=ZHOU_HAO, role="joint_holder", accounts=(shared.id,)
        ),
    )  # fmt: skip


def _hengda(now: float) -> Known:
    main = _account(HENGDA, 0, "business", "6600418851110017", "1840220.75")
    wages = _account(HENGDA, 1, "business", "6600418851110025", "96300.00")
    both = (main.id, wages.id)
    return _shared(
        HENGDA, now, (main, wages), ("A firm with two directors", "有两位董事的公司"),
        PartyNamed(id="pty_demo_grace", own=GRACE, role="director", accounts=both),
        PartyNamed(id="pty_demo_omar", own=OMAR, role="director", accounts=(wages.id,)),
    )  # fmt: skip


def _ruth(now: float) -> Known:
    daily = _account(RUTH, 0, "current", "6600418853117730", "8420.10")
    savings = _account(RUTH, 1, "savings", "6600418853121144", "61000.00")
    return _shared(
        RUTH, now, (daily, savings),
        ("Her daughter has power of attorney over one account", "女儿持有一个账户的授权"),
        PartyNamed(id="pty_demo_anna", own=ANNA, role="attorney", accounts=(daily.id,)),
    )  # fmt: skip


def _shared(
    person: Person, now: float, accounts: tuple[AccountHeld, ...], matter: tuple[str, str],
    *parties: PartyNamed,
) -> Known:  # fmt: skip
    payments = [
        one
        for account in accounts
        for one in payments_of(person, account, now - DAY_SECONDS, PAYMENTS // 2)
    ]
    return as_known(
        person, now, matter, accounts=accounts, cards=tuple(cards_of(person, list(accounts))),
        payments=tuple(payments),
        parties=parties,
    )  # fmt: skip
