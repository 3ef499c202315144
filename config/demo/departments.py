"""Queues of a large demo bank: a name in both languages and the skill they ask for."""

from typing import Final, NamedTuple


class Department(NamedTuple):
    """One further Queue."""

    id: str
    en: str
    zh: str
    skill: str


DEPARTMENTS: Final = (
    Department("card_fraud", "Card fraud", "银行卡反欺诈", "cards"),
    Department("foreign_payments", "Payments abroad", "跨境汇款", "payments"),
    Department("new_mortgages", "New home loans", "新房贷款", "loans"),
    Department("wealth", "Wealth advice", "财富顾问", "premier"),
    Department("card_complaints", "Card complaints", "银行卡投诉", "complaints"),
    Department("credit_cards", "Credit cards", "信用卡", "cards"),
    Department("standing_orders", "Standing orders", "定期转账", "payments"),
    Department("mortgage_service", "Home loan service", "房贷服务", "loans"),
    Department("funds", "Funds", "基金理财", "premier"),
    Department("payment_complaints", "Payment complaints", "支付投诉", "complaints"),
    Department("travel_cards", "Cards abroad", "境外用卡", "cards"),
    Department("payroll", "Payroll", "代发工资", "payments"),
    Department("car_loans", "Car loans", "汽车贷款", "loans"),
    Department("insurance", "Insurance", "保险服务", "premier"),
    Department("complaint_reviews", "Complaint reviews", "投诉复核", "complaints"),
    Department("card_rewards", "Card rewards", "积分权益", "cards"),
    Department("merchants", "Merchant payments", "商户收款", "payments"),
    Department("student_loans", "Student loans", "助学贷款", "loans"),
    Department("pensions", "Pensions", "养老金融", "premier"),
    Department("accessible_service", "Accessible service", "无障碍服务", "complaints"),
    Department("card_instalments", "Card instalments", "信用卡分期", "cards"),
    Department("direct_debits", "Direct debits", "自动代扣", "payments"),
    Department("business_loans", "Business loans", "企业贷款", "loans"),
    Department("private_bank", "Private bank", "私人银行", "premier"),
    Department("student_cards", "Student cards", "学生卡", "cards"),
    Department("recalls", "Payment recalls", "汇款撤回", "payments"),
    Department("overdrafts", "Overdrafts", "账户透支", "loans"),
    Department("foreign_currency", "Foreign currency", "外币兑换", "premier"),
    Department("business_cards", "Business cards", "商务卡", "cards"),
    Department("cheques", "Cheques", "支票业务", "payments"),
    Department("hardship", "Payment difficulties", "还款困难", "loans"),
    Department("family_trusts", "Family trusts", "家族信托", "premier"),
    Department("prepaid_cards", "Prepaid cards", "预付卡", "cards"),
    Department("cash", "Cash service", "现金业务", "payments"),
)
