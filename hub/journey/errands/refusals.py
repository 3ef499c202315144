"""Why an errand was not done, as the customer is told it: by code, in both languages."""

from collections.abc import Mapping
from typing import Final

from hub.journey.errands.words import Both

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
        "en": "This card is blocked already. Nobody can pay with it. For a new one write "
        '"new card".',
        "zh": "该卡已处于锁定状态，无法用于付款。如需新卡，请回复“补卡”。",
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
    "no_number_known": {
        "en": "We have no number of yours to call. A colleague goes on with you here.",
        "zh": "没有您登记的电话号码，由同事在此继续为您服务。",
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
    "no_card": {
        "en": "There is no card of yours here that this could be done for.",
        "zh": "您名下没有可办理此业务的银行卡。",
    },
    "no_such_card": {
        "en": "I do not find this card among yours. A colleague looks into it.",
        "zh": "未在您名下找到这张卡，由同事为您核实。",
    },
    "card_replaced": {
        "en": "This card was replaced already. The old one no longer works.",
        "zh": "该卡已更换新卡，旧卡已停用。",
    },
    "card_expired": {
        "en": 'This card has expired and works nowhere. For a new one write "new card".',
        "zh": "该卡已过期，无法使用。如需新卡，请回复“补卡”。",
    },
    "no_limit": {
        "en": "There is no account of yours whose transfer limit could be changed here.",
        "zh": "您名下没有可调整转账限额的账户。",
    },
    "bad_amount": {
        "en": "A limit is an amount in the account's own currency, {most} at most.",
        "zh": "限额须以账户币种填写，最高{most}。",
    },
    "same_limit": {"en": "The limit is {amount} already.", "zh": "目前的限额已经是{amount}。"},
    "no_application": {
        "en": "I find no loan application of yours. One handed in today shows here tomorrow.",
        "zh": "没有查到您的贷款申请。今天提交的申请明天可在此查询。",
    },
    "resend_later": {
        "en": "A code was sent a moment ago. Please wait half a minute before the next one, or "
        "write the one that you got.",
        "zh": "验证码刚刚发出，请半分钟后再重新发送，或输入已收到的验证码。",
    },
    "no_other_way": {
        "en": "We have no other address of you to send a code to. I can send it again, or a "
        "colleague helps.",
        "zh": "没有您登记的其他联系方式可发送验证码。可以重新发送，或由同事协助。",
    },
    "too_many_codes": {
        "en": "So many codes were sent that no more may follow within this hour. A colleague "
        "helps.",
        "zh": "一小时内发送验证码次数过多，由同事为您核实身份。",
    },
    "code_expired": {
        "en": "That code is too old. Ask for a new one.",
        "zh": "该验证码已过期，请重新获取。",
    },
    "slot_taken": {
        "en": "That time has just been taken.",
        "zh": "该时段刚刚被预约。",
    },
    "no_branch": {
        "en": "No branch takes appointments here. A colleague can help you.",
        "zh": "这里暂不提供网点预约，客服可以继续为您服务。",
    },
    "which_visit": {
        "en": "I do not find that appointment among yours.",
        "zh": "未在您的预约中找到这一项。",
    },
    "which_account": {
        "en": "I must know which of your accounts it is.",
        "zh": "请告诉我是哪一个账户。",
    },
    "appointment_over": {
        "en": "That appointment was cancelled already, or its time has come.",
        "zh": "该预约已取消，或时间已过。",
    },
    "no_time": {
        "en": "There is no free time at this branch in the next two weeks. A colleague helps.",
        "zh": "该网点未来两周没有空闲时段，由同事为您安排。",
    },
}
