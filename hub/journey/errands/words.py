"""What self-service tells a customer about an errand, in both languages: made to be spoken."""

from collections.abc import Mapping
from typing import Final

Both = Mapping[str, str]

BALANCE: Final[Both] = {
    "en": "{account} ending in {tail}: {amount}.",
    "zh": "{account}，尾号{tail}，余额{amount}。",
}
PAYMENT: Final[Both] = {"en": "{day}, {merchant}: {amount}.", "zh": "{day}，{merchant}，{amount}。"}
AS_OF: Final[Both] = {
    "en": "Our system does not answer at the moment; this is as of {when}.",
    "zh": "系统暂时无法连接，以下为截至{when}的信息。",
}
YES: Final[Both] = {"en": "Yes", "zh": "是"}
NO: Final[Both] = {"en": "No", "zh": "否"}
SHALL_I: Final[Both] = {"en": " Shall I?", "zh": "确认办理吗？"}
CARD: Final[Both] = {"en": "{kind} ending in {tail}.", "zh": "{kind}，尾号{tail}。"}
CARD_KINDS: Final[Mapping[str, Both]] = {
    "debit": {"en": "Your debit card", "zh": "您的借记卡"},
    "credit": {"en": "Your credit card", "zh": "您的信用卡"},
}
OTHER_CARD: Final[Both] = {"en": "Your card", "zh": "您的银行卡"}
CARD_CHOICES: Final[Mapping[str, Both]] = {
    "debit": {"en": "Debit card •••• {tail}", "zh": "借记卡 尾号{tail}"},
    "credit": {"en": "Credit card •••• {tail}", "zh": "信用卡 尾号{tail}"},
}
OTHER_CHOICE: Final[Both] = {"en": "Card •••• {tail}", "zh": "银行卡 尾号{tail}"}
CARD_STATES: Final[Mapping[str, Both]] = {
    "frozen": {"en": "frozen by you", "zh": "已临时冻结"},
    "blocked": {"en": "blocked", "zh": "已锁定"},
    "expired": {"en": "expired", "zh": "已过期"},
}
ACCOUNT_KINDS: Final[Mapping[str, Both]] = {
    "current": {"en": "Your everyday account", "zh": "您的活期账户"},
    "savings": {"en": "Your savings account", "zh": "您的储蓄账户"},
    "credit": {"en": "Your credit card account", "zh": "您的信用卡账户"},
    "loan": {"en": "Your loan", "zh": "您的贷款"},
}
OTHER_ACCOUNT: Final[Both] = {"en": "Your account", "zh": "您的账户"}
SHARED_ACCOUNT: Final[Both] = {"en": "The account you share", "zh": "您的联名账户"}
APPLICATION: Final[Both] = {
    "en": "Your application {number}, {title}: {stage}.",
    "zh": "您的申请{number}，{title}，目前状态：{stage}。",
}
APPLICATION_DUE: Final[Both] = {
    "en": " You hear from us by {day}, unless papers are missing you need do nothing until then.",
    "zh": "我们将在{day}前答复您；如无需补充材料，您只需等待通知。",
}
BLOCKED: Final[Both] = {
    "en": "The block of your card ending in {tail} is on its way. "
    "Your reference is {reference}. We confirm it as soon as it is in force.",
    "zh": "您尾号{tail}的银行卡锁定申请已提交，业务编号{reference}。生效后我们会立即通知您。",
}
BLOCK_LATE: Final[Both] = {
    "en": "Our system does not answer at the moment. The block of your card ending in {tail} is "
    "kept under the reference {reference} and is carried out as soon as it can be. Until we "
    "confirm it, the card may still work: if somebody has it, ask for a person now.",
    "zh": "系统暂时无法连接。尾号{tail}的锁定申请已保存，业务编号{reference}，系统恢复后立即执行。"
    "在我们确认之前该卡可能仍可使用；如已被他人持有，请立即转人工。",
}
REPLACED: Final[Both] = {
    "en": "A new card for the one ending in {tail} is on its way. Your reference is {reference}. "
    "It comes by post within 7 working days; we confirm it as soon as it is ordered.",
    "zh": "尾号{tail}的银行卡补办申请已提交，业务编号{reference}。新卡将在7个工作日内寄到，"
    "下单后会立即通知您。",
}
REPLACE_LATE: Final[Both] = {
    "en": "Our system does not answer at the moment. The new card for the one ending in {tail} is "
    "kept under the reference {reference} and ordered as soon as it can be. We confirm it.",
    "zh": "系统暂时无法连接。尾号{tail}的补卡申请已保存，业务编号{reference}，"
    "系统恢复后立即办理并通知您。",
}
ADDRESS_ASKED: Final[Both] = {
    "en": "Your new address is with our back office, which checks it and writes to the old one "
    "too. Your reference is {reference}. We tell you when it is in force.",
    "zh": "您的地址变更申请已提交审核，我们也会通知原地址，业务编号{reference}。生效后会通知您。",
}
CASE_OPENED: Final[Both] = {
    "en": "Your case has the number {number}. We answer by {day}. Ask here at any time how it "
    "stands.",
    "zh": "已为您登记，工单编号{number}，我们将在{day}前答复。您可以随时在这里查询进度。",
}
BRANCH: Final[Both] = {
    "en": "{name}, {address}: {days}, {opens} to {closes}.",
    "zh": "{name}，{address}，{days}，{opens}至{closes}。",
}
CASE: Final[Both] = {
    "en": "Your case {number}, {title}: {stage}.",
    "zh": "您的工单{number}，{title}，目前状态：{stage}。",
}
CASE_DUE: Final[Both] = {"en": " We answer by {day}.", "zh": "我们将在{day}前答复。"}
CALLBACK: Final[Both] = {
    "en": "Thank you. We will call you back on the number you are calling from.",
    "zh": "谢谢，我们会拨打您当前的来电号码给您回电。",
}
CALLBACK_KNOWN: Final[Both] = {
    "en": "Thank you. We call you on the number that we have of you, as soon as somebody is free.",
    "zh": "谢谢，同事有空后会尽快拨打您登记的号码。",
}
CODE_SENT: Final[Mapping[str, Both]] = {
    "sms": {
        "en": "To see that it is you, I have sent a one-time code by text message to the phone "
        "that we have of you. Please write its six digits here.",
        "zh": "为核实您的身份，已向您登记的手机发送短信验证码，请在此输入六位数字。",
    },
    "email": {
        "en": "To see that it is you, I have sent a one-time code by e-mail to the mailbox that "
        "we have of you. Please write its six digits here.",
        "zh": "为核实您的身份，已向您登记的邮箱发送验证码，请在此输入六位数字。",
    },
}
WRONG: Final[Both] = {
    "en": "That does not match. You can try {tries_left} more times.",
    "zh": "验证不符，您还可以尝试{tries_left}次。",
}
PROVED: Final[Both] = {"en": "Thank you, that is right.", "zh": "谢谢，验证成功。"}
ASSISTANT_OFF: Final[Both] = {
    "en": "Our self-service is switched off at the moment. A colleague takes over.",
    "zh": "自助服务目前暂停使用，正在为您转接同事。",
}


def of(texts: Both, language: str, **values: str) -> str:
    """Return the text in the customer's language, English for any that we do not write."""
    return texts.get(language, texts["en"]).format(**values)
