"""What self-service tells a customer about an errand, in both languages: made to be spoken."""

from collections.abc import Mapping
from typing import Final

Both = Mapping[str, str]

BALANCE: Final[Both] = {
    "en": "{account} ending in {tail}: {amount}.",
    "zh": "{account}，尾号{tail}，余额{amount}。",
}
PAYMENT: Final[Both] = {"en": "{day}, {merchant}: {amount}.", "zh": "{day}，{merchant}，{amount}。"}
CARD: Final[Both] = {"en": "{kind} ending in {tail}.", "zh": "{kind}，尾号{tail}。"}
CARD_KINDS: Final[Mapping[str, Both]] = {
    "debit": {"en": "Your debit card", "zh": "您的借记卡"},
    "credit": {"en": "Your credit card", "zh": "您的信用卡"},
}
OTHER_CARD: Final[Both] = {"en": "Your card", "zh": "您的银行卡"}
ACCOUNT_KINDS: Final[Mapping[str, Both]] = {
    "current": {"en": "Your everyday account", "zh": "您的活期账户"},
    "savings": {"en": "Your savings account", "zh": "您的储蓄账户"},
    "credit": {"en": "Your credit card account", "zh": "您的信用卡账户"},
    "loan": {"en": "Your loan", "zh": "您的贷款"},
}
OTHER_ACCOUNT: Final[Both] = {"en": "Your account", "zh": "您的账户"}
BLOCKED: Final[Both] = {
    "en": "The block of your card ending in {tail} is on its way. "
    "Your reference is {reference}. We confirm it as soon as it is in force.",
    "zh": "您尾号{tail}的银行卡锁定申请已提交，业务编号{reference}。生效后我们会立即通知您。",
}
REPLACED: Final[Both] = {
    "en": "A new card for the one ending in {tail} is on its way. Your reference is {reference}.",
    "zh": "尾号{tail}的银行卡补办申请已提交，业务编号{reference}。",
}
ADDRESS_ASKED: Final[Both] = {
    "en": "Your new address is with our back office, which checks it. Your reference is "
    "{reference}.",
    "zh": "您的地址变更申请已提交审核，业务编号{reference}。",
}
CASE_OPENED: Final[Both] = {
    "en": "Your case has the number {number}. We answer by {day}.",
    "zh": "已为您登记，工单编号{number}，我们将在{day}前答复。",
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
WRONG: Final[Both] = {
    "en": "That does not match. You can try {tries_left} more times.",
    "zh": "验证不符，您还可以尝试{tries_left}次。",
}
PROVED: Final[Both] = {"en": "Thank you, that is right.", "zh": "谢谢，验证成功。"}
ASSISTANT_OFF: Final[Both] = {
    "en": "Our self-service is switched off at the moment. A colleague takes over.",
    "zh": "自助服务目前暂停使用，正在为您转接同事。",
}

REFUSALS: Final[Mapping[str, Both]] = {
    "proof_needed": {
        "en": "For this we must first be sure that it is you.",
        "zh": "办理此业务前，需要先核实您的身份。",
    },
    "locked": {
        "en": "This way of proving who you are is locked for now. A colleague can help you.",
        "zh": "该验证方式已暂时锁定，客服可以继续为您服务。",
    },
    "none": {"en": "There is nothing to tell at the moment.", "zh": "目前没有可查询的内容。"},
    "core_away": {
        "en": "Our systems cannot do this right now. A colleague can help you.",
        "zh": "系统暂时无法办理此业务，客服可以继续为您服务。",
    },
    "card_blocked": {
        "en": "This card is blocked already. Nobody can pay with it.",
        "zh": "该卡已处于锁定状态，无法用于付款。",
    },
    "order_running": {
        "en": "This was asked for already and is on its way.",
        "zh": "该业务已在办理中。",
    },
    "wrong": {
        "en": "That is not the code. Please try once more.",
        "zh": "验证码不正确，请再试一次。",
    },
    "no_customer": {
        "en": "I cannot see who you are here. Please sign in to your bank, or a colleague helps.",
        "zh": "这里无法确认您的身份。请登录后办理，或由客服为您服务。",
    },
    "no_number": {
        "en": "You call without a number, so we cannot call you back.",
        "zh": "您的来电未显示号码，我们无法给您回电。",
    },
    "switched_off": {
        "en": "I am sorry, this cannot be done here at the moment. A colleague can do it for you: "
        'choose "Talk to a person".',
        "zh": "很抱歉，此业务目前无法在这里办理。同事可以为您办理，请选择“转人工”。",
    },
    "failed": {
        "en": "That cannot be done here. A colleague can help you.",
        "zh": "此处无法办理，客服可以继续为您服务。",
    },
}


def of(texts: Both, language: str, **values: str) -> str:
    """Return the text in the customer's language, English for any that we do not write."""
    return texts.get(language, texts["en"]).format(**values)
